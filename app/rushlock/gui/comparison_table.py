"""The clips of a comparison with a trusted timeline as a table: worst first, those that agree on demand."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from rushlock.export.comparison import ComparedClip, Comparison, Verdict
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.standing import Standing
from rushlock.gui.words import standing_word, tr

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

_ORDER = {verdict: place for place, verdict in enumerate(Verdict)}
_ICONS = {
    Verdict.WRONG: "unsynced",
    Verdict.MISSING: "unsynced",
    Verdict.ALONE: "info",
    Verdict.EXTRA: "info",
    Verdict.LEFT_OUT: "excluded",
    Verdict.RIGHT: "check",
}
_FAR = float("inf")


class Column(IntEnum):
    """What is told of each clip."""

    CLIP = 0
    CAMERA = 1
    VERDICT = 2
    FRAMES = 3
    SECONDS = 4
    STATUS = 5


_RIGHT = {Column.FRAMES, Column.SECONDS}
_WIDTHS = (30, 16, 26, 12, 12, 14)

_SORT_KEYS: dict[Column, Callable[[ComparedClip], Any]] = {
    Column.CLIP: lambda clip: clip.clip.name.casefold(),
    Column.CAMERA: lambda clip: clip.clip.camera.casefold(),
    Column.VERDICT: lambda clip: (_ORDER[clip.verdict], -abs(clip.difference or 0.0)),
    Column.FRAMES: lambda clip: _FAR if clip.difference is None else clip.difference,
    Column.SECONDS: lambda clip: _FAR if clip.difference is None else clip.difference,
    Column.STATUS: lambda clip: _standing(clip).value,
}


class ComparisonModel(QAbstractTableModel):
    """A row for each clip, in the order of a column."""

    def __init__(self, comparison: Comparison, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.comparison = comparison
        self.clips: list[ComparedClip] = []
        self._order = (Column.VERDICT, Qt.SortOrder.AscendingOrder)
        self._all = False
        self._arrange()

    def show_all(self, every: bool) -> None:
        """Show every clip, or only those that do not agree."""
        self._all = every
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._order = (Column(column), order)
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        column, order = self._order
        shown = [clip for clip in self.comparison.clips if self._all or clip.verdict is not Verdict.RIGHT]
        self.clips = sorted(shown, key=_SORT_KEYS[column], reverse=order is Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    # What Qt asks of a model; names and defaults are Qt's.

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many clips are shown."""
        return 0 if parent.isValid() else len(self.clips)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

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
        clip, column = self.clips[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(clip, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.DecorationRole:
            return _decoration(clip, column)
        return str(clip.clip.path) if role == Qt.ItemDataRole.ToolTipRole else None

    def _text(self, clip: ComparedClip, column: Column) -> str:
        frames = self.comparison.frames(clip)
        texts: dict[Column, str] = {
            Column.CLIP: clip.clip.name.replace("\n", "⏎"),
            Column.CAMERA: clip.clip.camera,
            Column.VERDICT: verdict_word(clip.verdict),
            Column.FRAMES: "" if frames is None else f"{frames:+.1f}",
            Column.SECONDS: "" if clip.difference is None else f"{clip.difference:+.3f}",
            Column.STATUS: standing_word(_standing(clip)),
        }
        return texts[column]


class ComparisonView(QTableView):
    """Shows the table.

    Signals:
        chosen: The key of the clip that became the current one.
    """

    chosen = Signal(str)

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clips = ComparisonModel(comparison, self)
        self.setModel(self.clips)
        self.setObjectName("padded")
        self.setAccessibleName(self.tr("Clips compared"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setIconSize(QSize(16, 16))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header, letter = self.horizontalHeader(), self.fontMetrics().averageCharWidth()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column, letters in zip(Column, _WIDTHS, strict=True):
            self.setColumnWidth(column, letters * letter)
        header.setSortIndicator(Column.VERDICT, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def _choose(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.clips.clips[now.row()].clip.key)


def verdict_word(verdict: Verdict) -> str:
    """Return how a clip compares, in words."""
    words = {
        Verdict.WRONG: tr("comparison", "Elsewhere"),
        Verdict.MISSING: tr("comparison", "No place here"),
        Verdict.ALONE: tr("comparison", "Nothing to compare with"),
        Verdict.EXTRA: tr("comparison", "Only here"),
        Verdict.LEFT_OUT: tr("comparison", "Left out"),
        Verdict.RIGHT: tr("comparison", "Within a frame"),
    }
    return words[verdict]


def _standing(clip: ComparedClip) -> Standing:
    return Standing.EXCLUDED if clip.placement is None else Standing(clip.placement.status.value)


def _decoration(clip: ComparedClip, column: Column) -> Any:  # noqa: ANN401 - an icon, or None
    if column is Column.STATUS:
        return standing_icon(_standing(clip))
    return icon(_ICONS[clip.verdict]) if column is Column.VERDICT else None


def _titles() -> Sequence[str]:
    return [
        tr("comparison", "Clip"),
        tr("comparison", "Camera"),
        tr("comparison", "Compared"),
        tr("comparison", "Frames"),
        tr("comparison", "Seconds"),
        tr("comparison", "Status"),
    ]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
