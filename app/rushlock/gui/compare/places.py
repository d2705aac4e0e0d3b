"""The places of a pair as a list: number, lag, chance, margin; choosing one looks at it."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from rushlock.gui.compare import wording
from rushlock.gui.shoot import Shoot
from rushlock.gui.words import gap_label, tr
from rushlock.pipeline.pair_view.ballot import Place

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
SAME_S = 0.02
"""A lag nearer than half a frame to a place is at it."""


class PlacesModel(QAbstractTableModel):
    """A row for each place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places: tuple[Place, ...] = ()
        self._shoot = Shoot()
        self._lag = 0.0

    def show(self, places: tuple[Place, ...], shoot: Shoot) -> None:
        """Show other places."""
        self.beginResetModel()
        self.places, self._shoot = places, shoot
        self.endResetModel()

    def show_lag(self, lag: float) -> None:
        """Say how far each is from the lag under consideration."""
        self._lag = lag
        if self.places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.places) - 1, self.columnCount() - 1))

    def number_at(self, lag: float) -> int | None:
        """Return the place at a lag, None where it is at none."""
        near = [(abs(p.offset - lag), n) for n, p in enumerate(self.places)]
        distance, number = min(near, default=(SAME_S + 1, 0))
        return number if distance <= SAME_S else None

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many places there are."""
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as in Qt
        """Return a column's title and what it means."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _titles()[section]
        return _hints()[section] if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a cell shows."""
        if not index.isValid():
            return None
        place = self.places[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(index.row(), place)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.spoken(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row())
        if role == Qt.ItemDataRole.FontRole and abs(place.offset - self._lag) <= SAME_S:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def spoken(self, number: int) -> str:
        """Return a place in one sentence."""
        place = self.places[number]
        methods = ", ".join(wording.method_word(m) for m in place.methods)
        parts = [
            tr("places", "Place {number}").format(number=number + 1),
            wording.lag_label(place.offset, self._shoot),
            wording.place_chance(place),
            methods,
        ]
        return " · ".join(part for part in parts if part)

    def _texts(self, number: int, place: Place) -> list[str]:
        away = place.offset - self._lag
        return [
            str(number + 1),
            wording.signed_timecode(place.offset, self._shoot),
            wording.place_chance(place),
            wording.height_label(place.height),
            wording.margin_label(place.margin),
            tr("places", "here") if abs(away) < 0.0005 else self._away(away),
        ]

    def _away(self, away: float) -> str:
        if abs(away) < 1.0:
            return gap_label(away, self._shoot.rate)
        return f"{away:+.2f} s"


def _titles() -> list[str]:
    return [
        tr("places", "Key"),
        tr("places", "Lag"),
        tr("places", "Chance"),
        tr("places", "Height"),
        tr("places", "Margin"),
        tr("places", "From here"),
    ]


def _hints() -> list[str]:
    return [
        tr("places", "Press this key to look at the place"),
        tr("places", "The node's start after the master's start"),
        tr("places", "Calibrated chance of being right, all methods together"),
        tr("places", "Height of the lag curve, in units of what chance reaches"),
        tr("places", "Height above the best place elsewhere"),
        tr("places", "How far it is from the lag you look at"),
    ]
