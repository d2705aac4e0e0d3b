"""Brings the truth onto each group's own clock; see ``score``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from rushlock.evaluation.truth import ClipTruth
from rushlock.placements.sync_map import Placement, Status, SyncMap

FRAME = 1 / 25
"""Seconds; more than this off is wrong."""

_ENOUGH_FOR_A_RATE = 6
_CLOCKS_APART = 50e-6

SETTLED = (Status.SYNCED, Status.MANUAL, Status.LOCKED)
"""What counts as placed."""


@dataclass(frozen=True)
class Ruler:
    """Brings true times onto a group's clock.

    Attributes:
        rate: Seconds of the group's clock per true second.
        shift: Where true time 0 lies on the group's clock.
        heard_shift: The same, sound's travel times taken out.
        anchor: In a group of two, the clip that the other is measured against; else empty.
    """

    rate: float
    shift: float
    heard_shift: float
    anchor: str = ""

    def error(self, placement: Placement, truth: ClipTruth, clip_time: float, *, heard: bool) -> float:
        """Return by how many seconds a placed clip lies too late at a clip time."""
        return _raw_error(placement, truth, self.rate, clip_time, heard=heard) - (
            self.heard_shift if heard else self.shift
        )


def _raw_error(
    placement: Placement, truth: ClipTruth, rate: float, clip_time: float, *, heard: bool
) -> float:
    if placement.clock is None:
        raise ValueError("an unplaced clip has no error")
    true_time = truth.clock.at(clip_time) - (truth.travel if heard else 0.0)
    return placement.clock.at(clip_time) - rate * true_time


def rulers(sync_map: SyncMap, truths: Mapping[str, ClipTruth]) -> dict[int, Ruler]:
    """Return a ruler for each group that has more than one clip."""
    members: dict[int, list[Placement]] = {}
    for placement in sync_map.placements:
        if placement.group is not None and placement.clock is not None and placement.clip in truths:
            members.setdefault(placement.group, []).append(placement)
    return {
        number: _ruler(group, truths, sync_map.master) for number, group in members.items() if len(group) > 1
    }


def _ruler(group: Sequence[Placement], truths: Mapping[str, ClipTruth], master: str) -> Ruler:
    settled = [placement for placement in group if placement.status in SETTLED]
    trusted = settled if len(settled) > 1 else list(group)
    longest_first = sorted(
        trusted, key=lambda p: (p.clip != master, abs(p.rate - 1.0) > 1e-12, -truths[p.clip].seconds)
    )
    reference = longest_first[0]
    rate = _common_rate(longest_first, truths, reference.rate / truths[reference.clip].rate)
    shifts = []
    for heard in (False, True):
        raw = [_raw_error(p, truths[p.clip], rate, 0.0, heard=heard) for p in longest_first]
        shifts.append(raw[0] if len(raw) == 2 else _common_shift(np.array(raw)))
    return Ruler(rate, shifts[0], shifts[1], reference.clip if len(group) == 2 else "")


def _common_rate(group: Sequence[Placement], truths: Mapping[str, ClipTruth], rate: float) -> float:
    """Return the rate of the group's clock: that given, or for many clips the one on which they agree."""
    raw = np.array([_raw_error(p, truths[p.clip], rate, 0.0, heard=True) for p in group])
    camp = np.abs(raw - _common_shift(raw)) <= FRAME
    starts = np.array([truths[p.clip].start for p in group])
    if camp.sum() < _ENOUGH_FOR_A_RATE:
        return rate
    slope = float(stats.theilslopes(raw[camp], starts[camp])[0])
    return rate + float(np.clip(slope, -_CLOCKS_APART, _CLOCKS_APART))


def _common_shift(raw: NDArray[np.float64]) -> float:
    """Return the shift on which most agree within a frame; of equal camps, the first member's."""
    near = np.abs(raw[:, None] - raw[None, :]) <= FRAME
    camp = near[int(np.argmax(near.sum(axis=1)))]
    return float(np.median(raw[camp]))
