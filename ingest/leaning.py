"""What a figure is of where its own clause leaves it out.

计划新改建农村公路120公里，实际完成134.6公里，同比增长7.5%: the second and the third say
only what they are beside the first. They get its name before their own words, so that
each figure can be found and shown by what it measures; what was planned is marked so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest import narrative
from ingest.report import Figure, Passage, Qualifier, Role

_THAN = (
    r"(?:(?:同比|环比|[比较](?:上年|去年|年初|(?:19|20)\d{2}年)(?:同期|底|末)?"
    r"|[比较](?:年初)?(?:预算|计划|目标)(?:数|值)?)的?)"
)
_CHANGE = (
    r"(?:(?:净|各|均|又|再)?(?:增长|增加|减少|下降|上升|提高|提升|降低|增幅|降幅|新增|超出|高出"
    r"|相差|压减|节约|高于.{0,8}|低于.{0,8}|少于.{0,6}|多于.{0,6})(?:了|率|幅度|额)?)"
)
_TO_VERB = (
    r"(?:增加|增长|提升|提高|上升|下降|降低|减少|扩大|压缩|缩短|压减|回升|回落|攀升|调整|恢复|延长|精简"
    r"|扩展|增|升|降|扩|涨|减)"
)
_TO = rf"(?:{_TO_VERB}(?:至|到|为))"
_DONE = (
    r"(?:(?:全年|年末|年底|目前)?(?:实际|现|已|均|全部|仅|另有|又)?"
    r"(?:完成|开工|完工|建成|竣工|改造|投用|办结|采纳|达到|达|超额完成)?(?:数量|数|值)?)"
)
_AIM = (
    r"(?:(?:完成|占|达到?|达?不到|超额完成|未达到?)?(?:年初|年度|全年|原|规划)?的?"
    r"(?:计划|目标|规划|预期|任务)(?:任务|目标|数|值)?(?:为|是)?|完成(?:年初|全年|调整后?)?预算(?:数|额)?)"
)
_OF_IT = r"(?:完成(?:年度|年初|全年|当年)?(?:预算|计划|目标|任务)(?:数|任务|目标)?的|的)"
_RATE = (
    r"(?:(?:年度|任务|目标|总)?(?:完成|办结|支付|成功|合格|达标|发放|整改|覆盖|采纳|取证"
    r"|调解|兑现|满意|使用|结案|竣工|开工)(?:率|度|进度|总进度比))"
)
_PART = (
    r"(?:占(?:比|.{0,12}的)?|(?:涉及|惠及|受益|覆盖|参与|参加)(?:人数|资金|金额|面积)?|金额|面积"
    r"|资金|总?投资|满分)"
)
_LEANING = re.compile(
    rf"^(?:累计(?:达到?|为)?|{_THAN}?{_CHANGE}|{_THAN}|{_THAN}?{_TO}|{_DONE}|{_AIM}|{_OF_IT}|{_RATE}"
    rf"|{_PART})$"
)
_AIMED = re.compile(
    r"^(?:(?:完成|超额完成|占|未达到?|达不到)?(?:年初|年度|全年|原)?(?:计划|目标|规划|预期)"
    r"(?!生育|单列|外)|拟|(?:下一步|明年|将)*(?:力争|争取))"
    r"|(?:年初|年度|全年|原)?(?:计划|目标|规划|预期)(?:任务|目标|数|值)?(?:均?为|是)?$"
)
_AIM_WORDS = re.compile(
    r"^(?:年初|年度|全年)?(?:计划|目标|预期|拟)(?:是|为)?|(?:计划|目标)(?:数|值)?$"
)
_AIMED_AFTER = re.compile(
    r"^(?:以上|以下|以内)?的?(?:年度|年初|全年|控制|预期|规定)?(?:目标|计划|任务|控制线)(?!的?\d)"
)
_BEYOND_AIM = re.compile(r"^(?:低于|高于|超过|超出|优于|好于)$")  # 低于0.9‰的控制目标
_LISTS_AIMS = re.compile(r"(?:目标|计划|任务)(?:任务|值|数)?(?:为|是|：)")
_NEXT_OF_LIST = re.compile(r"\s*[、和及与](?!.*(?:实际|完成率|已))[^，。；]*$")
_AIM_NOUNS = frozenset({"目标", "任务", "计划", "目标任务", "年度目标", "年度任务"})
_UNNAMED_AIM = re.compile(
    r"^(?:低于|高于|超过|超出|优于|好于|超额完成|完成|实现|未达到?|未|达到?|年度|全年|年初)*$"
)
_NO_AIM = re.compile(r"高于|低于|超|比|占|未完成|差")
# Words that only say beside what: 比2022年的2,746万人次, 比预算数70万元, 另有2座.
_MERELY = re.compile(
    r"^[比较](?:(?:19|20)\d{2}|上|去)年(?:同期|底|末)?的?$|^另有$"
    r"|^(?:[比较]|完成)(?=(?:年初|全年|调整后?)?(?:预算|计划|目标)(?!.*的$))"
)
_BUDGET = re.compile(r"^(?:年初|全年|调整后?)?预算(?:数|额)?$")
_SPENDING = re.compile(r"(?:支出)?(?:决算|预算|支出)(?:数|额)?$")
_RISE = re.compile(rf"^(?:余|多)?({_TO_VERB})(?:至|到|为)")
_FORMER = re.compile(r"[由从](?:(?:(?:19|20)\d{2}|上|去)年(?:末|底|度|同期)?的?|年初的?|原来的?)?$")
_CAME_TO = re.compile(
    rf"({_TO_VERB}(?:至|到|为))(?:(?:19|20)\d{{2}}年(?:末|底|度)?的?)?\s*$"
)  # 降为0.9‰
# What was paid for the people or things counted before: 临时救助1,234人次、支出386.7万元.
_PAID = re.compile(r"^(?:共|累计)?(?:支出|发放|支付|投入)(?:资金|金额)?$")
_OF_PROJECTS = frozenset({None, "元", "%", "分"})  # units of what a project has as a whole
_OPEN = re.compile(r"[对为向给将把]$")  # 组织对5个项目: what is counted names it
_LONGEST_KIND = 4  # characters of a name that leaves out what the one before says
_LEAST_VERB = 2  # characters of what is said of all of a list
_OF_WHOLE = re.compile(rf"，(?:总体|合计|总额)?(?:{_THAN}|[上去]年(?:同期)?(?:为|是))")
_MUCH_NEARER = 3  # times nearer to the whole than to its one part
_TITLE_WORDS = re.compile(r"^(?:其中)[:：]?")


def with_topics(
    figures: Sequence[Figure], passages: Sequence[Passage] | Mapping[int, Passage]
) -> tuple[Figure, ...]:
    """The figures of running text, each named by what it is of; targets marked as such.

    Rows of tables are left as they are: their cells have names of their own.
    """
    named: list[Figure] = []
    state: _Sentence | None = None
    for figure in figures:
        if figure.cell or figure.indicator or "\t" in passages[figure.passage].text:
            named.append(figure)
            continue
        text = passages[figure.passage].text
        key = (figure.passage, _sentence_of(text, figure))
        if state is None or state.key != key:
            state = _Sentence(key)
        named.append(state.named(figure, text))
    return tuple(named)


def _sentence_of(text: str, figure: Figure) -> int:
    return next((a for a, b in narrative.sentences(text) if a <= figure.start < b), 0)


class _Sentence:
    """The names said so far in one sentence, those in brackets apart."""

    def __init__(self, key: tuple[int, int]) -> None:
        self.key = key
        self.outside: list[str] = []
        self.inside: list[str] = []
        self.unit: str | None = None  # of the last figure that had a name of its own
        self.respective: list[str] = []  # names that the values after 分别 are of, in order
        self.aims = False  # 年度目标为…: what is listed was aimed at, as far as the list goes
        self.end = key[1]  # of the last figure
        self.whole = ""  # 三公经费24万元，其中…: what the parts named since are of
        self.parts = 0  # listed since, one after the other
        self.values: dict[str, Decimal] = {}  # of the whole and of its last part

    def _of_listed_aims(self, figure: Figure, text: str) -> bool:
        """目标为完成人工造林3.2万亩、封山育林5万亩: the second is aimed at as the first is."""
        self.aims = self.aims and bool(_NEXT_OF_LIST.match(text[self.end : figure.start]))
        return self.aims

    def _follow(self, between: str, figure: Figure) -> str:
        """其中接待费5万元、车辆费18万元，较上年的27万元下降11%: the third is of the whole again.

        So it is behind one part alone where it is nearer to the whole by far (3,416 in all,
        287 of them elsewhere, the year before 2,987). Returns the part that it is not of.
        """
        if "其中" in between:
            self.whole, self.parts = (self.outside[-1] if self.outside else ""), 1
        elif self.whole and between.startswith("、"):
            self.parts += 1
        elif self.parts and _OF_WHOLE.match(between) and (self.parts > 1 or self._nearer(figure)):
            part = self.outside[-1]
            self.outside.append(self.whole)
            self.whole, self.parts = "", 0
            return part
        elif not between.startswith("、"):
            self.whole, self.parts = "", 0
        return ""

    def _nearer(self, figure: Figure) -> bool:
        """Whether a value is much nearer to that of the whole than to its part's."""
        apart = {}
        for name in (self.whole, self.outside[-1] if self.outside else ""):
            known = self.values.get(name)
            if not known or not figure.value or figure.base_unit != self.unit:
                return False
            apart[name] = max(known / figure.value, figure.value / known)
        return len(apart) == 2 and apart[self.whole] * _MUCH_NEARER < apart[self.outside[-1]]

    def named(self, figure: Figure, text: str) -> Figure:
        bracketed = _in_brackets(text, self.key[1], figure.start)
        if not bracketed:
            self.inside = []
        words = figure.label.strip("（()） ")
        if came := _CAME_TO.search(text[: figure.start]):
            own = words and (words in came.group() or re.search(r"[由从]", words))
            words = came.group(1) if own else words
        figure = replace(figure, label=words or figure.label)
        last_end = self.end
        aimed = self._aimed(figure, words, text) or self._of_listed_aims(figure, text)
        self.end = figure.end
        if aimed:
            self.aims = self.aims or bool(_LISTS_AIMS.search(text[self.key[1] : figure.start]))
            named = "" if figure.subject in _AIM_NOUNS else figure.subject
            figure = replace(figure, role=Role.TARGET, subject=named)
            if words == "低于":  # what was done lies below: the aim is a limit
                figure = replace(figure, qualifier=Qualifier.AT_MOST)
            if _UNNAMED_AIM.match(words):
                words = "目标"  # 未达到85%的目标
        known = (self.inside or self.outside) if bracketed else self.outside
        if not bracketed and (part := self._follow(text[last_end : figure.start], figure)):
            words = self.outside[-1] if words == part else words
            figure = replace(figure, label=words or figure.label)
        if figure.year and known and 0 < len(words) <= _LEAST_VERB and words in known[-1]:
            # 最终办理离婚登记1052对，上年办理1128对: the same of the year before
            words = known[-1]
            figure = replace(figure, label=words)
        if "分别" in words:
            words = words.replace("分别", "").strip()
            self.respective = known[-_values_after(text, figure) :] if _LEANING.match(words) else []
            self.respective_words = words
        elif self.respective and not _joined_to_last(text, figure):
            self.respective = []
        if self.respective:
            topic, words = self.respective.pop(0), self.respective_words
            return replace(figure, label=topic + words)
        if words and known and self._leans(words, figure):
            return replace(figure, label=_joined(known[-1], _completed(words, text, figure)))
        if words and _LEANING.match(words) and not figure.task:
            return figure
        if figure.task and figure.task not in words and figure.base_unit in _OF_PROJECTS:
            words = figure.task + words if _LEANING.match(words) else figure.task
        if _FORMER.search(words) and (rise := _RISE.match(text[figure.end :])):
            # 由3家增加到5家: what it was before, never to be taken for what it is.
            words = _FORMER.sub("", words) or (known[-1] if known else "")
            # The year it was of tells it apart as well.
            former = words if figure.year else f"{words}{rise.group(1)}前"
            figure = replace(figure, label=former, subject="")
        if known and (whole := _next_of_kind(known[-1], words, text[last_end : figure.start])):
            words = whole
            figure = replace(figure, label=whole)
        topic = _AIM_WORDS.sub("", words) or words
        if _OPEN.search(topic) and figure.subject:
            topic = figure.subject
        self.unit = figure.base_unit
        self.values[topic] = figure.value
        (self.inside if bracketed else self.outside).append(topic)
        return figure

    def _leans(self, words: str, figure: Figure) -> bool:
        """Whether a figure's words only say what it is beside the one named last."""
        if _PAID.match(words):
            return figure.base_unit == "元" and self.unit not in (None, "元", "%")
        if not _LEANING.match(words):
            return False
        if self.outside and re.fullmatch(_RATE, words) and re.search(r"[率度]$", self.outside[-1]):
            return False  # 收缴率71.3%，满意度95%: two rates
        # Amounts and rates within a project are the project's; counts lean as anywhere.
        counts = figure.base_unit == self.unit and self.unit not in _OF_PROJECTS
        return counts or not figure.task

    def _aimed(self, figure: Figure, words: str, text: str) -> bool:
        if figure.role not in (Role.ACTUAL, Role.NONE):
            return False
        after = text[figure.end : figure.end + 12]
        if _AIMED_AFTER.match(after):
            if _BEYOND_AIM.match(words):
                return True
            return not _NO_AIM.search(words.removeprefix("超额完成").removeprefix("未达到"))
        return bool(_AIMED.search(words)) and not re.search(r"高于|低于|少于|多于|的$", words)


