"""Progress reports, cancellation and how stages are strung together, free of any toolkit and of threads.

A *stage* is a generator: it yields ``Progress``, calls ``token.check()`` at least every few hundred
milliseconds and returns its result. Stages are strung together with ``result = yield from stage(...)``; the
command line loops over the outermost one with ``drain``, the window hands it to its one ``QThread`` runner.
"""

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a running stage.

    Attributes:
        stage: What runs, in words for the user ("Listening").
        done: Work done so far, in the stage's own unit.
        total: All work, same unit; 0 where it is not known.
        item: What was just finished or is in hand (a clip's name), may be empty.
        unit: Unit of ``done``: "clips", "pairs", "min of sound".
    """

    stage: str
    done: float
    total: float
    item: str = ""
    unit: str = "clips"


Stage = Generator[Progress, None, T]


class Cancelled(Exception):
    """The user asked to stop."""


class CancelToken:
    """A flag that any thread may raise and that stages check."""

    def __init__(self) -> None:
        self._event = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask the holder to stop at its next check."""
        self._event.set()

    def check(self) -> None:
        """Raise Cancelled once a stop was asked for."""
        if self._event.is_set():
            raise Cancelled


def drain(stage: Stage[T], report: Callable[[Progress], object] | None = None) -> T:
    """Run a stage to its end in the calling thread and return its result."""
    while True:
        try:
            step = next(stage)
        except StopIteration as end:
            result: T = end.value
            return result
        if report is not None:
            report(step)
