"""What the pair view consists of, and how it is laid out."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rushlock.gui.compare.chooser import Chooser
from rushlock.gui.compare.curve import CurveView
from rushlock.gui.compare.heatmap import HeatmapView
from rushlock.gui.compare.places import PlacesModel
from rushlock.gui.compare.scale import ColourScale
from rushlock.gui.compare.thirds import ThirdsModel
from rushlock.gui.compare.votes import VotesView
from rushlock.gui.compare.waves import WavesView
from rushlock.gui.peaks import Peaks
from rushlock.gui.rows_model import RowsModel
from rushlock.gui.tables import RowsTable


class PairViews(QWidget):
    """All widgets of the pair view.

    Attributes:
        chooser: What is asked.
        heatmap, scale, curve, votes, waves: Drawings.
        places, thirds: Item models; ``places_table`` and ``thirds_table`` show them.
        tabs: Places, votes, other cameras.
    """

    def __init__(self, peaks: Peaks | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chooser = Chooser(self)
        self._lag, self._stand = QLabel(self), QLabel(self)
        self._lag.setObjectName("heading")
        self._lag.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stand.setObjectName("muted")
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        for label, name in (
            (self._lag, self.tr("Lag")),
            (self._stand, self.tr("Beside the best place")),
            (self._sentence, self.tr("What there is to see")),
        ):
            label.setAccessibleName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        self._progress.setAccessibleName(self.tr("Comparing"))
        self._reset = QToolButton(self)
        self._reset.setText(self.tr("Back"))
        self._reset.setObjectName("chip")
        self._reset.setToolTip(self.tr("Back to where the clip is placed (Shift+B)"))
        self.heatmap = HeatmapView(self)
        self.scale = ColourScale(self)
        self.curve = CurveView(self)
        self.votes = VotesView(self)
        self.waves = WavesView(self, peaks)
        self.places, self.thirds = PlacesModel(self), ThirdsModel(self)
        self.places_table = _table(
            self.places, self.tr("Places of the pair"), (36, 104, 70, 58, 58, 120), self
        )
        self.thirds_table = _table(
            self.thirds, self.tr("What other cameras say of the lag"), (150, 120, 70, 94, 90), self
        )
        self._thirds_sentence = QLabel(self)
        self._thirds_sentence.setWordWrap(True)
        self._thirds_sentence.setContentsMargins(8, 6, 8, 2)
        self._thirds_sentence.setAccessibleName(self.tr("Loop check"))
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._lag)
        head.addWidget(self._stand, 1)
        head.addWidget(self._reset)
        matrix = QWidget(self)
        row = QHBoxLayout(matrix)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.heatmap, 1)
        row.addWidget(self.scale)
        thirds = QWidget(self)
        column = QVBoxLayout(thirds)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._thirds_sentence)
        column.addWidget(self.thirds_table, 1)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.places_table, self.tr("Places"))
        self.tabs.addTab(self.votes, self.tr("Votes"))
        self.tabs.addTab(thirds, self.tr("Other cameras"))
        above = _split(Qt.Orientation.Horizontal, ((matrix, 6), (self.tabs, 5)), self)
        below = ((above, 5), (self.curve, 2), (self.waves, 2))
        split = _split(Qt.Orientation.Vertical, below, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 6, 8, 4)
        whole.setSpacing(5)
        whole.addWidget(self.chooser)
        whole.addLayout(head)
        whole.addWidget(self._sentence)
        whole.addWidget(self._progress)
        whole.addWidget(split, 1)


def _split(way: Qt.Orientation, parts: Sequence[tuple[QWidget, int]], parent: QWidget) -> QSplitter:
    """Return widgets side by side or below each other, of sizes in proportion."""
    split = QSplitter(way, parent)
    split.setChildrenCollapsible(False)
    for number, (part, share) in enumerate(parts):
        split.addWidget(part)
        split.setStretchFactor(number, share)
    split.setSizes([share * 100 for _, share in parts])
    return split


def _table(model: RowsModel[Any], name: str, widths: Sequence[int], parent: QWidget) -> RowsTable:
    table = RowsTable(model, parent, air=7)
    table.setAccessibleName(name)
    table.horizontalHeader().setStretchLastSection(True)
    table.widen(widths)
    return table
