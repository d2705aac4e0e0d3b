"""The clips of a comparison with a trusted timeline as a table: worst first, those that agree on demand."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from rushlock.export.comparison import ComparedClip, Comparison, Verdict
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.rows_model import Column, RowsModel
from rushlock.gui.standing import Standing
from rushlock.gui.tables import RowsTable
from rushlock.gui.words import standing_word, tr

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

CLIP, CAMERA, VERDICT, FRAMES, SECONDS, STATUS = range(6)

_SORT_KEYS: dict[int, Callable[[ComparedClip], Any]] = {
    CLIP: lambda clip: clip.clip.name.casefold(),
    CAMERA: lambda clip: clip.clip.camera.casefold(),
    VERDICT: lambda clip: (_ORDER[clip.verdict], -abs(clip.difference or 0.0)),
    FRAMES: lambda clip: _FAR if clip.difference is None else clip.difference,
    SECONDS: lambda clip: _FAR if clip.difference is None else clip.difference,
    STATUS: lambda clip: _standing(clip).value,
}


class ComparisonModel(RowsModel[ComparedClip]):
    """A row for each clip, in the order of a column."""

    def __init__(self, comparison: Comparison, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(tr("comparison", "Clip"), lambda clip: clip.clip.name.replace("\n", "⏎"), 30),
                Column(tr("comparison", "Camera"), lambda clip: clip.clip.camera, 16),
                Column(tr("comparison", "Compared"), lambda clip: verdict_word(clip.verdict), 26, sign=_sign),
                Column(tr("comparison", "Frames"), self._frames, 12, right=True),
                Column(tr("comparison", "Seconds"), _seconds, 12, right=True),
                Column(
                    tr("comparison", "Status"),
                    lambda clip: standing_word(_standing(clip)),
                    14,
                    sign=lambda clip: standing_icon(_standing(clip)),
                ),
            ),
            parent,
        )
        self.comparison = comparison
        self._order = (VERDICT, Qt.SortOrder.AscendingOrder)
        self._all = False
        self._arrange()

    def tip(self, row: ComparedClip) -> str:
        """Return where a clip's file lies."""
        return str(row.clip.path)

    def show_all(self, every: bool) -> None:
        """Show every clip, or only those that do not agree."""
        self._all = every
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._order = (column, order)
        self._arrange()

    def _arrange(self) -> None:
        column, order = self._order
        shown = [clip for clip in self.comparison.clips if self._all or clip.verdict is not Verdict.RIGHT]
        self.show_rows(sorted(shown, key=_SORT_KEYS[column], reverse=order is Qt.SortOrder.DescendingOrder))

    def _frames(self, clip: ComparedClip) -> str:
        frames = self.comparison.frames(clip)
        return "" if frames is None else f"{frames:+.1f}"


class ComparisonView(RowsTable):
    """Shows the table.

    Signals:
        chosen: The key of the clip that became the current one.
    """

    chosen = Signal(str)

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        clips = ComparisonModel(comparison)
        super().__init__(clips, parent)
        self.clips = clips
        self.setObjectName("padded")
        self.setAccessibleName(self.tr("Clips compared"))
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSortIndicator(VERDICT, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def _choose(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.clips.rows[now.row()].clip.key)


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


def _sign(clip: ComparedClip) -> QIcon:
    return icon(_ICONS[clip.verdict])


def _seconds(clip: ComparedClip) -> str:
    return "" if clip.difference is None else f"{clip.difference:+.3f}"
