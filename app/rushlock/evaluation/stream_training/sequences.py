"""Stretches of film and sound to sequences of windows that lie one and the same offset apart."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.evaluation.filmed import Filmed
from rushlock.nets.protocol import Floats, Pictures, SegmentLayout

REACH = 2.1
"""Seconds up to which offsets are drawn: the outermost classes' 2 s and half a class."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pattern:
    """How windows of a sequence share segments.

    Attributes:
        layout: Of the network.
        firsts: Frames from the sequence's start to each segment's, ascending, (segments,).
        rows: Which segments make up each window, (windows, window).
    """

    layout: SegmentLayout
    firsts: Ints
    rows: Ints

    @classmethod
    def of(cls, layout: SegmentLayout, hop: float, windows: int) -> "Pattern":
        """Return the pattern of windows that begin ``hop`` seconds apart, rounded to the grid."""
        step = max(round(hop / layout.hop), 1)
        wanted = np.arange(windows)[:, None] * step + np.arange(layout.window)
        used, rows = np.unique(wanted, return_inverse=True)
        return cls(layout, used * layout.hop_frames, rows.reshape(wanted.shape))

    @property
    def seconds(self) -> float:
        """Length of a sequence."""
        return (int(self.firsts[-1]) + self.layout.frames) / self.layout.frame_rate

    def pictures(self, film: Filmed, start: float) -> Pictures:
        """Return segments (segments, frames, side, side, 3) of a sequence that begins at a time."""
        first = round(start * self.layout.frame_rate)
        out: Pictures = film.pictures[first + self.firsts[:, None] + np.arange(self.layout.frames)]
        return out

    def sound(self, film: Filmed, start: float) -> Floats:
        """Return segments (segments, samples) of a sequence that begins at a time."""
        return self.cut(film.sound, start)

    def cut(self, samples: Floats, start: float) -> Floats:
        """Return segments (segments, samples) of a sequence that begins at a time of some sound."""
        layout = self.layout
        first = round(start * layout.sample_rate) + self.firsts * layout.sample_rate // layout.frame_rate
        out: Floats = samples[first[:, None] + np.arange(layout.samples)]
        return out


def drawn_starts(
    random: np.random.Generator, pattern: Pattern, seconds: float, pictures: int, sounds: int
) -> tuple[list[float], list[float]]:
    """Return times at which sequences of picture begin, on whole frames, and of sound, within reach of those.

    Args:
        random: Draws them.
        pattern: Of the sequences.
        seconds: Length of the stretch; at least the pattern's and twice ``REACH``.
        pictures: How many of picture.
        sounds: How many of sound.
    """
    rate = pattern.layout.frame_rate
    room = max(seconds - pattern.seconds - 2 * REACH - 2 / rate, 0.0)
    base = REACH + random.uniform(0.0, room)
    return (
        [round(base * rate) / rate] * pictures,
        [float(base + random.uniform(-REACH, REACH)) for _ in range(sounds)],
    )


def stretch_seconds(pattern: Pattern) -> float:
    """Return how long a stretch must be at least for a pattern."""
    return pattern.seconds + 2 * REACH + 0.5
