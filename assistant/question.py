"""What a question says on its face: language, years and departments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.answer import Language
from assistant.department_english import english_mentions
from assistant.department_names import (
    chinese_mentions,
    other_office,
    region_mentions,
    typed_alike,
)
from assistant.departments import Aliases
from assistant.holdings import Holdings, holdings
from assistant.lexicon import lexicon, stem, wording
from assistant.project_index import Encode
from assistant.project_names import projects_named
from assistant.years import YearsSaid, read_years
from index_store.store import ReportInfo
from ingest.versions import version_asked

_ENGLISH_SENTENCE = 4  # words of English grammar that make a sentence English
_CJK = re.compile(r"[\u3400-\u9fff]")
# 我问的是计划数，不是完成数: what is not meant.
_NOT_THAT = re.compile(
    r"[，,（(]\s*(?:不是|不要|而不是|not\s+(?:the\s+)?)(?P<what>[^，,。？?）)多少几]{1,24})[）)]?\s*[。.]?(?=$|[，,？?\u4e00-\u9fff])",
    re.I,
)
_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zA-Z\u3400-\u9fff]")
# A place or office named in a question; generic ones (我街, 各街道) are not names.
_OFFICE = re.compile(
    r"([\u4e00-\u9fff]{2,4}?)(?:街道办事处|街道办|街道|街办|街(?!道|面|里|坊)|镇(?:人民政府)?)"
)
# 海州市市场监督管理局, where only that of another city is loaded.
_OFFICE_OF_A_PLACE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,4}?(?:省|市|州|县|区|旗))[\u4e00-\u9fff]{2,10}?(?:局|委员会|法院|检察院)"
    r"(?![部限面])"
)
_BUREAU = re.compile(r"([\u4e00-\u9fff]{2,6}(?:局|委员会|法院|检察院))")
_OFFICE_EN = re.compile(
    r"\b((?:[A-Z][a-z]+\s?){1,3}?)\s*(?:[Ss]ub-?\s?[Dd]istrict|[Ss]treet|[Tt]own(?:ship)?|"
    r"[Bb]ureau|[Dd]istrict|[Cc]ity)\b"
)
_NOT_NAMES = re.compile(
    r"谁|是|我|本|各|全|该|哪|每|这|那|个|多少|什么|几|其他|别的|所有|镇街|部门|机构|领导|返还|下属|一条|年|度|辖内|基层"
)
_EN_NOT_NAMES = frozenset(
    [
        "the",
        "how",
        "what",
        "which",
        "who",
        "did",
        "does",
        "do",
        "is",
        "are",
        "was",
        "were",
        "in",
        "on",
        "of",
        "for",
        "a",
        "an",
        "and",
        "each",
        "our",
        "this",
        "that",
        "main",
        "street",
        "sub",
    ]
)


NOTHING: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
NO_ALIASES: Aliases = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked and what it names.

    ``unknown_place`` is an office that no loaded report is of. ``corrects`` is whether it
    puts the one before right (不是，我问的是…), ``new_topic`` whether it turns to something
    else (换个话题，…); ``excluded`` is what it says is not meant (不是完成数). ``opens_with``
    is the department, or the project, whose name begins as the question does, where it
    names none: 消防 of 消防救援大队.
    """

    text: str
    language: Language
    said: YearsSaid
    departments: tuple[str, ...]
    unknown_place: str | None
    rest: str  # the text without years and departments
    foreign: bool = False
    version: str | None = None  # 送审稿, where one is named
    projects: tuple[str, ...] = ()  # of project forms
    corrects: bool = False
    new_topic: bool = False
    excluded: str = ""
    opens_with: tuple[tuple[str, ...], tuple[str, ...]] = NOTHING

    @property
    def years(self) -> tuple[int, ...]:
        """The years named by their number."""
        return self.said.years

    @property
    def names_a_year(self) -> bool:
        """Whether a year is named or said relatively."""
        return bool(self.said.years) or self.said.relative is not None


def language_of(text: str) -> Language:
    """Chinese as soon as it has a Chinese word of its own, else English.

    An English sentence stays one with Chinese names and terms in it: it opens with a word
    of English grammar or has several of them.
    """
    chinese, latin = len(_CJK.findall(text)), re.findall(r"[A-Za-z]+", text)
    if not chinese:
        return "en"
    grammar = sum(word.lower() in wording().en_stop for word in latin)
    if grammar >= _ENGLISH_SENTENCE:
        return "en"
    return "zh" if chinese >= len(latin) else "en"


def _without_courtesy(text: str) -> str:
    """The question without 您好，麻烦帮我看一下 and "I'm drafting a memo:" around it."""
    for pattern in wording().courtesy:
        shorter = pattern.sub(" ", text).strip(" ，,。.：:;；-–—")
        if re.search(r"\w", shorter):
            text = shorter
    return text


