"""All choices of a training, as they are written beside the weights."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from rushlock.evaluation.matrix_training.drawing import Draw
from rushlock.evaluation.window_training.recipe import PhaseRecipe
from rushlock.nets.offset_cnn.config import DiagonalConfig
from rushlock.offsets.heads.matrix.moments import LAYERS

_FEWEST = 4


@dataclass(frozen=True, slots=True)
class MatrixRecipe:
    """How the network is trained.

    Attributes:
        size: Of the network.
        seed: Of scenes, matrices and first weights.
        plan: Steps, minutes and rates; a new scene every ``1 / plan.scenes`` steps.
        batch: Matrices of a step, as many as there are cells for.
        cells: Of a step, in each layer: large matrices are dear, four at least are drawn.
        sizes: Frames to a side, ascending; one of them is drawn for each step.
            Twice there is twice as often.
        grown: Steps after which all sizes are drawn; the smallest, which are quick, come first.
        pool: Scenes kept to draw matrices from.
        draw: How these are drawn.
        weighed: Matrices by which chances are made honest, see ``honesty``.
        blur: Part of the certainty that a lag's two neighbours share: cameras' frames lie between each other.
    """

    size: DiagonalConfig = field(default_factory=lambda: DiagonalConfig(len(LAYERS), (16, 16, 16)))
    seed: int = 1
    plan: PhaseRecipe = field(default_factory=lambda: PhaseRecipe(12000, 25.0, 0.1, 2e-3, 100, 0.01))
    batch: int = 32
    cells: int = 1 << 16
    sizes: tuple[int, ...] = (28, 28, 36, 48, 64, 90, 130, 180)
    grown: int = 600
    pool: int = 120
    draw: Draw = field(default_factory=Draw)
    blur: float = 0.3
    weighed: int = 300

    def sizes_at(self, step: int) -> tuple[int, ...]:
        """Return which sizes are drawn at a step."""
        return self.sizes[: 1 + step * len(self.sizes) // max(self.grown, 1)]

    def batch_of(self, size: int) -> int:
        """Return how many matrices of a size make a step."""
        return min(max(self.cells // size**2, _FEWEST), self.batch)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {**asdict(self), "size": json.loads(self.size.to_json()), "sizes": list(self.sizes)}
