"""Which bars of a lane are in view and at which pixels. Numbers only, no Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rushlock.gui.timeline.lanes import Lane
from rushlock.gui.timeline.sight import HEADER, Sight

_BESIDE = 16  # pixels that a bar may stick out of the view: its ends' outlines must not show there

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Bars of one lane.

    Attributes:
        places: Places in the lane; those of bars thinner than a pixel are left out where another of the
            same ink has the pixel.
        left, right: Pixel columns of the first pixel and of that after the last, cut to the view.
        inks: What each is painted with.
    """

    places: Ints
    left: Ints
    right: Ints
    inks: NDArray[np.uint8]


def bars_in_view(lane: Lane, sight: Sight) -> Bars:
    """Return the bars of a lane that are in view."""
    near = lane.between(sight.left, sight.right)
    low, high = HEADER - _BESIDE, sight.width + _BESIDE
    left = np.floor(sight.columns(lane.left[near])).clip(low, high).astype(np.int64)
    end = np.floor(sight.columns(lane.right[near])).clip(low, high).astype(np.int64)
    right = np.maximum(end - 1, left + 1)  # a pixel of ground shows between two clips
    inks = lane.inks[near]
    keep = np.flatnonzero(_seen(left, right, inks))
    return Bars(keep + near.start, left[keep], right[keep], inks[keep])


def _seen(left: Ints, right: Ints, inks: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which bars are not hidden by another thin one of the same ink on the same pixel."""
    seen = np.ones(len(left), dtype=bool)
    thin = np.flatnonzero(right - left <= 1)
    if len(thin) > 1:
        _, first = np.unique(left[thin] * 256 + inks[thin], return_index=True)
        seen[thin] = False
        seen[thin[first]] = True
    return seen
