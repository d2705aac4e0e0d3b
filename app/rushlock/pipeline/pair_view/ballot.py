"""Votes of all methods about one pair, and what they come to together.

Places are pooled as placing pools them (``placements.graph``): what speaks for a place is the sum of its
estimates' weights, minus the logarithm of their chance of being wrong, pictures beyond the best at half; a
place's chance is that some of it is right, shared among the places by the squares of their weights. What is
left is the chance that the clips share no time.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rushlock.offsets.estimate import Estimate
from rushlock.placements.graph import AGREE_S, weight_of_all

Doubles = npt.NDArray[np.float64]

MOST_PLACES = 9
"""As many as there are keys to choose them by."""

LEAST_HEIGHT = 3.0
"""Peaks below this height are not worth a look."""

BLOCK = 64
_SHARE = 0.35
APART_S = 0.25
"""Peaks nearer than this to a place are its flanks."""


@dataclass(frozen=True, eq=False)
class Curve:
    """Evidence by lag.

    Attributes:
        offsets: Ascending, seconds: node's start minus master's start.
        heights: In units of what chance reaches; NaN where nothing can be said.
    """

    offsets: Doubles
    heights: Doubles

    @cached_property
    def top(self) -> float:
        """The greatest height; 0 where nothing can be said."""
        known = self.heights[np.isfinite(self.heights)]
        return float(known.max(initial=0.0))

    @cached_property
    def summits(self) -> "Curve":
        """The same in fewer points: of each ``BLOCK`` lags the highest, for drawing hours."""
        whole = len(self.offsets) // BLOCK * BLOCK
        filled = np.nan_to_num(self.heights[:whole], nan=-np.inf).reshape(-1, BLOCK)
        at = np.arange(0, whole, BLOCK) + filled.argmax(axis=1)
        at = np.append(at, np.arange(whole, len(self.offsets)))
        return Curve(self.offsets[at], self.heights[at])

    @property
    def apart(self) -> float:
        """Seconds within which a peak is the flank of another: more where lags are coarse."""
        steps = np.diff(self.offsets[:3])
        return max(APART_S, 2.5 * float(steps.max(initial=0.0)))

    def height(self, offset: float, reach: float = AGREE_S / 2) -> float:
        """Return the greatest height near an offset; NaN where nothing can be said."""
        first, last = np.searchsorted(self.offsets, (offset - reach, offset + reach))
        some = self.heights[max(first - 1, 0) : last + 1]
        return float(np.nanmax(some)) if np.isfinite(some).any() else math.nan

    def peaks(self, keep: int = MOST_PLACES) -> list[float]:
        """Return the offsets of the highest separate peaks not dwarfed by the best, that one first."""
        left = np.nan_to_num(self.heights, nan=-np.inf)
        least = max(LEAST_HEIGHT, _SHARE * self.top)
        found: list[float] = []
        while len(found) < keep and left.size:
            top = int(np.argmax(left))
            if left[top] < least:
                break
            found.append(float(self.offsets[top]))
            near = np.searchsorted(self.offsets, (found[-1] - self.apart, found[-1] + self.apart))
            left[near[0] : near[1]] = -np.inf
        return found


NO_CURVE = Curve(np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class Vote:
    """What one method says of the pair.

    Attributes:
        method: "sound", "picture", the name of a head, or that of a network.
        curve: Its evidence by lag; empty where it has none.
        places: (offset, chance) of each place it believes possible, the likeliest first.
        counts: Whether clips are placed by it.
        grain: How near it can tell, seconds.
    """

    method: str
    curve: Curve
    places: tuple[tuple[float, float], ...]
    counts: bool
    grain: float = AGREE_S

    def chance(self, offset: float) -> float:
        """Return what it gives an offset."""
        near = (chance for at, chance in self.places if abs(at - offset) <= self.grain)
        return max(near, default=0.0)

    @property
    def weight(self) -> float:
        """What its likeliest place weighs, nats; 0 where clips are not placed by it."""
        if not self.counts or not self.places:
            return 0.0
        return -math.log(max(1 - self.places[0][1], 5e-4))


@dataclass(frozen=True, slots=True)
class Place:
    """A lag at which the pair may lie.

    Attributes:
        offset: Node's start minus master's start, seconds.
        chance: That it is right, by everything; 0 where only a peak points there.
        height: Of the shown curve; NaN where it says nothing.
        margin: By how much that height exceeds the best one elsewhere; negative below it.
        methods: Those that believe in it.
    """

    offset: float
    chance: float
    height: float = math.nan
    margin: float = math.nan
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ballot:
    """All votes, and what they come to.

    Attributes:
        votes: Each method's.
        places: The likeliest first, then mere peaks, the highest first.
        none: Chance that the two share no time.
    """

    votes: tuple[Vote, ...] = ()
    places: tuple[Place, ...] = ()
    none: float = 1.0

    def chance(self, offset: float) -> float:
        """Return the chance of an offset."""
        return max((p.chance for p in self.places if abs(p.offset - offset) <= AGREE_S), default=0.0)


def ballot(votes: Sequence[Vote], estimates: Sequence[Estimate], curve: Curve) -> Ballot:
    """Return what votes and estimates of one pair come to.

    Args:
        votes: To be shown; they are not weighed again.
        estimates: What placing would weigh.
        curve: The one that is shown: places are compared by it, and its peaks are places to try.
    """
    clusters = _clusters(estimates)
    weights = [weight_of_all(cluster) for cluster in clusters]
    total = sum(w * w for w in weights) or 1.0
    places = [
        Place(_middle(cluster), (1 - math.exp(-w)) * w * w / total, methods=_methods(cluster))
        for cluster, w in zip(clusters, weights, strict=True)
    ]
    places.sort(key=lambda p: -p.chance)
    none = max(1 - sum(p.chance for p in places), 0.0)
    for offset in curve.peaks():
        if all(abs(offset - p.offset) > curve.apart for p in places):
            places.append(Place(offset, 0.0))
    return Ballot(tuple(votes), _measured(places[:MOST_PLACES], curve), none)


def _clusters(estimates: Sequence[Estimate]) -> list[list[Estimate]]:
    """Return estimates by place; those that tell least exactly join what they cannot tell apart."""
    clusters: list[list[Estimate]] = []
    for estimate in sorted(estimates, key=lambda e: (e.precision, -e.probability)):
        reach = max(AGREE_S, 2 * estimate.precision)
        near = [c for c in clusters if abs(c[0].offset - estimate.offset) <= reach]
        if near:
            min(near, key=lambda c: abs(c[0].offset - estimate.offset)).append(estimate)
        else:
            clusters.append([estimate])
    return clusters


def _middle(cluster: Sequence[Estimate]) -> float:
    return min(cluster, key=lambda e: e.precision).offset


def _methods(cluster: Sequence[Estimate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e.method for e in cluster))


def _measured(places: Sequence[Place], curve: Curve) -> tuple[Place, ...]:
    """Return places with their heights and margins on the shown curve."""
    heights = [curve.height(p.offset) if curve.offsets.size else math.nan for p in places]
    out = []
    for number, place in enumerate(places):
        others = [h for n, h in enumerate(heights) if n != number and math.isfinite(h)]
        rival = max(others, default=0.0)
        own = heights[number]
        out.append(Place(place.offset, place.chance, own, own - rival, place.methods))
    return tuple(out)
