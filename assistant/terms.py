"""The terms of a question: what it speaks of, what it counts, the unit it asks in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

from assistant.answer import Language
from assistant.lexicon import english_words, lexicon, stem, wording
from assistant.plan import Concept
from ingest.units import UNIT_PATTERN, parse_unit

# 多少宗, 几个人, 几场次: the asking word with the counter it asks in.
_COUNTED = re.compile(rf"(多少|几)(?:个(?=人))?\s*万?({UNIT_PATTERN})?")
_QUOTED = re.compile(r"[“\"「『]([\u3400-\u9fff]+)[”\"」』]")
_LEAST_NAME = 4  # characters; shorter ones in quotation marks are parts of names (“三公”经费)
_LEAST_TYPED, _MOST_TYPED = 3, 6  # characters of a term that sounds like another stretch
_MISSPELT = 0.9  # least likeness of a misspelt word to the one meant
_CHINESE = re.compile(r"[\u3400-\u9fff“”·]{2,}")
_EN_PHRASE_END = re.compile(
    r"\b(?:was|were|is|are|did|does|do|had|has|have|been|in|for|from|to|by|at|through|on|with|"
    r"across|under|during|out of|there|went|got|came|took|received|held)\b|[?,;]"
)


def term(name: str) -> Concept:
    """A term of the forms as a concept, with the glossary's other wordings of it."""
    return Concept(name, lexicon().chinese.get(name, (name,)))


def concepts(text: str, language: Language) -> tuple[Concept, ...]:
    """The terms a question is about, without question and function words."""
    found = _chinese_concepts(text) if language == "zh" else _english_concepts(text)
    unique: dict[str, Concept] = {}
    for concept in found:
        unique.setdefault(concept.surface, concept)
    return tuple(unique.values())


@lru_cache(maxsize=50_000)
def terms_in(text: str) -> frozenset[str]:
    """The terms of the field that stand in a report's own words, light ones left out."""
    chunks = _CHINESE.findall(text)
    found = (c for chunk in chunks for c in _segment(chunk.strip("“”")))
    return frozenset(c.surface for c in found if c.known and not c.light)


def content_words(text: str, language: Language) -> str:
    """The question without question words, as the encoder should see it."""
    words = wording()
    if language == "en":
        return " ".join(t for t in english_words(text) if t not in words.en_stop)
    text = _COUNTED.sub(" ", text)
    for phrase in words.zh_question:
        text = text.replace(phrase, " ")
    return " ".join(re.findall(r"[A-Za-z]+\d+(?:\.\d+)?|\w+", text))


def _chinese_concepts(text: str) -> list[Concept]:
    words = wording()
    text, quoted = _quoted(text)
    text, kept = _protected(_COUNTED.sub(r"\1 ", text))
    for phrase in words.zh_question:
        text = text.replace(phrase, " ")
    for mark, name in kept.items():
        text = text.replace(mark, name)
    found: list[Concept] = [*quoted]
    text, ages = _ages(text)
    found += ages
    for chunk in re.findall(r"[\u3400-\u9fff“”·]+|[A-Za-z0-9.]+", text):
        if chunk[0].isascii():
            if not chunk.isdigit() or len(chunk) >= 3:
                found.append(Concept(chunk, (chunk, chunk.upper()), known=False))
            continue
        found.extend(_segment(chunk.strip("“”")))
    return found


_AGES = re.compile(
    r"(?P<from>\d{1,3})\s*(?:周?岁)?(?:到|至|[-－—–~～])(?P<to>\d{1,3})\s*(?:周?岁)?(?!\d|[%％万亿.])"
    r"|(?P<one>\d{1,3})\s*周?岁"
)
_BETWEEN = ("-", "－", "—", "–", "~", "～", "至", "到")


def _ages(text: str) -> tuple[str, list[Concept]]:
    """90到99岁, 80-89, 100岁以上: an age is a term, however a report writes it."""
    found: list[Concept] = []
    for match in _AGES.finditer(text):
        if match["one"]:
            forms = [f"{match['one']}周岁", f"{match['one']}岁"]
        else:
            forms = [f"{match['from']}{sign}{match['to']}" for sign in _BETWEEN]
        found.append(Concept(match.group(), tuple(forms)))
    return _AGES.sub(" ", text), found


