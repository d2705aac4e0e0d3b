"""The lag curve of a matrix that is there as a whole: a stretch against a stretch.

The long way round, strip by strip, is ``similarity.lag_curve``; what the numbers mean is said there.
"""

import numpy as np
import numpy.typing as npt

from rushlock.offsets.heads.matrix.head import Doubles, Grid, Matrix, lags
from rushlock.similarity.lag_curve import LagCurve

NEIGHBOURS = 32
"""Cells along a diagonal up to which autocorrelation is measured: about a second."""

_LONG = 0.5
"""Autocorrelation is measured on diagonals of at least this share of the longest."""


def centred(alike: Matrix) -> Doubles:
    """Return a matrix, or each of (layers, n, m), less what rows and columns have in common, of variance one.

    A frame that resembles everything (blur, darkness, an empty scene) then resembles nothing in particular.
    """
    cells = np.asarray(alike, np.float64)
    cells = cells - cells.mean(axis=-1, keepdims=True)
    cells = cells - cells.mean(axis=-2, keepdims=True)
    return np.asarray(cells / np.maximum(cells.std(axis=(-2, -1), keepdims=True), 1e-12))


def diagonal_sums(cells: Doubles) -> Doubles:
    """Return the sum along every diagonal, from the lowest lag on."""
    return np.asarray(
        np.bincount(_place(cells.shape).ravel(), cells.ravel(), sum(cells.shape) - 1), np.float64
    )


def diagonal_counts(height: int, width: int) -> npt.NDArray[np.int64]:
    """Return how many cells every diagonal has."""
    number = np.arange(height + width - 1)
    inside = np.minimum(np.minimum(number, number[::-1]) + 1, min(height, width))
    return np.asarray(inside, np.int64)


def lag_curve(cells: Doubles, grid: Grid, values: Doubles | None = None) -> LagCurve:
    """Return the lag curve of a matrix.

    Args:
        cells: (n, m).
        grid: What its lags mean.
        values: What stands for the mean of each diagonal where that is not it.
    """
    height, width = cells.shape
    count = diagonal_counts(height, width)
    mean = diagonal_sums(cells) / count
    rest = cells - mean[_place(cells.shape)]
    alike = _alike(rest)
    spread = float(rest.std())
    return LagCurve(
        lags=lags(height, width).astype(np.int64),
        offsets=grid.offsets(height, width),
        mean=mean if values is None else values,
        count=count,
        error=spread * np.sqrt(alike / count),
        spread=spread,
        alike=alike,
        hop=grid.hop,
    )


def _place(shape: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """Return the number of every cell's diagonal."""
    height, width = shape
    return np.arange(height)[:, None] - np.arange(width) + width - 1


def _alike(rest: Doubles) -> float:
    """Return how many neighbouring cells along a diagonal say the same."""
    variance = float(np.square(rest).mean())
    total = 1.0
    for step in range(1, min(NEIGHBOURS, round(_LONG * min(rest.shape)))):
        along = float((rest[step:, step:] * rest[:-step, :-step]).mean())
        if along <= 0 or variance <= 0:
            break
        total += 2 * along / variance
    return total
