"""Tables that go on over pages: whether they do, and the one grid that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.grid import Budget, Grid
from ingest.readers.pdf_tables import SAME_EDGE, Box, RuledTable, distinct, nearest
from ingest.readers.pdf_wrapping import ITEM, join

_HEADER_ROWS = 4  # a header that is repeated begins in the first so many rows


@dataclass(slots=True)
class _Slot:
    """A cell on the grid: where it begins and how far it reaches."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int

    @property
    def likeness(self) -> tuple[int, int, int, str]:
        """What is the same in a header that is repeated."""
        return self.column, self.columns, self.rows, "".join(self.box.text.split())


def goes_on(parts: Sequence[RuledTable], part: RuledTable) -> bool:
    """Whether a table at the top of a page is the rest of the one that ended the page before."""
    before = parts[-1]
    if part.page != before.page + 1:
        return False
    old, new = before.columns, part.columns
    if abs(old[0] - new[0]) > SAME_EDGE or abs(old[-1] - new[-1]) > SAME_EDGE:
        return False
    first = parts[0].columns
    if not (_share(old, new) or _share(first, new)):
        return False
    columns = _columns([parts[0], before, part])
    return not _begins_anew(_slots(parts[0], columns), _slots(part, columns))


def grid_of(parts: Sequence[RuledTable], number: int, budget: Budget) -> Grid:
    """The parts of a table as one: headers once, cells that a page break cut whole."""
    columns = _columns(parts)
    first = _slots(parts[0], columns)
    rows = list(first)
    ending = list(first)  # the cells that reach down to the end of the page before
    pages = dict.fromkeys(range(_height(first)), parts[0].page)
    for part in parts[1:]:
        more = _slots(part, columns)
        _drop_rows(more, _repeated(first, more))
        below = len(pages)
        ending = [slot for slot in ending if slot.row + slot.rows == below]
        if _is_rest(ending, more):
            _append_rest(ending, more)
            _drop_rows(more, 1)
        _extend_labels(ending, more)
        pages.update(dict.fromkeys(range(below, below + _height(more)), part.page))
        for slot in more:
            slot.row += below
        rows.extend(more)
        ending.extend(more)
    grid = Grid(number, budget, pages)
    for slot in sorted(rows, key=lambda slot: (slot.row, slot.column)):
        grid.add(slot.row, slot.column, slot.box.text, slot.rows, slot.columns)
    return grid


def _columns(parts: Sequence[RuledTable]) -> list[float]:
    return distinct(x for part in parts for x in part.columns)


def _share(old: Sequence[float], new: Sequence[float]) -> bool:
    """Whether nearly all upright edges of the one with fewer are the other's too."""
    few, many = sorted((old, new), key=len)
    inner = few[1:-1]
    shared = sum(1 for x in inner if abs(many[nearest(many, x)] - x) <= SAME_EDGE)
    return bool(inner) and shared * 4 >= len(inner) * 3


def _slots(part: RuledTable, columns: Sequence[float]) -> list[_Slot]:
    """The cells of a part by rows and columns."""
    # A row begins where a cell does; a label that a page break cuts may reach lower than all rows.
    levels = distinct([*(box.top for box in part.boxes), part.bottom])
    slots = []
    for box in part.boxes:
        row, column = nearest(levels, box.top), nearest(columns, box.x0)
        slots.append(
            _Slot(
                box,
                row,
                column,
                max(nearest(levels, box.bottom) - row, 1),
                max(nearest(columns, box.x1) - column, 1),
            )
        )
    return sorted(slots, key=lambda slot: (slot.row, slot.column))


def _height(slots: Sequence[_Slot]) -> int:
    return max((slot.row + slot.rows for slot in slots), default=0)


def _row(slots: Sequence[_Slot], row: int) -> list[_Slot]:
    """The cells that begin in a row."""
    return [slot for slot in slots if slot.row == row]


def _same_row(one: Sequence[_Slot], row: int, other: Sequence[_Slot], other_row: int) -> bool:
    left, right = _row(one, row), _row(other, other_row)
    return any(slot.box.text for slot in left) and [slot.likeness for slot in left] == [
        slot.likeness for slot in right
    ]


def _repeated(first: Sequence[_Slot], more: Sequence[_Slot]) -> int:
    """How many rows of the table's header stand on the next page again."""
    for start in range(min(_HEADER_ROWS, _height(first))):
        count = 0
        while count < _HEADER_ROWS and _same_row(first, start + count, more, count):
            count += 1
        while any(slot.row < count < slot.row + slot.rows for slot in more):
            count -= 1
        if count:
            return count
    return 0


def _begins_anew(first: Sequence[_Slot], more: Sequence[_Slot]) -> bool:
    """Whether a part has the labels of the table's own beginning: another form of the kind.

    A repeated header is followed by rows of its table, another form by its first labels.
    """
    count = _repeated(first, more)
    if count and not all(len(_row(more, row)) == 1 for row in range(count)):
        return False
    old, new = _row(first, count), _row(more, count)
    return bool(old and new and old[0].box.text and old[0].likeness == new[0].likeness)


def _drop_rows(slots: list[_Slot], count: int) -> None:
    """Take the first rows away; a cell that begins in them and reaches further is cut."""
    if not count:
        return
    kept = []
    for slot in slots:
        end = slot.row + slot.rows - count
        if end > 0:
            slot.row = max(slot.row - count, 0)
            slot.rows = end - slot.row
            kept.append(slot)
    slots[:] = kept


def _above(ending: Sequence[_Slot], slot: _Slot) -> _Slot | None:
    """The cell of the same columns that ends the page before."""
    return next(
        (above for above in ending if (above.column, above.columns) == (slot.column, slot.columns)),
        None,
    )


def _is_rest(ending: Sequence[_Slot], more: Sequence[_Slot]) -> bool:
    """Whether the first row on a page only goes on with sentences of the row above."""
    top = _row(more, 0)
    if not top or top[0].box.text:
        return False
    filled = [slot for slot in top if slot.box.text]
    above = [_above(ending, slot) for slot in filled]
    return bool(filled) and all(slot is not None and slot.box.cut for slot in above)


def _append_rest(ending: Sequence[_Slot], more: Sequence[_Slot]) -> None:
    for slot in _row(more, 0):
        above = _above(ending, slot)
        if above is not None and slot.box.text:
            old, new = above.box.text, slot.box.text
            text = f"{old}\n{new}" if ITEM.match(new) else join(old, new)
            above.box = replace(above.box, text=text, cut=slot.box.cut)


def _extend_labels(ending: Sequence[_Slot], more: list[_Slot]) -> None:
    """A label merged over rows of both pages stands on the first: its cell goes on below."""
    for slot in _row(more, 0):
        above = _above(ending, slot)
        if slot.box.text or above is None or not above.box.text:
            return
        above.rows += slot.rows
        more.remove(slot)
