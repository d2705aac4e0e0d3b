"""What a head needs of a recording: its segments, embedded, by their place on the network's grid.

Segment ``k`` of a side begins at clip time ``k * layout.hop``. Where the numbers come from (files by way of
``features.segments``, arrays in training) is the caller's business.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import Stage
from rushlock.nets.protocol import Floats, SegmentLayout

Side = Literal["pictures", "sound"]

LEAST_PRESENT = 0.75
"""Share of a window's segments that must hold something: a gap tells a network what it never learnt."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Consecutive segments of one side.

    Attributes:
        first: Number of the first.
        tokens: float32 (n, tokens, dims); zeros where nothing is present.
        present: bool (n,): false where the recording shows nothing or is silent.
    """

    first: int
    tokens: Floats
    present: npt.NDArray[np.bool_]

    def windows(self, starts: Sequence[int], size: int) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Return (windows, size, tokens, dims) that begin at some segments, and which hold enough."""
        rows = np.array(starts)[:, None] - self.first + np.arange(size)
        return self.tokens[rows], self.present[rows].mean(axis=1) >= LEAST_PRESENT


Embed = Callable[[Side, int, int], Stage[Segments]]
"""(side, first segment, how many) to a stage that returns them."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One clip as heads see it.

    Attributes:
        seconds: Its length.
        pictures: Whether it has pictures.
        sound: Whether it has sound worth hearing.
        embed: Returns its segments.
    """

    seconds: float
    pictures: bool
    sound: bool
    embed: Embed

    def segments(self, layout: SegmentLayout) -> int:
        """Return how many whole segments it holds; the last picture may be missing."""
        usable = self.seconds - 1 / layout.frame_rate - layout.segment
        return max(int(usable / layout.hop + 1e-9) + 1, 0) if usable >= 0 else 0

    def windows(self, layout: SegmentLayout) -> int:
        """Return at how many segments a whole window can begin."""
        return max(self.segments(layout) - layout.window + 1, 0)


def directions(master: Recording, node: Recording) -> tuple[bool, ...]:
    """Return which crossings a pair allows: True for master video with node audio, False the other way."""
    ways = ((True, master.pictures and node.sound), (False, node.pictures and master.sound))
    return tuple(forward for forward, possible in ways if possible)
