"""Sees that a clip is too much for the machine and has light copies made of what is being looked at."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rushlock.base.progress import Progress
from rushlock.gui.player.pane import Pane
from rushlock.gui.side_job import SideJob
from rushlock.gui.words import tr

if TYPE_CHECKING:
    from rushlock.media.playing.footage import Span
    from rushlock.media.playing.light import LightCopies

_TIMES = 3  # in a row must a deck be behind before anything is made
_PIECES = 3
_SPARE = 1.5  # so much faster than needed must one clip decode that two are played together


class Lightening(QObject):
    """Makes light copies, a piece at a time.

    Signals:
        said: What is going on, in words for the user; empty: nothing.
        made: The key of a clip of which there is a new copy.
    """

    said = Signal(str)
    made = Signal(str)

    def __init__(self, copies: "Callable[[], LightCopies | None]", parent: QObject | None = None) -> None:
        """Set up; ``copies`` says where they are kept, None: nowhere."""
        super().__init__(parent)
        self._copies = copies
        self._behind: dict[str, int] = {}
        self._given_up: set[str] = set()
        self._in_hand: tuple[str, str] | None = None
        self._job = SideJob(self)
        self._job.progressed.connect(self._tell)
        self._job.failed.connect(self._fail)

    def watch(self, pane: Pane) -> None:
        """Look how a pane's deck gets on; called a few times a second while it plays."""
        deck, key = pane.deck, pane.row.key
        if deck is None or self._job.busy or key in self._given_up or pane.light:
            return
        pace = deck.pace
        slow = pace.fps is not None and pace.fps < deck.fps * (_SPARE if pace.struggling else 1.0)
        self._behind[key] = self._behind.get(key, 0) + 1 if slow else 0
        if self._behind[key] >= _TIMES:
            self._behind[key] = 0
            self._begin(pane, deck.fps, pace.fps)

    def stop(self) -> None:
        """Make no more."""
        self._job.stop()
        self.said.emit("")

    def wait(self) -> None:
        """Block until no thread runs."""
        self._job.wait()

    def _begin(self, pane: Pane, wanted: float, reached: float | None) -> None:
        copies = self._copies()
        if copies is None:
            return
        from rushlock.media.playing.footage import Footage

        row, at = pane.row, pane.look.at
        footage = copies.known(Footage.of(row.clip))
        missing = copies.missing(footage, at, _PIECES)
        if not missing:
            self._given_up.add(row.key)
            return
        text = tr("player", "{name} decodes at {reached} of {wanted} frames a second: making a light copy")
        reached_word = "?" if reached is None else f"{reached:.0f}"
        self._in_hand = row.key, text.format(name=row.clip.name, reached=reached_word, wanted=f"{wanted:g}")
        self._next(copies, missing)

    def _next(self, copies: "LightCopies", missing: "list[tuple[Span, int]]") -> None:
        span, number = missing[0]

        def take(_: object) -> None:
            if self._in_hand is not None:
                self.made.emit(self._in_hand[0])
            if missing[1:]:
                self._next(copies, missing[1:])
            else:
                self.said.emit("")

        self._job.start(lambda token: copies.make(span, number, token), take)

    def _tell(self, step: Progress) -> None:
        if self._in_hand is not None and step.total:
            self.said.emit(f"{self._in_hand[1]}, {100 * step.done / step.total:.0f} %")

    def _fail(self, error: Exception) -> None:
        if self._in_hand is not None:
            self._given_up.add(self._in_hand[0])
        self.said.emit(str(error))
