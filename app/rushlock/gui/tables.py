"""How flat tables look and are used: whole rows, no grid, the first widths of their columns in letters."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from rushlock.gui.rows_model import RowsModel

_SIGN = QSize(16, 16)


class RowsTable(QTableView):
    """Shows a model of rows.

    Args:
        model: It; the table keeps one that nobody owns.
        parent: Owner.
        air: Pixels above and below a row's letters, together.
        framed: Whether a line is drawn around it.
        several: Whether more than one row can be chosen at a time.
    """

    def __init__(
        self,
        model: RowsModel[Any],
        parent: QWidget | None = None,
        *,
        air: int = 10,
        framed: bool = False,
        several: bool = False,
    ) -> None:
        super().__init__(parent)
        if model.parent() is None:
            model.setParent(self)
        self.setModel(model)
        self.setShowGrid(False)
        self.setIconSize(_SIGN)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        if not framed:
            self.setFrameShape(QFrame.Shape.NoFrame)
        if not several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + air)
        self.horizontalHeader().setHighlightSections(False)
        letter = self.fontMetrics().averageCharWidth()
        self.widen([column.letters * letter for column in model.columns])

    def widen(self, widths: Sequence[int]) -> None:
        """Give columns their first widths, in pixels; 0 leaves one as it is."""
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width)
