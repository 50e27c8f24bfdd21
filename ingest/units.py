"""Units of the field: money, rates, areas and the counters of Chinese.

A printed unit is an optional scale (万, 亿) and a base: 万元 is 10000 元. Counters
are no decoration: 人次 (person-times) is not 人 (persons). Nor is what stands behind a
stroke: 元/人 is 元 for each 人, and no sum of 元.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.errors import JixiaoError

_SCALES = {"": 1, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "亿": 100_000_000}

# base → (dimension, factor to the dimension's own base, English name); aliases below.
_MEASURES: dict[str, tuple[str, str, str]] = {
    "元": ("money", "元", "yuan"),
    "%": ("percent", "%", "percent"),
    "百分点": ("points", "百分点", "percentage points"),
    "个百分点": ("points", "百分点", "percentage points"),
    "‰": ("permille", "‰", "per mille"),
    "平方米": ("area", "平方米", "square metres"),
    "㎡": ("area", "平方米", "square metres"),
    "平方公里": ("area_km2", "平方公里", "square kilometres"),
    "公顷": ("area_ha", "公顷", "hectares"),
    "亩": ("area_mu", "亩", "mu"),
    "立方米": ("volume", "立方米", "cubic metres"),
    "公里": ("length_km", "公里", "kilometres"),
    "千米": ("length_km", "公里", "kilometres"),
    "米": ("length", "米", "metres"),
    "吨": ("weight", "吨", "tonnes"),
    "公斤": ("weight_kg", "公斤", "kilograms"),
    "千克": ("weight_kg", "公斤", "kilograms"),
    "小时": ("time_h", "小时", "hours"),
    "分钟": ("time_min", "分钟", "minutes"),
    "个工作日": ("time_d", "个工作日", "working days"),
    "工作日": ("time_d", "个工作日", "working days"),
    "立方米每秒": ("flow", "立方米/秒", "cubic metres per second"),
    "个月": ("time_m", "个月", "months"),
    "天": ("time_d", "天", "days"),
    "周岁": ("age", "岁", "years of age"),
    "岁": ("age", "岁", "years of age"),
    "倍": ("times", "倍", "times"),
    "平方千米": ("area_km2", "平方公里", "square kilometres"),
    "平米": ("area", "平方米", "square metres"),
    "立方": ("volume", "立方米", "cubic metres"),
    "厘米": ("length_cm", "厘米", "centimetres"),
    "毫米": ("length_mm", "毫米", "millimetres"),
    "海里": ("length_nm", "海里", "nautical miles"),
    "克": ("weight_g", "克", "grams"),
    "毫克": ("weight_mg", "毫克", "milligrams"),
    "微克": ("weight_ug", "微克", "micrograms"),
    "延米": ("length_lm", "延米", "linear metres"),
    "延长米": ("length_lm", "延米", "linear metres"),
    "吨公里": ("freight", "吨公里", "tonne-kilometres"),
    "人公里": ("travel", "人公里", "passenger-kilometres"),
    "MB": ("data_mb", "MB", "megabytes"),
    "GB": ("data_gb", "GB", "gigabytes"),
    "TB": ("data_tb", "TB", "terabytes"),
    "PB": ("data_pb", "PB", "petabytes"),
    "美元": ("money", "美元", "US dollars"),
    "港元": ("money", "港元", "Hong Kong dollars"),
    "欧元": ("money", "欧元", "euros"),
    "吨标准煤": ("energy_coal", "吨标准煤", "tonnes of standard coal"),
    "升": ("volume_l", "升", "litres"),
    "毫升": ("volume_ml", "毫升", "millilitres"),
    "千瓦时": ("energy", "千瓦时", "kWh"),
    "千瓦": ("power", "千瓦", "kilowatts"),
    "兆瓦": ("power_mw", "兆瓦", "megawatts"),
    "分贝": ("sound", "分贝", "decibels"),
    "摄氏度": ("temperature", "℃", "degrees Celsius"),
    "℃": ("temperature", "℃", "degrees Celsius"),
    "秒": ("time_s", "秒", "seconds"),
    "分": ("score", "分", "points"),
}
_COUNTERS = {
    "人次": "person-times", "人天": "person-days", "人": "persons", "名": "persons",
    "位": "persons", "户次": "household-times", "户": "households", "家次": "site-times",
    "家": "entities", "间次": "room-times", "宗次": "case-times", "宗": "cases",
    "件次": "item-times", "件": "items", "起": "incidents", "份": "copies", "册": "volumes",
    "场次": "sessions", "场": "events", "次数": "times", "次": "times", "个": "items",
    "项": "items", "条": "items", "台次": "machine-times", "台套": "sets", "台": "units",
    "辆次": "vehicle-times", "辆": "vehicles", "张": "pieces", "处": "places",
    "座次": "structure-times", "座": "structures", "间": "rooms", "所": "institutions",
    "栋": "buildings",
    "幢": "buildings", "剂次": "doses", "剂": "doses", "例": "cases", "批次": "batches",
    "批": "batches", "期": "issues", "篇": "articles", "套": "sets", "支": "teams",
    "只": "items", "棵": "trees", "株": "plants", "盏": "lamps", "部": "items", "本": "copies",
    "块": "pieces", "桶": "barrels", "班次": "shifts", "班": "classes", "课时": "class hours",
    "学时": "class hours", "节": "lessons", "对": "pairs", "组": "groups", "队": "teams",
    "类": "kinds", "种": "kinds", "笔": "entries", "宗地": "plots", "样次": "samples",
    "人份": "doses", "管": "tubes", "瓶": "bottles", "箱": "boxes", "车次": "trips",
    "趟": "trips", "口": "wells", "眼": "wells", "片": "plots", "床": "beds", "村": "villages",
    "站": "stations", "点": "points", "艘": "vessels", "架": "aircraft", "头": "head",
    "羽": "birds", "匹": "head", "路": "channels", "门": "courses", "尾": "fish", "顶": "tents",
    "架次": "flights", "标箱": "TEU", "人月": "person-months", "课次": "lessons", "棚": "sheds",
    "台（套）": "sets", "套（台）": "sets", "件（套）": "sets", "套（件）": "sets",
    "个（套）": "sets", "台（件）": "pieces", "辆（台）": "vehicles", "台（辆）": "vehicles",
    "人（次）": "person-times", "场（次）": "sessions", "个（处）": "places", "处（座）": "places",
    "册次": "volumes lent", "页": "pages", "叶": "leaves", "盆": "pots", "盒": "boxes",
    "台班": "machine-shifts", "工日": "man-days", "届": "terms", "轮": "rounds",
    "票": "consignments", "列": "trains", "刊": "issues", "坛": "jars", "捆": "bundles",
    "头次": "animal-times", "只次": "animal-times", "羽次": "animal-times", "处次": "place-times",
    "项次": "item-times", "条次": "item-times", "例次": "case-times", "艘次": "vessel-times",
    "具": "pieces", "尊": "pieces", "副": "pairs", "卷": "volumes", "根": "pieces",
    "杆": "poles", "单": "orders", "段": "sections", "扇": "pieces", "袋": "bags",
    "罐": "cans", "通": "calls",
    "席": "seats", "款": "models", "件套": "sets", "航次": "voyages", "道": "items",
    "颗": "pieces", "把": "pieces", "标准箱": "TEU", "载重吨": "deadweight tonnes",
    "标台": "standard vehicles", "车公里": "vehicle-kilometres", "具次": "piece-times",
    "篇次": "article-times", "个次": "item-times", "头只": "head", "册件": "items",
    "幅": "pieces", "面": "pieces", "枚": "pieces", "号": "",
}  # fmt: skip
_NOT_AFTER_NUMBER = {
    "号",
    "村",
    "站",
    "面",
    "片",
    "队",
    "届",
    "列",
    "刊",
    "票",
}  # names more often than counts

_ALL = sorted(
    {*_MEASURES, *(c for c in _COUNTERS if c not in _NOT_AFTER_NUMBER)}, key=lambda u: (-len(u), u)
)
# What an amount is for each of, besides the units themselves: 元/年, 元/生.
_EACH = {
    "年": "year", "季度": "quarter", "月": "month", "周": "week", "日": "day",
    "学年": "school year", "学期": "term", "度": "kWh", "千瓦时": "kWh", "生": "student",
    "校": "school", "床位": "bed", "社区": "community", "岗": "post", "岗位": "post",
}  # fmt: skip
_SAME_EACH = {"年度": "年", "个月": "月", "天": "日", "名": "人", "位": "人", "千瓦时": "度",
              "岗位": "岗", "次数": "次"}  # fmt: skip
_STROKE = r"\s?[/／]\s?"
_BETWEEN_PARTS = r"\s?[/／·•‧・*]\s?"
# For text after a number; the longest unit wins. Not 分 of 分类, 点 of 点位, 个月 dates.
_ONE_UNIT = (
    "(?:"
    + "|".join(
        {
            "分": r"分(?![类为别享工包别区子级])",
            "点": r"点(?=[，。；、）\s]|$)",
            "天": r"天(?!河)",
            "支": r"支(?!部|付|出|持)",
            "本": r"本(?!街|区|年|级|部|单)",
            "家": r"家(?!庭|政)",
            "组": r"组(?!织)",
            "场": r"场(?!所|地|景)",
            "件": r"件(?!数)",
            "人": r"人(?!民|才|大|力|工)",
            "条": r"条(?!件)",
            "处": r"处(?!理|置|于|罚)",
            "期": r"期(?!间)",
            "对": r"对(?=[，。；、）\s]|$|夫|新)",
            "路": r"路(?=[，。；、）\s]|$|视频|监控|信号)",
            "类": r"类(?=[，。；、）\s]|$)",
            "种": r"种(?!植)",
            "所": r"所(?!有|需)",
            "位": r"位(?!于)",
            "名": r"名(?!单|称|列)",
            "次": r"次(?!数)",
            "升": r"升(?![级学高降值至到])",
            "克": r"克(?!服)",
            "部": r"部(?=[，。；、）\s]|$|电梯|手机|作品|影片|书|图书|微电影|宣传片|法规)",
            "节": r"节(?=[，。；、）\s]|$|课)",
            "页": r"页(?!面|岩)",
            "叶": r"叶(?=[，。；、）\s]|$)",
            "盒": r"盒(?!子)",
            "轮": r"轮(?![胎椅船换作岗值廓])",
            "单": r"单(?![位元项独亲])",
            "具": r"具(?![有体备])",
            "副": r"副(?![主局书县镇市科处职高食产])",
            "卷": r"卷(?![烟入帘])",
            "根": r"根(?![据本治除])",
            "段": r"段(?!落)",
            "通": r"通(?![过报知道信])",
            "款": r"款(?!项)",
            "道": r"道(?![路德口班])",
            "把": r"把(?![握关手控])",
            "立方": r"立方(?!米)",
            "米": r"米",
        }.get(unit, re.escape(unit))
        for unit in _ALL
    )
    + ")"
)
_PARTS = sorted(
    {
        re.escape(u)
        for u in (*_MEASURES, *_COUNTERS, *_EACH, *_SAME_EACH)
        if u not in ("%", "‰", "号")
    },
    key=lambda u: (-len(u), u),
)
_PART = rf"(?:[万千百])?(?:{'|'.join(_PARTS)})"
# 元, and 元/人, 万元/户, 元/人·天 whole.
UNIT_PATTERN = rf"(?:{_ONE_UNIT}(?:{_STROKE}{_PART}(?:{_BETWEEN_PARTS}{_PART})*)?)"


class UnitError(JixiaoError):
    """Two units that cannot be put together."""


@dataclass(frozen=True, slots=True)
class Unit:
    """``printed`` 万元 is ``scale`` 10000 times ``base`` 元; bases of one dimension are equal.

    The base of 万元/户 is 元/户, its dimension that of what is counted for each: money.
    """

    printed: str
    base: str
    scale: Decimal
    dimension: str

    @property
    def counted(self) -> str:
        """What is counted, without what it is for each of: 元 of 元/户."""
        return self.base.partition("/")[0]

    @property
    def each(self) -> str:
        """What it is for each of: 户 of 元/户, 人/天 of 元/人·天; else empty."""
        return self.base.partition("/")[2]

    @property
    def as_each(self) -> str:
        """What it is called behind a stroke: 日 for 天."""
        return _SAME_EACH.get(self.base, self.base)


@cache
def parse_unit(printed: str) -> Unit | None:
    """The unit that a printed text names, None where it is none that is known."""
    text = printed.strip().replace("％", "%").replace("ｍ²", "㎡").replace("m²", "㎡")
    first, *parts = re.split(_BETWEEN_PARTS, text)
    counted = _plain_unit(printed, first)
    if not parts or counted is None:
        return counted
    together = "".join((first, *parts))
    if len(parts) == 1 and together in _COUNTERS:  # 人/次 is 人次
        return Unit(printed, together, Decimal(1), "count")
    scale, names = counted.scale, []
    for part in parts:
        each = _plain_unit(part, part)
        if each is not None:
            scale /= each.scale
        elif part not in _EACH and part not in _SAME_EACH:
            return None
        names.append(each.as_each if each else _SAME_EACH.get(part, part))
    return Unit(printed, "/".join((counted.base, *names)), scale, counted.dimension)


_IN_BRACKETS = re.compile(
    r"[（(]\s*(?:(?:计量)?单位\s*[:：]\s*)?([^（）()]{1,10}?)(?:以?内|以上|以下)?\s*[）)]\s*$"
)


def unit_in_brackets(name: str) -> str | None:
    """The unit that a name ends with: 间 of 智慧教室建设（间）, 万人次 of 服务青少年（万人次）."""
    match = _IN_BRACKETS.search(name)
    return match[1] if match and parse_unit(match[1]) else None


def _plain_unit(printed: str, text: str) -> Unit | None:
    """A unit without a stroke."""
    for prefix in sorted(_SCALES, key=len, reverse=True):
        base = text.removeprefix(prefix) if prefix else text
        if prefix and not text.startswith(prefix):
            continue
        scale = Decimal(_SCALES[prefix])
        if base in _MEASURES:
            dimension, name, _ = _MEASURES[base]
            return Unit(printed, name, scale, dimension)
        if base in _COUNTERS:
            return Unit(printed, base, scale, "count")
    return None


# Counters that count the same: 36名 and 33人, 585宗 and 583件.
_COUNT_ALIKE = (
    frozenset(["人", "名", "位"]),
    frozenset(["件", "宗", "起"]),
    frozenset(["场", "场次", "次"]),
    frozenset(["套", "套（间）", "套(间)"]),
    frozenset(["台", "台（套）", "台(套)", "台套"]),
)


def counted_alike(one: str, other: str) -> bool:
    """Whether two bases of units are of one measure, so that figures in them go together."""
    return one == other or any({one, other} <= group for group in _COUNT_ALIKE)


def convert(value: Decimal, source: Unit, target: Unit) -> Decimal:
    """A value in another unit of the same measure.

    Raises:
        UnitError: the units do not measure the same.
    """
    if not counted_alike(source.base, target.base):
        raise UnitError(f"{source.printed} cannot be converted to {target.printed}")
    return value * source.scale / target.scale


def format_number(value: Decimal) -> str:
    """Plain decimal digits, never an exponent; zeros that were printed are kept."""
    return format(value, "f")


def english_name(unit: Unit) -> str:
    """What the unit is called in English, scale in words: 万元 is ten thousand yuan.

    Of 万元/户 it is ten thousand yuan per household.
    """
    scale = {10_000: "ten thousand ", 100_000_000: "hundred million ", 1_000: "thousand ",
             1_000_000: "million "}.get(int(unit.scale), "")  # fmt: skip
    name = f"{scale}{_english_base(unit.counted)}".strip()
    each = [_EACH.get(part) or _singular(_english_base(part)) for part in unit.each.split("/")]
    return " ".join((name, *(f"per {part}" for part in each if part))) if name else ""


def _english_base(base: str) -> str:
    measured = next((n for _, b, n in _MEASURES.values() if b == base), None)
    return measured or _COUNTERS.get(base, "")


def _singular(name: str) -> str:
    """One of them: person, entity, batch, square metre."""
    for ending, put in (("ies", "y"), ("ches", "ch"), ("xes", "x"), ("sses", "ss")):
        if name.endswith(ending):
            return name.removesuffix(ending) + put
    first, _, rest = name.partition(" of ")
    first = first if first.endswith("ss") else first.removesuffix("s")
    return f"{first} of {rest}" if rest else first
