"""What the other cameras say of a lag: a row for each, agreement by sign and word, one sentence for all."""

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rushlock.gui.compare import wording
from rushlock.gui.compare.loops import AGREE_S
from rushlock.gui.icons import icon
from rushlock.gui.shoot import Shoot
from rushlock.gui.words import chance_label, gap_label, tr
from rushlock.pipeline.pair_view.hearing import CLEAR
from rushlock.pipeline.pair_view.question import Loop

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_LIKELY = 0.3


class ThirdsModel(QAbstractTableModel):
    """A row for each third clip that tells of the pair."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.loops: tuple[Loop, ...] = ()
        self._shoot = Shoot()
        self._lag = 0.0

    def show(self, loops: Sequence[Loop], shoot: Shoot) -> None:
        """Show other loops."""
        self.beginResetModel()
        self.loops, self._shoot = tuple(loops), shoot
        self.endResetModel()

    def show_lag(self, lag: float) -> None:
        """Compare with another lag."""
        self._lag = lag
        if self.loops:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.loops) - 1, self.columnCount() - 1))

    @property
    def sentence(self) -> str:
        """What they say together; who hardly hears anything is not asked."""
        telling = [loop for loop in self.loops if tells(loop)]
        agreeing = [self._name(loop) for loop in telling if self.agrees(loop)]
        return wording.thirds_sentence(agreeing, [self._name(o) for o in telling if not self.agrees(o)])

    def agrees(self, loop: Loop) -> bool:
        """Return whether a loop is within a frame of the lag."""
        return abs(loop.lag - self._lag) <= AGREE_S

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.loops)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as in Qt
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _titles()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a cell shows."""
        if not index.isValid():
            return None
        loop = self.loops[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(loop)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return icon("check" if self.agrees(loop) else "close") if tells(loop) else icon("waiting")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(self._texts(loop))
        return None

    def _texts(self, loop: Loop) -> list[str]:
        away = loop.lag - self._lag
        gap = gap_label(away, self._shoot.rate) if abs(away) < 1.0 else f"{away:+.2f} s"
        return [
            self._name(loop),
            gap,
            _how(loop),
            wording.signed_timecode(loop.lag, self._shoot),
            self._verdict(loop),
        ]

    def _verdict(self, loop: Loop) -> str:
        if not tells(loop):
            return tr("thirds", "too weak to tell")
        return tr("thirds", "agrees") if self.agrees(loop) else tr("thirds", "says otherwise")

    def _name(self, loop: Loop) -> str:
        row = self._shoot.by_key.get(loop.clip)
        return loop.clip if row is None else row.clip.name


def tells(loop: Loop) -> bool:
    """Return whether a loop is strong enough to be counted."""
    return loop.height >= CLEAR if math.isnan(loop.chance) else loop.chance >= _LIKELY


def _how(loop: Loop) -> str:
    return wording.strength_word(loop.height) if math.isnan(loop.chance) else chance_label(loop.chance)


def _titles() -> list[str]:
    return [
        tr("thirds", "By way of"),
        tr("thirds", "Off by"),
        tr("thirds", "Chance"),
        tr("thirds", "Puts it at"),
        tr("thirds", "Verdict"),
    ]
