"""Which bars are in view and at which pixels, for all lanes at once. Numbers only, no Qt.

Thousands of bars are worked out by a dozen calls of numpy, and come as batches that share a brush.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rushlock.gui.timeline.heights import Height
from rushlock.gui.timeline.lanes import RANKS, Lanes
from rushlock.gui.timeline.sight import HEADER, Sight

_BESIDE = 16  # pixels that a bar may stick out of the view: its ends' outlines must not show there

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Bars in view, lane by lane.

    Attributes:
        lanes: Number of each one's lane.
        places: Their places in the lanes; bars thinner than a pixel are left out where another of the same
            ink has the pixel.
        left, right: Pixel columns of the first pixel and of that after the last, cut to the view.
        inks: What each is painted with.
    """

    lanes: Ints
    places: Ints
    left: Ints
    right: Ints
    inks: NDArray[np.uint8]

    def of(self, number: int) -> "Bars":
        """Return the bars of one lane."""
        first, end = np.searchsorted(self.lanes, (number, number + 1)).tolist()
        return self.taken(slice(first, end))

    def taken(self, which: slice | NDArray[np.bool_] | Ints) -> "Bars":
        """Return some of the bars."""
        return Bars(
            self.lanes[which], self.places[which], self.left[which], self.right[which], self.inks[which]
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Bars that are filled with the same tile from the same origin.

    Attributes:
        ink: What they are painted with.
        kind: What their lanes have room for.
        origin: Pixel row at which a tile begins.
        left, top, wide: Of each bar, pixels; ``top`` is that of its lane.
    """

    ink: int
    kind: Height
    origin: int
    left: Ints
    top: Ints
    wide: Ints


def bars_in_view(lanes: Lanes, sight: Sight) -> Bars:
    """Return the bars that are in view."""
    seen, flat = sight.lanes, lanes.flat
    part = slice(int(flat.first[seen.start]), int(flat.first[seen.stop])) if seen else slice(0, 0)
    near = part.start + np.flatnonzero((flat.right[part] >= sight.left) & (flat.left[part] <= sight.right))
    low, high = HEADER - _BESIDE, sight.width + _BESIDE
    left = np.floor(sight.columns(flat.left[near])).clip(low, high).astype(np.int64)
    end = np.floor(sight.columns(flat.right[near])).clip(low, high).astype(np.int64)
    right = np.maximum(end - 1, left + 1)  # a pixel of ground shows between two clips
    numbers = flat.number[near]
    bars = Bars(numbers, near - flat.first[numbers], left, right, flat.inks[near])
    return bars.taken(_not_hidden(bars))


def batches(bars: Bars, sight: Sight) -> Iterator[Batch]:
    """Yield bars in batches, in the order in which they are to be painted."""
    heights = np.array([kind.value for kind in sight.stack.kinds], np.int64)
    top = sight.stack.tops[bars.lanes] + sight.head - sight.top
    high = heights[bars.lanes]
    origin = top % high if len(top) else top
    order = np.lexsort((origin, high, bars.inks, RANKS[bars.inks]))
    alike = np.stack([bars.inks[order], high[order], origin[order]])
    ends = (np.flatnonzero((np.diff(alike, axis=1) != 0).any(axis=0)) + 1).tolist()
    for first, end in pairwise([0, *ends, len(order)]):
        if end > first:
            ink, height, begin = alike[:, first].tolist()
            run = order[first:end]
            wide = bars.right[run] - bars.left[run]
            yield Batch(ink, Height(height), begin, bars.left[run], top[run], wide)


def _not_hidden(bars: Bars) -> NDArray[np.bool_]:
    """Return which bars are not hidden by another thin one of the same ink on the same pixel."""
    shown = np.ones(len(bars.left), dtype=bool)
    thin = np.flatnonzero(bars.right - bars.left <= 1)
    if len(thin) > 1:
        pixel = (bars.lanes[thin] << 32) + (bars.left[thin] << 8) + bars.inks[thin]
        _, first = np.unique(pixel, return_index=True)
        shown[thin] = False
        shown[thin[first]] = True
    return shown
