"""All choices of a training, as they are written beside the weights."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from rushlock.nets.synchformer.config import SynchformerConfig

STAND_IN = SynchformerConfig(
    dims=96,
    picture_depth=2,
    sound_depth=2,
    judge_depth=3,
    heads=4,
    judge_heads=12,
    growth=2,
    picture=48,
    shorter_side=48,
    tube=4,
    mels=64,
    sound_stride=16,
    window=8,
    hop_frames=16,
    belonging=True,
    dropout=0.0,
)
"""Sizes that a processor trains within an hour: small pictures, tokens of 0.16 s, segments side by side."""

LARGER = SynchformerConfig(
    dims=256,
    picture_depth=6,
    sound_depth=6,
    judge_depth=4,
    heads=8,
    judge_heads=16,
    growth=4,
    picture=112,
    shorter_side=128,
    window=14,
    hop_frames=8,
    belonging=True,
)
"""Sizes for a GPU: the published layout of time, at a third of the width. Not trained by us."""


@dataclass(frozen=True)
class PhaseRecipe:
    """How one phase is trained.

    Attributes:
        steps: At most so many.
        minutes: At most so long; the learning rate falls with whichever is nearer to its end. Without a limit
            of time the result depends on the seed alone.
        scenes: New scenes for each step; they stay in a pool.
        rate: Highest learning rate.
        warmup: Steps until it is reached.
        decay: Weight decay.
    """

    steps: int
    minutes: float
    scenes: float
    rate: float
    warmup: int
    decay: float = 0.02


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Attributes:
        size: Sizes of the network.
        seed: Of scenes and first weights.
        reading: See the package.
        judging: See the package.
        contrast: Weight of the contrast of picture and sound while reading.
        pairs: Windows judged at each step.
        pool: Scenes kept for further steps.
        moments: Segments of each step while reading; each is seen from two cameras and heard by one.
        strangers: Share of the pairs that do not belong together.
        smoothing: Part of the certainty spread over all classes.
    """

    size: SynchformerConfig = STAND_IN
    seed: int = 1
    reading: PhaseRecipe = field(default_factory=lambda: PhaseRecipe(6000, 24.0, 0.5, 5e-4, 50))
    judging: PhaseRecipe = field(default_factory=lambda: PhaseRecipe(8000, 30.0, 2.0, 7e-4, 50, 0.05))
    contrast: float = 0.1
    pairs: int = 64
    pool: int = 128
    moments: int = 12
    strangers: float = 0.35
    smoothing: float = 0.05

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {**asdict(self), "size": json.loads(self.size.to_json())}

    def within(self, minutes: float) -> Self:
        """Return the same, done after some minutes, shared by both phases as they share them now."""
        whole = self.reading.minutes + self.judging.minutes
        share = self.reading.minutes / whole if whole else 0.5
        return replace(
            self,
            reading=replace(self.reading, minutes=share * minutes),
            judging=replace(self.judging, minutes=(1 - share) * minutes),
        )


RECIPES = {
    "stand-in": Recipe(),
    "larger": Recipe(
        size=LARGER,
        reading=PhaseRecipe(60_000, 0.0, 4.0, 3e-4, 1000),
        judging=PhaseRecipe(60_000, 0.0, 2.0, 3e-4, 1000),
        moments=96,
        pairs=256,
        pool=4000,
    ),
}
