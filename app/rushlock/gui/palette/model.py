"""The palette's list: what answers the query, the best first."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rushlock.gui.palette import fuzzy
from rushlock.gui.palette.entries import Entry
from rushlock.gui.palette.fuzzy import Match

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MOST_SHOWN = 100

_BESIDE = 45.0

ENTRY, PLACES = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class PaletteModel(QAbstractListModel):
    """Entries that answer a query.

    A query that goes on from the one before is held against what answered that, so that typing stays quick
    with thousands of clips.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[tuple[str, Entry]] = []
        self._left: list[tuple[str, Entry]] = []
        self._query = ""
        self._shown: list[tuple[Entry, Match]] = []

    def offer(self, entries: Iterable[Entry]) -> None:
        """Offer other entries, from an empty query on."""
        self._all = [(entry.searched, entry) for entry in entries]
        self._left, self._query = self._all, ""
        self._narrow()

    def ask(self, query: str) -> None:
        """Show what answers a query."""
        query = " ".join(query.casefold().split())
        if not query.startswith(self._query):
            self._left = self._all
        self._query = query
        self._narrow()

    def entry(self, index: Index) -> Entry | None:
        """Return the entry of a row."""
        return self._shown[index.row()][0] if index.isValid() else None

    @property
    def shown(self) -> list[Entry]:
        """What is shown, the best first."""
        return [entry for entry, _ in self._shown]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a row shows."""
        if not index.isValid():
            return None
        entry, found = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.DecorationRole:
                return entry.sign()
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (entry.title, entry.where, entry.keys) if part)
        return {int(ENTRY): entry, int(PLACES): found.places}.get(role)

    def _narrow(self) -> None:
        answers = [
            (found, each) for each in self._left if (found := fuzzy.match(self._query, each[0])) is not None
        ]
        self._left = [each for _, each in answers]
        # Stable: what answers equally well keeps its order, commands before cameras before clips.
        best = sorted(answers, key=_rank) if self._query else answers
        self.beginResetModel()
        self._shown = [(entry, found) for found, (_, entry) in best[:MOST_SHOWN]]
        self.endResetModel()


def _rank(answer: tuple[Match, tuple[str, Entry]]) -> float:
    """Return what the best answer has least of; found in its menu or camera alone, an entry stands behind."""
    found, (_, entry) = answer
    beside = bool(found.places) and found.places[-1] >= len(entry.title)
    return _BESIDE * beside - found.score
