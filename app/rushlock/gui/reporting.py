"""From "something is wrong" to a file: gathers the circumstances, has them put together, shows, saves."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from rushlock.base.errors import RushlockError
from rushlock.base.paths import log_folder
from rushlock.gui import asking, words
from rushlock.gui.document import Document
from rushlock.gui.jobs_history import Ran
from rushlock.gui.report_dialog import ReportDialog
from rushlock.gui.side_job import SideJob
from rushlock.gui.state import WindowState
from rushlock.pipeline.problem_report import Circumstances, Part, Timing, problem_report, write_report

_FILE = "rushlock-report.zip"


class Reporting(QObject):
    """Makes reports of problems.

    Attributes:
        ran: Returns what ran in this session.

    Signals:
        said: A word to the user.
        failed: A report could not be written (RushlockError).
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, window: QWidget, document: Document, state: WindowState) -> None:
        super().__init__(window)
        self.ran: Callable[[], Iterable[Ran]] = tuple
        self._window, self._document, self._state = window, document, state
        self._job = SideJob(self)

    def begin(self, versions: Mapping[str, str]) -> ReportDialog:
        """Show a report; the dialog fills as soon as it is put together."""
        about = self._circumstances(versions)
        dialog = ReportDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _: self._job.stop())
        self._job.failed.connect(dialog.show_failure)
        self._state.remember_size(dialog)
        dialog.open()
        self._job.start(lambda token: problem_report(about, token), lambda parts: self._show(dialog, parts))
        return dialog

    def stop(self) -> None:
        """Stop what runs."""
        self._job.stop()

    def wait(self) -> None:
        """Block until no thread runs."""
        self._job.wait()

    def _show(self, dialog: ReportDialog, parts: tuple[Part, ...]) -> None:
        if isValid(dialog):
            dialog.save_asked.connect(lambda: self._save(dialog, parts))
            dialog.show_parts(parts)

    def _save(self, dialog: ReportDialog, parts: tuple[Part, ...]) -> None:
        suggestion = self._state.folder("report") / _FILE
        kinds = [self.tr("Zip archives (*.zip)")]
        answer = asking.ask_save(self._window, self.tr("Save report"), suggestion, kinds)
        if answer is None:
            return
        path = answer[0] if answer[0].suffix else answer[0].with_name(f"{answer[0].name}.zip")
        try:
            write_report(parts, path)
        except RushlockError as error:
            self.failed.emit(error)
            return
        self._state.note_folder("report", path.parent)
        self.said.emit(self.tr("Report saved as {name}.").format(name=path.name))
        dialog.accept()

    def _circumstances(self, versions: Mapping[str, str]) -> Circumstances:
        document, shoot = self._document, self._document.shoot
        secrets = [str(source.path) for source in document.sources]
        if document.begun:
            secrets.append(str(document.path))
        return Circumstances(
            versions=versions,
            settings=document.settings,
            clips=tuple(row.clip for row in shoot.rows),
            unreadable=tuple(shoot.unreadable),
            standings={row.key: (row.standing.value, words.reason_text(row)) for row in shoot.rows},
            timings=[
                Timing(ran.name, ran.seconds, ran.outcome.name.casefold(), ran.why) for ran in self.ran()
            ],
            secrets=(*secrets, *map(str, self._state.recent)),
            log=log_folder(),
        )
