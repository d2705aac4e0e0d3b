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
        sizes: Frames to a side; one is drawn for each step.
        pool: Scenes kept to draw matrices from.
        draw: How these are drawn.
        blur: Part of the certainty that a lag's two neighbours share: cameras' frames lie between each other.
    """

    size: DiagonalConfig = field(default_factory=DiagonalConfig)
    seed: int = 1
    plan: PhaseRecipe = field(default_factory=lambda: PhaseRecipe(4000, 40.0, 0.25, 2e-3, 50, 0.01))
    batch: int = 24
    sizes: tuple[int, ...] = (75, 110, 160, 210)
    pool: int = 120
    draw: Draw = field(default_factory=Draw)
    blur: float = 0.3

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {**asdict(self), "size": json.loads(self.size.to_json()), "sizes": list(self.sizes)}
