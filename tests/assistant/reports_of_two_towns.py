"""Invented reports of offices whose last years differ; everything in them is made up.

A fire brigade's narratives for two years, a museum's project form and an older bureau's report.
"""

from __future__ import annotations

from pathlib import Path

FIRE_2022 = """青石县消防救援大队2022年度部门整体支出绩效自评报告
一、部门基本情况
本报告的单位与数字均为虚构。年末在岗专职队员84人。
二、绩效目标完成情况
全年接处警1520起。检查单位860家，发现火灾隐患1240处，督促整改1180处。
罚款金额52.6万元。新登记消防志愿者310人。
“三公”经费预算30.00万元，实际支出24.10万元。
"""
FIRE_2023 = """青石县消防救援大队2023年度部门整体支出绩效自评报告
一、部门基本情况
本报告的单位与数字均为虚构。年末在岗专职队员90人。
二、绩效目标完成情况
全年接处警1604起。检查单位912家，发现火灾隐患1300处，督促整改1265处。
罚款金额48.1万元。新登记消防志愿者355人。
“三公”经费预算28.00万元，实际支出22.75万元。
"""
MUSEUM = """项目支出绩效自评表
（2024年度）
项目名称\t博物馆免费开放补助资金
主管部门\t白河市文物局\t\t实施单位\t白河市博物馆
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t420.00\t420.00\t409.50\t10\t97.50%\t9.75
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t讲解服务场次\t≥1200场\t1180场\t40\t39\t
产出指标\t数量指标\t接待观众人次\t≥30万人次\t33.5万人次\t40\t40\t
总分\t\t\t\t\t100\t97.75\t
"""
MARKET = """云桥区商务局2021年度部门整体支出绩效自评报告
一、部门基本情况
本报告的单位与数字均为虚构。年末在职人员41人。
二、绩效目标完成情况
培育直播电商企业18家，举办促销活动26场。
食品类投诉受理208件，价格类投诉受理91件，广告类投诉受理37件。
"""


def write(folder: Path) -> Path:
    """The reports as files in a folder."""
    named = {"消防2022": FIRE_2022, "消防2023": FIRE_2023, "博物馆2024": MUSEUM, "商务2021": MARKET}
    for name, text in named.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
