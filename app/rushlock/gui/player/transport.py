"""Where one is and how fast that moves: play, shuttle, steps, marks and the loop between them."""

from PySide6.QtCore import QObject, Signal

from rushlock.gui.player.relation import Relation
from rushlock.media.playing.clock import RunningClock

FASTEST = 4.0

_WITHIN_S = 1e-9


class Transport(QObject):
    """A moment on the master's clock, seconds of its clip time.

    Attributes:
        clock: What runs.
        low: Where the first of both begins.
        high: Where the last of both ends.
        marks: A moment of the master (clip time), a moment of the node (its clip time); None: not marked.
        looping: Whether playing stays between the marks.

    Signals:
        jumped: It is suddenly somewhere else.
        changed: It runs at another speed, or the marks or the loop are others.
        marked: The moment marked in the master and the one marked in the node, each in clip time, seconds;
            sent when both are there and one is new.
    """

    jumped = Signal()
    changed = Signal()
    marked = Signal(float, float)

    def __init__(self, parent: QObject | None = None, clock: RunningClock | None = None) -> None:
        super().__init__(parent)
        self.clock = clock or RunningClock()
        self.low, self.high = 0.0, 0.0
        self.marks: tuple[float | None, float | None] = (None, None)
        self.looping = False
        self._relation = Relation()

    @property
    def at(self) -> float:
        """Where one is, never outside of both clips."""
        return min(max(self.clock.at, self.low), self.high)

    @property
    def speed(self) -> float:
        """Seconds a second; 0: it stands."""
        return self.clock.speed

    def relate(self, relation: Relation, low: float, high: float) -> None:
        """Go on with another lag; the moment in the master stays."""
        self._relation, self.low, self.high = relation, low, high

    def go(self, at: float) -> None:
        """Jump, playing on."""
        self.clock.go(min(max(at, self.low), self.high))
        self.jumped.emit()

    def toggle(self) -> None:
        """Play, or stand; at the end begin anew."""
        if self.speed != 0:
            self.run(0.0)
            return
        low, high = self._bounds()
        if self.at >= high - _WITHIN_S or self.at < low - _WITHIN_S:
            self.go(low)
        self.run(1.0)

    def shuttle(self, way: int) -> None:
        """Play forwards (1) or backwards (-1), twice as fast each time; against the motion: stand first."""
        speed = self.speed
        if speed * way < 0:
            self.run(0.0)
        elif speed == 0:
            self.run(float(way))
        else:
            self.run(way * min(abs(speed) * 2, FASTEST))

    def run(self, speed: float) -> None:
        """Move at a speed from here on."""
        self.clock.go(self.at)
        self.clock.run(speed)
        self.changed.emit()

    def tick(self) -> None:
        """Mind the ends: begin the loop anew, or stand there."""
        if self.speed == 0:
            return
        low, high = self._bounds()
        if self.looping and not low - _WITHIN_S <= self.clock.at < high:
            self.go(low if self.speed > 0 else high - _WITHIN_S)
        elif not self.low <= self.clock.at <= self.high:
            self.run(0.0)

    # Marks.

    def mark(self, master: float | None = None, node: float | None = None) -> None:
        """Mark a moment of the master, or one of the node, each in clip time."""
        before = self.marks
        self.marks = (before[0] if master is None else master, before[1] if node is None else node)
        self.changed.emit()
        if self.marks != before and self.marks[0] is not None and self.marks[1] is not None:
            self.marked.emit(*self.marks)

    def clear_marks(self) -> None:
        """Forget the marks."""
        self.marks, self.looping = (None, None), False
        self.changed.emit()

    def loop(self, looping: bool) -> None:
        """Play round and round between the marks, or on."""
        self.looping = looping and self.loopable
        self.changed.emit()

    @property
    def loopable(self) -> bool:
        """Whether there is something between the marks."""
        return self._between() is not None

    @property
    def marked_times(self) -> tuple[float | None, float | None]:
        """Both marks on the master's clock."""
        node = self.marks[1]
        return self.marks[0], None if node is None else self._relation.master_time(node)

    def _between(self) -> tuple[float, float] | None:
        one, other = self.marked_times
        if one is None or other is None or one == other:
            return None
        return min(one, other), max(one, other)

    def _bounds(self) -> tuple[float, float]:
        return (self._between() if self.looping else None) or (self.low, self.high)
