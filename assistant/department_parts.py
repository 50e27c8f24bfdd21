"""A department's full name taken apart: regions, the office's own name, a street's place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_CHAR = r"[^\W\d_a-zA-Z省市区县旗]"
_REGION = re.compile(
    rf"{_CHAR}{{1,6}}(?:省|自治区)|{_CHAR}{{1,6}}?(?:自治州|地区|市|盟|州(?!市))"
    rf"|{_CHAR}{{1,5}}?(?:自治县|自治旗|新区|开发区|高新区|区|县|旗)"
)
STREET = re.compile(r"^([\u4e00-\u9fff]{2,4}?)街道(?:办事处)?$")
TOWN = re.compile(r"^([\u4e00-\u9fff]{2,4}?)([镇乡])(?:人民政府)?$")


@dataclass(frozen=True, slots=True)
class Parts:
    """A department's full name taken apart: 南桥市 云溪区 人民政府 康平街道办事处."""

    regions: tuple[str, ...]
    own: str
    place: str | None  # 康平 of 康平街道, 岚溪 of 岚溪镇


# What is set before an office's own name by whom it belongs to.
_ABOVE = re.compile(r"^(?:国家税务总局|中国共产党|中共)(?=.)")
# 委宣传部 behind a region: the committee's department, school or office.
_OF_THE_COMMITTEE = re.compile(r"^委(?=.+(?:部|校|办公室|局|中心|院)$)")


@cache
def parts(department: str) -> Parts:
    """Regions, own name and, for a street or town, its place name."""
    own, regions = _ABOVE.sub("", department), []
    while (match := _REGION.match(own)) and len(own) - match.end() >= 2:
        rest = own[match.end() :]
        if re.match(r"人民政府$|管理|委员会$", rest):
            break
        regions.append(match.group())
        own = rest
    if own.startswith("人民政府") and len(own) > 4:
        own = own.removeprefix("人民政府")
    if regions:
        own = _OF_THE_COMMITTEE.sub("", own)
    place = STREET.match(own) or TOWN.match(own)
    return Parts(tuple(regions), own, place.group(1) if place else None)


def own_region(known: Parts) -> tuple[str, ...]:
    """The region that stands for a bureau; a street is none's."""
    return () if known.place or not known.regions else known.regions[-1:]


def without_kind(region: str) -> str:
    """清河 of 清河区."""
    return re.sub(r"(?:自治区|自治州|自治县|新区|开发区|高新区|[省市州区县旗])$", "", region)


@cache
def pinyin(name: str) -> str:
    """A name in pinyin without tones, its syllables apart: yuan cun."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))
