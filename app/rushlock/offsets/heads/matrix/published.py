"""VideoSync's heads behind ``PublishedHead``, for the paper's tables. Nothing is placed by them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.offsets.heads.matrix.head import Matrix, row_chances
from rushlock.offsets.heads.matrix.learned import REACH, SIDE, Learned, padded
from rushlock.offsets.heads.matrix.medians import (
    chosen_columns,
    first_visits,
    floored_median,
    pinned_path,
)

Logits = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]
"""From padded matrices (n, side, side) to (n, 61): VideoSync's CNN (``nets.offset_cnn``)."""


@dataclass(frozen=True, slots=True)
class AlwaysZero:
    """What a head is worth that has not looked: 15.2 frames of error on even offsets within 30."""

    name: str = "always 0"

    def lag(self, alike: Matrix) -> float:
        """Return 0."""
        return 0.0


@dataclass(frozen=True, slots=True)
class Argmax:
    """Median of what each row chooses."""

    name: str = "argmax"

    def lag(self, alike: Matrix) -> float:
        """Return its lag."""
        return -float(floored_median(chosen_columns(row_chances(alike))))


@dataclass(frozen=True, slots=True)
class PinnedDtw:
    """Median of where the cheapest path between the corners passes; they pull it towards 0."""

    name: str = "DTW"

    def lag(self, alike: Matrix) -> float:
        """Return its lag."""
        rows, columns, _ = pinned_path(-np.asarray(alike, np.float64))
        return -float(floored_median(first_visits(rows, columns)))


@dataclass(frozen=True, slots=True)
class Trained:
    """Logistic regression, support vectors or perceptron.

    Attributes:
        name: What the paper calls it.
        learned: Its numbers.
        side: Of the square that it sees.
    """

    name: str
    learned: Learned
    side: int = SIDE

    def lag(self, alike: Matrix) -> float:
        """Return its lag; support vectors give fractions."""
        return -float(self.learned.offsets(padded(row_chances(alike), self.side).reshape(1, -1))[0])


@dataclass(frozen=True, slots=True)
class Cnn:
    """The convolutional head.

    Attributes:
        logits: The network.
        name: What the paper calls it.
    """

    logits: Logits
    name: str = "CNN"

    def lag(self, alike: Matrix) -> float:
        """Return its lag."""
        found = self.logits(padded(row_chances(alike))[None])[0]
        return -float(found.argmax() - REACH)
