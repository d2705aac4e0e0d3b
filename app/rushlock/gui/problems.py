"""The list of files that could not be used, each with its reason."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rushlock.gui.icons import icon
from rushlock.gui.remedies import remedy_for_file
from rushlock.gui.words import tr
from rushlock.media.clip import Unreadable

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class ProblemsModel(QAbstractTableModel):
    """A row for each unreadable file: name, reason, what to do, folder."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[Unreadable, ...] = ()

    def show(self, files: tuple[Unreadable, ...]) -> None:
        """Show other files."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many files are listed."""
        return 0 if parent.isValid() else len(self._files)

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
        file = self._files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            name = file.path.name.replace("\n", "⏎")
            return [name, file.reason, remedy_for_file(file.reason), str(file.path.parent)][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{file.path}\n{file.reason}\n{remedy_for_file(file.reason)}"
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return icon("unreadable")
        return None


def _titles() -> list[str]:
    return [
        tr("problems", "File"),
        tr("problems", "Why it was left out"),
        tr("problems", "What to do"),
        tr("problems", "Folder"),
    ]


class ProblemsView(QTableView):
    """Shows the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problems = ProblemsModel(self)
        self.setModel(self.problems)
        self.setAccessibleName(self.tr("Files that could not be used"))
        self.setShowGrid(False)
        self.setIconSize(QSize(16, 16))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        letter = self.fontMetrics().averageCharWidth()
        self.setColumnWidth(0, 34 * letter)
        self.setColumnWidth(1, 44 * letter)
        self.setColumnWidth(2, 52 * letter)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
