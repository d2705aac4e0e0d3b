"""Progress on a terminal: one line, rewritten in place. In a pipe or a file it says nothing.

Written without terminal escapes (a carriage return and spaces do), so that it works on every console.
"""

import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

from rushlock.base.pace import Pace
from rushlock.base.progress import Progress
from rushlock.cli.text import printable, shortened, time_left, width

_REDRAW = 0.1
_BAR = 20
_NARROWEST_ITEM = 8
_LONGEST = 100 * 3600.0  # a guess of more hours than that says nothing


def terminal_width() -> int:
    """Return the terminal's width in cells."""
    return shutil.get_terminal_size().columns


def output_width() -> int | None:
    """Return how many cells stdout has to keep within; None in a pipe or a file, where nothing is cut."""
    return terminal_width() if sys.stdout.isatty() else None


class ProgressLine:
    """Shows ``Progress`` on one line of a terminal: stage, bar, count, rate, time left, item.

    Attributes:
        shown: Whether a line is drawn at the moment.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
        cells: Callable[[], int] = terminal_width,
    ) -> None:
        self._stream = stream
        self._active = not quiet and stream.isatty()
        self._clock = clock
        self._cells = cells
        self._stage = ""
        self._pace = Pace()
        self._drawn_at = float("-inf")
        self._drawn_width = 0

    @property
    def shown(self) -> bool:
        """Whether a line is drawn at the moment."""
        return self._drawn_width > 0

    def __call__(self, step: Progress) -> None:
        """Take one report; draws at most ten times a second."""
        if not self._active:
            return
        now = self._clock()
        fresh = step.stage != self._stage
        if fresh:
            self._stage, self._pace = step.stage, Pace()
        self._pace.note(now, step.done)
        if fresh or now - self._drawn_at >= _REDRAW:
            self._drawn_at = now
            self._draw(progress_text(step, self._pace, self._cells() - 1))

    def clear(self) -> None:
        """Wipe the line, so that something else can be printed."""
        if self.shown:
            self._draw("")
            self._stream.write("\r")
            self._stream.flush()

    def _draw(self, text: str) -> None:
        now_width = width(text)
        self._stream.write("\r" + text + " " * max(self._drawn_width - now_width, 0))
        self._stream.flush()
        self._drawn_width = now_width


def progress_text(step: Progress, pace: Pace, cells: int) -> str:
    """Return one report as a line of some cells: what matters least is dropped, the item fills the rest."""
    parts = [step.stage, _bar(step), _count(step), _rate(step, pace), _left(step, pace)]
    for droppable in (None, 1, 3, 4):
        if droppable is not None:
            parts[droppable] = ""
        line = printable("  ".join(p for p in parts if p))
        if width(line) <= cells:
            break
    room = cells - width(line) - 2
    if step.item and room >= _NARROWEST_ITEM:
        line += "  " + shortened(printable(step.item), room)
    return shortened(line, cells)


def _bar(step: Progress) -> str:
    if step.total <= 0:
        return ""
    part = min(max(step.done / step.total, 0.0), 1.0)
    filled = int(part * _BAR)
    return f"[{'#' * filled}{'-' * (_BAR - filled)}] {int(part * 100):>3}%"


def _count(step: Progress) -> str:
    places = 0 if float(step.done).is_integer() and float(step.total).is_integer() else 1
    done = f"{step.done:.{places}f}"
    return f"{done}/{step.total:.{places}f} {step.unit}" if step.total > 0 else f"{done} {step.unit}"


def _rate(step: Progress, pace: Pace) -> str:
    speed = pace.per_second
    if speed is None:
        return ""
    return f"{speed:.1f}/s" if speed >= 0.1 else f"{speed * 60:.1f}/min"


def _left(step: Progress, pace: Pace) -> str:
    seconds = pace.seconds_left(step.done, step.total)
    return "" if seconds is None or seconds > _LONGEST else f"{time_left(seconds)} left"
