"""The list of models: which are known of, and how they stand on this computer."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHeaderView, QWidget

from rushlock.gui.icons import icon
from rushlock.gui.rows_model import Column, RowsModel
from rushlock.gui.tables import RowsTable
from rushlock.gui.words import tr
from rushlock.nets.registry import Kind, size_words
from rushlock.nets.store import Listed, State

_SIGNS = {
    State.INSTALLED: "check",
    State.BUILT_IN: "check",
    State.PARTLY: "waiting",
    State.DAMAGED: "unreadable",
}
_TRAINED_ON = 4


class ModelsModel(RowsModel[Listed]):
    """A row for each model: name, state, what it answers, size, training."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(tr("models", "Model"), lambda line: line.entry.name, 40),
                Column(tr("models", "State"), lambda line: state_words(line.state), 23, sign=_sign),
                Column(tr("models", "Answers"), lambda line: kind_words(line.entry.kind), 25),
                Column(tr("models", "Size"), _size, 18, right=True),
                Column(tr("models", "Trained on"), lambda line: line.entry.trained_on),
            ),
            parent,
        )

    def tip(self, row: Listed) -> str:
        """Return what a model adds."""
        return row.entry.adds


class ModelsView(RowsTable):
    """Shows the list.

    Signals:
        chosen: Another line is the current one: a ``Listed``, or None.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        models = ModelsModel()
        super().__init__(models, parent, air=12)
        self.models = models
        self.setObjectName("padded")
        self.setAccessibleName(self.tr("Models"))
        self.horizontalHeader().setSectionResizeMode(_TRAINED_ON, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.chosen.emit(self._line(now)))

    @property
    def line(self) -> Listed | None:
        """The current line."""
        return self._line(self.currentIndex())

    def show_lines(self, lines: Sequence[Listed]) -> None:
        """Show another list; the current line stays the current one."""
        name = "" if self.line is None else self.line.entry.name
        self.models.show_rows(lines)
        names = [line.entry.name for line in lines]
        if names:
            self.selectRow(names.index(name) if name in names else 0)
        self.chosen.emit(self.line)

    def _line(self, index: QModelIndex) -> Listed | None:
        return self.models.rows[index.row()] if index.isValid() else None


def kind_words(kind: Kind) -> str:
    """Return what a model answers."""
    words = {
        Kind.OFFSETS: tr("models", "offsets"),
        Kind.SYNCHRONIZABILITY: tr("models", "same moment or not"),
        Kind.EXTRACTORS: tr("models", "likeness"),
        Kind.FRAMES: tr("models", "offsets, by picture alone"),
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


def _sign(line: Listed) -> QIcon | None:
    return icon(_SIGNS[line.state]) if line.state in _SIGNS else None


def _size(line: Listed) -> str:
    return line.entry.size_words if line.stored is None else size_words(line.stored.size)
