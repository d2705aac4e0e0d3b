"""What the pictures of a pair say without any network: curve, places, how heads read the matrix of motion.

Heads read a matrix that is there as a whole, so they are given a stretch: around the likeliest place, else
around where the two are held together. They are shown and counted for nothing; nothing is placed by them.
"""

from collections.abc import Iterator

import numpy as np

from rushlock.base.progress import CancelToken
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.motion import HOP_S, RATE, MotionTrack
from rushlock.features.motion import VERSION as MOTION_VERSION
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.heads.matrix.head import MatrixHead
from rushlock.offsets.heads.matrix.moments import moment_matrix
from rushlock.offsets.heads.matrix.unbiased import Diagonals, FreePath, Votes
from rushlock.offsets.seen import SeenCurve, seen_curve
from rushlock.offsets.seen_judge import seen_trust
from rushlock.pipeline.pair_view.ballot import Curve, Vote
from rushlock.pipeline.pair_view.hearing import as_told
from rushlock.pipeline.pair_view.question import PICTURE, Question
from rushlock.pipeline.seen import VERSION as SEEN_VERSION
from rushlock.pipeline.seen import estimates_of, places_on
from rushlock.similarity.posterior import LagPosterior

HEADS: tuple[MatrixHead, ...] = (Diagonals(), Votes(), FreePath())
_STRETCH = 30 * RATE
"""Moments of each clip that heads are given, at most: a matrix of some megabytes."""

_LEAST = 3 * RATE
_TOLD = 0.01
_GRAIN_S = 0.1


def watched_curve(
    question: Question, tracks: dict[str, MotionTrack], cache: Cache, token: CancelToken
) -> SeenCurve:
    """Return the lag curve of a pair's pictures, from the cache where it is known."""
    key = digest("pair view", SEEN_VERSION, MOTION_VERSION, question.master.key, question.node.key)
    held = cache.arrays(key)
    if held is None:
        curve = seen_curve(tracks[question.master.key], tracks[question.node.key], token)
        held = {"offsets": curve.offsets, "overlap": curve.overlap, "heights": curve.heights}
        cache.store_arrays(key, {name: array.astype(np.float32) for name, array in held.items()})
    offsets, overlap, heights = (np.asarray(held[n], np.float64) for n in ("offsets", "overlap", "heights"))
    return SeenCurve(offsets, overlap, heights)


def shown_curve(curve: SeenCurve) -> Curve:
    """Return a lag curve for looking at: all aspects together, in units of what chance reaches."""
    return Curve(curve.offsets, np.sqrt(curve.evidence))


def seen_estimates(
    question: Question, tracks: dict[str, MotionTrack], curve: SeenCurve, token: CancelToken
) -> list[Estimate]:
    """Return the places that the pictures of a pair make likely."""
    master, node = (tracks[clip.key] for clip in (question.master, question.node))
    places = places_on(curve, master, node, token)
    found = list(estimates_of(question.master, question.node, places, 1, seen_trust()))
    return as_told(found, question, PICTURE)


def head_votes(
    question: Question, tracks: dict[str, MotionTrack], around: float, token: CancelToken
) -> Iterator[Vote]:
    """Yield how each head reads the matrix of motion around an offset; none where the stretch is short."""
    master, node = _stretch(tracks[question.master.key], tracks[question.node.key], around)
    if min(len(master), len(node)) < _LEAST:
        return
    matrix, grid = moment_matrix(master, node)
    for head in HEADS:
        token.check()
        yield _vote(head.name, head.posterior(matrix, grid))


def _stretch(master: MotionTrack, node: MotionTrack, around: float) -> tuple[MotionTrack, MotionTrack]:
    """Return as much of both as heads are given, around the middle of what they share at an offset."""
    lag = round(around / HOP_S) + node.first - master.first
    begin, end = max(0, -lag), min(len(node), len(master) - lag)
    middle = (begin + end) // 2
    return _around(master, middle + lag), _around(node, middle)


def _around(track: MotionTrack, middle: int) -> MotionTrack:
    first = max(min(middle - _STRETCH // 2, len(track) - _STRETCH), 0)
    return track.part(first, first + _STRETCH)


def _vote(name: str, said: LagPosterior) -> Vote:
    """Return a head's posterior as a vote: its curve, and where its probability gathers."""
    curve = Curve(said.offsets, np.asarray(said.score, np.float64))
    left = said.probability.copy()
    places: list[tuple[float, float]] = []
    while left.size and len(places) < 3:
        at = float(said.offsets[int(np.argmax(left))])
        near = np.abs(said.offsets - at) <= _GRAIN_S
        chance = float(left[near].sum())
        if chance < _TOLD:
            break
        places.append((at, chance))
        left[near] = 0.0
    return Vote(name, curve, tuple(places), counts=False, grain=_GRAIN_S)
