"""A matrix for looking at, in one pass over its strips: overview, colour stretch, lag curve, posterior.

Embeddings of one kind of scene differ little: similarity may run from 0.93 to 0.97. Colours are therefore
stretched for each matrix, from its 2nd to its 99.5th percentile, measured on a quarter of a million cells.
"""

from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.similarity.lag_curve import LagCurve, LagSums
from rushlock.similarity.matrix import Matrix
from rushlock.similarity.pooling import Pooled, pooled, stacked
from rushlock.similarity.posterior import LagPosterior, posterior
from rushlock.similarity.vectors import Floats

STAGE = "Comparing segments"

OVERVIEW = 1024
"""Longer side of the overview in cells, at most."""

_STRETCH = (2.0, 99.5)
_SAMPLED = 1 << 18


@dataclass(frozen=True, slots=True)
class Heatmap:
    """What a view needs before it asks for tiles.

    Attributes:
        step: Side in cells of the squares of the overview, a power of two.
        overview: The whole matrix in squares.
        low: Similarity at which the colour scale begins.
        high: Similarity at which it ends; above ``low``.
        curve: The lag curve.
        posterior: What it says.
    """

    step: int
    overview: Pooled
    low: float
    high: float
    curve: LagCurve
    posterior: LagPosterior


def heatmap(matrix: Matrix, token: CancelToken, overview: int = OVERVIEW) -> Stage[Heatmap]:
    """Return a matrix's heatmap; ``overview``: longer side of its overview in cells, at most."""
    height, width = matrix.shape
    step = 1
    while max(height, width) > step * overview:
        step *= 2
    stride = max(height * width // _SAMPLED, 1)
    parts, sample, sums = [pooled(np.zeros((0, width), np.float32), step)], [], LagSums(matrix)
    for first, strip in matrix.strips(step):
        token.check()
        sums.add(first, strip)
        parts.append(pooled(strip, step))
        sample.append(strip.ravel()[::stride].copy())
        yield Progress(STAGE, first + len(strip), height, unit="segments")
    low, high = stretch(np.concatenate(sample) if sample else np.zeros(0, np.float32))
    curve = sums.curve()
    return Heatmap(step, stacked(parts), low, high, curve, posterior(curve))


def stretch(cells: Floats) -> tuple[float, float]:
    """Return where a colour scale should begin and end for some cells; NaN cells do not count."""
    held = cells[np.isfinite(cells)]
    if not held.size:
        return 0.0, 1.0
    low, high = (float(v) for v in np.percentile(held, _STRETCH))
    return (low, high) if high > low else (low, low + max(abs(low), 1.0) * 1e-6)
