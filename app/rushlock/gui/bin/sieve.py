"""Which clips the bin shows, and in what order: on plain lists, without Qt.

A ``QSortFilterProxyModel`` over 5,000 clips calls back into Python some hundred thousand times for each
change; the lists take milliseconds. What a clip is searched and sorted by is made once and kept as long as
the clip's row is the same object, which it is until something about the clip changes.
"""

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, Generic, TypeVar

from rushlock.gui import words
from rushlock.gui.bin.columns import SPECS, Column
from rushlock.gui.shoot import Row
from rushlock.gui.standing import Standing

T = TypeVar("T")


class PerRow(Generic[T]):
    """A value of each row, made when first asked for, kept while the row (or its clip) is the same."""

    def __init__(self, make: Callable[[Row], T], *, of_clip: bool = False) -> None:
        self._make = make
        self._of_clip = of_clip
        self._known: dict[str, tuple[object, T]] = {}

    def __call__(self, row: Row) -> T:
        """Return a row's value."""
        source = row.clip if self._of_clip else row
        known = self._known.get(row.clip.key)
        if known is None or known[0] is not source:
            known = self._known[row.clip.key] = source, self._make(row)
        return known[1]


class Sieve:
    """A search text, a standing, a column to sort by."""

    def __init__(self) -> None:
        self._wanted = ""
        self._standing: Standing | None = None
        self._descending = False
        self._searched = PerRow(searched_text)
        self._key: PerRow[Any]
        self.sort(Column.NAME, descending=False)

    def narrow(self, search: str, standing: Standing | None) -> bool:
        """Let through clips with a text and of a standing (None: any); returns whether that is new."""
        wanted = search.strip().casefold()
        before = self._wanted, self._standing
        self._wanted, self._standing = wanted, standing
        return before != (wanted, standing)

    def sort(self, column: Column, *, descending: bool) -> None:
        """Sort by a column from now on."""
        spec = SPECS[column]
        self._key, self._descending = PerRow(spec.key, of_clip=spec.of_clip), descending

    def passed(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that are let through, in order; those with nothing to sort by stand last."""
        if self._wanted or self._standing is not None:
            rows = [row for row in rows if self._passes(row)]
        keyed = [(self._key(row), row) for row in rows]
        telling = [pair for pair in keyed if pair[0] is not None]
        telling.sort(key=itemgetter(0), reverse=self._descending)
        return [row for _, row in telling] + [row for key, row in keyed if key is None]

    def _passes(self, row: Row) -> bool:
        if self._standing is not None and row.standing is not self._standing:
            return False
        if not self._wanted or self._wanted in self._searched(row):
            return True
        return ":" in self._wanted and self._wanted in words.start_label(row)


def searched_text(row: Row) -> str:
    """Return what a search for words looks at, in small letters."""
    parts = (
        f"{row.clip.camera}/{row.clip.name}",
        words.reason_text(row),
        row.clip.files[0].reel,
        *(file.path.name for file in row.clip.files[1:]),
    )
    return "\n".join(parts).casefold()
