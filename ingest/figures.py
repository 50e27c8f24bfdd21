"""Figures in running text and cells: value, unit, qualifier, what is measured.

A number is a figure only where it measures something: it has a unit (or fills
a cell by itself) and is not part of a date, a name, a code, an ordinal or an
attribute (7米以上道路, 60岁以上老年人).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest import narrative
from ingest.report import Figure, Passage, Qualifier, Role
from ingest.units import UNIT_PATTERN, parse_unit

# Full-width digits and signs to their plain forms, one to one, so that positions hold.
_PLAIN = str.maketrans("０１２３４５６７８９．％，－＋≧≦()", "0123456789.%，-+≥≤（）")

_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
_QUANTITY = re.compile(
    rf"(?P<before>不少于|不低于|不超过|不高于|不多于|至少|超过|大于|小于|接近|[近约超逾≥≤>＞<＜])?\s*"
    rf"(?P<minus>(?<![\d\w])[-−－])?(?P<number>(?<![\d.A-Za-z第]){_NUMBER})"
    rf"(?P<more>余|多|几|来)?(?P<scale>[万亿]|千(?=元)|百万(?=元))?(?P<more2>余|多)?"
    rf"\s?(?P<unit>{UNIT_PATTERN})?"
    rf"(?P<after>\s*(?:及以上|及以下|以上|以下|以内|左右))?"
)
_BEFORE = {
    "不少于": Qualifier.AT_LEAST,
    "不低于": Qualifier.AT_LEAST,
    "至少": Qualifier.AT_LEAST,
    "≥": Qualifier.AT_LEAST,
    "超过": Qualifier.OVER,
    "大于": Qualifier.OVER,
    "超": Qualifier.OVER,
    "逾": Qualifier.OVER,
    ">": Qualifier.OVER,
    "＞": Qualifier.OVER,
    "近": Qualifier.NEARLY,
    "接近": Qualifier.NEARLY,
    "约": Qualifier.ABOUT,
    "不超过": Qualifier.AT_MOST,
    "不高于": Qualifier.AT_MOST,
    "不多于": Qualifier.AT_MOST,
    "≤": Qualifier.AT_MOST,
    "小于": Qualifier.AT_MOST,
    "<": Qualifier.AT_MOST,
    "＜": Qualifier.AT_MOST,
}
_AFTER = {"以上": Qualifier.AT_LEAST, "以下": Qualifier.AT_MOST, "以内": Qualifier.AT_MOST}

# Stretches whose digits measure nothing.
_NOT_MEASURES = re.compile(
    r"\d{2,4}\s*年(?:度|初|末|底)?(?:\s*\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*[日号])?)?"
    r"|\d{1,2}\s*月(?:份)?\s*\d{1,2}\s*[日号]|\d{1,2}\s*月(?:份|底|初|末)"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[:：]\d{2}"
    r"|第\s*\d+\s*[^\d，。；、\s]?"
    r"|[“\"「『‘]\d+[”\"」』’]"
    r"|[〔\[【(（]\d{4}[〕\]】)）]\s*\d*\s*号?"
    r"|\d+\s*号(?:文|令|楼|线)?"
    r"|\d{3,}(?=[\u4e00-\u9fff]{0,6}热线)"
    r"|(?<![\u4e00-\u9fff])\d+[、.．](?=[\u4e00-\u9fff])"
    # 50至60家, 80%-90%: a range has no one value that could be cited.
    r"|\d+(?:\.\d+)?\s*[%万亿]?(?:（含）|\(含\))?\s*(?:至|[-－—~～])\s*\d+(?:\.\d+)?(?=\s*[%万亿\u4e00-\u9fff])"
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
# Words that open a predicate: the counted noun after a unit ends before them.
_PREDICATE = re.compile(
    r"增长|增加|减少|下降|上升|提高|提升|降低|增至|升至|降至|累计|全部|全年|(?<!人)(?<!平)均(?!衡)|已|(?<!公)共(?![享青同产])|开展|完成|进行|纳入|建立|设立"
    r"|实现|参与|参加|签订|同意|包联|给予|予以|达到|达(?!标)|得到|通过|用于|展开|的|和(?![谐美解])"
    r"|与|及|或|等(?!级|功|次|奖|候|待|额|值|分)|为|在(?![职建校册编岗线读园])|对(?![象口外策接])|将|被|是"
    r"|(?<!国)(?<!公)有(?![机效关限线])|并|后(?![备勤续])|中(?![心小队学药医型层央国])"
    r"|内(?![部河涝])|以|由|从|向(?!导)|到(?!位)"
)
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]是|（[一二三四五六七八九十]+）|其中|共计|合计|累计|全年|全街|截至目前|目前|以及|并"
    r"|共(?=涉及|投入|发放|完成|开展|建成|培训|举办|组织|收到|受理|办理|征收|支出|安排))+"
)
_TAIL = re.compile(
    r"(?:共计|(?<!收入)(?<!支出)合计|累计|共有|共|约|近|达到|达|超过|不少于|不低于|不超过|至少|超|逾|(?<!行)为|是|了|均|(?<!收入)(?<!支出)(?<!、支)总计|[:：\s（(])+$"
)
_PREPOSITION = re.compile(r"^(?:将|把|对|为|向|给)(?=辖内|$)|^(?:将|把)")
_BREAK = "，；：。！？,;!?\n\t、（）()"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number with its unit, before it is known what it measures."""

    value: Decimal
    text: str
    unit: str | None
    qualifier: Qualifier | None
    start: int  # of number and unit, without the words around them
    end: int


