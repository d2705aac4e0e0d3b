"""The one way work leaves the main thread: a stage runs in a ``QThread`` and comes back as signals.

A stage is a generator (see ``rushlock.base.progress``); it knows neither Qt nor threads. ``Runner`` owns
one thread, one token and one stage. Decisions that keep it from hanging or aborting:

- The thread runs a plain ``run`` without an event loop, so there is no queued ``quit`` that could wait for
  a loop which in turn is waited for.
- The thread's signals end in slots of ``Runner``, a ``QObject`` of the main thread, and are emitted anew
  from there. Whoever connects a bare function to a ``Runner`` is therefore always called on the main
  thread.
- ``QThread.finished`` is sent a little before the thread is gone; dropping the object then aborts the
  program. So ``ended`` is emitted only after ``wait()``.
- Progress is thinned out in the thread: a stage may yield a million times a second, the window hears of it
  at most twenty-five times.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from rushlock.base.progress import Cancelled, CancelToken, Progress, Stage

Work = Callable[[CancelToken], Stage[Any]]

PROGRESS_INTERVAL_S = 0.04

_log = logging.getLogger(__name__)


class Runner(QObject):
    """Runs one stage in one thread.

    Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted, then ``ended``; all on the main
    thread.

    Signals:
        progressed: A ``Progress``, at most every ``PROGRESS_INTERVAL_S``.
        finished: The stage's result.
        failed: The exception that ended the stage.
        cancelled: The stage noticed the token and stopped.
        ended: The thread is gone.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._token = CancelToken()
        self._thread = _StageThread(work, self._token)
        self._thread.stepped.connect(self._pass_on)
        self._thread.finished.connect(self._end)

    def start(self) -> None:
        """Start the stage."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the stage to stop at its next check."""
        self._token.cancel()

    @property
    def cancelling(self) -> bool:
        """Whether a stop was asked for."""
        return self._token.cancelled

    @property
    def running(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.isRunning()

    def wait(self) -> None:
        """Block until the thread is gone (closing the program; tests)."""
        self._thread.wait()

    @Slot(object)
    def _pass_on(self, step: Progress) -> None:
        self.progressed.emit(step)

    @Slot()
    def _end(self) -> None:
        self._thread.wait()
        # Taken away from the thread: an exception holds the frames it passed, one of these holds the thread,
        # and such a circle waits for the garbage collector, which runs in whichever thread allocates most.
        outcome, self._thread.outcome = self._thread.outcome, None
        if isinstance(outcome, Cancelled):
            self.cancelled.emit()
        elif isinstance(outcome, BaseException):
            self.failed.emit(outcome)
        else:
            self.finished.emit(outcome)
        self.ended.emit()


class _StageThread(QThread):
    """Exhausts the generator; ``outcome`` is its result or what it raised, read once the thread is gone."""

    stepped = Signal(object)

    def __init__(self, work: Work, token: CancelToken) -> None:
        super().__init__()
        self._work = work
        self._token = token
        self.outcome: Any = None

    def run(self) -> None:
        try:
            self.outcome = self._exhaust(self._work(self._token))
        except Cancelled as stop:
            self.outcome = stop
        except Exception as error:  # noqa: BLE001 - the thread's last stop: the window shows it
            _log.info("A stage failed", exc_info=error)
            self.outcome = error

    def _exhaust(self, stage: Stage[Any]) -> Any:  # noqa: ANN401 - a stage's result may be anything
        told, untold = 0.0, None
        while True:
            try:
                step = next(stage)
            except StopIteration as end:
                if untold is not None:
                    self.stepped.emit(untold)
                return end.value
            now = time.monotonic()
            if now - told >= PROGRESS_INTERVAL_S:
                self.stepped.emit(step)
                told, untold = now, None
            else:
                untold = step
