"""What a question says on its face: language, years and departments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from assistant.answer import Language
from assistant.department_names import chinese_mentions, english_mentions, region_mentions
from assistant.departments import Aliases
from assistant.lexicon import lexicon, stem, wording
from index_store.store import ReportInfo
from ingest.versions import version_in

_ENGLISH_SENTENCE = 4  # words of English grammar that make a sentence English
_CJK = re.compile(r"[\u3400-\u9fff]")
# 不是，我问的是预算: what follows is the question.
_CORRECTION = re.compile(
    r"^(?:不是|不对|错了|不，|no,?)\s*[，,。.]*\s*"
    r"(?:我(?:是)?(?:想)?(?:问|要|说)的?(?:是)?|i\s+(?:meant|mean|asked\s+(?:about|for)))\s*",
    re.I,
)
_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zA-Z\u3400-\u9fff]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?:\s*(?:年度|年|财年))?")
_CHINESE_YEAR = re.compile(r"([二][〇○零Oo0一二三四五六七八九]{3})\s*年?")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})年(?!\d|[以之]|来|间)")
_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
    "o": "0",
    "0": "0",
}
_RELATIVE = (
    (re.compile(r"前一年|上一年(?!度)"), -1),
    (re.compile(r"前年|the year before last"), -2),
    (
        re.compile(
            r"去年|上年度?(?!结转|结余|余)|上一年度?(?!结转|结余)|last year"
            r"|(?<!from the )(?:previous year|prior year)|the year before"
        ),
        -1,
    ),
    (re.compile(r"今年|本年度?|this year"), 0),
)
# A place or office named in a question; generic ones (我街, 各街道) are not names.
_OFFICE = re.compile(
    r"([\u4e00-\u9fff]{2,4}?)(?:街道办事处|街道办|街道|街办|街(?!道|面|里|坊)|镇(?:人民政府)?)"
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


NO_ALIASES: Aliases = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked and what it names.

    ``relative_year`` is 0 for 今年, -1 for 去年 and so on, None where none is said;
    ``unknown_place`` is an office that no loaded report is of.
    """

    text: str
    language: Language
    years: tuple[int, ...]
    relative_year: int | None
    departments: tuple[str, ...]
    unknown_place: str | None
    rest: str  # the text without years and departments
    foreign: bool = False
    version: str | None = None  # 送审稿, where one is named
    projects: tuple[str, ...] = ()  # of project forms


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
    text: str, reports: Sequence[ReportInfo], aliases: Aliases = NO_ALIASES
) -> Question:
    """Find language, years and departments; the departments are those of the reports."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _simplified(re.sub(r"\s+", " ", plain))
    language = language_of(plain)
    plain = _without_courtesy(_CORRECTION.sub("", plain, count=1))
    years, rest = _years(plain)
    relative = None
    for pattern, offset in _RELATIVE:
        if pattern.search(rest.lower()):
            relative = offset
            rest = (
                pattern.sub(" ", rest)
                if language == "zh"
                else re.sub(pattern.pattern, " ", rest, flags=re.I)
            )
            break
    departments, rest = _departments(rest, reports, aliases)
    projects, rest = _projects(rest, reports, departments)
    unknown = None if departments or projects else _unknown_place(rest)
    foreign = bool(_OTHER_SCRIPT.search(plain)) and not _CJK.search(plain)
    return Question(
        plain,
        language,
        years,
        relative,
        departments,
        unknown,
        rest,
        foreign,
        version_in(plain),
        projects,
    )


def _simplified(text: str) -> str:
    """Traditional characters to simplified ones, as the reports have them."""
    try:
        text.encode("gb2312", "strict") if _CJK.search(text) else None
    except UnicodeEncodeError:
        from opencc import OpenCC

        return str(OpenCC("t2s").convert(text))
    return text


def _years(text: str) -> tuple[tuple[int, ...], str]:
    found: list[int] = []

    def take(year: int) -> str:
        if year not in found:
            found.append(year)
        return " "

    text = re.sub(
        r"(?<!\d)((?:19|20)\d{2})\s*(?:年)?\s*(?:-|–|—|~|至|到|to)\s*((?:19|20)\d{2})(?!\d)\s*(?:年度|年)?",
        lambda m: "".join(take(y) for y in range(int(m[1]), min(int(m[2]), int(m[1]) + 20) + 1)),
        text,
    )
    # "at the beginning of 2022" still speaks of a year once its number is taken out.
    english = language_of(text) == "en"
    text = _YEAR.sub(lambda m: take(int(m[1])) + ("the year " if english else ""), text)
    text = _CHINESE_YEAR.sub(
        lambda m: take(int("".join(_CHINESE_DIGITS.get(c, "2") for c in m[1]))), text
    )
    text = _SHORT_YEAR.sub(lambda m: take(2000 + int(m[1])), text)
    return tuple(found), text


def _departments(
    text: str, reports: Sequence[ReportInfo], aliases: Aliases
) -> tuple[tuple[str, ...], str]:
    """The departments named, in the order of the text, and the text without them.

    The longest names first, so that 青禾市水务局 is not also the 水务局 of another place;
    a region by itself counts where no office is named.
    """
    departments = sorted({r.department for r in reports if r.department})
    mentions = [
        (where, department)
        for department in departments
        for where in (
            *chinese_mentions(department, text, aliases.get(department, ())),
            *english_mentions(department, text),
        )
    ]
    if not mentions:
        mentions = [
            (where, department)
            for department in departments
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


def _projects(
    text: str, reports: Sequence[ReportInfo], departments: Sequence[str]
) -> tuple[tuple[str, ...], str]:
    """Projects named in full, by a part of the name where 项目 is said, or as the only one."""
    names = sorted(
        {
            r.project
            for r in reports
            if r.project and (not departments or r.department in departments)
        },
        key=lambda n: (-len(n), n),
    )
    for name in names:
        if name in text:
            return (name,), re.sub(rf"{re.escape(name)}(?:专项|这个)?(?:项目)?", " ", text)
    if not re.search(r"项目|专项|\bprojects?\b", text, re.I):
        return (), text
    only = {r.project for r in reports if r.department in departments} == {*names}
    if only and len(names) == 1 and (english := _PROJECT_EN.search(text)):
        return tuple(names), text[: english.start()] + " " + text[english.end() :]
    parts = {name: _named_part(name, text) for name in names}
    longest: dict[str, list[str]] = {}
    for name, part in parts.items():
        if part:
            longest.setdefault(part, []).append(name)
    # A part that is inside another part of another name names nothing by itself.
    kept = {p: n for p, n in longest.items() if not any(p != q and p in q for q in longest)}
    found = tuple(sorted(name for named in kept.values() for name in named))
    for part in sorted(kept, key=len, reverse=True):
        text = re.sub(rf"[“”]?{re.escape(part)}[“”]?(?:专项|这个|等)?(?:资金)?(?:项目)?", " ", text)
    return found, text


# What stands before "project" in English, back to the first word that is no part of a name.
_PROJECT_EN = re.compile(
    r"(?:(?!(?:the|its|their|a|of|in|for|what|which|did|does|was|were|is|key|main|major|year|each|"
    r"all|two|three|four|five|six|any|no|this|that)\b)[a-z-]+\s+){1,5}project\b(?!s)",
    re.I,
)
_LEAST_PART = 4  # characters of a project's name that name it
_COMMON_PART = re.compile(r"^(?:项目|专项|资金|经费|工程|补助|补贴|建设|改造|维修|服务|管理)+$")


def _named_part(name: str, text: str) -> str | None:
    """The longest stretch of a project's name that the text has; short ones before 项目 only."""
    for size in range(len(name), 1, -1):
        for start in range(len(name) - size + 1):
            part = name[start : start + size]
            if part not in text or _COMMON_PART.match(part):
                continue
            if size >= _LEAST_PART or re.search(rf"{re.escape(part)}(?:专项|这个)?项目", text):
                return part
    return None


