"""All choices of a training, as they are written beside the weights."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from rushlock.base.errors import UsageError
from rushlock.evaluation.window_training.recipe import PhaseRecipe
from rushlock.nets.stream_sync.config import Memory


@dataclass(frozen=True)
class StreamRecipe:
    """How a memory is trained. Named numbers are those of the paper where it gives any.

    Attributes:
        memory: A ``Memory``.
        depth: Its blocks or layers.
        windows: Of a sequence (H).
        learning: Through how many of these, in a row, gradients reach the backbone (K). The streaming answer
            counts from the K-th window on.
        hop: Seconds from one window to the next, rounded to the network's grid.
        alpha, beta: Weights of the snapshots' loss and the streaming answers'.
        smoothing: What either neighbour of the true class is given.
        head: The phase in which the backbone is held still.
        whole: The phase in which it learns, too.
        extractors: Whether the extractors learn with it.
        batch: Sequences of a step.
        sounds: Starts of sound drawn for each stretch.
        pool: Stretches kept for further steps.
        belonging: Weight of the loss that keeps a head for belonging as it was; without effect on networks
            that have none.
        seed: Of all that is drawn.
    """

    memory: str = Memory.TRANSFORMER.value
    depth: int = 3
    windows: int = 12
    learning: int = 3
    hop: float = 1.0
    alpha: float = 0.5
    beta: float = 1.0
    smoothing: float = 0.1
    head: PhaseRecipe = field(default_factory=lambda: PhaseRecipe(500, 0.0, 2.0, 4e-5, 50))
    whole: PhaseRecipe = field(default_factory=lambda: PhaseRecipe(12_500, 0.0, 2.0, 4e-5, 500))
    extractors: bool = True
    batch: int = 16
    sounds: int = 4
    pool: int = 64
    belonging: float = 0.3
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.learning <= self.windows:
            raise UsageError("of a sequence's windows some, and not more than all, must be learnt from")

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self)

    def within(self, minutes: float) -> Self:
        """Return the same, done after some minutes: a third for the head alone."""
        head = replace(self.head, minutes=minutes / 3)
        return replace(self, head=head, whole=replace(self.whole, minutes=2 * minutes / 3))


RECIPES = {
    "stand-in": StreamRecipe(
        depth=2,
        head=PhaseRecipe(1500, 7.0, 0.5, 5e-4, 50),
        whole=PhaseRecipe(3000, 21.0, 0.5, 2e-4, 50),
        extractors=False,
        sounds=6,
        pool=400,
    ),
    "published": StreamRecipe(
        head=PhaseRecipe(500, 0.0, 2.0, 5e-6, 50),
        whole=PhaseRecipe(12_500, 0.0, 2.0, 5e-6, 500),
        batch=2,
        pool=16,
    ),
}
"""``published`` is for one GPU, as the authors' configuration has it: two sequences to a card, 5e-6 for each
card (the paper says sixteen at 4e-5). Rates fall along a cosine here, not in a line. Not trained by us."""
