"""What ran in this session: each job with how it ended, the latest first."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rushlock.base.progress import Progress
from rushlock.gui.icons import icon
from rushlock.gui.jobs import Jobs
from rushlock.gui.remedies import remedy_for
from rushlock.gui.words import tr

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

MOST = 20

JOB, BEGAN, TOOK, OUTCOME = range(4)


class Outcome(StrEnum):
    """How a job ended."""

    RUNNING = "sync"
    DONE = "check"
    STOPPED = "cancel"
    FAILED = "unreadable"


@dataclass(frozen=True, slots=True)
class Ran:
    """One job.

    Attributes:
        name: What it was called.
        began: When.
        outcome: How it ended; the values are the names of icons.
        seconds: How long it took.
        amount: How much was done in its last stage, "230 files".
        why: What ended it, where that was a failure, and what to do about it.
    """

    name: str
    began: datetime
    outcome: Outcome = Outcome.RUNNING
    seconds: float = 0.0
    amount: str = ""
    why: str = ""


class JobsHistory(QAbstractTableModel):
    """The last jobs as a table, the latest on top."""

    def __init__(
        self, jobs: Jobs, parent: QObject | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self.ran: tuple[Ran, ...] = ()
        self._now = now
        self._began = 0.0
        jobs.began.connect(self._begin)
        jobs.progressed.connect(self._note)
        jobs.finished.connect(lambda: self._end(Outcome.DONE))
        jobs.cancelled.connect(lambda: self._end(Outcome.STOPPED))
        jobs.failed.connect(self._fail)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many jobs are listed."""
        return 0 if parent.isValid() else len(self.ran)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as in Qt
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            titles = tr("jobs", "Job"), tr("jobs", "Began"), tr("jobs", "Took"), tr("jobs", "Outcome")
            return titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as in Qt
        """Return what a cell shows."""
        if not index.isValid():
            return None
        ran = self.ran[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(ran)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return ran.why or None
        if role == Qt.ItemDataRole.DecorationRole and index.column() == JOB:
            return icon(ran.outcome.value)
        return None

    def _begin(self, name: str) -> None:
        self._began = self._now()
        self._show((Ran(name, datetime.now().astimezone()), *self.ran)[:MOST])

    def _note(self, progress: Progress) -> None:
        if self.ran and progress.unit:
            self.ran = (replace(self.ran[0], amount=f"{progress.done:,.0f} {progress.unit}"), *self.ran[1:])

    def _fail(self, error: BaseException) -> None:
        told = str(error) or type(error).__name__
        self._end(Outcome.FAILED, "\n".join(part for part in (told, remedy_for(error)) if part))

    def _end(self, outcome: Outcome, why: str = "") -> None:
        if self.ran and self.ran[0].outcome is Outcome.RUNNING:
            seconds = self._now() - self._began
            self._show((replace(self.ran[0], outcome=outcome, seconds=seconds, why=why), *self.ran[1:]))

    def _show(self, ran: tuple[Ran, ...]) -> None:
        self.beginResetModel()
        self.ran = ran
        self.endResetModel()


def _texts(ran: Ran) -> list[str]:
    took = "" if ran.outcome is Outcome.RUNNING else duration_words(ran.seconds)
    return [ran.name, f"{ran.began:%H:%M:%S}", took, _outcome_words(ran)]


def _outcome_words(ran: Ran) -> str:
    if ran.outcome is Outcome.FAILED:
        return ran.why.replace("\n", " ")
    words = {
        Outcome.RUNNING: tr("jobs", "running"),
        Outcome.DONE: tr("jobs", "done"),
        Outcome.STOPPED: tr("jobs", "stopped by you; what was done is kept"),
    }
    return " · ".join(part for part in (words[ran.outcome], ran.amount) if part)


def duration_words(seconds: float) -> str:
    """Return how long something took: "0.4 s", "12 s", "3 min 05 s", "1 h 12 min"."""
    if seconds < 10:
        return tr("jobs", "{seconds} s").format(seconds=f"{seconds:.1f}")
    whole = round(seconds)
    if whole < 60:
        return tr("jobs", "{seconds} s").format(seconds=whole)
    if whole < 3600:
        return tr("jobs", "{minutes} min {seconds:02} s").format(minutes=whole // 60, seconds=whole % 60)
    return tr("jobs", "{hours} h {minutes:02} min").format(hours=whole // 3600, minutes=whole // 60 % 60)