def quantities(text: str, *, whole_cell: bool = False) -> Iterator[Quantity]:
    """The measured numbers of a text, in order.

    ``whole_cell`` admits one number without a unit, as cells of a table hold.
    """
    plain = text.translate(_PLAIN)
    excluded = [m.span() for m in _NOT_MEASURES.finditer(plain)]
    for match in _QUANTITY.finditer(plain):
        start, end = match.start("number"), match.end("number")
        if any(left <= start < right for left, right in excluded):
            continue
        unit = (match["scale"] or "") + (match["unit"] or "")
        if not match["unit"]:
            if match["scale"] or not (whole_cell and plain.strip() == match.group(0).strip()):
                continue
        elif _attributive(plain, match):
            continue
        if match["minus"]:
            start = match.start("minus")
        last = match.end("unit") if match["unit"] else match.end("number")
        yield Quantity(
            value=Decimal(("-" if match["minus"] else "") + re.sub("[,，]", "", match["number"])),
            text=text[start:end],
            unit=unit or None,
            qualifier=_qualifier(match),
            start=start,
            end=last,
        )


def _attributive(plain: str, match: re.Match[str]) -> bool:
    """Whether the quantity only describes the noun behind it (24小时值守, 7米以上道路)."""
    unit = re.split(r"\s?[/／]", match["unit"] or "")[0]
    follows = plain[match.end() : match.end() + 1]
    if not _CJK.match(follows):
        return False
    if unit in {"岁", "周岁", "小时", "年", "天", "日", "分钟"}:
        # 分别为21天和35天: the next of a list is no noun that it describes.
        return not re.match(r"[和与及或]\s*\d", plain[match.end() :])
    return bool(match["after"]) and unit in {"米", "公里", "层", "吨"}


def _qualifier(match: re.Match[str]) -> Qualifier | None:
    if match["more"] or match["more2"]:
        return Qualifier.OVER
    if match["after"]:
        after = match["after"].strip().removeprefix("及")
        return _AFTER.get(after, Qualifier.ABOUT)
    return _BEFORE.get(match["before"]) if match["before"] else None


def prose_figures(passage: Passage) -> list[Figure]:
    """Every figure of a passage of running text, with label and clause."""
    text = passage.text
    found: list[Figure] = []
    spans = narrative.sentences(text)
    previous_end = -1
    for quantity in quantities(text):
        sentence = next(((a, b) for a, b in spans if a <= quantity.start < b), (0, len(text)))
        clause = _clause(text, sentence, quantity)
        label, subject = _label(text, clause, quantity, previous_end)
        context = text[sentence[0] : clause[0]].strip("，；：、 ")
        if sentence[0] > 0:
            context = _opening(text) + " " + context
        found.append(
            make_figure(
                quantity,
                passage,
                label=label
                or subject
                or _before_it(found, text, quantity)
                or context[-20:]
                or passage.section[-1],
                subject=subject,
                context=context.strip(),
                clause=clause,
            )
        )
        previous_end = quantity.end
    return found


