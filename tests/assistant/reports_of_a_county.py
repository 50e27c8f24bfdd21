"""Small invented reports to ask about: a bureau's narrative and two project forms of another.

Everything in them is made up; each test reads what it expects off these texts.
"""

from __future__ import annotations

from pathlib import Path

WATER = """松河县水务局2023年度部门整体支出绩效自评报告
一、部门基本情况
本报告的单位与数字均为虚构。2023年末在职人员120人，其中专业技术人员54人。
二、绩效目标完成情况
全年新建水窖320口，比上年增加45口；年初计划新建300口。
疏浚河道86公里，年度目标为90公里，未完成年度目标，主要是汛期延长，两处河段无法施工。
群众满意度94.5%，高于90%的目标值。
发放节水补贴126万元，惠及农户2400户。
受理群众来信512件，按时答复508件。
全年漏损率9.2%，比2022年的11.4%下降2.2个百分点。
甲渠修复项目，预算200万元，支出150万元。乙塘清淤项目，预算100万元，支出96万元。
三、存在问题
一是汛期施工窗口短；二是基层技术人员不足。
四、改进措施
一是提前备料，把主要工程排在汛期之前；二是与职业学院联合培养技术员。
"""

_FORM = """项目支出绩效自评表
（2023年度）
项目名称\t{name}
主管部门\t松河县文化局\t\t实施单位\t松河县文化馆
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t{budget}\t{budget}\t{spent}\t10\t{rate}\t9
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t{count}\t≥{aim}\t{done}\t50\t{points}\t{reason}
满意度指标\t服务对象满意度\t群众满意度\t≥90%\t93%\t40\t40\t
总分\t\t\t\t\t100\t{score}\t
存在问题\t部分设备老旧。
改进措施\t分批更新设备。
"""

SHOWS = _FORM.format(
    **{"name": "戏曲下乡演出专项", "budget": "80.00", "spent": "76.00", "rate": "95.00%"},
    **{"count": "演出场次", "aim": "60场", "done": "54场", "points": "45"},
    **{"reason": "两场演出因暴雨取消", "score": "94"},
)
HALLS = _FORM.format(
    **{"name": "文化馆改造工程", "budget": "200.00", "spent": "150.00", "rate": "75.00%"},
    **{"count": "改造场馆数量", "aim": "5个", "done": "6个", "points": "50"},
    **{"reason": "", "score": "99"},
)


def write(folder: Path) -> Path:
    """The reports as files in a folder."""
    for name, text in (("水务局2023", WATER), ("演出2023", SHOWS), ("改造2023", HALLS)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
