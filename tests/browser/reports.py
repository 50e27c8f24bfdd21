"""Report files for the tests, in the layout of the samples."""

from __future__ import annotations

from pathlib import Path

HOSTILE = '<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>'
HOSTILE_MARKDOWN = (
    "[点我](javascript:window.hacked=true) <b>粗</b> `a` $x$ ${a} ![x](http://evil.invalid/x.png)"
)

_PLAIN = """附件2

2023年度天园街道办事处部门整体支出绩效自评表

单位：万元

部门名称（汇总）\t\t广州市天河区人民政府天园街道办事处\t\t被评价年度\t2023年
部门资金情况\t部门调整预算收入\t1000.00\t部门年初预算收入\t900.00\t
\t实际支出数\t987.60\t年度预算调整数\t100.00\t
\t预算完成率\t98.76%\t预算调整率\t11.11%\t
年度目标\t部门整体支出的预期目标\t\t部门整体支出的目标完成情况\t\t
\t坚持量入为出。\t\t各项任务按计划完成。\t\t
主要任务\t预期目标\t目标完成情况\t关键指标\t指标完成情况\t任务涉及资金
绿化养护专项经费\t做好绿化养护。\t全年补种行道树321棵。\t补种行道树\t补种321棵\t123.45
\t\t\t巡查次数\t巡查55次\t
部门整体绩效\t全年开展绿化巡查55次。
存在问题\t绿化养护力量不足；人手不够。
改进措施或下一步计划\t增加人手。
"""


def plain_report(folder: Path) -> Path:
    """A report of an office that the samples do not have."""
    path = folder / "附件2（天园街）.txt"
    path.write_text(_PLAIN, encoding="utf-8")
    return path


def hostile_report(folder: Path) -> Path:
    """The same report with tags, links and formulas in its names, cells and sentences."""
    text = _PLAIN
    for harmless, hostile in {
        "人民政府天园街道办事处": f"人民政府天园街道办事处<i>{HOSTILE_MARKDOWN}</i>",
        "绿化养护专项经费": f"绿化养护专项经费{HOSTILE}",
        "补种行道树\t补种321棵": f"补种行道树{HOSTILE}\t补种321棵{HOSTILE}",
        "绿化养护力量不足": f"{HOSTILE}{HOSTILE_MARKDOWN}绿化养护力量不足",
        "坚持量入为出。": "坚持量入为出。" + "<b>" * 3400,  # a cell of 10,000 characters
        "全年补种行道树321棵。": f"全年补种行道树321棵{HOSTILE}{HOSTILE_MARKDOWN}。",
    }.items():
        assert harmless in text
        text = text.replace(harmless, hostile)
    path = folder / "附件2 (hostile).txt"
    path.write_text(text, encoding="utf-8")
    return path
