"""Which pairs are worth a look at sample level.

All pairs of clips of different cameras are correlated coarsely (clips of one camera never overlap each
other). Looking
closer costs some tens of milliseconds a pair, so it is spent where it decides: on the pairs that tie the
most clips together (a maximum spanning forest) and on each clip's few best others, so that every clip is
held by several edges and a wrong one meets contradiction. Work grows with the number of clips, not of
pairs.
"""

from collections.abc import Mapping, Sequence

from rushlock.offsets.estimate import Candidate

Pair = tuple[int, int]

LEAST_SCORE = 3.8
"""No candidate below this is looked at."""

EACH = 4
"""Pairs looked at for each clip beyond the forest; one far above noise counts for two."""

CLEAR_SCORE = 20.0


def chosen_pairs(peaks: Mapping[Pair, Sequence[Candidate]], clips: int) -> list[Pair]:
    """Return the pairs to refine, strongest first."""
    ordered = sorted(
        (p for p in peaks if _score(peaks[p]) >= LEAST_SCORE), key=lambda p: (-_score(peaks[p]), p)
    )
    root = list(range(clips))
    held = [0] * clips
    chosen = []
    for pair in ordered:
        a, b = _find(root, pair[0]), _find(root, pair[1])
        if a != b or min(held[pair[0]], held[pair[1]]) < EACH:
            root[a] = b
            for clip in pair:
                held[clip] += 2 if _score(peaks[pair]) > CLEAR_SCORE else 1
            chosen.append(pair)
    return chosen


def worth_refining(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of a pair that could be right: the best, and those not far below it."""
    if not candidates:
        return []
    best = candidates[0].score
    share, most = (0.55, 4) if best > 9.0 else (0.75, 3)
    return [c for c in candidates if c.score >= max(share * best, LEAST_SCORE)][:most]


def _score(candidates: Sequence[Candidate]) -> float:
    return candidates[0].score if candidates else 0.0


def _find(root: list[int], node: int) -> int:
    while root[node] != node:
        root[node] = root[root[node]]
        node = root[node]
    return node
