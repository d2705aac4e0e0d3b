"""Matrices drawn from scenes: pairs of equal length with a planted lag, and strangers.

Strangers come in two kinds. Two scenes have nothing in common; two parts of one scene that do not touch have
everything in common but the time: people, places, light, ways to move.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.evaluation.frame_error import equal_stretches
from rushlock.evaluation.matrix_training.material import Floats, Scene
from rushlock.offsets.heads.matrix.diagonals import centred
from rushlock.offsets.heads.matrix.learned import REACH


@dataclass(frozen=True, slots=True)
class Drawn:
    """One matrix.

    Attributes:
        cells: (n, n), centred, of variance 1.
        lag: Row less column; None where nothing is shared.
    """

    cells: npt.NDArray[np.float64]
    lag: int | None


@dataclass(frozen=True, slots=True)
class Draw:
    """How matrices are drawn.

    Attributes:
        strangers: Share of them that share nothing.
        reach: Lags are drawn evenly from so many frames to either side.
    """

    strangers: float = 0.4
    reach: int = REACH

    def matrix(self, scenes: Sequence[Scene], size: int, random: np.random.Generator) -> Drawn:
        """Return a matrix of ``size`` frames to a side from one or two of the scenes.

        Scenes must be longer than ``2 * size`` frames, or strangers are always two scenes.
        """
        if random.random() < self.strangers:
            return self._stranger(scenes, size, random)
        scene = scenes[int(random.integers(len(scenes)))]
        master, node = _two_views(scene, random)
        lag = int(random.integers(-self.reach, self.reach + 1))
        one, other = equal_stretches(len(master), len(node), lag)
        spare = max(one.stop - one.start - size, 0)
        begin = int(random.integers(spare + 1))
        rows, columns = (cut.start + begin for cut in (one, other))
        return Drawn(_cells(master[rows : rows + size], node[columns : columns + size]), lag)

    def _stranger(self, scenes: Sequence[Scene], size: int, random: np.random.Generator) -> Drawn:
        first, second = random.choice(len(scenes), 2, replace=False)
        master, node = _two_views(scenes[first], random)
        if len(master) < 2 * size or random.random() < 0.5:
            other, _ = _two_views(scenes[second], random, _described(scenes[first], master))
            return Drawn(_cells(_part(master, size, random), _part(other, size, random)), None)
        early = int(random.integers(len(master) - 2 * size + 1))
        late = int(random.integers(early + size, len(node) - size + 1))
        starts = (early, late) if random.random() < 0.5 else (late, early)
        return Drawn(_cells(*(v[at : at + size] for v, at in zip((master, node), starts, strict=True))), None)


def _two_views(
    scene: Scene, random: np.random.Generator, descriptor: str | None = None
) -> tuple[Floats, Floats]:
    """Return two cameras' vectors by one descriptor."""
    views = scene.views[descriptor or str(random.choice(sorted(scene.views)))]
    one, other = random.choice(len(views), 2, replace=False)
    return views[one], views[other]


def _described(scene: Scene, vectors: Floats) -> str:
    """Return by which descriptor vectors of a scene were made."""
    return next(name for name, views in scene.views.items() if any(each is vectors for each in views))


def _part(vectors: Floats, size: int, random: np.random.Generator) -> Floats:
    begin = int(random.integers(max(len(vectors) - size, 0) + 1))
    return vectors[begin : begin + size]


def _cells(master: Floats, node: Floats) -> npt.NDArray[np.float64]:
    return centred(master @ node.T)