def read_question(
    text: str,
    reports: Sequence[ReportInfo],
    aliases: Aliases = NO_ALIASES,
    encode: Encode | None = None,
) -> Question:
    """Find language, years and departments; the departments are those of the reports.

    ``encode`` is the store's encoder: it tells projects apart that a question names in
    words of its own.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _simplified(re.sub(r"\s+", " ", plain))
    for spoken, written in wording().colloquial.items():
        plain = plain.replace(spoken, written)
    language = language_of(plain)
    plain, turn = _turn(_without_courtesy(plain))
    plain = _without_courtesy(plain)
    said, rest = read_years(plain, language)
    version, unversioned = version_asked(rest)
    held = holdings(reports, aliases)
    if version in held.versions:
        # One that is not loaded stays a word of the question, which no other version answers.
        rest = unversioned
    departments, rest = _departments(rest, held, aliases)
    projects, rest = projects_named(rest, held, departments, encode)
    rest = _OF_THE_FORM.sub(" ", _ITS_OFFICE.sub(" ", rest))
    rest, excluded = _excluded(rest)
    unknown, opening = None, NOTHING
    if not departments and not projects:
        beside = held.departments.beside(rest)
        elsewhere = (other_office(department, rest) for department in beside)
        unknown = next((office for office in elsewhere if office), None) or _unknown_place(rest)
        if unknown and (meant := _mistyped(unknown, rest, held)):
            departments, rest, unknown = (meant,), rest.replace(unknown, " "), None
        elif not unknown:
            opening = held.openings.of(rest)
    return Question(
        text=plain,
        language=language,
        said=said,
        departments=departments,
        unknown_place=unknown,
        rest=rest,
        foreign=bool(_OTHER_SCRIPT.search(plain)) and not _CJK.search(plain),
        version=version,
        projects=projects,
        corrects=turn == "corrects",
        new_topic=turn == "new_topic",
        excluded=excluded,
        opens_with=opening,
    )


def _turn(text: str) -> tuple[str, str | None]:
    """The question without 不是，我问的是 or 换个话题，, and which of the two it began with."""
    for turn, patterns in wording().turns.items():
        for pattern in patterns:
            shorter = pattern.sub(" ", text, count=1).strip(" ，,。.：:;；-–—")
            if shorter != text.strip(" ，,。.：:;；-–—") and re.search(r"\w", shorter):
                return shorter, turn
    return text, None


# The form, and no amount: 部门整体支出自评表里, 部门整体支出的调整预算数.
_OF_THE_FORM = re.compile(
    r"部门整体支出(?:(?:绩效)?(?:自评|评价)?(?:表|报告)[里中]?的?|的(?=[^，。？?]{2}))"
)
# The office spoken of, by what it is: the town's total spending.
_ITS_OFFICE = re.compile(
    r"\bthe (?:whole |entire )?(?:town(?:ship)?|street|sub-?district|bureau|office|cent(?:er|re)"
    r"|commission|department|brigade|station|agency)['’]s\b",
    re.I,
)


def _excluded(text: str) -> tuple[str, str]:
    """我问的是计划数，不是完成数: the question, and what it says is not meant."""
    match = _NOT_THAT.search(text)
    if match is None or not re.search(r"\w", text[: match.start()]):
        return text, ""
    return text[: match.start()] + " " + text[match.end() :], match["what"]


def _simplified(text: str) -> str:
    """Traditional characters to simplified ones, as the reports have them."""
    try:
        text.encode("gb2312", "strict") if _CJK.search(text) else None
    except UnicodeEncodeError:
        from opencc import OpenCC

        return str(OpenCC("t2s").convert(text))
    return text


def _departments(text: str, held: Holdings, aliases: Aliases) -> tuple[tuple[str, ...], str]:
    """The departments named, in the order of the text, and the text without them.

    The longest names first, so that 青禾市水务局 is not also the 水务局 of another place;
    a region by itself counts where no office is named.
    """
    mentions = [
        (where, department)
        for department in held.departments.named(text)
        for where in (
            *chinese_mentions(department, text, aliases.get(department, ())),
            *english_mentions(department, text),
        )
    ]
    if not mentions:
        mentions = [
            (where, department)
            for department in held.departments.of_regions(text)
            for where in region_mentions(department, text)
        ]
    mentions.sort(key=lambda m: (m[0].start - m[0].stop, m[0].start))
    found: dict[str, int] = {}
    taken: list[slice] = []
    for where, department in mentions:
        if any(where.start < t.stop and t.start < where.stop and where != t for t in taken):
            continue
        taken.append(where)
        found[department] = min(where.start, found.get(department, where.start))
    for where in taken:
        text = text[: where.start] + " " * (where.stop - where.start) + text[where.stop :]
    return tuple(sorted(found, key=lambda d: (found[d], d))), text


def _mistyped(office: str, text: str, held: Holdings) -> str | None:
    """The one department whose name is typed with a wrong character of the same sound.

    市场监督管里局; never 水文局 for 水务局, nor an office that another place stands before.
    """
    before = text[: text.index(office)]
    near = [d for d in held.departments.all if typed_alike(d, office, before)]
    return near[0] if len(near) == 1 else None


def _unknown_place(text: str) -> str | None:
    for match in _OFFICE_OF_A_PLACE.finditer(text):
        if not _NOT_NAMES.search(match["place"]):
            return match.group(0)
    for pattern in (_OFFICE, _BUREAU):
        for match in pattern.finditer(text):
            if not _NOT_NAMES.search(match.group(1)) and match.group(0) not in lexicon().chinese:
                return match.group(0)
    for match in _OFFICE_EN.finditer(text):
        words = [w for w in match.group(1).split() if w.lower() not in _EN_NOT_NAMES]
        if words and not all((stem(w.lower()),) in lexicon().english for w in words):
            return match.group(0).strip()
    return None
