"""All cameras of a scene at once: starts that agree with every pair's posterior.

A pair of short clips may fit as well a step later. Three cameras seldom do: the lag of the first and the
third is the sum of the other two. With all cameras' starts laid out on a grid, each place's chance is the
product of what the pairs say there. A pair says no more than it knows: its chance of "nothing in common" is
spread over all lags.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.frame_error import FrameError, frame_error
from rushlock.evaluation.matrix_training.recordings import WatchedSet
from rushlock.evaluation.video_pair.crops import REACH
from rushlock.features.motion import HOP_S, RATE, MotionTrack
from rushlock.offsets.heads.matrix.head import LayerHead
from rushlock.offsets.heads.matrix.moments import layered_matrix
from rushlock.similarity.posterior import LagPosterior

Doubles = npt.NDArray[np.float64]
Pair = tuple[int, int]

STAGE = "Scoring all cameras together"
KINDS = ("pairs alone", "together", "always 0")
MOST = 5
"""Cameras that are laid out on a grid at most: its size grows with their number."""

_FAINT = 1e-9


def pair_chances(said: LagPosterior, origin: float, reach: int) -> Doubles:
    """Return (2 * reach + 1,): the chance of each lag in moments, that of "nothing in common" spread evenly.

    Args:
        said: What a head says of two stretches, over offsets in seconds.
        origin: Offset at which the stretches begin together.
        reach: Moments to either side within which the lag is known to lie.
    """
    lags = np.rint((said.offsets - origin) * RATE).astype(np.int64)
    near = np.abs(lags) <= reach
    found = np.zeros(2 * reach + 1)
    found[lags[near] + reach] = said.probability[near]
    spread: Doubles = found + said.none / found.size
    return spread / max(float(spread.sum()), _FAINT)


def agreed(pairs: Mapping[Pair, Doubles], cameras: int) -> Sequence[int]:
    """Return every camera's likeliest start in moments after the first one's.

    Args:
        pairs: For each two cameras, (2 * reach + 1,): chances of how much later the second one starts.
        cameras: How many, ``MOST`` at most.
    """
    reach = len(next(iter(pairs.values()))) // 2
    lags = np.arange(-reach, reach + 1)
    starts = np.meshgrid(*[lags] * (cameras - 1), indexing="ij", sparse=True)
    total = np.zeros((len(lags),) * (cameras - 1))
    for (one, other), chances in pairs.items():
        apart = starts[other - 1] - (starts[one - 1] if one else 0)
        told = np.log(np.maximum(chances, _FAINT))
        total = total + np.where(np.abs(apart) <= reach, told[np.clip(apart, -reach, reach) + reach], -np.inf)
    best = np.unravel_index(int(np.argmax(total)), total.shape)
    return [0, *(int(lags[place]) for place in best)]


def score_together(
    sets: Mapping[str, WatchedSet], head: LayerHead, cuts: int, token: CancelToken
) -> Stage[dict[str, dict[str, FrameError]]]:
    """Return errors of "pairs alone", "together" and "always 0" for each set of ``MOST`` cameras at most.

    All cameras of a set are cut to equal length, each begun up to ``REACH`` frames late.
    """
    found: dict[str, dict[str, FrameError]] = {}
    for name, watched in sets.items():
        if not 2 < len(watched.tracks) <= MOST:
            continue
        errors: list[tuple[float, float, float]] = []
        reach = round(REACH * RATE / watched.rate)
        random = np.random.default_rng(len(watched.tracks))
        for number in range(cuts):
            yield Progress(STAGE, number, cuts, name, "cuts")
            starts = [int(s) for s in random.integers(0, reach + 1, len(watched.tracks))]
            errors += _errors(_late(watched.tracks, starts, reach), starts, head, reach, token)
        found[name] = {
            kind: frame_error([each[place] * watched.rate / RATE for each in errors])
            for place, kind in enumerate(KINDS)
        }
    return found


def _late(tracks: Sequence[MotionTrack], starts: Sequence[int], reach: int) -> list[MotionTrack]:
    """Return tracks of equal length that begin so many moments after the last one's first."""
    first = max(track.first for track in tracks)
    length = min(track.first + len(track) for track in tracks) - first - reach
    begins = [first - track.first + start for track, start in zip(tracks, starts, strict=True)]
    return [track.part(begin, begin + length) for track, begin in zip(tracks, begins, strict=True)]


def _errors(
    cut: Sequence[MotionTrack], starts: Sequence[int], head: LayerHead, reach: int, token: CancelToken
) -> Iterator[tuple[float, float, float]]:
    """Yield for each pair the errors in moments of the pair alone, of all together, and of "always 0"."""
    pairs: dict[Pair, Doubles] = {}
    for one, other in combinations(range(len(cut)), 2):
        token.check()
        layers, grid = layered_matrix(cut[one], cut[other])
        origin = (cut[one].first - cut[other].first) * HOP_S
        pairs[one, other] = pair_chances(head.posterior(layers, grid), origin, reach)
    joint = agreed(pairs, len(cut))
    for (one, other), chances in pairs.items():
        true = starts[other] - starts[one]
        alone = int(np.argmax(chances)) - reach
        yield alone - true, joint[other] - joint[one] - true, -true
