"""The bytes of a web page: what no reader of the page sees is cut out, then decoded.

Saved pages carry megabytes of scripts, styles and embedded pictures. They go
before parsing, in one pass whose time grows only with the size of the file.
"""

from __future__ import annotations

import codecs
import re

_UNSEEN = re.compile(rb"<(?:!--|(script|style|svg|noscript|template)\b)", re.I)
_DATA_URI = re.compile(
    rb"""data:[a-z]{1,20}/[-\w.+]{1,80}(?:;[-\w.=]{1,80}){0,3};base64,[A-Za-z0-9+/=%\r\n]+""", re.I
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([-\w:.]{1,40})""", re.I)
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HEAD = 4096  # bytes in which a page names its encoding
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The superset, whichever of them the page names.
_CHINESE = frozenset({"gb2312", "gb_2312-80", "gbk", "gb18030", "x-gbk", "cp936", "936"})


def page_text(data: bytes) -> str:
    """The page without scripts, styles, comments and embedded data, decoded."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            data = data.decode(encoding, errors="replace").encode("utf-8", errors="replace")
            return _CONTROLS.sub("", without_unseen(data).decode("utf-8", errors="replace"))
    named = _named_encoding(data)
    return _CONTROLS.sub("", _decode(without_unseen(data), named))


def without_unseen(data: bytes) -> bytes:
    """The bytes without comments, scripts and the like; embedded data emptied."""
    lowered = data.lower()  # ASCII letters only: positions stay
    kept: list[bytes] = []
    unclosed: set[bytes] = set()
    start = 0
    for match in _UNSEEN.finditer(lowered):
        if match.start() < start:
            continue  # inside what was cut
        closing = b"</" + match.group(1) if match.group(1) else b"-->"
        if closing in unclosed:
            continue
        end = lowered.find(closing, match.end())
        if end < 0:
            unclosed.add(closing)
            continue
        kept.append(data[start : match.start()])
        end = end + 3 if closing == b"-->" else lowered.find(b">", end) + 1
        start = end or len(data)
    kept.append(data[start:])
    return _DATA_URI.sub(b"", b" ".join(kept))


def _named_encoding(data: bytes) -> str | None:
    match = _CHARSET.search(data, 0, _HEAD) or _CHARSET.search(data, 0, 16 * _HEAD)
    if match is None:
        return None
    name = match.group(1).decode("ascii", errors="replace").lower()
    if name in _CHINESE:
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _decode(data: bytes, named: str | None) -> str:
    """UTF-8 where the bytes are; a page says so wrongly more often than it is so by chance."""
    candidates = ["utf-8", *([named] if named else []), "gb18030"]
    for encoding in candidates:
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    # Cut short, or with a few broken characters: the reading with the fewest of them.
    readings = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    return min(readings, key=lambda text: text.count("\ufffd"))
