"""The training as a stage: the head, then the whole; stopped at any time, it goes on where it was."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.evaluation.stream_training.recipe import StreamRecipe

if TYPE_CHECKING:
    from rushlock.evaluation.stream_training.backbone import StreamingNetwork
    from rushlock.evaluation.stream_training.sources import Source
    from rushlock.evaluation.window_training.loop import Standing

CHECKPOINT = "streaming.ckpt"
PHASES = ("head", "whole")
_FIXED = ("memory", "depth", "seed")


@dataclass
class StreamTraining:
    """A training on its way.

    Attributes:
        recipe: How it is done.
        source: On what.
        folder: Where checkpoint and curves lie.
        device: Name of torch's device.
        network: What is trained.
        begun: Digest of the weights that it was begun with.
        standings: How far each phase is, by name.
        rows: Of the curves, by phase.
        stints: With which recipe it was begun, and gone on with when that had changed; each with the steps
            that were made before, by phase.
    """

    recipe: StreamRecipe
    source: "Source"
    folder: Path
    device: str
    network: "StreamingNetwork"
    begun: str
    standings: dict[str, "Standing"]
    rows: dict[str, list[dict[str, float]]] = field(default_factory=lambda: {name: [] for name in PHASES})
    stints: list[dict[str, Any]] = field(default_factory=list)

    def keep(self) -> None:
        """Write the checkpoint."""
        from rushlock.evaluation.window_training.keeping import keep

        state = {
            "begun": self.begun,
            "stints": self.stints,
            "network": self.network.state_dict(),
            "standings": {name: vars(standing) for name, standing in self.standings.items()},
            "rows": self.rows,
        }
        keep(state, self.folder / CHECKPOINT)


def opened(recipe: StreamRecipe, source: "Source", start: Path, folder: Path, device: str) -> StreamTraining:
    """Return a training begun anew, or the one whose checkpoint lies in the folder.

    Args:
        recipe: How to train.
        source: On what.
        start: Weights to begin with, see ``beginning.begun``.
        folder: Made if need be.
        device: Name of torch's device.

    Raises:
        ModelError: The weights cannot be read.
        UsageError: The checkpoint is of another recipe, or was begun with other weights.
    """
    from rushlock.evaluation.stream_training.beginning import begun
    from rushlock.evaluation.window_training.keeping import kept
    from rushlock.evaluation.window_training.loop import Standing
    from rushlock.nets.checksums import sha256

    folder.mkdir(parents=True, exist_ok=True)
    network = begun(start, recipe)
    standings = {name: Standing() for name in PHASES}
    training = StreamTraining(recipe, source, folder, device, network, sha256(start), standings)
    found = kept(folder / CHECKPOINT)
    if found is not None:
        _go_on(training, found)
    plan = {**recipe.as_dict(), "source": source.told}
    if not training.stints or training.stints[-1]["recipe"] != plan:
        made = {name: standing.step for name, standing in training.standings.items()}
        training.stints.append({"after": made, "recipe": plan})
    network.to(device)
    return training


def _go_on(training: StreamTraining, found: dict[str, Any]) -> None:
    from rushlock.evaluation.window_training.loop import Standing

    now, then = training.recipe.as_dict(), found["stints"][-1]["recipe"]
    if found["begun"] != training.begun or any(then[name] != now[name] for name in _FIXED):
        path = training.folder / CHECKPOINT
        raise UsageError(
            f"{path} is of another recipe or of other weights; take another folder, or remove it"
        )
    training.stints = found["stints"]
    training.network.load_state_dict(found["network"])
    training.standings = {name: Standing(**values) for name, values in found["standings"].items()}
    training.rows = found["rows"]


def train(training: StreamTraining, token: CancelToken) -> Stage["StreamingNetwork"]:
    """Run what is left of both phases and return the network."""
    from rushlock.evaluation.stream_training.backbone import backbone_of
    from rushlock.evaluation.stream_training.phase import Streaming
    from rushlock.evaluation.window_training.curves import Curve
    from rushlock.evaluation.window_training.loop import run_phase

    backbone = backbone_of(training.network, training.device)
    for name in PHASES:
        phase = Streaming(name, backbone, training.recipe, training.source)
        curve = Curve(training.folder / f"{name}.csv", training.rows[name])
        training.network.train()
        plan = getattr(training.recipe, name)
        yield from run_phase(phase, plan, training.standings[name], curve, training.keep, token)
    return training.network.eval().requires_grad_(False)
