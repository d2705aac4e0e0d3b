"""Matrices drawn from scenes: pairs of equal length with a planted lag, and strangers.

Strangers come in three kinds. Two scenes have nothing in common; two parts of one scene that do not touch
have everything in common but the time: people, places, light, ways to move. And noise is like nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.base.errors import UsageError
from rushlock.evaluation.frame_error import equal_stretches
from rushlock.evaluation.matrix_training.material import Floats, Scene
from rushlock.offsets.heads.matrix.diagonals import centred
from rushlock.offsets.heads.matrix.learned import REACH

_Views = Sequence[Floats]


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
        noise: Share of strangers that are noise.
        reach: Lags are drawn evenly from so many frames to either side.
        shared: Frames that a pair has in common at least; of small matrices the lags are fewer.
    """

    strangers: float = 0.4
    noise: float = 0.1
    reach: int = REACH
    shared: int = 12

    def matrix(self, scenes: Sequence[Scene], size: int, random: np.random.Generator) -> Drawn:
        """Return a matrix of ``size`` frames to a side from one or two of the scenes.

        Raises:
            UsageError: No scene is long enough.
        """
        reach = min(self.reach, size - self.shared)
        scene = scenes[int(random.integers(len(scenes)))]
        names = _long_enough(scene, size + reach)
        if not names:
            others = [each for each in scenes if _long_enough(each, size + reach)]
            if not others:
                raise UsageError(f"no scene is long enough for {size} frames")
            scene = others[int(random.integers(len(others)))]
            names = _long_enough(scene, size + reach)
        name = str(random.choice(names))
        master, node = _two(scene.views[name], random)
        if random.random() < self.strangers:
            rest = [each.views[name] for each in scenes if each is not scene]
            return self._stranger(master, node, rest, size, random)
        lag = int(random.integers(-reach, reach + 1))
        one, other = equal_stretches(len(master), len(node), lag)
        begin = int(random.integers(one.stop - one.start - size + 1))
        rows, columns = (cut.start + begin for cut in (one, other))
        return Drawn(_cells(master[rows : rows + size], node[columns : columns + size]), lag)

    def _stranger(
        self, master: Floats, node: Floats, rest: Sequence[_Views], size: int, random: np.random.Generator
    ) -> Drawn:
        """Return a matrix of a scene's two views at times apart, of two scenes, or of noise."""
        long = [views for views in rest if len(views[0]) >= size]
        alone = len(master) >= 2 * size
        if not (long or alone) or random.random() < self.noise:
            noise = random.standard_normal((size, node.shape[1])).astype(np.float32)
            return Drawn(_cells(_part(master, size, random), noise), None)
        if long and not (alone and random.random() < 0.5):
            other, _ = _two(long[int(random.integers(len(long)))], random)
            return Drawn(_cells(_part(master, size, random), _part(other, size, random)), None)
        early = int(random.integers(len(master) - 2 * size + 1))
        late = int(random.integers(early + size, len(node) - size + 1))
        starts = (early, late) if random.random() < 0.5 else (late, early)
        return Drawn(_cells(*(v[at : at + size] for v, at in zip((master, node), starts, strict=True))), None)


def _long_enough(scene: Scene, frames: int) -> list[str]:
    return sorted(name for name, views in scene.views.items() if len(views[0]) >= frames)


def _two(views: _Views, random: np.random.Generator) -> tuple[Floats, Floats]:
    one, other = random.choice(len(views), 2, replace=False)
    return views[one], views[other]


def _part(vectors: Floats, size: int, random: np.random.Generator) -> Floats:
    begin = int(random.integers(len(vectors) - size + 1))
    return vectors[begin : begin + size]


def _cells(master: Floats, node: Floats) -> npt.NDArray[np.float64]:
    return centred(master @ node.T)