def _unknown_place(text: str) -> str | None:
    for pattern in (_OFFICE, _BUREAU):
        for match in pattern.finditer(text):
            if not _NOT_NAMES.search(match.group(1)) and match.group(0) not in lexicon().chinese:
                return match.group(0)
    for match in _OFFICE_EN.finditer(text):
        words = [w for w in match.group(1).split() if w.lower() not in _EN_NOT_NAMES]
        if words and not all((stem(w.lower()),) in lexicon().english for w in words):
            return match.group(0).strip()
    return None


def resolve_years(
    question: Question, today: date, in_force: Sequence[int]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The years meant and the assumption made for a relative one.

    上年 in a conversation is the year before the one in force; else it counts
    from today.
    """
    if question.relative_year is None:
        return question.years, ()
    base = question.years[0] if question.years else (in_force[0] if in_force else None)
    if base is not None and question.relative_year == -1:
        year = base - 1
        note = (
            f"“上年”按{base}年的上一年，即{year}年"
            if question.language == "zh"
            else f"the previous year is taken as {year}, the year before {base}"
        )
        return (*question.years, year), (note,)
    year = today.year + question.relative_year
    note = (
        f"按今天的日期，所说的年度为{year}年"
        if question.language == "zh"
        else f"counted from today, the year meant is {year}"
    )
    return (*question.years, year), (note,)
