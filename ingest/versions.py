"""Versions of one report: what a file calls itself, and which one counts."""

from __future__ import annotations

import re

# From the first draft to the last word; a report that says nothing stands with 公开稿.
_STAGES = (
    ("初稿",),
    ("征求意见稿",),
    ("送审稿", "报批稿"),
    ("定稿", "终稿", "公开稿", "公示稿", "发布稿"),
    ("修订稿", "修订版"),
    ("更正稿", "更正版"),
)
_RANK = {name: rank for rank, names in enumerate(_STAGES) for name in names}
_PUBLISHED = _RANK["公开稿"]
_NAME = re.compile("|".join(_RANK))
_BRACKETED = re.compile(rf"\s*[（(]?(?:{_NAME.pattern})[）)]?\s*")
_SENT = re.compile(r"第(\d+)次报送")


# What a question in English calls a version.
_ENGLISH = {
    "初稿": r"first draft",
    "征求意见稿": r"(?:draft|version) for (?:comments?|consultation)|consultation draft",
    "送审稿": r"(?:draft|version)(?: submitted| sent)? for (?:review|approval)|review draft",
    "公开稿": r"(?:public|published) version",
    "定稿": r"final (?:version|draft)",
    "修订稿": r"revised (?:version|report)",
    "更正稿": r"corrected (?:version|report)",
}
_ASKED_EN = {
    name: re.compile(rf"\b(?:(?:in|from|of|by) )?(?:the )?(?:{wordings})\b", re.I)
    for name, wordings in _ENGLISH.items()
}
_ASKED_ZH = re.compile(rf"(?:在|按照?|根据)?(?:{_NAME.pattern}|{_SENT.pattern})(?:里面?|中|上)?的?")


def version_asked(text: str) -> tuple[str | None, str]:
    """The version that a question is about, and the question without it."""
    version = version_in(text)
    if version:
        return version, _ASKED_ZH.sub(" ", text)
    for name, pattern in _ASKED_EN.items():
        if pattern.search(text):
            return name, pattern.sub(" ", text)
    return None, text


def version_in(text: str) -> str | None:
    """The version a title, file name or question names."""
    found = _NAME.search(text) or _SENT.search(text)
    return found.group() if found else None


def without_version(title: str) -> str:
    """A title as all versions of the report share it."""
    return _BRACKETED.sub("", title)


def sent_again(number: int) -> str:
    """The version of a report that came in another file, the ``number``-th."""
    return f"第{number}次报送"


def rank(version: str | None) -> tuple[int, int]:
    """Order of versions: the highest is the one that counts."""
    if version is None:
        return _PUBLISHED, 1
    if sent := _SENT.search(version):
        return _PUBLISHED, int(sent.group(1))
    return _RANK[version], 1