def _before_it(found: list[Figure], text: str, quantity: Quantity) -> str:
    """What the figure before is of, where nothing stands between: 培训3期247人次."""
    if not found or re.search(r"[^\s、和及与]", text[found[-1].end : quantity.start]):
        return ""
    return found[-1].label


def make_figure(
    quantity: Quantity,
    passage: Passage,
    *,
    label: str,
    clause: tuple[int, int],
    subject: str = "",
    context: str = "",
    unit: str | None = None,
    indicator: str | None = None,
    role: Role | None = None,
    doubtful: bool = False,
) -> Figure:
    """A Figure from a quantity; ``unit`` is the table's where the cell has none."""
    printed = quantity.unit or unit
    known = parse_unit(printed) if printed else None
    return Figure(
        label=label,
        value=quantity.value,
        text=quantity.text,
        unit=printed,
        base_unit=known.base if known else printed,
        scale=known.scale if known else Decimal(1),
        qualifier=quantity.qualifier,
        role=role or passage.role,
        passage=passage.index,
        start=quantity.start,
        end=quantity.end,
        clause_start=clause[0],
        clause_end=clause[1],
        subject=subject,
        context=context,
        indicator=indicator,
        task=passage.task,
        doubtful=doubtful,
    )


def _clause(text: str, sentence: tuple[int, int], quantity: Quantity) -> tuple[int, int]:
    for left, right in narrative.clauses(text, *sentence):
        if left <= quantity.start < right:
            return left + len(text[left:right]) - len(text[left:right].lstrip()), max(
                right, quantity.end
            )
    return quantity.start, quantity.end


def _opening(text: str) -> str:
    """The first clause of a passage: 一是扎实推进基层党建三年行动计划."""
    spans = narrative.clauses(text)
    return _LEAD.sub("", text[spans[0][0] : spans[0][1]]) if spans else ""


def _label(
    text: str, clause: tuple[int, int], quantity: Quantity, previous_end: int
) -> tuple[str, str]:
    """(words before the number back to the last figure or clause, noun after the unit)."""
    follows = previous_end > clause[0]
    before = text[max(clause[0], previous_end) : quantity.start]
    if follows:  # 3处历史建筑、8处传统风貌建筑和4处…: what stands between belongs to the first
        before = re.sub(r"^[余多]?(?:及以上|以上|左右)?", "", before)
        counted = _subject(text, previous_end)
        before = before.strip().rstrip("、和及与").strip("、，")
        subject = _subject(text, quantity.end)
        if counted and before == counted:
            before = "" if subject else text[clause[0] : quantity.start]
    else:
        subject = _subject(text, quantity.end)
    said = before.strip(" （(")
    before = _TAIL.sub("", _LEAD.sub("", before.strip()))
    before = _PREPOSITION.sub("", before).strip('、，≥≤＞＜><" ')
    if not before and not subject and re.match("累计|合计|总计|共计", said):
        before = said  # 累计达到19个: of what stands in the clause before
    return _balanced(before), subject


def _balanced(label: str) -> str:
    """A label whose quotation marks have their partners: none cut off, none around it all."""
    opened, closed = label.count("“"), label.count("”")
    if opened > closed:
        return label.removeprefix("“") if label.startswith("“") else f"{label}”"
    if closed > opened:
        return label.removesuffix("”") if label.endswith("”") else f"“{label}"
    whole = opened == 1 and label.startswith("“") and label.endswith("”")
    return label[1:-1] if whole else label


def _subject(text: str, end: int) -> str:
    """The noun right after a number and its unit: 139个 基层党支部 累计开展…"""
    after = ""
    for char in text[end : end + 24]:
        if char in _BREAK or char.isdigit():
            break
        after += char
    after = re.sub(r"^[余多]?(?:及以上|及以下|以上|以下|以内|左右)?", "", after)
    cut = _PREDICATE.search(after)
    if cut:
        after = after[: cut.start()]
    return after.strip(" “”")[:16]
