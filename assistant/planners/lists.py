"""What is there: reports, main tasks and their funds, indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.lexicon import wording
from assistant.plan import ListIndicators, ListReports, ListTasks, Operand, Over, Plan, TaskFunds
from assistant.planners.asked import Asked, cut, names_something, without_cues
from assistant.planners.bounds import find_bound
from assistant.planners.counting import counter_asked
from assistant.terms import term

_CUE_OF = {
    Over.TOTAL: "sum",
    Over.AVERAGE: "average",
    Over.MOST: "most",
    Over.LEAST: "least",
}


def made_of(asked: Asked, choices: Sequence[Over] = tuple(Over)) -> Over | None:
    """What the question wants made of several figures: their sum, the largest."""
    return next((over for over in choices if asked.says(_CUE_OF[over])), None)


def reports(asked: Asked) -> Plan | None:
    """有哪些年份的报告"""
    elsewhere = asked.question.departments or asked.question.names_a_year
    again = isinstance(asked.state.last, ListReports) and elsewhere
    again = again and not asked.operand().concepts
    if not asked.says("reports") and not _REPORTS.search(asked.text) and not again:
        return None
    return ListReports(replace(asked.scope, years=asked.question.years))


def indicators(asked: Asked) -> Plan | None:
    """环卫保洁的关键指标有哪些"""
    counted = bool(_COUNTED_INDICATORS.search(asked.rest))
    if not counted and not asked.says("list_indicators") and not _INDICATORS.search(asked.rest):
        return None
    if not counted and made_of(asked, (Over.MOST, Over.LEAST)):
        return None  # 分值最高的指标是什么
    own = without_cues(
        asked.operand(without_indicators(asked.rest)), "list_indicators", "side_by_side", "actual"
    )
    return ListIndicators(own, asked.one_year(), counted)


def without_indicators(text: str) -> str:
    """A text without the words that say no more than that indicators are asked for."""
    return _NOTHING_BUT_INDICATORS.sub(" ", _COUNTED_INDICATORS.sub(" ", text))


# 列一下产出指标和实际完成值, list the satisfaction indicators with their results
_INDICATORS = re.compile(
    r"(?:列[出举一]?|给我|看看|说说|报一?下)[^，。？?]{0,24}指标"
    r"|指标[^，。？?]{0,10}(?:有哪些|清单|一览|列表|都?是(?:哪些|什么))"
    r"|\b(?:list|give|show|name|what are)\b[^?]{0,40}\bindicators\b",
    re.I,
)
_COUNTED_INDICATORS = re.compile(
    r"(?:几|多少)[个项条]?(?:[一二三]级|绩效|关键|考核)*(?:的)?指标"
    r"|(?:[一二三]级|绩效|关键|考核)*指标[^，。？?]{0,6}(?:几|多少)[个项条]"
    r"|\bhow many (?:[a-z-]+ ){0,3}?(?:[a-z]+-level |performance |key )*indicators\b",
    re.I,
)
# Words that say no more than that indicators, or their values, are asked for.
_NOTHING_BUT_INDICATORS = re.compile(
    r"(?:[一二三]级|绩效|关键|考核)*指标(?!值)|(?:及|和|以及|与)?(?:其|各自的?)?(?:实际|目标)?(?:完成)?(?:值|情况|数)"
    r"|自评表|一共|设[了有]?|列[出举一]?下?|清单|一览"
    r"|\b(?:(?:first|second|third)[- ]level|performance|key)? ?indicators?\b"
    r"|\b(?:with|and) (?:the |their )?(?:actual |target )?(?:values?|results?)\b|\blist\b",
    re.I,
)


def task_funds(asked: Asked) -> Plan | None:
    """哪项任务资金最多, 三项任务一共多少钱"""
    last = asked.state.last
    if isinstance(last, TaskFunds) and (follow := _next_rank(asked, last)):
        return follow
    if isinstance(last, (ListTasks, TaskFunds)) and _EACH.search(asked.rest.strip()):
        own = None if asked.says("spent") else _amount(_bare(asked))
        return TaskFunds(None, last.scope, own)
    ordered = _TOP.search(asked.rest) or _ORDERED.search(asked.rest)
    spoken = asked.speaks_of_projects() or (ordered and _SPOKEN_OF.search(asked.rest))
    if not spoken or not re.search(
        r"哪|什么|最|一共|合计|总|平均|加起来|之和|排|分别|各|[a-z]", asked.text
    ):
        return None
    over, top, rest = _ranking(asked)
    rank = _RANK.search(rest) if over in (Over.MOST, Over.LEAST) else None
    rest = _RANK.sub(" ", _MONEY_EN.sub(" ", rest)) if rank else _MONEY_EN.sub(" ", rest)
    spent = ("spent",) if asked.says("spent") else ()
    rest = cut(rest, *spent, "tasks", "sum", "average", "most", "least", "each_project")
    rest = _SPOKEN_OF.sub(" ", _SO_MANY.sub(" ", _FORM_EN.sub(" ", rest)))
    bare = without_cues(
        asked.operand(rest), "tasks", "sum", "average", "most", "least", "each_project"
    )
    listed = asked.says("list_amounts") and (
        names_something(bare) or bool(spent) or _WITH_AMOUNT.search(rest)
    )
    if over is None and not listed:
        return None
    if of_rate := over in (Over.MOST, Over.LEAST) and _RATE.search(asked.rest):
        bare, spent = _named_rate(bare, of_rate.group()), ()
    if not _is_amount(bare):
        return None  # 哪个项目人最多 asks for something else of them
    if asked.project_forms() and over is not None and not asked.state.last:
        return None  # forms of their own are compared with each other
    number = _RANKS[next(g for g in rank.groups() if g).lower()] if rank else 1
    return TaskFunds(over, asked.one_year(), None if spent else _amount(bare), rank=number, top=top)


# 各用了多少钱, how much for each: of the tasks or projects just listed.
_EACH = re.compile(
    r"^(?:那)?(?:它们|每[个项]|各[个项自]?|分别)[^，。？?]{0,8}(?:多少|几)"
    r"|\b(?:for|of|on) each\b|\beach of them\b|\brespectively\b",
    re.I,
)


def _bare(asked: Asked) -> Operand:
    return without_cues(asked.operand(), "list_amounts", "tasks", "spent")


# 按资金从高到低排前两个, the top three by spending.
_TOP = re.compile(
    r"(?:从[高大多]到[低小少]|由[高大多]到[低小少]|从[低小少]到[高大多]|由[低小少]到[高大多])?"
    r"(?:排(?:名|序|列)?)?(?:在)?(?:前|最前)(?P<zh>[一二两三四五六七八九十\d]+)(?:个|名|位|项)?"
    r"|\b(?:top|first|largest|biggest|highest)\s+(?P<en>two|three|four|five|\d)\b",
    re.I,
)
_UPWARD = re.compile(r"从[低小少]到|由[低小少]到|最[低小少]|lowest|smallest|least", re.I)
_ORDERED = re.compile(
    r"从[高大多]到[低小少]|由[高大多]到[低小少]|从[低小少]到[高大多]|排序|排名|排一下"
)
_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {
    **{"两": 2, "two": 2, "three": 3, "four": 4, "five": 5}
}
_ALL = 99
_MONEY_EN = re.compile(r"\b(?:amounts? of )?money\b|\bfund(?:s|ing)\b|\bgot\b|\breceived\b", re.I)
_RATE = re.compile(r"执行率|支出进度|支付率|完成率|\b(?:execution|implementation) rate\b", re.I)


def _named_rate(operand: Operand, said: str) -> Operand:
    """钱花得最慢（执行率最低）: the rate that is named, whatever else is said of it."""
    name = said if re.match(r"[\u4e00-\u9fff]", said) else "执行率"
    return replace(operand, concepts=(term(name),), text=name, said=name)


_FORM_EN = re.compile(r"\b(?:in|of|on) (?:the|its|this)?\s*(?:table|form|report)\b|\bform\b", re.I)
_WITH_AMOUNT = re.compile(
    r"预算|支出|执行|花|\bexecution\b|\bimplementation\b|\bcosts?\b|\bbudgets?\b|\bspen[dt]\w*|\brates?\b",
    re.I,
)
_IN_MONEY = re.compile(r"元$|yuan$", re.I)
_SPOKEN_OF = re.compile(r"项目|任务|专项|(?:(?:key|main|major) )?\b(?:projects?|tasks?)\b", re.I)


def _ranking(asked: Asked) -> tuple[Over | None, int, str]:
    """Largest or smallest, how many of them, and the question without those words."""
    over = made_of(asked)
    match = _TOP.search(asked.rest)
    if match is None and not _ORDERED.search(asked.rest):
        return over, 1, asked.rest
    said = (match["zh"] or match["en"].lower()) if match else ""
    top = _NUMBERS.get(said, int(said) if said.isdigit() else _ALL)
    over = Over.LEAST if _UPWARD.search(asked.rest) else Over.MOST
    return over, top, _ORDERED.sub(" ", _TOP.sub(" ", asked.rest)).replace("按", " ")


_ALL_OF_THEM = re.compile(
    r"[这那]?(?:几|[三四五六七八九十])[个项笔]|全部|所有|\b(?:all|them|these|those)\b", re.I
)
_REPORTS = re.compile(
    r"(?:哪些|哪几|什么|哪一?年|几份)[^，。？?]{0,10}报告(?![^，。？?]{0,3}(?:中|里|说|提|写|的))"
    r"|(?:which|what)\b[^?]{0,30}\breports?\b[^?]{0,12}(?:there|have|loaded|available)"
    r"|(?:which|what)\b[^?]{0,30}\b(?:years|offices|departments|reports)\b[^?]{0,12}"
    r"\b(?:can|may|could) (?:i|we|you)\b",
    re.I,
)
_SO_MANY = re.compile(r"[一二三四五六七八九十两几\d]+\s*(?:个|项|大)")
_RANK = re.compile(r"第([二三四五2-5])|(second|third|fourth)", re.I)
_RANKS = {"二": 2, "三": 3, "四": 4, "五": 5, "second": 2, "third": 3, "fourth": 4}


def _next_rank(asked: Asked, last: TaskFunds) -> TaskFunds | None:
    """那第二低的呢, 前三名列一下: of the same ranking; 执行率垫底的是哪个: of another amount."""
    if asked.question.years or asked.question.departments:
        return None
    added = made_of(asked, (Over.TOTAL, Over.AVERAGE))
    if added and last.top == 1 and not last.bound and _ALL_OF_THEM.search(asked.rest):
        return replace(last, over=added, rank=1)
    over = made_of(asked, (Over.MOST, Over.LEAST))
    _, top, unranked = _ranking(asked)
    match = _RANK.search(unranked)
    rest = cut(_RANK.sub(" ", unranked), "most", "least")
    if over is None and match is None and top == 1:
        return None
    own = without_cues(asked.operand(rest), "most", "least", "sum")
    if names_something(own):
        if over is None or not _is_amount(own):
            return None
        return TaskFunds(over, last.scope, own)
    if top > 1 and not asked.says("sum"):
        return replace(last, over=over or last.over or Over.MOST, rank=1, top=top, bound=None)
    said = (match.group(1) or match.group(2).lower()) if match else ""
    rank = _RANKS.get(said, int(said) if said.isdigit() else 1)
    return replace(last, over=over or last.over, rank=rank, top=1, bound=None, counted=False)


def beyond_bound(asked: Asked) -> Plan | None:
    """执行率低于90%的项目有哪些, of the tasks or projects that one report speaks of."""
    found = find_bound(asked)
    spoken = asked.says("tasks") or _SPOKEN_OF.search(asked.text)
    forms = asked.project_forms() and not re.search(r"任务|\btasks?\b", asked.text, re.I)
    if not found or not spoken or forms:
        return None  # projects that have a form are compared by these, tasks never have one
    bound, rest = found
    rest = _SPOKEN_OF.sub(" ", cut(rest, "tasks", "each_project"))
    bare = without_cues(asked.operand(rest), "tasks", "each_project")
    plain = wording().says("spent", rest) or bool(_WITH_AMOUNT.search(rest))
    plain = plain or bool(_IN_MONEY.search(bound.unit or ""))
    if not _is_amount(bare) and not (plain and not names_something(_known(bare))):
        return None
    amount = _amount(bare) if _is_amount(bare) else None
    if bound.unit == "%":
        # Whatever it is called in English.
        amount = replace(bare, concepts=(term("执行率"),), text="执行率", said="执行率")
    counted = bool(re.search(r"(?<!哪)几[个项]|多少个|how many", asked.text, re.I))
    counter = counter_asked(asked.text)
    return TaskFunds(None, asked.one_year(), amount, bound, counted, counter or "个")


def _known(operand: Operand) -> Operand:
    return replace(operand, concepts=tuple(c for c in operand.concepts if c.known))


def _is_amount(operand: Operand) -> bool:
    """Nothing but money or a rate of it is asked for."""
    terms = [c for c in operand.concepts if not c.light]
    return all(
        any(re.search(r"预算|支出|执行|资金|经费|完成率|金额|得分|总分|^fund", f) for f in c.forms)
        for c in terms
    )


def _amount(operand: Operand) -> Operand | None:
    return operand if operand.concepts else None


def tasks(asked: Asked) -> Plan | None:
    """主要任务有哪些, how many main tasks; also 那张表列了几个项目 where no form is of one."""
    counted = bool(_HOW_MANY.search(asked.text))
    listed = asked.says("list_tasks") or bool(
        _MAIN_TASKS.search(re.sub(r"\s+", "", asked.rest) if asked.language == "zh" else asked.rest)
    )
    if not listed and not asked.project_forms():
        listed = asked.says("list_projects") or bool(counted and asked.speaks_of_projects())
        listed = listed or bool(_LIST_OF.search(asked.text))
        listed = listed and not _another_thing(asked)
    if not listed:
        return None
    return ListTasks(asked.one_year(), counted, counter_asked(asked.text) or "项")


_MAIN_TASKS = re.compile(
    r"有?(?:哪[几些]|几|什么)[个项]?专项(?:经费|资金)?(?:$|[？?。，,])"
    r"|(?:列[出举一]|说说|有)[^，。？?]{0,6}(?:主要|重点)(?:任务|工作)(?:有|$|[？?。])"
    r"|\blist\b[^?]{0,30}\b(?:main|major|key) tasks\b",
    re.I,
)
_HOW_MANY = re.compile(
    r"(?:几|多少)[个项]?(?:主要|重点)?(?:任务|项目)|(?:任务|项目)[^，。？?]{0,3}(?:有|列了?)?(?:几|多少)[个项]"
    r"|how many (?:[a-z]+ ){0,2}(?:projects|tasks)",
    re.I,
)
_HOW_MANY_EN = re.compile(r"\bhow many\b", re.I)
_LIST_OF = re.compile(
    r"(?:列[出了]|列一下)[^，。？?]{0,6}(?:项目|任务)|\blist\b[^?]{0,24}\b(?:projects|tasks)\b",
    re.I,
)
_OF_A_TABLE = re.compile(
    r"那?[张个]?表格?[里中]?|列[出了]?|表|合计不算|不算合计|\b(?:spending|table|form)\b", re.I
)


def _another_thing(asked: Asked) -> bool:
    """Whether the projects asked for are those of something: 开工项目, projects started."""
    # How many signed investment projects: what kind of projects they are stays.
    how_many = _HOW_MANY if asked.language == "zh" else _HOW_MANY_EN
    rest = how_many.sub(" ", _OF_A_TABLE.sub(" ", asked.rest))
    rest = _SPOKEN_OF.sub(" ", cut(rest, "list_projects", "list_tasks", "each_project"))
    return names_something(without_cues(asked.operand(rest), "tasks", "list_projects"))
