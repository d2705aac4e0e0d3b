"""A matrix made smaller for looking at: means and maxima of squares of cells.

The mean shows what a region is like; the maximum keeps a thin diagonal visible that a mean would drown.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.similarity.vectors import Floats


@dataclass(frozen=True, slots=True)
class Pooled:
    """Squares of cells.

    Attributes:
        mean: float32 (rows, columns), NaN where a square holds no cell.
        highest: The same, of each square's maximum.
        count: int64 (rows, columns): cells of each square.
    """

    mean: Floats
    highest: Floats
    count: npt.NDArray[np.int64]

    def pooled(self, step: int) -> "Pooled":
        """Return squares of ``step`` x ``step`` squares."""
        if step == 1:
            return self
        count = _squares(self.count, step, 0).sum(axis=(1, 3))
        total = _squares(np.nan_to_num(self.mean) * self.count, step, 0).sum(axis=(1, 3))
        mean = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
        highest = _squares(np.nan_to_num(self.highest, nan=-np.inf), step, -np.inf).max(axis=(1, 3))
        highest = np.where(count > 0, highest, np.nan)
        return Pooled(mean.astype(np.float32), highest.astype(np.float32), count)


def pooled(cells: Floats, step: int) -> Pooled:
    """Return squares of ``step`` x ``step`` cells; NaN cells do not count, those at the edges are smaller."""
    return Pooled(cells, cells, np.isfinite(cells).astype(np.int64)).pooled(step)


def stacked(parts: list[Pooled]) -> Pooled:
    """Return parts set one below the other."""
    return Pooled(
        np.concatenate([part.mean for part in parts]),
        np.concatenate([part.highest for part in parts]),
        np.concatenate([part.count for part in parts]),
    )


def _squares(cells: npt.NDArray[np.generic], step: int, filler: float) -> npt.NDArray[np.float64]:
    """Return (rows, step, columns, step), filled up at the edges."""
    height, width = cells.shape
    rows, columns = -(-height // step), -(-width // step)
    out = np.full((rows * step, columns * step), filler, np.float64)
    out[:height, :width] = cells
    return out.reshape(rows, step, columns, step)
