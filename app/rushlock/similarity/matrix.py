"""Similarity of every segment of a master with every segment of a node, computed strip by strip.

All metrics are turned so that larger is more alike: cosine as it is, the distances L1 (sum of absolute
differences) and L2 (Euclidean) negated. Distances are worked out in float64: of nearly equal vectors,
float32 would leave rounding alone.
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt

from rushlock.similarity.vectors import Floats, Vectors

Metric = Literal["cosine", "L1", "L2"]

METRICS: tuple[Metric, ...] = ("cosine", "L1", "L2")
CELLS_AT_ONCE = 1 << 20
"""Cells of a strip: a few megabytes, and a fraction of a second for the slowest metric."""


def similarity(master: Floats, node: Floats, metric: Metric) -> Floats:
    """Return float32 (n, m) of vectors (n, dims) and (m, dims); larger is more alike."""
    if metric == "cosine":
        return np.asarray(_unit(master) @ _unit(node).T, np.float32)
    a, b = master.astype(np.float64), node.astype(np.float64)
    if metric == "L1":
        from scipy.spatial.distance import cdist

        return np.asarray(-cdist(a, b, "cityblock"), np.float32)
    squares = np.square(a).sum(axis=1)[:, None] + np.square(b).sum(axis=1) - 2 * (a @ b.T)
    return np.asarray(-np.sqrt(np.maximum(squares, 0.0)), np.float32)


def _unit(vectors: Floats) -> Floats:
    norm = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norm, 1e-12), np.float32)


class Matrix:
    """The similarity of two clips: never whole unless asked for.

    Attributes:
        master, node: What is compared; rows are the master's segments, columns the node's.
        metric: How.
    """

    def __init__(self, master: Vectors, node: Vectors, metric: Metric = "cosine") -> None:
        """Set up; nothing is computed yet.

        Raises:
            ValueError: The two lie on grids of different hop.
        """
        if master.hop != node.hop:
            raise ValueError(f"segments every {master.hop} s and every {node.hop} s cannot be compared")
        self.master, self.node, self.metric = master, node, metric

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.master), len(self.node)

    def cells(self, rows: range, columns: range) -> Floats:
        """Return float32 (rows, columns), NaN where a segment is not present."""
        above, across = (slice(r.start, r.stop) for r in (rows, columns))
        found = similarity(self.master.values[above], self.node.values[across], self.metric)
        found[~self.master.present[above]] = np.nan
        found[:, ~self.node.present[across]] = np.nan
        return found

    def strips(self, multiple: int = 1) -> Iterator[tuple[int, Floats]]:
        """Yield (first row, strip) from top to bottom; strips hold a multiple of so many rows."""
        height, width = self.shape
        rows = max(CELLS_AT_ONCE // max(width, 1) // multiple, 1) * multiple
        for first in range(0, height, rows):
            yield first, self.cells(range(first, min(first + rows, height)), range(width))

    def whole(self) -> Floats:
        """Return the whole matrix, float32; for short ranges."""
        return self.cells(range(self.shape[0]), range(self.shape[1]))

    def offset(self, lag: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return the offset in seconds that a lag (row - column) means: node's start minus master's."""
        return self.master.start - self.node.start + self.master.hop * np.asarray(lag, np.float64)
