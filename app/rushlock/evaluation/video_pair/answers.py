"""What every head answers to one matrix, as offsets in seconds, and how sure it is of it.

Papers on silent cameras know that no lag is longer than a second. Heads that may answer anything are off by
seconds where they are wrong; to be compared with those papers' they must be told the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken
from rushlock.evaluation.video_pair.evidence import Evidence, Motion
from rushlock.features.motion import HOP_S
from rushlock.offsets.heads.matrix.head import Doubles, Grid, LayerHead, MatrixHead, PublishedHead
from rushlock.offsets.heads.matrix.published import AlwaysZero, Argmax, PinnedDtw
from rushlock.offsets.heads.matrix.unbiased import Diagonals, FreePath, Votes
from rushlock.offsets.seen import SeenCurve, seen_curve, seen_places
from rushlock.offsets.seen_judge import alone, seen_scores, seen_trust
from rushlock.similarity.posterior import LagPosterior

FEWEST = 4
"""Frames of a matrix below which nothing can be asked."""

CURVE = "all aspects"
"""Name of the lag curve that places clips."""

LAYERED = "layers"
"""What tables call the matrices of each aspect, side by side."""

_LEAST, _LEAST_PART = 30, 0.3


@dataclass(frozen=True, slots=True)
class Answer:
    """One head's.

    Attributes:
        evidence: What its matrix was made of.
        head: Its name.
        offset: Node's start minus master's start, seconds; None where it could not tell.
        chance: Probability of that lag and its two neighbours; None for heads that give a bare number.
        none: Probability that the clips share no time; None likewise.
    """

    evidence: str
    head: str
    offset: float | None
    chance: float | None = None
    none: float | None = None


def heads_for(frames: int) -> list[MatrixHead]:
    """Return the heads that need no weights, for matrices of so many frames.

    Where there are few, less than a second in common must do.
    """
    least = max(min(_LEAST, round(_LEAST_PART * frames)), 2)
    return [Diagonals(least=least), Votes(least=least), FreePath(least=least)]


def answers(
    evidence: Evidence,
    rows: slice,
    columns: slice,
    token: CancelToken,
    trained: Sequence[LayerHead] = (),
    published: Sequence[PublishedHead] = (),
    reach: float = inf,
) -> list[Answer]:
    """Return what the heads say of two stretches.

    Args:
        evidence: Of two clips.
        rows: The master's stretch, in its frames.
        columns: The node's.
        token: Checked at every head.
        trained: Heads to ask of layers of motion.
        published: Likewise; these answer with a bare number.
        reach: Seconds by which the stretches begin apart at most; bare numbers are not held to it.
    """
    cells, grid = evidence.matrix(rows, columns, token)
    found: list[Answer] = []
    if min(cells.shape) >= FEWEST:
        for head in heads_for(min(cells.shape)):
            token.check()
            found.append(_answer(evidence.name, head.name, head.posterior(cells, grid), grid, reach))
        plain: list[PublishedHead] = [Argmax(), PinnedDtw(), *published]
        for bare in plain:
            token.check()
            found.append(Answer(evidence.name, bare.name, grid.origin + grid.hop * bare.lag(cells)))
        found.append(Answer(evidence.name, AlwaysZero().name, grid.origin))
    if isinstance(evidence, Motion) and evidence.whole:
        found += _by_layers(evidence, rows, columns, trained, reach, token)
        found.append(_by_all_aspects(evidence, rows, columns, reach, token))
    return found


def _by_layers(
    motion: Motion,
    rows: slice,
    columns: slice,
    trained: Sequence[LayerHead],
    reach: float,
    token: CancelToken,
) -> Iterator[Answer]:
    """Yield what heads say that look at each kind of motion by itself."""
    cells, grid = motion.layers(rows, columns)
    if min(cells.shape[1:]) < FEWEST:
        return
    for head in trained:
        token.check()
        yield _answer(LAYERED, head.name, head.posterior(cells, grid), grid, reach)


def _answer(evidence: str, name: str, said: LagPosterior, grid: Grid, reach: float) -> Answer:
    likely = np.where(_within(said.offsets - grid.origin, reach), said.probability, 0.0)
    total = float(likely.sum()) + said.none
    if not likely.any():
        return Answer(evidence, name, None, 0.0, 1.0)
    top = int(np.argmax(likely))
    chance = float(likely[max(top - 1, 0) : top + 2].sum()) / total
    return Answer(evidence, name, float(said.offsets[top]), chance, said.none / total)


def _within(lags: Doubles, reach: float) -> npt.NDArray[np.bool_]:
    return np.abs(lags) <= reach + HOP_S / 10


def _by_all_aspects(motion: Motion, rows: slice, columns: slice, reach: float, token: CancelToken) -> Answer:
    """Return what the product itself would say of two clips: no matrix, but all aspects' curves together."""
    one, other = motion.master.part(rows.start, rows.stop), motion.node.part(columns.start, columns.stop)
    whole = seen_curve(one, other, token)
    near = _within(whole.offsets - (one.first - other.first) * HOP_S, reach)
    curve = SeenCurve(whole.offsets[near], whole.overlap[near], whole.heights[:, near])
    places = seen_places(one, other, curve, token)
    if not places:
        return Answer(motion.name, CURVE, None, 0.0, 1.0)
    scores = seen_scores(places, 0, curve)
    chance = min(seen_trust().probability(scores), alone(one, other, places))
    return Answer(motion.name, CURVE, places[0].offset, chance, 1 - chance)
