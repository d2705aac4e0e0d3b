"""The lag curve: the mean similarity along each diagonal, and how far to trust it.

Neighbouring cells of a diagonal tell nearly the same: segments overlap by half, and scenes go on. Counting
them all as independent would make the standard error far too small, so their autocorrelation along the
diagonals is measured, over all diagonals that are long enough, and divides the count. By construction no
fewer than ``segment / hop`` neighbours say the same, however few there are to measure it on.
"""

from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from rushlock.similarity.matrix import Matrix
from rushlock.similarity.vectors import Floats

Doubles = npt.NDArray[np.float64]

NEIGHBOURS = 8
"""Cells along a diagonal up to which autocorrelation is measured: 2.6 s of Synchformer's segments."""

_PRIOR_CELLS = 8
"""Cells' worth of the common variance that each diagonal's own one is mixed with."""


@dataclass(frozen=True, slots=True)
class LagCurve:
    """Mean similarity by lag, from the lowest offset to the highest.

    Attributes:
        lags: int (n,): master's segment less node's segment.
        offsets: Seconds: node's start minus master's start.
        mean: Mean similarity along the diagonal; NaN where no two segments are present.
        count: Pairs of segments that went into it.
        error: Standard error of the mean; infinite where there is none.
        spread: Standard deviation of cells about the mean of their diagonal, over all diagonals.
        alike: How many neighbouring cells count as one.
        hop: Seconds from one lag to the next.
    """

    lags: npt.NDArray[np.int64]
    offsets: Doubles
    mean: Doubles
    count: npt.NDArray[np.int64]
    error: Doubles
    spread: float
    alike: float
    hop: float


class LagSums:
    """Gathers what the curve needs while a matrix goes by in strips."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        height, self._width = matrix.shape
        self._size = max(height + self._width - 1, 0)
        self._products = np.zeros((NEIGHBOURS + 1, self._size))
        self._pairs = np.zeros((NEIGHBOURS + 1, self._size))
        self._sums = np.zeros(self._size)
        self._above: list[tuple[Doubles, Doubles]] = []
        self._anchor: float | None = None

    def add(self, first: int, strip: Floats) -> None:
        """Take in the next strip of rows, in order."""
        for number, values in enumerate(strip, first):
            here = np.isfinite(values)
            if self._anchor is None and here.any():
                self._anchor = float(values[here].mean())  # squares of what is left keep their digits
            row = np.where(here, values - np.float32(self._anchor or 0.0), 0.0).astype(np.float64)
            self._row(number, row, here.astype(np.float64))

    def _row(self, number: int, row: Doubles, here: Doubles) -> None:
        """Add a row; reversed, its cells lie side by side in order of lag."""
        place = slice(number, number + self._width)
        self._sums[place] += row[::-1]
        self._above.insert(0, (row, here))
        del self._above[NEIGHBOURS + 1 :]
        for step, (other, there) in enumerate(self._above):
            if step >= self._width:
                break
            until = self._width - step
            part = slice(number, number + until)
            self._products[step, part] += (row[step:] * other[:until])[::-1]
            self._pairs[step, part] += (here[step:] * there[:until])[::-1]

    def curve(self) -> LagCurve:
        """Return the curve of all strips."""
        count = self._pairs[0]
        mean = np.divide(self._sums, count, out=np.full(self._size, np.nan), where=count > 0)
        level = np.nan_to_num(mean)
        scatter = np.maximum(self._products[0] - count * level**2, 0.0)
        common, alike = self._common(level, scatter)
        variance = (scatter + _PRIOR_CELLS * common) / (np.maximum(count - 1, 0) + _PRIOR_CELLS)
        error = np.full(self._size, np.inf)
        held = count > 0
        error[held] = np.sqrt(variance[held] * np.maximum(alike / count[held], 1e-12))
        lags = np.arange(self._size) - (self._width - 1)
        return LagCurve(
            lags=lags,
            offsets=self._matrix.offset(lags),
            mean=mean + (self._anchor or 0.0),
            count=np.rint(count).astype(np.int64),
            error=error,
            spread=float(np.sqrt(common)),
            alike=alike,
            hop=self._matrix.master.hop,
        )

    def _common(self, level: Doubles, scatter: Doubles) -> tuple[float, float]:
        """Return the cells' variance about their diagonals, and how many neighbours count as one."""
        count = self._pairs[0]
        floor = max(self._matrix.master.segment / self._matrix.master.hop, 1.0)
        long = count >= min(4 * NEIGHBOURS, max(count.max(initial=0) / 2, 2))
        cells = float(np.maximum(count - 1, 0)[long].sum())
        if cells <= 0:
            return 0.0, floor
        variance = float(scatter[long].sum()) / cells
        if variance <= 0:
            return 0.0, floor
        along = []
        for step in range(1, NEIGHBOURS + 1):
            pairs = self._pairs[step][long]
            excess = self._products[step][long] - pairs * level[long] ** 2
            along.append(float(excess.sum()) / max(float(pairs.sum()), 1.0) / variance)
        return variance, max(1 + 2 * sum(takewhile(lambda rho: rho > 0, along)), floor)


def lag_curve(matrix: Matrix) -> LagCurve:
    """Return the lag curve of a matrix."""
    sums = LagSums(matrix)
    for first, strip in matrix.strips():
        sums.add(first, strip)
    return sums.curve()
