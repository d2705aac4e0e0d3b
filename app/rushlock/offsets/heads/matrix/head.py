"""What all heads have in common."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rushlock.similarity.posterior import LagPosterior

Doubles = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Grid:
    """What a lag of a matrix means.

    Attributes:
        hop: Seconds from one frame to the next; 1 to count in frames.
        origin: Offset of lag 0, seconds: clip time of the master's first frame less that of the node's.
    """

    hop: float = 1.0
    origin: float = 0.0

    def offsets(self, height: int, width: int) -> Doubles:
        """Return the offset of every lag of a matrix, from the lowest on."""
        return self.origin + self.hop * lags(height, width)


FRAMES = Grid()


class MatrixHead(Protocol):
    """Reads a posterior off a matrix."""

    @property
    def name(self) -> str:
        """What tables and votes call it."""

    def posterior(self, alike: Matrix, grid: Grid = FRAMES) -> LagPosterior:
        """Return what a matrix says.

        Args:
            alike: (n, m) of any scale, all numbers finite.
            grid: What its lags mean.

        Returns:
            Over all n + m - 1 lags; lags that could not be judged have probability 0.
        """


class LayerHead(Protocol):
    """Reads a posterior off several matrices of the same moments, one for each kind of evidence."""

    @property
    def name(self) -> str:
        """What tables and votes call it."""

    def posterior(self, layers: Matrix, grid: Grid = FRAMES) -> LagPosterior:
        """Return what matrices (layers, n, m) say, see ``MatrixHead.posterior``."""


class PublishedHead(Protocol):
    """Reads a number off a matrix, as published."""

    @property
    def name(self) -> str:
        """What the paper's tables call it."""

    def lag(self, alike: Matrix) -> float:
        """Return its lag, in frames.

        Args:
            alike: (n, m) negative squared Euclidean distances of embeddings of length one.
        """


def lags(height: int, width: int) -> Doubles:
    """Return every lag of a matrix, row less column, from the lowest on."""
    return np.arange(1 - width, height, dtype=np.float64)


def negative_squares(master: npt.NDArray[np.floating], node: npt.NDArray[np.floating]) -> Doubles:
    """Return (n, m) negative squared distances of vectors (n, dims) and (m, dims), VideoSync's similarity.

    In float64 and from the differences themselves: rows are so flat that rounding would choose among them.
    """
    from scipy.spatial.distance import cdist

    return np.asarray(-cdist(master.astype(np.float64), node.astype(np.float64), "sqeuclidean"))


def row_chances(alike: Matrix) -> Matrix:
    """Return softmax along each row: how a master's frame would choose among the node's."""
    raised = np.exp(alike - alike.max(axis=1, keepdims=True))
    out: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return out
