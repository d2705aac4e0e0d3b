"""Robust least squares over rows of at most four unknowns, weighed anew until they settle.

Observations far off are weighed down by a redescending form of Huber's function (weights fall with the
square of the distance), so that a wrong estimate ends up pulling at nothing; priors are never weighed down.
A thousand clips bring some twenty thousand rows and eleven hundred unknowns: rows are held as arrays four
wide and summed into the normal equations directly, which takes hundredths of a second a round.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_WIDTH = 4
_HUBER_S = 0.002
_ROUNDS = 15
_SETTLED = 1e-8  # seconds, or ppm: a hundred-thousandth of what a clip's place is known to
_DENSE = 1500


@dataclass(frozen=True, slots=True)
class Row:
    """One observation: the sum of ``factors`` times unknowns is ``target``, give or take ``sigma``.

    Attributes:
        owner: Number of the estimate that it comes from; -1 for a prior, which is never doubted.
    """

    columns: Sequence[int]
    factors: Sequence[float]
    target: float
    sigma: float
    owner: int = -1


class Problem:
    """Rows as arrays. Unknowns are clips' starts in seconds, then cameras' rates in ppm."""

    def __init__(self, rows: Sequence[Row], unknowns: int) -> None:
        self.unknowns = unknowns
        self.columns: Integers = np.zeros((len(rows), _WIDTH), np.int64)
        self.factors: Doubles = np.zeros((len(rows), _WIDTH))
        for number, row in enumerate(rows):
            self.columns[number, : len(row.columns)] = row.columns
            self.factors[number, : len(row.factors)] = row.factors
        self.target: Doubles = np.array([row.target for row in rows])
        self.sigma: Doubles = np.array([row.sigma for row in rows])
        self.owner: Integers = np.array([row.owner for row in rows], np.int64)

    def residuals(self, unknowns: Doubles) -> Doubles:
        """Return how far each row is from its target."""
        out: Doubles = self.target - (self.factors * unknowns[self.columns]).sum(axis=1)
        return out

    def solve(self, near: npt.NDArray[np.bool_]) -> tuple[Doubles, Doubles]:
        """Return (unknowns, their variances) by iteratively reweighted least squares.

        Args:
            near: For each estimate, whether it counts in the first round.
        """
        prior = self.owner < 0
        counts = near[np.maximum(self.owner, 0)] if near.size else np.ones(self.owner.size, np.bool_)
        weights = np.where(prior | counts, 1.0, 0.0)
        limit = np.maximum(_HUBER_S / self.sigma, 3.0)
        unknowns = self._weighted(weights)
        for _ in range(_ROUNDS):
            off = np.abs(self.residuals(unknowns)) / self.sigma
            weights = np.where(prior, 1.0, np.minimum(1.0, limit / np.maximum(off, 1e-9)) ** 2)
            before, unknowns = unknowns, self._weighted(weights)
            if float(np.abs(unknowns - before).max(initial=0.0)) < _SETTLED:
                break
        return unknowns, self._variances(weights)

    def _weighted(self, weights: Doubles) -> Doubles:
        right = self._right(weights)
        if self.unknowns <= _DENSE:
            dense: Doubles = np.linalg.solve(self._normal(weights), right).astype(np.float64, copy=False)
            return dense
        from scipy.sparse.linalg import splu

        out: Doubles = splu(self._sparse_normal(weights)).solve(right)
        return out

    def _variances(self, weights: Doubles) -> Doubles:
        if self.unknowns <= _DENSE:
            return np.diag(np.linalg.inv(self._normal(weights))).copy()
        # Of a large group the diagonal alone, an optimistic bound that costs nothing.
        out: Doubles = 1.0 / self._sparse_normal(weights).diagonal()
        return out

    def _scaled(self, weights: Doubles) -> Doubles:
        out: Doubles = np.maximum(weights, 1e-9) / self.sigma**2
        return out

    def _right(self, weights: Doubles) -> Doubles:
        pull = self.factors * (self._scaled(weights) * self.target)[:, None]
        return _summed(self.columns, pull, self.unknowns)

    def _normal(self, weights: Doubles) -> Doubles:
        n = self.unknowns
        cells = self.columns[:, :, None] * n + self.columns[:, None, :]
        values = self.factors[:, :, None] * self.factors[:, None, :] * self._scaled(weights)[:, None, None]
        return _summed(cells, values, n * n).reshape(n, n) + 1e-12 * np.eye(n)

    def _sparse_normal(self, weights: Doubles):  # type: ignore[no-untyped-def]  # noqa: ANN202 - scipy's own
        from scipy.sparse import csr_matrix, identity

        scaled = self.factors * np.sqrt(self._scaled(weights))[:, None]
        row = np.repeat(np.arange(len(scaled)), _WIDTH)
        shape = (len(scaled), self.unknowns)
        design = csr_matrix((scaled.ravel(), (row, self.columns.ravel())), shape=shape)
        return (design.T @ design + 1e-12 * identity(self.unknowns)).tocsc()


def _summed(cells: Integers, values: Doubles, count: int) -> Doubles:
    """Return the sum of the values of each cell."""
    out: Doubles = np.bincount(cells.ravel(), values.ravel(), count).astype(np.float64, copy=False)
    return out
