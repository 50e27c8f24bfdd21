"""Every word of the pages, in Chinese and in English: a TOML file a page.

A file has ``[key]`` tables with ``zh`` and ``en``. Words that a page shows before
it has asked the server anything are labels: the browser picks their language (see
``ui.context``). All others are put in by the server, in the language of the request
or of the answer that they surround.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from types import MappingProxyType

from assistant.answer import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
LANGUAGE_COOKIE = "jx-language"  # set by the switch in the frame; see script/frame.js
_HERE = Path(__file__).parent


@cache
def words(name: str, language: Language) -> Mapping[str, str]:
    """The words of ``name`` (a file of this folder) by key.

    >>> words("frame", "zh")["title"]
    '绩效问答'
    """
    table = tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: entry[language] for key, entry in table.items()})


def label_key(name: str, key: str) -> str:
    """The key by which the browser knows a word of ``name``."""
    return f"{name}_{key}"


def labels(language: Language) -> dict[str, str]:
    """The words of all files, as the browser gets them."""
    return {
        label_key(path.stem, key): text
        for path in sorted(_HERE.glob("*.toml"))
        for key, text in words(path.stem, language).items()
    }


def browser_language(accept_language: str | None) -> Language:
    """The language a browser asks for first: Chinese, or else English.

    >>> browser_language("zh-CN,zh;q=0.9,en;q=0.8")
    'zh'
    >>> browser_language("fr-FR,zh;q=0.5")
    'en'
    """
    first = (accept_language or "").split(",")[0].strip().lower()
    return "zh" if first.startswith("zh") else "en"


def chosen_language(cookie: str | None, accept_language: str | None) -> Language:
    """The language chosen on the page, or else the one the browser asks for.

    >>> chosen_language("jx-language=en", "zh-CN")
    'en'
    """
    try:
        chosen = SimpleCookie(cookie or "").get(LANGUAGE_COOKIE)
    except CookieError:
        chosen = None
    for language in LANGUAGES:
        if chosen is not None and chosen.value == language:
            return language
    return browser_language(accept_language)
