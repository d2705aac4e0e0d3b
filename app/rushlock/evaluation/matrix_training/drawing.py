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
from rushlock.evaluation.matrix_training.material import Layers, Scene
from rushlock.offsets.heads.matrix.diagonals import centred
from rushlock.offsets.heads.matrix.learned import REACH

_Cells = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One matrix.

    Attributes:
        layers: (layers, n, n), centred, each of variance 1.
        lag: Row less column; None where nothing is shared.
    """

    layers: _Cells
    lag: int | None

    @property
    def cells(self) -> _Cells:
        """(n, n): all layers together, for heads that look at one matrix."""
        return centred(self.layers.mean(axis=0))


@dataclass(frozen=True, slots=True)
class Draw:
    """How matrices are drawn.

    Attributes:
        strangers: Share of them that share nothing.
        noise: Share of strangers that are noise.
        reach: Lags are drawn evenly from so many frames to either side.
        shared: Frames that a pair has in common at least; of small matrices the lags are fewer.
        blind: Chance that a layer sees nothing: a camera on its side does not know what rises.
    """

    strangers: float = 0.4
    noise: float = 0.1
    reach: int = REACH
    shared: int = 12
    blind: float = 0.08

    def matrix(self, scenes: Sequence[Scene], size: int, random: np.random.Generator) -> Drawn:
        """Return a matrix of ``size`` frames to a side from one or two of the scenes.

        Raises:
            UsageError: No scene is long enough.
        """
        reach = min(self.reach, size - self.shared)
        long = [scene for scene in scenes if len(scene) >= size + reach]
        if not long:
            raise UsageError(f"no scene is long enough for {size} frames")
        scene = scenes[int(random.integers(len(scenes)))]
        if len(scene) < size + reach:
            scene = long[int(random.integers(len(long)))]
        master, node = _two(scene, random)
        if random.random() < self.strangers:
            rest = [each for each in scenes if each is not scene and len(each) >= size]
            return Drawn(self._blinded(self._stranger(master, node, rest, size, random), random), None)
        lag = int(random.integers(-reach, reach + 1))
        one, other = equal_stretches(len(scene), len(scene), lag)
        begin = int(random.integers(one.stop - one.start - size + 1))
        rows, columns = (cut.start + begin for cut in (one, other))
        cells = _products(_from(master, rows, size), _from(node, columns, size))
        return Drawn(self._blinded(cells, random), lag)

    def _stranger(
        self, master: Layers, node: Layers, rest: Sequence[Scene], size: int, random: np.random.Generator
    ) -> _Cells:
        """Return a matrix of a scene's two views at times apart, of two scenes, or of noise."""
        frames = len(master[0])
        alone = frames >= 2 * size
        begin = int(random.integers(frames - size + 1))
        if not (rest or alone) or random.random() < self.noise:
            noise = [random.standard_normal((size, layer.shape[1])).astype(np.float32) for layer in node]
            return _products(_from(master, begin, size), noise)
        if rest and not (alone and random.random() < 0.5):
            elsewhere = rest[int(random.integers(len(rest)))]
            other, _ = _two(elsewhere, random)
            at = int(random.integers(len(elsewhere) - size + 1))
            return _products(_from(master, begin, size), _from(other, at, size))
        early = int(random.integers(frames - 2 * size + 1))
        late = int(random.integers(early + size, frames - size + 1))
        starts = (early, late) if random.random() < 0.5 else (late, early)
        return _products(*(_from(v, at, size) for v, at in zip((master, node), starts, strict=True)))

    def _blinded(self, cells: _Cells, random: np.random.Generator) -> _Cells:
        """Return layers, now and then one of them without anything in it."""
        for layer in np.flatnonzero(random.random(len(cells)) < self.blind):
            cells[layer] = centred(random.standard_normal(cells.shape[1:]))
        return cells


def _two(scene: Scene, random: np.random.Generator) -> tuple[Layers, Layers]:
    one, other = random.choice(len(scene.views), 2, replace=False)
    return scene.views[one], scene.views[other]


def _from(layers: Layers, begin: int, size: int) -> Layers:
    return [layer[begin : begin + size] for layer in layers]


def _products(master: Layers, node: Layers) -> _Cells:
    return centred(np.stack([one @ other.T for one, other in zip(master, node, strict=True)]))
