"""Characters of an expression to tokens: numbers, units, operators, brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.calculator.errors import CalculationError
from ingest.units import parse_unit

MAX_CHARS = 1000
_MAX_DIGITS = 60
_SAME = {
    "+": "＋﹢",
    "-": "－−–—﹣",
    "*": "×✕✖∙⋅＊",
    "/": "÷∕／",
    "^": "＾",
    "%": "％",
    ".": "．",
    ",": "，",
    "(": "（",
    ")": "）",
    "[": "［【",
    "]": "］】",
    "{": "｛",
    "}": "｝",
    "=": "＝",
    " ": "\u3000\u00a0\u2009\u202f",
}
_PLAIN = str.maketrans(
    {char: plain for plain, chars in _SAME.items() for char in chars}
    | {chr(0xFF10 + i): str(i) for i in range(10)}
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_SCALE_WORDS = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mn": 10**6, "bn": 10**9,
}  # fmt: skip
_SCALE_SIGNS = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
_CURRENCY = re.compile(r"RMB|CNY|USD|[¥￥$€£]", re.I)
_ONE = r"(?:[万亿千百]{0,2}[\u4e00-\u9fff㎡]{1,4}|㎡|yuan)"
_UNIT = re.compile(rf"{_ONE}(?:/{_ONE})*")
_LONGEST_UNIT = 12

Kind = Literal["number", "operator", "open", "close", "percent", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    value: Decimal = Decimal(0)
    unit: str | None = None


def tokenize(expression: str) -> list[Token]:
    """The tokens of an expression, closed by an ``end``.

    Raises:
        CalculationError: too long, or something that is no arithmetic.
    """
    if len(expression) > MAX_CHARS:
        raise CalculationError(f"the expression is longer than {MAX_CHARS} characters")
    text = re.sub(r"=\s*[?？]?\s*$", "", expression.translate(_PLAIN).strip())
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        char = text[position]
        if char.isspace():
            position += 1
        elif currency := _CURRENCY.match(text, position):
            position = currency.end()
        elif number := _NUMBER.match(text, position):
            token, position = _number(text, number)
            tokens.append(token)
        elif text.startswith("**", position):
            tokens.append(Token("operator", "^"))
            position += 2
        elif char in "+-*/^":
            tokens.append(Token("operator", char))
            position += 1
        elif char in "xX" and tokens and tokens[-1].kind in {"number", "close", "percent"}:
            tokens.append(Token("operator", "*"))
            position += 1
        elif char in "([{":
            tokens.append(Token("open", char))
            position += 1
        elif char in ")]}":
            tokens.append(Token("close", char))
            position += 1
        elif char == "%":
            tokens.append(Token("percent", char))
            position += 1
        else:
            shown = re.match(r"\w+|.", text[position:])
            raise CalculationError(f"“{shown.group()[:20] if shown else char}” is no arithmetic")
    tokens.append(Token("end", ""))
    return tokens


def _number(text: str, match: re.Match[str]) -> tuple[Token, int]:
    digits = match.group().replace(",", "")
    if len(digits) > _MAX_DIGITS:
        raise CalculationError(f"a number has more than {_MAX_DIGITS} digits")
    value, position = Decimal(digits), match.end()
    word = re.compile(r"\s*(thousand|million|billion|trillion|mn|bn)\b", re.I).match(text, position)
    if word:
        return Token("number", match.group(), value * _SCALE_WORDS[word[1].lower()]), word.end()
    for size in range(min(_LONGEST_UNIT, len(text) - position), 0, -1):
        printed = text[position : position + size]
        if printed[0] in "%-+*/^()[]{}., " or not re.fullmatch(_UNIT, printed):
            continue
        unit = printed.replace("yuan", "元")
        if parse_unit(unit):
            return Token("number", match.group(), value, unit), position + size
    for sign, scale in _SCALE_SIGNS.items():
        if text.startswith(sign, position):
            return Token("number", match.group(), value * scale), position + len(sign)
    return Token("number", match.group(), value), position
