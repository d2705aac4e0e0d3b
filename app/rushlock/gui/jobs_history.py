"""What ran in this session: each job with how it ended, the latest first."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from rushlock.base.progress import Progress
from rushlock.gui.icons import icon
from rushlock.gui.jobs import Jobs
from rushlock.gui.remedies import remedy_for
from rushlock.gui.rows_model import Column, RowsModel
from rushlock.gui.words import tr

MOST = 20
OUTCOME = 3


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


class JobsHistory(RowsModel[Ran]):
    """The last jobs as a table, the latest on top."""

    def __init__(
        self, jobs: Jobs, parent: QObject | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(
            (
                Column(tr("jobs", "Job"), lambda ran: ran.name, 22, sign=_sign),
                Column(tr("jobs", "Began"), lambda ran: f"{ran.began:%H:%M:%S}", 11),
                Column(tr("jobs", "Took"), _took, 13),
                Column(tr("jobs", "Outcome"), _outcome_words),
            ),
            parent,
        )
        self._now = now
        self._began = 0.0
        jobs.began.connect(self._begin)
        jobs.progressed.connect(self._note)
        jobs.finished.connect(lambda: self._end(Outcome.DONE))
        jobs.cancelled.connect(lambda: self._end(Outcome.STOPPED))
        jobs.failed.connect(self._fail)

    def tip(self, row: Ran) -> str:
        """Return what ended a job, and what to do about it."""
        return row.why

    def _begin(self, name: str) -> None:
        self._began = self._now()
        self.show_rows((Ran(name, datetime.now().astimezone()), *self.rows)[:MOST])

    def _note(self, progress: Progress) -> None:
        if self.rows and progress.unit:
            self.rows = (
                replace(self.rows[0], amount=f"{progress.done:,.0f} {progress.unit}"),
                *self.rows[1:],
            )

    def _fail(self, error: BaseException) -> None:
        told = str(error) or type(error).__name__
        self._end(Outcome.FAILED, "\n".join(part for part in (told, remedy_for(error)) if part))

    def _end(self, outcome: Outcome, why: str = "") -> None:
        if self.rows and self.rows[0].outcome is Outcome.RUNNING:
            seconds = self._now() - self._began
            self.show_rows((replace(self.rows[0], outcome=outcome, seconds=seconds, why=why), *self.rows[1:]))


def _sign(ran: Ran) -> QIcon:
    return icon(ran.outcome.value)


def _took(ran: Ran) -> str:
    return "" if ran.outcome is Outcome.RUNNING else duration_words(ran.seconds)


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
