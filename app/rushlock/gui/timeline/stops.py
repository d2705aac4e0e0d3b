"""Where a playhead or a dragged clip comes to rest: ends of clips, ends of stretches. Numbers only, no Qt."""

from collections.abc import Iterable

import numpy as np

from rushlock.gui.timeline.lanes import Lanes

_SAME_S = 1e-6


class Stops:
    """Axis positions worth stopping at, in order."""

    def __init__(self, lanes: Lanes) -> None:
        ends = [side for lane in lanes.lanes if lane.placed for side in (lane.left, lane.right)]
        ends += [np.array([stretch.left, stretch.right]) for stretch in lanes.axis.stretches]
        every = np.sort(np.concatenate(ends)) if ends else np.zeros(0)
        fresh = np.ones(len(every), dtype=bool)
        fresh[1:] = np.diff(every) > _SAME_S
        self._at = every[fresh]

    def near(self, axis: float, within: float, besides: Iterable[float] = ()) -> float | None:
        """Return the stop nearest to a position, None where none is near enough.

        Args:
            axis: The position, seconds.
            within: How far a stop may be, seconds.
            besides: Further stops.
        """
        place = int(np.searchsorted(self._at, axis))
        candidates = [*self._at[max(place - 1, 0) : place + 1].tolist(), *besides]
        nearest = min(candidates, key=lambda stop: abs(stop - axis), default=None)
        return nearest if nearest is not None and abs(nearest - axis) <= within else None

    def before(self, axis: float) -> float | None:
        """Return the last stop before a position."""
        place = int(np.searchsorted(self._at, axis - _SAME_S))
        return float(self._at[place - 1]) if place else None

    def after(self, axis: float) -> float | None:
        """Return the first stop after a position."""
        place = int(np.searchsorted(self._at, axis + _SAME_S, side="right"))
        return float(self._at[place]) if place < len(self._at) else None
