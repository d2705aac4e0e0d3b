"""The project against a timeline that somebody trusts: the window's way of ``rushlock compare``."""

from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QMainWindow, QVBoxLayout, QWidget

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.export.comparison import Comparison
from rushlock.export.delivery import Delivery
from rushlock.gui import asking
from rushlock.gui.comparison_table import ComparisonView
from rushlock.gui.document import Document
from rushlock.gui.jobs import Jobs
from rushlock.gui.selection import Selection
from rushlock.gui.state import WindowState
from rushlock.gui.words import tr
from rushlock.timeline.reading import SUFFIXES

_SIZE = QSize(860, 560)
_EDGE = 18


class TimelineComparison(QObject):
    """Asks for a timeline, compares it as a job and shows what came out beside the window."""

    def __init__(
        self, window: QMainWindow, document: Document, jobs: Jobs, selection: Selection, state: WindowState
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._jobs = jobs
        self._selection = selection
        self._state = state

    def ask(self) -> None:
        """Ask for a timeline and compare."""
        kinds = self.tr("Timelines ({suffixes})").format(suffixes=" ".join(f"*{s}" for s in SUFFIXES))
        folder = self._state.folder("timeline")
        path = asking.ask_open(self._window, self.tr("Compare with a timeline"), folder, kinds)
        if path is not None:
            self.compare(path)

    def compare(self, timeline: Path) -> None:
        """Compare with a timeline."""
        self._state.note_folder("timeline", timeline.parent)
        delivery = self._document.delivery()
        self._jobs.start(
            self.tr("Comparing"),
            lambda token: _compared(timeline, delivery, token),
            lambda comparison: self._show(delivery, comparison),
        )

    def _show(self, delivery: Delivery, comparison: Comparison) -> None:
        dialog = ComparisonDialog(comparison, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.table.chosen.connect(lambda key: self._selection.choose([key]))
        dialog.report.clicked.connect(lambda: self._write(delivery, comparison))
        dialog.show()  # not modal: the clip chosen in it is looked at in the window

    def _write(self, delivery: Delivery, comparison: Comparison) -> None:
        suggestion = self._state.folder("export") / f"{delivery.name}.html"
        kinds = [self.tr("Reports (*.html)")]
        answer = asking.ask_save(self._window, self.tr("Write report"), suggestion, kinds)
        if answer is None:
            return
        path = answer[0] if answer[0].suffix else answer[0].with_suffix(".html")
        self._state.note_folder("export", path.parent)
        self._jobs.start(
            self.tr("Exporting"), lambda token: _reported(path, delivery, comparison, token), lambda _: None
        )


class ComparisonDialog(QDialog):
    """What came out: sentences, and the clips in a table.

    Attributes:
        table: The clips.
        every: Whether those that agree are shown, too.
        report: Asks for a report with the comparison in it.
    """

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        from rushlock.export.comparison_words import summary

        super().__init__(parent)
        self.setWindowTitle(self.tr("Compared with {name}").format(name=comparison.name))
        self.summary = QLabel("\n".join(summary(comparison)), self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.every = QCheckBox(self.tr("Show clips that agree, too"), self)
        self.table = ComparisonView(comparison, self)
        self.every.toggled.connect(self.table.clips.show_all)
        self.every.setChecked(not self.table.clips.rows)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.report = buttons.addButton(self.tr("Write report…"), QDialogButtonBox.ButtonRole.ActionRole)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.every)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        self.resize(_SIZE)


def _compared(timeline: Path, delivery: Delivery, token: CancelToken) -> Stage[Comparison]:
    yield Progress(tr("stages", "Reading"), 0, 0, timeline.name, unit="")
    from rushlock.pipeline.comparing import comparison_with

    return (yield from comparison_with(timeline, delivery, token))


def _reported(path: Path, delivery: Delivery, comparison: Comparison, token: CancelToken) -> Stage[Path]:
    yield Progress(tr("stages", "Exporting"), 0, 0, path.name, unit="")
    from rushlock.export.atomic import write_atomically
    from rushlock.export.report import page
    from rushlock.pipeline.deliver import illustrated

    shown = yield from illustrated(delivery, token)
    return write_atomically(path, page.render(shown, comparison))
