"""Tiles of a heatmap at any zoom, made when they come into view.

Level 0 shows single cells; each level above halves both sides. A tile has ``TILE`` x ``TILE`` squares (fewer
at the lower and right edges). Levels as coarse as the overview or coarser are cut from it; finer ones are
computed from the vectors, in strips, so that no more than ``CELLS_AT_ONCE`` cells exist at a time.
"""

import numpy as np

from rushlock.similarity.heatmap import Heatmap
from rushlock.similarity.matrix import CELLS_AT_ONCE, Matrix
from rushlock.similarity.pooling import Pooled, pooled, stacked

TILE = 256


class Tiles:
    """The tile pyramid of one matrix."""

    def __init__(self, matrix: Matrix, heatmap: Heatmap) -> None:
        self._matrix, self._heatmap = matrix, heatmap

    @property
    def levels(self) -> int:
        """Number of levels; the last one is a single tile."""
        side, count = max(self._matrix.shape), 1
        while side > TILE << (count - 1):
            count += 1
        return count

    def shape(self, level: int) -> tuple[int, int]:
        """Return how many rows and columns of tiles a level has."""
        height, width = (-(-side // (TILE << level)) for side in self._matrix.shape)
        return height, width

    def tile(self, level: int, row: int, column: int) -> Pooled:
        """Return one tile.

        Raises:
            IndexError: The level has no such tile.
        """
        rows, columns = self.shape(level)
        if not (0 <= level < self.levels and 0 <= row < rows and 0 <= column < columns):
            raise IndexError((level, row, column))
        if 1 << level >= self._heatmap.step:
            return self._from_overview(level, row, column)
        return self._computed(level, row, column)

    def _from_overview(self, level: int, row: int, column: int) -> Pooled:
        step = (1 << level) // self._heatmap.step
        side, whole = TILE * step, self._heatmap.overview
        place = np.s_[row * side : (row + 1) * side, column * side : (column + 1) * side]
        return Pooled(whole.mean[place], whole.highest[place], whole.count[place]).pooled(step)

    def _computed(self, level: int, row: int, column: int) -> Pooled:
        step, side = 1 << level, TILE << level
        height, width = self._matrix.shape
        columns = range(column * side, min((column + 1) * side, width))
        bottom = min((row + 1) * side, height)
        high = max(CELLS_AT_ONCE // len(columns) // step, 1) * step
        strips = (range(top, min(top + high, bottom)) for top in range(row * side, bottom, high))
        return stacked([pooled(self._matrix.cells(rows, columns), step) for rows in strips])
