"""VideoSync's heads that need no training: the median of what rows choose, and of where a path passes.

Offsets here are VideoSync's: column less row.
"""

from math import floor

import numpy as np
import numpy.typing as npt

from rushlock.offsets.heads.matrix.head import Doubles, Matrix

Ints = npt.NDArray[np.int64]


def chosen_columns(chances: Matrix) -> Ints:
    """Return (n,) the column that each row likes best, the first of equal ones."""
    return np.asarray(chances.argmax(axis=1), np.int64)


def median_offset(columns: Ints) -> float:
    """Return the median over rows of column less row; half a frame is possible."""
    return float(np.median(columns - np.arange(columns.size)))


def floored_median(columns: Ints) -> int:
    """Return the published answer: half frames go down, also below zero."""
    return floor(median_offset(columns))


def floored_mean(columns: Ints) -> int:
    """Return the variant that VideoSync's log shows beside it."""
    return floor(float(np.mean(columns - np.arange(columns.size))))


def pinned_path(cost: Doubles) -> tuple[Ints, Ints, float]:
    """Return the cheapest path from the first corner to the last: its rows, its columns and its cost.

    Steps go down, right or both; all weigh the same. Going back, the first of equal predecessors is taken in
    the order diagonal, above, left.
    """
    total = _accumulated(cost)
    row, column = cost.shape
    rows, columns = [], []
    while (row, column) != (0, 0):
        rows.append(row - 1)
        columns.append(column - 1)
        before = (total[row - 1, column - 1], total[row - 1, column], total[row, column - 1])
        step = int(np.argmin(before))
        row, column = row - (step != 2), column - (step != 1)
    return np.array(rows[::-1]), np.array(columns[::-1]), float(total[-1, -1])


def first_visits(rows: Ints, columns: Ints) -> Ints:
    """Return (n,) the first column that a path visits in each row."""
    _, places = np.unique(rows, return_index=True)
    return columns[places]


def _accumulated(cost: Doubles) -> Doubles:
    """Return (n + 1, m + 1) costs of the cheapest ways to each cell, the edges infinite but for the corner.

    The cells of one anti-diagonal depend on the two before it alone: each is one step.
    """
    height, width = cost.shape
    total = np.full((height + 1, width + 1), np.inf)
    total[0, 0] = 0.0
    for number in range(2, height + width + 1):
        row = np.arange(max(1, number - width), min(height, number - 1) + 1)
        column = number - row
        before = np.minimum(total[row - 1, column - 1], total[row - 1, column])
        total[row, column] = cost[row - 1, column - 1] + np.minimum(before, total[row, column - 1])
    return total