def _next_of_kind(before: str, words: str, between: str) -> str | None:
    """查处违纪民警4人、辅警11人: the second is of 查处违纪 too, as their names end alike."""
    if not re.fullmatch(rf"\s*[、和及与]\s*{re.escape(words)}\s*", between):
        return None
    alike = 1 < len(words) <= _LONGEST_KIND and before[-1] == words[-1]
    told = (
        len(before) >= len(words) + _LEAST_VERB and before[:2] != words[:2] and words not in before
    )
    return before[: -len(words)] + words if alike and told else None


def _joined(topic: str, words: str) -> str:
    """新改建农村公路 + 实际完成; the words that only say of what are left out."""
    words = re.sub(r"^累计.*", "累计", _MERELY.sub("", words))
    if re.fullmatch(rf"{_THAN}?{_TO}", words):
        return topic  # 由3家增加到5家: 5家 is what there are
    if _BUDGET.match(words):
        topic = _SPENDING.sub("", topic) or topic  # 三公经费支出决算, 完成预算: 三公经费预算
    return topic + words


def _completed(words: str, text: str, figure: Figure) -> str:
    """完成 for the share in 完成年初预算690万元的103.24%, whose own words are 的 alone."""
    if words != "的":
        return words
    clause = text[figure.clause_start : figure.start]
    verb = re.match(r"\s*(?:超额)?(完成|占|达到?)", clause)
    return verb.group(1) if verb else ""


def _in_brackets(text: str, start: int, end: int) -> bool:
    before = text[start:end]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")


def _values_after(text: str, figure: Figure) -> int:
    """How many values are listed from a figure on: 增长1.2%和0.8% are two."""
    more = re.match(r"[^，；。]*", text[figure.start :])
    return 1 + len(re.findall(r"[和、与及]\s*[\d.]+", more.group() if more else ""))


def _joined_to_last(text: str, figure: Figure) -> bool:
    return bool(re.search(r"[和、与及]\s*$", text[: figure.start]))
