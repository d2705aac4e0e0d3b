"""Item model of one clip's evidence: what speaks for and against its placement, strongest first."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from rushlock.gui import words
from rushlock.gui.icons import icon
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.words import tr
from rushlock.placements.sync_map import Evidence

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_COLUMNS = 4


class EvidenceModel(QAbstractTableModel):
    """A row for each piece of evidence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._evidence: tuple[Evidence, ...] = ()
        self._shoot = Shoot()

    def show(self, row: Row | None, shoot: Shoot) -> None:
        """Show the evidence of another clip."""
        self.beginResetModel()
        placement = None if row is None else row.placement
        self._evidence = () if placement is None else placement.evidence
        self._shoot = shoot
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how much evidence there is."""
        return 0 if parent.isValid() else len(self._evidence)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else _COLUMNS

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
        evidence = self._evidence[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(evidence)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{evidence.kind}: {evidence.words}"
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return _sign(evidence)
        return None

    def _texts(self, evidence: Evidence) -> list[str]:
        return [
            evidence.words,
            "" if evidence.offset is None else words.gap_label(evidence.residual, self._shoot.rate),
            words.chance_label(evidence.probability),
            tr("evidence", "used") if evidence.used else tr("evidence", "contradicts, thrown out"),
        ]


def _sign(evidence: Evidence) -> QIcon:
    return icon("check" if evidence.used else "close")


def _titles() -> list[str]:
    return [
        tr("evidence", "What it says"),
        tr("evidence", "Off by"),
        tr("evidence", "Chance"),
        tr("evidence", "Verdict"),
    ]
