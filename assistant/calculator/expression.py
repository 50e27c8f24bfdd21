"""Expressions as people write them, by recursive descent over tokens. No eval.

Percent: ``5%`` is 5 in the unit %, which is 0.05 as a factor (``200 * 5%`` is 10)
and adds to other percentages (``98.1% - 90%`` is 8.1 percentage points). A
quotient times 100% is a percentage.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, localcontext

from assistant.calculator.errors import CalculationError
from assistant.calculator.tokens import Token, tokenize
from ingest.units import parse_unit

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP, Emax=400, Emin=-400)
_MAX_DEPTH = 50
_MAX_EXPONENT = 1000
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_PLACES = Decimal(1).scaleb(-10)


@dataclass(frozen=True, slots=True)
class CalcResult:
    """``result`` in ``unit``, or one line of ``error``."""

    expression: str
    result: Decimal | None
    unit: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class _Value:
    number: Decimal
    unit: str | None = None


def evaluate(expression: str) -> CalcResult:
    """Compute an expression; never raises, always at once."""
    try:
        with localcontext(_CONTEXT):
            value = _Parser(tokenize(expression)).whole()
            return CalcResult(expression, value.number, value.unit, None)
    except CalculationError as error:
        return CalcResult(expression, None, None, str(error))
    except DecimalException:
        return CalcResult(expression, None, None, "the result is too large or too small")


def result_json(expression: str) -> dict[str, str | None]:
    """The JSON object of ``jixiao calc -``; the result has at most ten decimals."""
    outcome = evaluate(expression)
    printed = None
    if outcome.result is not None:
        with localcontext(_CONTEXT) as context:
            context.prec = 500
            rounded = outcome.result
            if rounded != rounded.quantize(_PLACES, ROUND_HALF_UP):
                rounded = rounded.quantize(_PLACES, ROUND_HALF_UP)
            printed = format(rounded, "f")
            if "." in printed:
                printed = printed.rstrip("0").rstrip(".")
            if printed in {"-0", ""}:
                printed = "0"
    return {
        "expression": outcome.expression,
        "result": printed,
        "unit": outcome.unit,
        "error": outcome.error,
    }


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    def whole(self) -> _Value:
        if self._peek().kind == "end":
            raise CalculationError("the expression is empty")
        value = self._sum()
        token = self._peek()
        if token.kind != "end":
            raise CalculationError(f"“{token.text}” is not expected here")
        return value

    def _peek(self) -> Token:
        return self.tokens[self.position]

    def _take(self) -> Token:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def _sum(self) -> _Value:
        value = self._product()
        while (token := self._peek()).kind == "operator" and token.text in "+-":
            self._take()
            value = _add(value, self._product(), 1 if token.text == "+" else -1)
        return value

    def _product(self) -> _Value:
        value = self._signed()
        while (token := self._peek()).kind == "operator" and token.text in "*/":
            self._take()
            right = self._signed()
            value = _multiply(value, right) if token.text == "*" else _divide(value, right)
        return value

    def _signed(self) -> _Value:
        sign = 1
        while (token := self._peek()).kind == "operator" and token.text in "+-":
            self._take()
            sign = -sign if token.text == "-" else sign
        value = self._power()
        return _Value(value.number * sign, value.unit)

    def _power(self) -> _Value:
        base = self._percent()
        if self._peek().kind == "operator" and self._peek().text == "^":
            self._take()
            self._deeper()
            exponent = self._signed()
            self.depth -= 1
            return _raise(base, exponent)
        return base

    def _percent(self) -> _Value:
        value = self._atom()
        while self._peek().kind == "percent":
            self._take()
            if value.unit not in (None, "%"):
                raise CalculationError(f"{value.unit} cannot be a percentage")
            value = _Value(value.number if value.unit is None else value.number / 100, "%")
        return value

    def _atom(self) -> _Value:
        token = self._take()
        if token.kind == "number":
            return _Value(token.value, token.unit)
        if token.kind == "open":
            self._deeper()
            value = self._sum()
            self.depth -= 1
            close = self._take()
            if close.kind != "close" or close.text != _CLOSING[token.text]:
                raise CalculationError(f"the bracket “{token.text}” is not closed")
            return value
        if token.kind == "end":
            raise CalculationError("the expression ends too early")
        raise CalculationError(f"“{token.text}” is not expected here")

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise CalculationError("the brackets are nested too deep")


def _factor(value: _Value) -> _Value:
    """A percentage as the plain number it multiplies by."""
    return _Value(value.number / 100) if value.unit == "%" else value


def _add(left: _Value, right: _Value, sign: int) -> _Value:
    if left.unit == right.unit:
        return _Value(left.number + sign * right.number, left.unit)
    if left.unit is None or right.unit is None:
        if "%" in (left.unit, right.unit):
            return _Value(_factor(left).number + sign * _factor(right).number)
        return _Value(left.number + sign * right.number, left.unit or right.unit)
    return _Value(left.number + sign * _converted(right, left.unit), left.unit)


def _converted(value: _Value, unit: str) -> Decimal:
    source, target = parse_unit(value.unit or ""), parse_unit(unit)
    if source is None or target is None or source.base != target.base:
        raise CalculationError(f"{value.unit} and {unit} cannot be added")
    return value.number * source.scale / target.scale


def _multiply(left: _Value, right: _Value) -> _Value:
    if right.unit == "%" and left.unit is None:
        if right.number == 100:  # a ÷ b × 100% is how people write a percentage
            return _Value(left.number * 100, "%")
        return _Value(left.number * right.number / 100)
    left, right = _factor(left), _factor(right)
    if left.unit and right.unit:
        for one, other in ((left, right), (right, left)):
            if made := _for_all(one, other):
                return made
        raise CalculationError(f"{left.unit} times {right.unit} has no meaning here")
    return _Value(left.number * right.number, left.unit or right.unit)


def _for_all(rate: _Value, things: _Value) -> _Value | None:
    """So much for each, times how many: 200元/人 × 50人 is 10000元."""
    each, counted = parse_unit(rate.unit or ""), parse_unit(things.unit or "")
    if not each or not counted or not each.each:
        return None
    parts = each.each.split("/")
    one = counted.as_each
    if one not in parts:
        return None
    parts.remove(one)
    unit = "/".join((each.counted, *parts))
    return _Value(rate.number * each.scale * things.number * counted.scale, unit)


def _divide(left: _Value, right: _Value) -> _Value:
    if right.number == 0:
        raise CalculationError("division by zero")
    if left.unit and right.unit:
        source, target = parse_unit(left.unit), parse_unit(right.unit)
        if source and target and source.base == target.base:
            return _Value(left.number * source.scale / (right.number * target.scale))
        if target and target.each:
            if source and source.base == target.counted:  # 10000元 at 200元/人 are 50人
                made = left.number * source.scale / (right.number * target.scale)
                return _Value(made, target.each)
            raise CalculationError(f"{left.unit} divided by {right.unit} has no meaning here")
        left, right = _factor(left), _factor(right)
        unit = f"{left.unit}/{right.unit}" if left.unit and right.unit else left.unit
        return _Value(left.number / right.number, unit)
    if right.unit and right.unit != "%":
        raise CalculationError(f"a number divided by {right.unit} has no meaning here")
    if left.unit == "%":
        return _Value(left.number / right.number, "%")
    return _Value(left.number / _factor(right).number, left.unit)


def _raise(base: _Value, exponent: _Value) -> _Value:
    power = _factor(exponent)
    if power.unit:
        raise CalculationError("an exponent has no unit")
    if abs(power.number) > _MAX_EXPONENT:
        raise CalculationError(f"the exponent is larger than {_MAX_EXPONENT}")
    if base.unit and base.unit != "%":
        raise CalculationError(f"a power of {base.unit} has no meaning here")
    number = _factor(base).number
    if number == 0 and power.number < 0:
        raise CalculationError("division by zero")
    if number < 0 and power.number != power.number.to_integral_value():
        raise CalculationError("a root of a negative number has no result")
    if number == 0 and power.number == 0:
        return _Value(Decimal(1))
    return _Value(number**power.number)