def _quoted(text: str) -> tuple[str, list[Concept]]:
    """What a question puts in quotation marks is one name: “基层医疗机构能力建设”任务."""
    lex = lexicon()
    names = [n for n in _QUOTED.findall(text) if len(n) >= _LEAST_NAME]
    for name in names:
        text = text.replace(name, " ")
    return text, [Concept(n, (n, *lex.chinese.get(n, ()))) for n in names]


def _protected(text: str) -> tuple[str, dict[str, str]]:
    """Terms that have a question word in them (全年预算, 年度预算调整数) put out of its way."""
    lex, words = lexicon(), wording()
    kept: dict[str, str] = {}
    position = 0
    while position < len(text):
        for size in range(min(lex.longest_chinese, len(text) - position), 2, -1):
            name = text[position : position + size]
            if name not in lex.chinese or name in lex.asking:
                continue
            if any(phrase in name for phrase in words.zh_question):
                mark = chr(0xE000 + len(kept))
                kept[mark] = name
                text = text[:position] + mark + text[position + size :]
            else:
                position += size - 1
            break
        position += 1
    return text, kept


def _segment(chunk: str) -> list[Concept]:
    """Longest glossary terms of a chunk; what lies between them is kept as it is."""
    lex, words = lexicon(), wording()
    found: list[Concept] = []
    loose = ""

    def close() -> None:
        nonlocal loose
        if len(loose) >= 2:
            meant = _sounding_like(loose)
            if meant:
                found.append(Concept(loose, lex.chinese[meant]))
            else:
                light = loose in words.zh_light
                found.append(Concept(loose, (loose,), known=False, light=light))
        loose = ""

    position = 0
    while position < len(chunk):
        for size in range(min(lex.longest_chinese, len(chunk) - position), 1, -1):
            term = chunk[position : position + size]
            if term in words.zh_light:
                close()
                found.append(Concept(term, (term,), light=True))
                break
            if term in lex.chinese:
                close()
                found.append(Concept(term, lex.chinese[term], light=term in lex.asking))
                break
        else:
            size = 1
            for separator in words.zh_separators:
                if chunk.startswith(separator, position):
                    close()
                    size = len(separator)
                    break
            else:
                loose += chunk[position]
        position += size
    close()
    return found


@lru_cache(maxsize=4096)
def _sounding_like(stretch: str) -> str | None:
    """The glossary's term that is typed with one wrong character of the same sound: 高龄津帖."""
    for term in _terms_of_length().get(len(stretch), ()):
        differing = [(a, b) for a, b in zip(stretch, term, strict=True) if a != b]
        if len(differing) == 1 and _sound(differing[0][0]) == _sound(differing[0][1]):
            return term
    return None


@cache
def _terms_of_length() -> dict[int, list[str]]:
    terms: dict[int, list[str]] = {}
    for term in lexicon().chinese:
        if _LEAST_TYPED <= len(term) <= _MOST_TYPED and term not in lexicon().asking:
            terms.setdefault(len(term), []).append(term)
    return terms


def _sound(character: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character))


def _english_concepts(text: str) -> list[Concept]:
    lex, words = lexicon(), wording()
    # Chinese terms in an English question are the report's own: nothing is to be guessed.
    named = [c for chunk in _CHINESE.findall(text) for c in _segment(chunk.strip("“”"))]
    tokens = [_spelt(t) for t in english_words(words.en_question.sub(" ", text))]
    stems = [stem(t) for t in tokens]
    found: list[Concept] = []
    position = 0
    while position < len(tokens):
        for size in range(min(lex.longest_english, len(tokens) - position), 0, -1):
            key = tuple(stems[position : position + size])
            if size == 1 and tokens[position] in words.en_stop:
                continue
            forms = lex.english.get(key)
            if forms:
                surface = " ".join(tokens[position : position + size])
                light = size == 1 and _said_lightly(tokens[position])
                found.append(Concept(surface, forms, light=light))
                break
        else:
            size = 1
            token = tokens[position]
            if token not in words.en_stop and not (token.isdigit() and len(token) < 3):
                light = _light_english(token)
                found.append(Concept(token, (token,), known=False, light=light))
        position += size
    if any(not c.light for c in named):
        return [*named, *(replace(c, light=True) for c in found)]
    return found


