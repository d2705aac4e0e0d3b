"""All choices of a training, as they are written beside the weights."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from rushlock.evaluation.matrix_training.drawing import Draw
from rushlock.evaluation.window_training.recipe import PhaseRecipe
from rushlock.nets.offset_cnn.config import DiagonalConfig


@dataclass(frozen=True, slots=True)
class MatrixRecipe:
    """How the network is trained.

    Attributes:
        size: Of the network.
        seed: Of scenes, matrices and first weights.
        plan: Steps, minutes and rates; a new scene every ``1 / plan.scenes`` steps.
        batch: Matrices of a step.
        sizes: Frames to a side, ascending; one is drawn for each step.
        grown: Steps after which all sizes are drawn; the smallest, which are quick, come first.
        pool: Scenes kept to draw matrices from.
        draw: How these are drawn.
        blur: Part of the certainty that a lag's two neighbours share: cameras' frames lie between each other.
    """

    size: DiagonalConfig = field(default_factory=DiagonalConfig)
    seed: int = 1
    plan: PhaseRecipe = field(default_factory=lambda: PhaseRecipe(6000, 15.0, 0.25, 2e-3, 50, 0.01))
    batch: int = 16
    sizes: tuple[int, ...] = (28, 48, 75, 110, 160, 200)
    grown: int = 600
    pool: int = 120
    draw: Draw = field(default_factory=Draw)
    blur: float = 0.3

    def sizes_at(self, step: int) -> tuple[int, ...]:
        """Return which sizes are drawn at a step."""
        return self.sizes[: 1 + step * len(self.sizes) // max(self.grown, 1)]

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {**asdict(self), "size": json.loads(self.size.to_json()), "sizes": list(self.sizes)}
