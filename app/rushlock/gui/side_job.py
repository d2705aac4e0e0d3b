"""Work beside the one job of ``jobs``: what a view needs to draw, of which only the latest matters.

A pair's matrix, a waveform, thumbnails: they read caches and media, change nothing in the document, and are
out of date as soon as something else is asked for. A ``SideJob`` is one such errand: asked anew, it stops
what runs and begins with the new work as soon as the old thread has gone; results of stopped work are never
handed over.
"""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from rushlock.gui.bridge import Runner, Work


class Background(Protocol):
    """Whoever works beside the one job."""

    def stop(self) -> None:
        """Stop what runs and forget what waits."""
        ...

    def wait(self) -> None:
        """Block until no thread runs."""
        ...


class SideJob(QObject):
    """One errand at a time, the latest wins.

    Signals:
        began, ended: Something runs, nothing runs any more.
        progressed: Its ``Progress``.
        failed: The exception that ended the latest work; the view says it in place, no box opens.
    """

    began = Signal()
    progressed = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: Runner | None = None
        self._next: tuple[Work, Callable[[Any], None]] | None = None

    @property
    def busy(self) -> bool:
        """Whether something runs or waits."""
        return self._runner is not None

    def start(self, work: Work, take: Callable[[Any], None]) -> None:
        """Do this now, instead of whatever runs; ``take`` gets the result on the main thread."""
        self._next = work, take
        if self._runner is None:
            self._begin()
        else:
            self._drop(self._runner)

    def stop(self) -> None:
        """Stop what runs and forget what waits; nothing is handed over any more."""
        self._next = None
        if self._runner is not None:
            self._drop(self._runner)

    def wait(self) -> None:
        """Block until no thread runs (closing the window; tests)."""
        if self._runner is not None:
            self._runner.wait()

    def _begin(self) -> None:
        if self._next is None:
            return
        (work, take), self._next = self._next, None
        runner = self._runner = Runner(work, self)
        runner.progressed.connect(self.progressed)
        runner.finished.connect(take)
        runner.failed.connect(self.failed)
        runner.ended.connect(self._end)
        self.began.emit()
        runner.start()

    def _drop(self, runner: Runner) -> None:
        if not runner.cancelling:
            runner.progressed.disconnect()
            runner.finished.disconnect()
            runner.failed.disconnect()
            runner.cancel()

    def _end(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.deleteLater()
        if self._next is not None:
            self._begin()
        else:
            self.ended.emit()
