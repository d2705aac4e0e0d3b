"""The training as a stage: reading, then judging; stopped at any time, it goes on where it was."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.evaluation.window_training.recipe import Recipe

if TYPE_CHECKING:
    from rushlock.evaluation.window_training.loop import Standing
    from rushlock.nets.synchformer.network import Synchformer

CHECKPOINT = "training.ckpt"
PHASES = ("reading", "judging")
_FIXED = ("size", "seed")


@dataclass
class Training:
    """A training on its way.

    Attributes:
        recipe: How it is done.
        folder: Where checkpoint and curves lie.
        device: Name of torch's device.
        network: What is trained.
        standings: How far each phase is, by name.
        rows: Of the curves, by phase.
        extras: Weights that phases need besides the network's, by phase.
        stints: With which recipe it was begun, and gone on with when that had changed; each with the steps
            that were made before, by phase.
    """

    recipe: Recipe
    folder: Path
    device: str
    network: "Synchformer"
    standings: dict[str, "Standing"]
    rows: dict[str, list[dict[str, float]]] = field(default_factory=lambda: {name: [] for name in PHASES})
    extras: dict[str, Any] = field(default_factory=dict)
    stints: list[dict[str, Any]] = field(default_factory=list)

    def keep(self) -> None:
        """Write the checkpoint."""
        from rushlock.evaluation.window_training.keeping import keep

        state = {
            "stints": self.stints,
            "network": self.network.state_dict(),
            "standings": {name: vars(standing) for name, standing in self.standings.items()},
            "rows": self.rows,
            "extras": self.extras,
        }
        keep(state, self.folder / CHECKPOINT)


def opened(recipe: Recipe, folder: Path, device: str) -> Training:
    """Return a training begun anew, or the one whose checkpoint lies in the folder.

    Raises:
        UsageError: The checkpoint is of another recipe.
    """
    import torch

    from rushlock.evaluation.window_training.first_sight import see_movement
    from rushlock.evaluation.window_training.keeping import kept
    from rushlock.evaluation.window_training.loop import Standing
    from rushlock.nets.synchformer.network import Synchformer

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    network = Synchformer(recipe.size)
    see_movement(network)
    training = Training(recipe, folder, device, network, {name: Standing() for name in PHASES})
    found = kept(folder / CHECKPOINT)
    if found is not None:
        training.stints = found["stints"]
        if any(training.stints[-1]["recipe"][name] != recipe.as_dict()[name] for name in _FIXED):
            raise UsageError(f"{folder / CHECKPOINT} is of another recipe; take another folder, or remove it")
        network.load_state_dict(found["network"])
        training.standings = {name: Standing(**values) for name, values in found["standings"].items()}
        training.rows, training.extras = found["rows"], found["extras"]
    if not training.stints or training.stints[-1]["recipe"] != recipe.as_dict():
        made = {name: standing.step for name, standing in training.standings.items()}
        training.stints.append({"after": made, "recipe": recipe.as_dict()})
    network.to(device)
    return training


def train(training: Training, token: CancelToken) -> Stage["Synchformer"]:
    """Run what is left of both phases and return the network."""
    from rushlock.evaluation.window_training.curves import Curve
    from rushlock.evaluation.window_training.loop import run_phase

    for name in PHASES:
        phase, plan = _phase(name, training)
        curve = Curve(training.folder / f"{name}.csv", training.rows[name])
        training.network.train()
        yield from run_phase(phase, plan, training.standings[name], curve, training.keep, token)
    return training.network.eval()


def _phase(name: str, training: Training) -> Any:  # noqa: ANN401
    from rushlock.evaluation.window_training.judging import Judging
    from rushlock.evaluation.window_training.reading import Reading

    recipe, network, device = training.recipe, training.network, training.device
    reading = Reading(network, recipe, device).to(device)
    if PHASES[0] in training.extras:
        reading.reader.load_state_dict(training.extras[PHASES[0]])
    training.extras[PHASES[0]] = reading.reader.state_dict()
    if name == reading.name:
        return reading, recipe.reading
    fresh = training.standings[name].step == 0
    return Judging(network, recipe, device, reading, fresh), recipe.judging
