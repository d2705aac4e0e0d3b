"""When a clip is said to fit in several places: sound or movement that repeats, as a song or a stride."""

import math
from collections.abc import Sequence

from rushlock.offsets.estimate import Estimate
from rushlock.offsets.judge import CLEAR_Z
from rushlock.placements.graph import Tie
from rushlock.placements.sync_map import Evidence
from rushlock.placements.words import PICTURE

REPEATS = "two equally good places: its sound repeats"
PICTURE_REPEATS = "two equally good places: its picture repeats"

LIKELY = 0.3
"""Estimates from this probability on are worth a word."""

_ELSEWHERE_S = 1.0
_AS_GOOD = 0.5
_AS_ALIKE = 0.8


def picture_repeats(own: Sequence[Estimate]) -> bool:
    """Return whether a clip's likeliest place rests on its picture, which fits elsewhere nearly as well.

    Args:
        own: The clip's estimates.
    """
    best = max(own, key=lambda e: e.probability, default=None)
    return best is not None and best.method == PICTURE and best.features.get("seen_repeats", 0.0) > 0


def sound_repeats(evidence: Sequence[Evidence], rival: Tie | None, own: Sequence[Estimate]) -> bool:
    """Return whether another place far off has half of what speaks for this one, or sounds like it."""
    if heard_twice(own):
        return True
    if rival is not None and rival.against > _AS_GOOD * rival.weight:
        return True
    best = max((e.probability for e in evidence if e.used), default=0.0)
    elsewhere = [e.probability for e in evidence if not e.used and abs(e.residual) > _ELSEWHERE_S]
    return max(elsewhere, default=0.0) >= max(_AS_GOOD * best, LIKELY)


def heard_twice(own: Sequence[Estimate]) -> bool:
    """Return whether the clip that a clip resembles most resembles it nearly as much at another place.

    Args:
        own: The clip's estimates.
    """
    best = max(own, key=lambda e: e.features.get("coarse", 0.0), default=None)
    if best is None:
        return False
    score = math.exp(best.features.get("coarse", 0.0))
    return score > CLEAR_Z and best.features.get("rival", 0.0) > _AS_ALIKE * score