@lru_cache(maxsize=4096)
def _spelt(token: str) -> str:
    """A word of the glossary for one that is misspelt: fiars, questionaires."""
    known = _english_vocabulary()
    words = wording()
    if len(token) < 5 or not token.isalpha() or stem(token) in known:
        return token
    if token in words.en_stop or _light_english(token):
        return token
    near = get_close_matches(stem(token), known, n=3, cutoff=0.75)
    for candidate in (c for c in near if c[0] == token[0]):
        swapped = sorted(candidate) == sorted(stem(token))
        if swapped or SequenceMatcher(None, candidate, stem(token)).ratio() >= _MISSPELT:
            return candidate
    return token


@cache
def _english_vocabulary() -> frozenset[str]:
    return frozenset(word for phrase in lexicon().english for word in phrase if len(word) > 3)


def _said_lightly(word: str) -> bool:
    """Words that go with a term and are none: numbers of, held, issued."""
    light = wording().en_light
    return word in light or stem(word) in light or stem(word) in lexicon().asking


def _light_english(word: str) -> bool:
    """A word the glossary lacks that is no term: such a word, or a verb (visiting)."""
    return _said_lightly(word) or (len(word) > 4 and word.endswith(("ed", "ing")))


# Not a place: in the area, rural areas.
_AREA_EN = re.compile(r"(?<!in the )(?<!in this )(?<!rural )(?<!urban )(?<!local )\barea\b")


def dimension_asked(text: str, language: Language) -> str | None:
    """money, percent or area, where the question's words ask for one."""
    lowered = text.lower()
    for dimension, zh, en in wording().unit_hints:
        if language == "zh" and any(w in text for w in zh):
            return dimension
        if language == "en" and any(
            re.search(rf"(?<![a-z]){re.escape(w)}(?![a-z])", lowered) for w in en
        ):
            return dimension
    if language == "en" and _AREA_EN.search(lowered) and "how many" not in lowered:
        return "area"
    return "count" if language == "en" and "how many" in lowered else None


def dimension_of(counter: str) -> str | None:
    """The dimension that a counter asks in: 多少元 is money, 多少户 none of these."""
    unit = parse_unit(counter)
    return unit.dimension if unit and unit.dimension in ("money", "percent", "area") else None


def head_asked(text: str, language: Language, found: Sequence[Concept]) -> str | None:
    """The concept that is counted or measured: 多少党员 → 党员, X的Y有几个 → Y."""
    meaningful = [c for c in found if not c.light]
    if not meaningful:
        return None
    if language == "en":
        asked = re.search(r"(?:how (?:many|much)|number of)\b(.*)", text, re.I)
        if asked is None:
            return None
        # The head of an English noun phrase is its last noun: residents' livelihood projects.
        phrase = _EN_PHRASE_END.split(asked.group(1).lower(), maxsplit=1)[0]
        words = " ".join(english_words(phrase))
        inside = [c.surface for c in meaningful if c.surface in words]
        return max(inside, key=words.rindex) if inside else None
    asked = _COUNTED.search(text)
    if asked is None:
        return None
    after = re.split(r"[，。？?；]", text[asked.end() :])[0]
    inside = [c.surface for c in meaningful if c.surface in after]
    if inside:
        return min(inside, key=after.index)
    before = text[: asked.start()]
    inside = [c.surface for c in meaningful if c.surface in before]
    return inside[-1] if inside else None


def counters_asked(text: str, language: Language) -> tuple[str, ...]:
    """The counters a question asks in: 多少宗 → 宗, how many people → 人, 人次."""
    if language == "zh":
        match = _COUNTED.search(text)
        return (match.group(2),) if match and match.group(2) else ()
    asked = re.search(r"(?:how many|number of)\s+((?:[\w-]+\s*){1,3})", text, re.I)
    if asked is None:
        return ()
    counters = wording().en_counters
    said = (counters.get(stem(word)) for word in english_words(asked.group(1)))
    return next((units for units in said if units), ())
