"""The list of models: which are known of, and how they stand on this computer."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from rushlock.gui.icons import icon
from rushlock.gui.words import tr
from rushlock.nets.registry import Kind, size_words
from rushlock.nets.store import Listed, State

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

_SIGNS = {
    State.INSTALLED: "check",
    State.BUILT_IN: "check",
    State.PARTLY: "waiting",
    State.DAMAGED: "unreadable",
}
_SIZE = 3


class ModelsModel(QAbstractTableModel):
    """A row for each model: name, state, what it answers, size, training."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Listed, ...] = ()

    def show(self, lines: Sequence[Listed]) -> None:
        """Show another list."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many models are listed."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as in Qt
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return _titles()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a cell shows."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(line)[column]
        if role == Qt.ItemDataRole.DecorationRole and column == 1:
            return icon(_SIGNS[line.state]) if line.state in _SIGNS else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return line.entry.adds if role == Qt.ItemDataRole.ToolTipRole else None


class ModelsView(QTableView):
    """Shows the list.

    Signals:
        chosen: Another line is the current one: a ``Listed``, or None.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.models = ModelsModel(self)
        self.setModel(self.models)
        self.setObjectName("padded")
        self.setAccessibleName(self.tr("Models"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setIconSize(QSize(16, 16))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self._size_columns()
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.chosen.emit(self._line(now)))

    @property
    def line(self) -> Listed | None:
        """The current line."""
        return self._line(self.currentIndex())

    def show_lines(self, lines: Sequence[Listed]) -> None:
        """Show another list; the current line stays the current one."""
        name = "" if self.line is None else self.line.entry.name
        self.models.show(lines)
        names = [line.entry.name for line in lines]
        if names:
            self.selectRow(names.index(name) if name in names else 0)
        self.chosen.emit(self.line)

    def _line(self, index: QModelIndex) -> Listed | None:
        return self.models.lines[index.row()] if index.isValid() else None

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate((40, 23, 25, 18)):
            self.setColumnWidth(column, letters * letter)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)


def kind_words(kind: Kind) -> str:
    """Return what a model answers."""
    words = {
        Kind.OFFSETS: tr("models", "offsets"),
        Kind.SYNCHRONIZABILITY: tr("models", "same moment or not"),
        Kind.EXTRACTORS: tr("models", "likeness"),
    }
    return words[kind]


def state_words(state: State) -> str:
    """Return how a model stands."""
    words = {
        State.ABSENT: tr("models", "Not installed"),
        State.PARTLY: tr("models", "Partly fetched"),
        State.INSTALLED: tr("models", "Installed"),
        State.BUILT_IN: tr("models", "Comes with Rushlock"),
        State.DAMAGED: tr("models", "Damaged"),
    }
    return words[state]


def _titles() -> Sequence[str]:
    return [
        tr("models", "Model"),
        tr("models", "State"),
        tr("models", "Answers"),
        tr("models", "Size"),
        tr("models", "Trained on"),
    ]


def _texts(line: Listed) -> Sequence[str]:
    entry, here = line.entry, line.stored
    size = entry.size_words if here is None else size_words(here.size)
    return [entry.name, state_words(line.state), kind_words(entry.kind), size, entry.trained_on]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == _SIZE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
