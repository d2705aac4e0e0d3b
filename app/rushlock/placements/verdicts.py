"""When a clip is said to fit in several places: sound that repeats, as a song played twice or a loop."""

from collections.abc import Sequence

from rushlock.placements.graph import Tie
from rushlock.placements.sync_map import Evidence

REPEATS = "two equally good places: its sound repeats"

LIKELY = 0.3
"""Estimates from this probability on are worth a word."""

_ELSEWHERE_S = 1.0
_AS_GOOD = 0.5


def sound_repeats(evidence: Sequence[Evidence], rival: Tie | None) -> bool:
    """Return whether another place far off has at least half of what speaks for this one."""
    if rival is not None and rival.against > _AS_GOOD * rival.weight:
        return True
    best = max((e.probability for e in evidence if e.used), default=0.0)
    elsewhere = [e.probability for e in evidence if not e.used and abs(e.residual) > _ELSEWHERE_S]
    return max(elsewhere, default=0.0) >= max(_AS_GOOD * best, LIKELY)
