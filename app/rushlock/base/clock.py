"""How a clip's own clock runs on another clock: piecewise straight lines.

``t = start + rate * t_clip`` with ``rate = 1 + ppm * 1e-6``. A clip whose clock never steps has one piece.
After a step (dropped samples, a re-jam) a further piece begins. ``t_clip`` counts seconds from the clip's
first presented frame or sample, whichever is earlier.

The sign of drift follows the formula: positive ppm means that the clip's seconds are *longer* than the
other clock's.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

PPM = 1e-6


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clip on which its clock runs straight.

    Attributes:
        since: Clip time in seconds from which this piece holds.
        start: Where clip time 0 would lie on the other clock by this piece's line, in seconds.
        rate: Seconds of the other clock per second of the clip.
    """

    since: float
    start: float
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Clock:
    """A clip's clock on another clock: ``pieces`` ordered by ``since``, the first from the beginning on."""

    pieces: tuple[Piece, ...]

    @classmethod
    def line(cls, start: float, rate: float = 1.0) -> "Clock":
        """Return a clock without steps."""
        return cls((Piece(0.0, start, rate),))

    @property
    def start(self) -> float:
        """Where the clip's first instant lies, in seconds of the other clock."""
        return self.pieces[0].start

    @property
    def rate(self) -> float:
        """Rate of the first piece."""
        return self.pieces[0].rate

    @property
    def drift_ppm(self) -> float:
        """Drift of the first piece in parts per million."""
        return (self.rate - 1.0) / PPM

    def piece_at(self, t_clip: float) -> Piece:
        """Return the piece that holds at a clip time."""
        index = bisect_right([piece.since for piece in self.pieces], t_clip) - 1
        return self.pieces[max(index, 0)]

    def at(self, t_clip: float) -> float:
        """Return the other clock's time of a clip time, both in seconds."""
        piece = self.piece_at(t_clip)
        return piece.start + piece.rate * t_clip

    def shifted(self, seconds: float) -> "Clock":
        """Return this clock with every piece moved later by some seconds of the other clock."""
        return Clock(tuple(Piece(p.since, p.start + seconds, p.rate) for p in self.pieces))

    def through(self, outer: "Clock") -> "Clock":
        """Return this clock as seen through another: clip -> master -> project.

        ``outer`` must have one piece over the span concerned; each piece is mapped by the outer piece at
        its own start.
        """
        mapped = []
        for piece in self.pieces:
            host = outer.piece_at(piece.start + piece.rate * piece.since)
            mapped.append(Piece(piece.since, host.start + host.rate * piece.start, host.rate * piece.rate))
        return Clock(tuple(mapped))

    def steps(self) -> Sequence[tuple[float, float]]:
        """Return (clip time, jump in seconds) of every step; positive: the other clock leaps ahead."""
        pairs = zip(self.pieces, self.pieces[1:], strict=False)
        return [(b.since, (b.start + b.rate * b.since) - (a.start + a.rate * b.since)) for a, b in pairs]
