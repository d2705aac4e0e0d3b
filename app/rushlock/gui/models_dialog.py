"""The window's list of models: install, import, verify, remove, with progress, beside the work on a project.

The dialog leaves the window usable and runs its work with ``Jobs`` of its own, so that a download of some
minutes keeps nobody from syncing. Closing it stops what runs: a download goes on next time from where it was.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rushlock.base.errors import ModelError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.gui import asking
from rushlock.gui.asking import Button
from rushlock.gui.bridge import Work
from rushlock.gui.dialogs import failure_box
from rushlock.gui.jobs import Jobs
from rushlock.gui.jobs_strip import JobsStrip
from rushlock.gui.models_details import ModelDetails
from rushlock.gui.models_table import ModelsView
from rushlock.gui.state import WindowState
from rushlock.gui.words import tr
from rushlock.nets.install import import_file, install
from rushlock.nets.registry import Entry, size_words
from rushlock.nets.store import Listed, State, Stored, catalogue, remove
from rushlock.nets.verify import Verdict, verify

_SIZE = QSize(900, 620)
_EDGE = 18
_DETAILS_LINES = 12


class ModelsDialog(QDialog):
    """Lists all models and does with them what the user asks.

    Attributes:
        jobs: What runs here.
    """

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.jobs = Jobs(self)
        self._state = state
        self.view = ModelsView(self)
        self.details = ModelDetails(self)
        self.strip = JobsStrip(self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.hide()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.resize(_SIZE)

    def refresh(self) -> None:
        """Look anew at what is on this computer."""
        self.jobs.start(self.tr("Looking"), _looked, self.view.show_lines)

    def stop(self, then: Callable[[], object]) -> None:
        """Stop what runs, then call something; at once where nothing runs."""
        self.jobs.cancel()
        self.jobs.after(then)

    def reject(self) -> None:
        """Close; what runs is stopped first."""
        self.stop(then=super().reject)

    def _make_buttons(self) -> None:
        self.install = QPushButton(self)
        self.verify = QPushButton(self.tr("&Verify"), self)
        self.remove = QPushButton(self.tr("&Remove…"), self)
        self.import_ = QPushButton(self.tr("I&mport a file…"), self)
        self.close_ = QPushButton(self.tr("Close"), self)
        self.import_.setToolTip(self.tr("Take weights from a .pt, .pth or .safetensors file, without a net"))
        self.verify.setToolTip(self.tr("Compare the file with its checksum and its network"))
        for button in (self.install, self.verify, self.remove, self.import_, self.close_):
            button.setAutoDefault(False)  # the Enter key shall not remove anything
        self.install.setDefault(True)

    def _lay_out(self) -> None:
        known = QScrollArea(self)
        known.setWidget(self.details)
        known.setWidgetResizable(True)
        known.setFrameShape(QFrame.Shape.NoFrame)
        known.setFixedHeight(self.fontMetrics().height() * _DETAILS_LINES)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.import_)
        row.addStretch(1)
        for button in (self.remove, self.verify, self.install, self.close_):
            row.addWidget(button)
        if (margins := self.strip.layout()) is not None:  # those that it has at the window's foot
            margins.setContentsMargins(0, 3, 0, 3)
        lower = QVBoxLayout()
        lower.setContentsMargins(_EDGE, 12, _EDGE, 14)
        lower.setSpacing(8)
        for widget in (known, self.said, self.strip):
            lower.addWidget(widget)
        lower.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(lower)

    def _connect(self) -> None:
        self.view.chosen.connect(self._refresh_line)
        self.install.clicked.connect(self._install)
        self.verify.clicked.connect(self._verify)
        self.remove.clicked.connect(self._remove)
        self.import_.clicked.connect(self._import)
        self.close_.clicked.connect(self.reject)
        self.strip.cancel_asked.connect(self.jobs.cancel)
        self.jobs.progressed.connect(self.strip.step)
        self.jobs.stopping.connect(self.strip.stopping)
        self.jobs.failed.connect(self._show_failure)
        self.jobs.ended.connect(self._job_ended)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._finish)

    # What the buttons do.

    def _install(self) -> None:
        line = self.view.line
        if line is not None:
            self._run(self.tr("Installing"), partial(install, line.entry), self._tell_kept)

    def _verify(self) -> None:
        line = self.view.line
        if line is not None and line.stored is not None:
            self._run(self.tr("Checking"), partial(verify, line.stored), self._tell_verdict)

    def _remove(self) -> None:
        line = self.view.line
        if line is None:
            return
        more = self.tr("It can be installed again at any time.") if line.entry.url else ""
        text = self.tr("Remove {name}?").format(name=line.entry.name)
        if asking.ask_choice(self, text, more, Button.Yes | Button.Cancel, Button.Cancel) == Button.Yes:
            self._run(self.tr("Removing"), partial(_removed, line.entry), self._tell_removed)

    def _import(self) -> None:
        kinds = self.tr("Weights (*.pt *.pth *.safetensors)")
        path = asking.ask_open(self, self.tr("Import weights"), self._state.folder("models"), kinds)
        if path is not None:
            self._state.note_folder("models", path.parent)
            self._run(self.tr("Importing"), partial(_imported, path), self._tell_kept)

    def _run(self, name: str, work: Work, take: Callable[[Any], None]) -> None:
        self._say("")
        if self.jobs.start(name, work, take):
            self.strip.begin(name)
            self._refresh_line(self.view.line)
            self.jobs.after(self.refresh)

    # What the user hears of it.

    def _tell_kept(self, kept: Stored) -> None:
        text = self.tr("{name} is installed: {proof}.")
        self._say(text.format(name=kept.entry.name, proof=kept.proof))

    def _tell_verdict(self, verdict: Verdict) -> None:
        if verdict.good:
            self._say(f"{verdict.name}: {verdict.words}.")
        else:
            self._show_failure(ModelError(f"{verdict.name}: {verdict.words}."))

    def _tell_removed(self, freed: int) -> None:
        self._say(self.tr("{size} free again.").format(size=size_words(freed)))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _show_failure(self, error: BaseException) -> None:
        box = failure_box(error, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    # Keeping in step.

    def _refresh_line(self, line: Listed | None) -> None:
        self.details.show_line(line)
        idle = not self.jobs.busy
        state = None if line is None else line.state
        fetchable = line is not None and bool(line.entry.url)
        self.install.setText(_install_words(state))
        self.install.setEnabled(idle and fetchable and state is not State.INSTALLED)
        self.verify.setEnabled(idle and line is not None and line.stored is not None)
        self.remove.setEnabled(idle and state in (State.INSTALLED, State.DAMAGED, State.PARTLY))
        self.import_.setEnabled(idle)

    def _job_ended(self) -> None:
        self.strip.end()
        self._refresh_line(self.view.line)

    def _finish(self) -> None:
        self.jobs.cancel()
        self.jobs.wait()


def _install_words(state: State | None) -> str:
    if state is State.PARTLY:
        return tr("models", "&Resume")
    return tr("models", "&Install again") if state is State.DAMAGED else tr("models", "&Install")


def _looked(_token: CancelToken) -> Stage[tuple[Listed, ...]]:
    yield Progress(tr("models", "Looking"), 0, 0, unit="")
    return catalogue()


def _imported(path: Path, token: CancelToken) -> Stage[Stored]:
    return (yield from import_file(path, token))


def _removed(entry: Entry, _token: CancelToken) -> Stage[int]:
    yield Progress(tr("models", "Removing"), 0, 0, entry.name, unit="")
    return remove(entry.name)
