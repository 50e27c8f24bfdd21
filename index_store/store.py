"""The only door to what is known: add, replace, remove, rebuild, search.

The catalog is the truth. The lexical and the dense index are derived from it
and each notes which reports, by content, it holds; what differs is mended
before the next search, so a process killed between two steps loses nothing.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index_store.catalog import Called, Catalog, ReportInfo
from index_store.encoder.base import Encoder
from index_store.encoder.remembered import Remembered
from index_store.errors import StoreError, UnknownReport
from index_store.lexical import Hit, LexicalIndex
from index_store.lock import write_lock
from index_store.originals import Originals
from ingest.report import Report
from ingest.versions import sent_again

if TYPE_CHECKING:  # chromadb takes two seconds to load
    from index_store.dense import DenseIndex

__all__ = ["Called", "Hit", "ReportInfo", "Store"]

FigureHit = Hit
PassageHit = Hit
Added = Literal["added", "replaced", "unchanged"]
_REPORTS_KEPT = 512
_FEW = 24  # reports whose passages are compared one by one
_AT_ONCE = 200  # reports in one transaction


class _Index(Protocol):
    def update(self, gone: Iterable[str], new: Iterable[Report]) -> None: ...


class Store:
    """One folder: ``catalog.sqlite``, the indexes ``lexical`` and ``dense``, ``originals``."""

    def __init__(
        self,
        folder: Path,
        catalog: Catalog,
        encoder: Callable[[], Encoder] | None,
        encoder_name: str | None,
        lock_timeout_s: float,
    ) -> None:
        self.folder = folder
        self._catalog = catalog
        self._make_encoder = encoder
        self._encoder_name = encoder_name
        self._lock_timeout_s = lock_timeout_s
        self._encoder: Encoder | None = None
        self._lexical: tuple[int, LexicalIndex] | None = None
        self._dense: tuple[int, DenseIndex] | None = None
        self._originals = Originals(folder / "originals")
        self._reports: OrderedDict[str, Report] = OrderedDict()
        self._reports_as_of = -1  # the generation that those kept are known to be of
        self._keeping = threading.Lock()
        self._infos: list[ReportInfo] = []
        self._counting = threading.Lock()
        # Held while something is opened or read into memory: many threads ask at once.
        self._opening = threading.RLock()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        encoder: Callable[[], Encoder] | None = None,
        encoder_name: str | None = None,
        create: bool = True,
        lock_timeout_s: float = 10.0,
    ) -> Store:
        """Open a store, made empty where there is none and ``create`` allows.

        Raises:
            StoreError: not a folder, of another version, damaged, or without its catalog.
        """
        path = folder / "catalog.sqlite"
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder}: the store must be a folder")
        if not path.exists():
            if any((folder / name).exists() for name in ("lexical.json", "dense.json")):
                raise StoreError(
                    f"{path}: the catalog is gone though its indexes are there; restore it "
                    "from a copy, or delete the folder and read the reports again"
                )
            if not create:
                raise StoreError(f"{folder}: there is no store; read reports with `jixiao ingest`")
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"{folder}: cannot be made ({error.strerror})") from error
        return cls(
            folder, Catalog(path, timeout_s=lock_timeout_s), encoder, encoder_name, lock_timeout_s
        )

    def close(self) -> None:
        """Give back what is open."""
        self._catalog.close()

    # -- contents ---------------------------------------------------------

    def generation(self) -> int:
        """A number that changes with every report added, replaced or removed."""
        return self._catalog.generation()

    def add(self, report: Report, original: Path | None = None) -> Added:
        """Put a report in; with ``original`` the file it was read from is kept beside it.

        The same content is left alone; a changed file replaces what it held; the
        same report in another file with other content is kept beside the first,
        as a version of it.
        """
        if original is not None:
            self._originals.keep(report.source_hash, original)
        with self._writing():
            result, report = self._beside(report)
            if result != "unchanged":
                self._catalog.put(report)
            if result == "replaced":
                self._forget_originals()
        return result

    def add_all(self, reports: Iterable[Report]) -> int:
        """Put many reports in, some hundred to a transaction; how many were not there before.

        Each report is wholly in or wholly out at any moment, as with ``add``.
        """
        added = 0
        waiting: dict[str, Report] = {}
        for report in reports:
            # A version of one that waits is told from it once that one is in.
            if len(waiting) == _AT_ONCE or report.id in waiting:
                added += self._put(waiting.values())
                waiting = {}
            waiting[report.id] = report
        return added + self._put(waiting.values())

    def _put(self, reports: Iterable[Report]) -> int:
        with self._writing():
            placed = [self._beside(report) for report in reports]
            changed = [report for result, report in placed if result != "unchanged"]
            if changed:
                self._catalog.put(*changed)
            if any(result == "replaced" for result, _ in placed):
                self._forget_originals()
        return sum(result == "added" for result, _ in placed)

    def _beside(self, report: Report) -> tuple[Added, Report]:
        """What adding a report does, and the report under the id that it then has."""
        held = self._catalog.held(report.id)
        if any(h.source_hash == report.source_hash for h in held):
            return "unchanged", report
        before = next((h for h in held if h.file == report.file), None)
        if before is not None:
            return "replaced", replace(report, id=before.id, version=before.version)
        if held:
            number = len(held) + 1
            report = replace(report, id=f"{report.id}.{number}", version=sent_again(number))
        return "added", report

    def remove(self, report_id: str) -> None:
        """Take a report out of the catalog and, with it, of every search."""
        with self._writing():
            self._catalog.remove(report_id)
            self._forget_originals()

    def set_aside(self, report: Report, original: Path) -> None:
        """Keep the file that a report was read from, which may be added later."""
        self._originals.keep(report.source_hash, original)

    def original(self, report_id: str) -> Path | None:
        """The file a report was read from, where it was kept."""
        return self._originals.find(self.report(report_id).source_hash)

    def reports(self) -> list[ReportInfo]:
        """What is in the store, by department and year."""
        with self._counting:
            # Only what changed is counted anew.
            self._infos = self._catalog.infos({info.id: info for info in self._infos})
            return list(self._infos)

    def report(self, report_id: str) -> Report:
        """A whole report; those used last are kept in memory as long as they do not change."""
        generation = self.generation()
        with self._keeping:
            if generation != self._reports_as_of:
                now = self._catalog.hashes()
                for held in [r for r in self._reports.values() if now.get(r.id) != r.source_hash]:
                    del self._reports[held.id]
                self._reports_as_of = generation
            if report_id in self._reports:
                self._reports.move_to_end(report_id)
                return self._reports[report_id]
        read = self._catalog.get(report_id)  # while others go on
        with self._keeping:
            if generation == self._reports_as_of:
                # Another thread may have been faster: all share one.
                read = self._reports.setdefault(report_id, read)
                while len(self._reports) > _REPORTS_KEPT:
                    self._reports.popitem(last=False)
        return read

    def figures_called(self, label: str) -> list[Called]:
        """The figures that all reports call so, without reading the reports."""
        return self._catalog.figures_called(label)

    # -- search -----------------------------------------------------------

    def search_figures(
        self, text: str, report_ids: Sequence[str] | None = None, k: int = 50
    ) -> list[FigureHit]:
        """Figures by the words around them; ``index`` is the position in Report.figures."""
        return self._lexical_index().search("figure", text, report_ids, k)

    def search_passages(
        self, text: str, report_ids: Sequence[str] | None = None, k: int = 20
    ) -> list[PassageHit]:
        """Passages by their words; ``index`` is the position in Report.passages."""
        return self._lexical_index().search("passage", text, report_ids, k)

    def dense_passages(
        self, text: str, report_ids: Sequence[str] | None = None, k: int = 20
    ) -> list[PassageHit]:
        """Passages by meaning, scored by cosine; loads the encoder at the first call.

        None are found where no encoder is set.
        """
        if self._make_encoder is None:
            return []
        index = self._dense_index()
        if report_ids is None or len(report_ids) > _FEW:
            return index.search(text, report_ids, k)
        passages = {}
        for report_id in report_ids:
            with suppress(UnknownReport):  # taken out a moment ago
                passages[report_id] = len(self.report(report_id).passages)
        return index.among(text, passages, k)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Unit vectors of texts by the store's encoder; None where none is set."""
        return self._loaded_encoder().encode(texts) if self._make_encoder else None

    # -- derived indexes --------------------------------------------------

    def ensure_indexes(self) -> None:
        """Bring both indexes up to the catalog."""
        self._lexical_index()
        if self._make_encoder is not None:
            self._dense_index()

    def rebuild(self) -> None:
        """Make both indexes anew from the catalog, for the encoder of today's settings."""
        with self._writing():
            self._lexical = self._dense = None
            for name in ("lexical", "dense"):
                self._note(name).unlink(missing_ok=True)
            shutil.rmtree(self.folder / "lexical", ignore_errors=True)
            if self._make_encoder is not None and (self.folder / "dense").exists():
                from index_store.dense import DenseIndex

                # Chroma keeps its files open for the life of the process: empty, not deleted.
                DenseIndex(self.folder / "dense", self._loaded_encoder).clear()
            self._catalog.set_meta("encoder", self._encoder_name or "")
        self.ensure_indexes()

    def _forget_originals(self) -> None:
        self._originals.keep_only(set(self._catalog.hashes().values()))

    def _writing(self) -> AbstractContextManager[None]:
        return write_lock(self.folder / "lock", self._lock_timeout_s)

    def _lexical_index(self) -> LexicalIndex:
        generation = self.generation()
        kept = self._lexical
        if kept is not None and kept[0] == generation:
            return kept[1]
        with self._opening:
            kept = self._lexical
            if kept is not None and kept[0] == generation:
                return kept[1]
            if kept is None:
                self._forget_deleted("lexical")
            index = kept[1] if kept else LexicalIndex(self.folder / "lexical")
            self._reconcile("lexical", index)
            index.reload()
            self._lexical = (generation, index)
            return index

    def _dense_index(self) -> DenseIndex:
        from index_store.dense import DenseIndex

        if self._make_encoder is None:
            raise StoreError(f"{self.folder}: no encoder is set; see the setting 'embedding'")
        self._check_encoder()
        generation = self.generation()
        kept = self._dense
        if kept is not None and kept[0] == generation:
            return kept[1]
        with self._opening:
            kept = self._dense
            if kept is not None and kept[0] == generation:
                return kept[1]
            if kept is None:
                self._forget_deleted("dense")
            index = kept[1] if kept else DenseIndex(self.folder / "dense", self._loaded_encoder)
            self._reconcile("dense", index)
            self._dense = (generation, index)
            return index

    def _loaded_encoder(self) -> Encoder:
        with self._opening:
            if self._encoder is None:
                assert self._make_encoder is not None
                self._encoder = Remembered(self._make_encoder())
            return self._encoder

    def _check_encoder(self) -> None:
        held = self._catalog.meta("encoder")
        if not held:
            self._catalog.set_meta("encoder", self._encoder_name or "")
        elif self._encoder_name and held != self._encoder_name:
            raise StoreError(
                f"{self.folder}: its passages were embedded with {held}, the settings say "
                f"{self._encoder_name}; run `jixiao rebuild`, or set the embedding back"
            )

    def _reconcile(self, name: str, index: _Index) -> None:
        """Make an index hold just the catalog's reports.

        Its note is taken back for every report touched before the index
        changes and written after: a kill in between makes it do them again.
        """
        if _read_note(self._note(name)) == self._catalog.hashes():
            return
        with self._writing():
            truth = self._catalog.hashes()
            held = _read_note(self._note(name))
            gone = [i for i in held if i not in truth]
            new = [i for i, content in truth.items() if held.get(i) != content]
            if not gone and not new:
                return
            kept = {i: h for i, h in held.items() if truth.get(i) == h}
            _write_note(self._note(name), kept)
            index.update(gone, (self._catalog.get(i) for i in new))
            _write_note(self._note(name), truth)

    def _forget_deleted(self, name: str) -> None:
        """An index whose folder is gone holds nothing, whatever its note says."""
        folder = self.folder / name
        if not folder.is_dir() or not any(folder.iterdir()):
            self._note(name).unlink(missing_ok=True)

    def _note(self, name: str) -> Path:
        return self.folder / f"{name}.json"


def _read_note(path: Path) -> dict[str, str]:
    """The reports an index holds; without a readable note it is taken to hold none."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _write_note(path: Path, note: dict[str, str]) -> None:
    """Replace a note in one step."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(note), encoding="utf-8")
    fresh.replace(path)
