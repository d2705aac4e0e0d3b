"""The one job that may run at a time, and what the window hears of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from rushlock.gui.bridge import Runner, Work


class Jobs(QObject):
    """Holds the runner from start to end; results arrive on the main thread.

    Signals:
        began: A job's name.
        progressed: Its ``Progress``.
        stopping: It was asked to stop.
        finished: It did what it was to do; sent after the result was taken.
        cancelled: It stopped as asked.
        failed: What ended it.
        ended: Nothing runs any more; sent after the result was taken.
    """

    began = Signal(str)
    progressed = Signal(object)
    stopping = Signal()
    finished = Signal()
    cancelled = Signal()
    failed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: Runner | None = None
        self._next: list[Callable[[], object]] = []

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._runner is not None

    def start(self, name: str, work: Work, take: Callable[[Any], None]) -> bool:
        """Start a job unless one runs; ``take`` gets its result. Returns whether it was started."""
        if self.busy:
            return False
        self._runner = Runner(work, self)
        self._runner.progressed.connect(self.progressed)
        self._runner.finished.connect(take)
        self._runner.finished.connect(lambda _: self.finished.emit())
        self._runner.cancelled.connect(self.cancelled)
        self._runner.failed.connect(self.failed)
        self._runner.ended.connect(self._end)
        self.began.emit(name)
        self._runner.start()
        return True

    def cancel(self) -> None:
        """Ask the running job to stop."""
        if self._runner is not None and not self._runner.cancelling:
            self._runner.cancel()
            self.stopping.emit()

    def after(self, call: Callable[[], object]) -> None:
        """Call something as soon as nothing runs: now, or when the running job has ended."""
        if self.busy:
            self._next.append(call)
        else:
            call()

    def wait(self) -> None:
        """Block until the running job's thread is gone."""
        if self._runner is not None:
            self._runner.wait()

    def _end(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.deleteLater()
        self.ended.emit()
        while self._next and not self.busy:
            self._next.pop(0)()
