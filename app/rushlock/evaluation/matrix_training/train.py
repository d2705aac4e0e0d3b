"""The training as a stage: resumable; weights as safetensors, recipe, course and scores beside them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.frame_error import FrameError
from rushlock.evaluation.matrix_training.drawing import Draw, Drawn
from rushlock.evaluation.matrix_training.material import Provider, Recorded
from rushlock.evaluation.matrix_training.recipe import MatrixRecipe
from rushlock.evaluation.matrix_training.scoring import HeadScore, score_heads
from rushlock.export.atomic import write_atomically
from rushlock.offsets.heads.matrix.head import MatrixHead
from rushlock.offsets.heads.matrix.unbiased import Diagonals, FreePath, Network, Votes

if TYPE_CHECKING:
    from rushlock.evaluation.window_training.loop import Standing
    from rushlock.nets.offset_cnn.config import Temper
    from rushlock.nets.offset_cnn.diagonal import DiagonalCnn

CHECKPOINT = "matrix.ckpt"
WEIGHTS = "offset_cnn.safetensors"
HELD_OUT = 1_000_000
"""Numbers from here on are scenes that are never trained on."""

WEIGHED = 500_000
"""From here on, scenes by which chances are weighed."""

_OF_A_SCENE = 5


@dataclass
class MatrixTraining:
    """A training on its way.

    Attributes:
        recipe: How it is done.
        providers: Of scenes, each in turn.
        folder: Where checkpoint and curve lie.
        device: Name of torch's device.
        network: What is trained.
        standing: How far it is.
        rows: Of the curve.
    """

    recipe: MatrixRecipe
    providers: Sequence[Provider]
    folder: Path
    device: str
    network: "DiagonalCnn"
    standing: "Standing"
    rows: list[dict[str, float]] = field(default_factory=list)

    def keep(self) -> None:
        """Write the checkpoint."""
        from rushlock.evaluation.window_training.keeping import keep

        state = {
            "recipe": self.recipe.as_dict(),
            "network": self.network.state_dict(),
            "standing": vars(self.standing),
            "rows": self.rows,
        }
        keep(state, self.folder / CHECKPOINT)


def opened(recipe: MatrixRecipe, providers: Sequence[Provider], folder: Path, device: str) -> MatrixTraining:
    """Return a training begun anew, or the one whose checkpoint lies in the folder.

    Raises:
        UsageError: The checkpoint is of another recipe.
    """
    import torch

    from rushlock.evaluation.window_training.keeping import kept
    from rushlock.evaluation.window_training.loop import Standing
    from rushlock.nets.offset_cnn.diagonal import DiagonalCnn

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    training = MatrixTraining(recipe, providers, folder, device, DiagonalCnn(recipe.size), Standing())
    found = kept(folder / CHECKPOINT)
    if found is not None:
        if found["recipe"]["size"] != recipe.as_dict()["size"] or found["recipe"]["seed"] != recipe.seed:
            raise UsageError(f"{folder / CHECKPOINT} is of another recipe; take another folder, or remove it")
        training.network.load_state_dict(found["network"])
        training.standing, training.rows = Standing(**found["standing"]), found["rows"]
    training.network.to(device)
    return training


def train(training: MatrixTraining, token: CancelToken, out: Path | None = None) -> Stage[Path]:
    """Run what is left, and return where the weights were written: ``out``, or a file in the folder."""
    from rushlock.evaluation.matrix_training.fitting import Fitting
    from rushlock.evaluation.window_training.curves import Curve
    from rushlock.evaluation.window_training.loop import run_phase
    from rushlock.nets.checkpoint import write_checkpoint
    from rushlock.nets.offset_cnn.diagonal import CONFIG, TEMPER

    recipe, network = training.recipe, training.network
    curve = Curve(training.folder / "matrix.csv", training.rows)
    training.rows = curve.rows
    fitting = Fitting(network.train(), recipe, training.providers, training.device)
    yield from run_phase(fitting, recipe.plan, training.standing, curve, training.keep, token)
    temper = yield from _weighed(training, token)
    path = out or training.folder / WEIGHTS
    weights = {name: tensor.detach().cpu() for name, tensor in network.state_dict().items()}
    write_checkpoint(path, weights, {CONFIG: network.config.to_json(), TEMPER: temper.to_json()})
    return path


def _weighed(training: MatrixTraining, token: CancelToken) -> Stage["Temper"]:
    """Return what makes the chances honest, fitted on scenes of its own."""
    from rushlock.evaluation.matrix_training.honesty import fit_temper, tell
    from rushlock.nets.offset_cnn.diagonal import answering

    recipe, logits = training.recipe, answering(training.network, training.device)
    # Of recordings there are no further scenes.
    endless = [each for each in training.providers if not isinstance(each, Recorded)]
    drawn = apart(
        endless or training.providers, recipe.draw, recipe.weighed, recipe.sizes, WEIGHED, _OF_A_SCENE
    )
    told = yield from tell(logits, drawn, recipe.weighed, token)
    return fit_temper(told)


def scored(
    training: MatrixTraining,
    path: Path,
    providers: Sequence[Provider],
    matrices: int,
    size: int,
    token: CancelToken,
) -> Stage[list[HeadScore]]:
    """Return scores of the weights and of the heads that need none, on scenes never trained on.

    Args:
        training: For its device, and how matrices are drawn.
        path: Of the weights.
        providers: Of scenes; from ``HELD_OUT`` on their numbers must give what was not trained on.
        matrices: How many.
        size: Frames to a side.
        token: Checked at every matrix.
    """
    from rushlock.nets.offset_cnn.diagonal import open_diagonal_cnn

    network = Network(open_diagonal_cnn(path, training.device))
    heads: list[MatrixHead] = [Diagonals(), Votes(), FreePath()]
    yield Progress("Drawing scenes", 0, matrices, unit="matrices")
    drawn = apart(providers, training.recipe.draw, matrices, (size,), HELD_OUT)
    return (yield from score_heads(heads, [network], drawn, matrices, token))


def apart(
    providers: Sequence[Provider],
    draw: Draw,
    matrices: int,
    sizes: Sequence[int],
    first: int,
    of_a_scene: int = 1,
) -> Iterator[Drawn]:
    """Yield matrices of all sizes in turn of scenes from a number on, so many of each scene."""
    random = np.random.default_rng(first)
    scenes = [providers[-1].scene(first + matrices)]
    for number in range(matrices):
        if number % of_a_scene == 0:
            scene = number // of_a_scene
            scenes = [scenes[-1], providers[scene % len(providers)].scene(first + scene)]
        yield draw.matrix(scenes, sizes[number % len(sizes)], random)


def write_record(
    training: MatrixTraining,
    path: Path,
    scores: Sequence[HeadScore],
    unseen: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    together: Mapping[str, Mapping[str, FrameError]] | None = None,
) -> Path:
    """Write recipe, course and scores beside the weights, and return where.

    Args:
        training: That is done.
        path: Of the weights.
        scores: On matrices of generated scenes.
        unseen: Tables of heads on clips, by what was asked, see ``evaluation.video_pair.unseen``.
        together: Errors on all cameras of a set at once, see ``evaluation.video_pair.together``.
    """
    from rushlock.nets.checksums import sha256

    record = {
        "weights": path.name,
        "sha256": sha256(path),
        "scenes": dict(Counter(provider.name for provider in training.providers)),
        "recipe": training.recipe.as_dict(),
        "course": {"steps": training.standing.step, "minutes": round(training.standing.seconds / 60, 1)},
        "scores": [asdict(score) for score in scores],
        "unseen": dict(unseen or {}),
        "together": {
            name: {kind: asdict(error) for kind, error in errors.items()}
            for name, errors in (together or {}).items()
        },
    }
    return write_atomically(path.with_suffix(".json"), json.dumps(record, indent=1) + "\n")
