"""One indicator over departments, projects and years, as a table in which every cell is cited."""

from assistant.comparing.build import Comparer, Wanted
from assistant.comparing.indicators import Catalogue, Series, SeriesKey
from assistant.comparing.sheet import save_comparison
from assistant.comparing.table import (
    Absence,
    Cell,
    Change,
    Comparison,
    Gap,
    Note,
    Subject,
)

__all__ = [
    "Absence",
    "Catalogue",
    "Cell",
    "Change",
    "Comparer",
    "Comparison",
    "Gap",
    "Note",
    "Series",
    "SeriesKey",
    "Subject",
    "Wanted",
    "save_comparison",
]
