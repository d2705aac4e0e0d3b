"""The heads that place clips: each makes a lag curve in its own way, and all read it in the same.

Noise gives every lag the same distribution of scores, once the mean along a diagonal is measured in its own
standard error; a long diagonal is not a likelier one. What the score needs to mean something is measured
on the curve itself, where all lags but one are wrong (``similarity.posterior``).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rushlock.offsets.heads.matrix.diagonals import centred, diagonal_counts, lag_curve
from rushlock.offsets.heads.matrix.head import FRAMES, Doubles, Grid, Matrix
from rushlock.similarity.lag_curve import LagCurve
from rushlock.similarity.posterior import LagPosterior, posterior

LEAST = 30
"""Common frames below which a lag is not considered: a second."""

Logits = Callable[[Doubles], tuple[Doubles, float]]
"""From centred matrices (layers, n, m) to (logits of lags, -inf where not judged; logit of none)."""

_NEAR = np.array([0.1, 0.2, 0.4, 0.2, 0.1])
"""How a vote counts for the frames beside the one chosen: cameras' frames lie half a frame apart anyway."""

_ANSCOMBE = 3 / 8

_BEND = 2
_BEND_COST = 0.5
_AWAY_COST = 0.1
"""In standard deviations of a cell: a path bends for what it sees, not for noise."""


@dataclass(frozen=True, slots=True)
class Diagonals:
    """The mean along each diagonal: no head of VideoSync's, but the plainest there is."""

    name: str = "diagonals"
    least: int = LEAST

    def posterior(self, alike: Matrix, grid: Grid = FRAMES) -> LagPosterior:
        """Return what a matrix says."""
        return posterior(lag_curve(centred(alike), grid), least=self.least)


@dataclass(frozen=True, slots=True)
class Votes:
    """Every row votes for the column it likes best and every column for a row; in place of argmax + median.

    A median of votes for nothing lies in the middle of the matrix. Here votes are counted by lag against how
    many a lag of its length would get by chance.
    """

    name: str = "votes"
    least: int = LEAST

    def posterior(self, alike: Matrix, grid: Grid = FRAMES) -> LagPosterior:
        """Return what a matrix says."""
        cells = centred(alike)
        return posterior(_counted(_cast(cells) + _cast(cells.T).T, grid), least=self.least)


@dataclass(frozen=True, slots=True)
class FreePath:
    """A path for every lag, which may bend by two frames to either side; in place of pinned DTW + median.

    It begins and ends where the clips do and costs nothing there: no corner holds it. Bending makes up for
    frame rates that differ a little and for frames dropped. Staying away from the diagonal costs something
    with every frame, so that a path counts most for the lag that it mostly has.
    """

    name: str = "free path"
    least: int = LEAST

    def posterior(self, alike: Matrix, grid: Grid = FRAMES) -> LagPosterior:
        """Return what a matrix says."""
        cells = centred(alike)
        best = _best_paths(cells) / diagonal_counts(*cells.shape)
        return posterior(lag_curve(cells, grid, best), least=self.least)


@dataclass(frozen=True, slots=True)
class Network:
    """A small network that looks along diagonals of several layers; in place of VideoSync's CNN.

    Attributes:
        logits: The network.
        name: What votes call it.
    """

    logits: Logits
    name: str = "network"

    def posterior(self, layers: Matrix, grid: Grid = FRAMES) -> LagPosterior:
        """Return what (layers, n, m) say; the score of a lag is its logit above that of none."""
        found, none = self.logits(centred(layers))
        top = max(float(found.max()), none)
        raised, still = np.exp(found - top), float(np.exp(none - top))
        total = float(raised.sum()) + still
        score = np.where(np.isfinite(found), found - none, np.nan)
        return LagPosterior(grid.offsets(*layers.shape[-2:]), raised / total, still / total, score)


def _cast(cells: Doubles) -> Doubles:
    """Return (n, m): the votes of the rows, each spread over neighbouring columns."""
    height, width = cells.shape
    half = _NEAR.size // 2
    out = np.zeros((height, width + 2 * half))
    columns = cells.argmax(axis=1)[:, None] + np.arange(_NEAR.size)
    out[np.arange(height)[:, None], columns] = _NEAR
    return out[:, half : half + width]


def _counted(cast: Doubles, grid: Grid) -> LagCurve:
    """Return votes as a curve: each lag's count against what chance would give it.

    Counts are rare events, more restless where there are many of them, and lean upwards. Their roots do not
    (Anscombe, The Transformation of Poisson, Binomial and Negative-Binomial Data, Biometrika 1948).
    """
    plain = lag_curve(cast, grid)
    chance = plain.count * cast.mean()
    risen = 2 * (np.sqrt(plain.mean * plain.count + _ANSCOMBE) - np.sqrt(chance + _ANSCOMBE))
    return replace(plain, mean=risen, error=np.ones(risen.size), spread=float(np.sqrt(min(cast.shape))))


def _best_paths(cells: Doubles) -> Doubles:
    """Return for every lag the sum along the best path near its diagonal.

    A path takes one cell of each row; its lag changes by one at most from row to row, at a cost, and stays
    within ``_BEND`` of the one it is counted for. Beyond the matrix there is nothing to win or lose.
    """
    height, width = cells.shape
    count = height + width - 1
    wide = np.arange(-_BEND, _BEND + 1)
    at = np.zeros((height, count + 2 * _BEND))
    for row in range(height):
        first = row + _BEND
        at[row, first : first + width] = cells[row, ::-1]
    best = np.zeros((count, wide.size))
    inside, away = np.arange(count)[:, None] + wide + _BEND, _AWAY_COST * np.abs(wide)
    for row in range(height):
        bent = best.copy()
        bent[:, 1:] = np.maximum(bent[:, 1:], best[:, :-1] - _BEND_COST)
        bent[:, :-1] = np.maximum(bent[:, :-1], best[:, 1:] - _BEND_COST)
        best = bent + at[row][inside] - away
    return np.asarray(best.max(axis=1))
