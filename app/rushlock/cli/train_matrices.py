"""``rushlock train offset-cnn``: train the network that reads matrices of silent pictures, and score it."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cli.codes import Exit
from rushlock.cli.options import settings_from
from rushlock.cli.running import run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.text import printable

if TYPE_CHECKING:
    from rushlock.evaluation.frame_error import FrameError
    from rushlock.evaluation.matrix_training.material import Provider
    from rushlock.evaluation.matrix_training.recipe import MatrixRecipe
    from rushlock.evaluation.video_pair.unseen import UnseenScore

_GENERATED = 3
"""Scenes of small events, and of people, to each recorded one."""

_FRAMES = 180
"""Of a scored matrix: six seconds, what is left of eight after both patterns' rims and a lag."""

_CLIP_S, _LAGS, _TOGETHER = 8.0, 10, 20
"""Seconds of generated clips to score, lags planted into each pair of recordings, and cuts of all cameras."""

_COLUMNS = (
    Column("clips"),
    Column("matrix of"),
    Column("head"),
    Column("frames off", right=True),
    Column("median", right=True),
    Column("AUROC", right=True),
)


def train_matrices(arguments: argparse.Namespace) -> int:
    """Train, write weights, score them beside heads that need none, write how they came about."""
    from rushlock.evaluation.matrix_training.train import WEIGHTS
    from rushlock.jobs.devices import chosen_device

    device = chosen_device(settings_from(arguments))
    recipe = _recipe(arguments)
    scores = run_stage(lambda token: _trained(recipe, arguments, device, token), quiet=arguments.quiet)
    if not arguments.quiet:
        print(table(_COLUMNS, [_row(score) for score in scores]))
        print(f"wrote {printable(str(arguments.out or arguments.folder / WEIGHTS))}")
    return Exit.DONE


def _trained(
    recipe: "MatrixRecipe", arguments: argparse.Namespace, device: str, token: CancelToken
) -> Stage["list[UnseenScore]"]:
    from rushlock.evaluation.matrix_training.generated import Generated, People
    from rushlock.evaluation.matrix_training.train import opened, scored, train, write_record

    providers = yield from _providers(arguments, token)
    training = opened(recipe, providers, arguments.folder, device)
    path = yield from train(training, token, arguments.out)
    scores = yield from scored(training, path, [Generated(), People()], arguments.scenes, _FRAMES, token)
    unseen = {}
    for told, anywhere in (("within 30 frames", False), ("anywhere", True)):
        unseen[told] = yield from _unseen(arguments, path, token, anywhere=anywhere)
    tables = {told: [asdict(score) for score in found] for told, found in unseen.items()}
    together = yield from _together(arguments, path, token)
    write_record(training, path, scores, tables, together)
    return unseen["within 30 frames"]


def _unseen(
    arguments: argparse.Namespace, path: Path, token: CancelToken, *, anywhere: bool
) -> Stage["list[UnseenScore]"]:
    """Score on generated clips and on the sets of recordings named for it."""
    from rushlock.evaluation.matrix_training.recordings import watched_sets
    from rushlock.evaluation.video_pair.unseen import generated_trials, recorded_trials, score_unseen
    from rushlock.nets.offset_cnn.diagonal import open_diagonal_cnn
    from rushlock.offsets.heads.matrix.unbiased import Network

    trained = [Network(open_diagonal_cnn(path))]
    made = generated_trials(arguments.scenes, _CLIP_S)
    found = yield from score_unseen(made, 2 * arguments.scenes, trained, token, anywhere=anywhere)
    if arguments.recordings is not None and arguments.unseen:
        sets = yield from watched_sets(arguments.recordings, arguments.unseen, token)
        recorded = recorded_trials(sets, _LAGS)
        found += yield from score_unseen(recorded, 0, trained, token, anywhere=anywhere)
    return found


def _together(
    arguments: argparse.Namespace, path: Path, token: CancelToken
) -> "Stage[dict[str, dict[str, FrameError]]]":
    """Score on all cameras of the recordings' sets at once."""
    from rushlock.evaluation.matrix_training.recordings import watched_sets
    from rushlock.evaluation.video_pair.together import score_together
    from rushlock.nets.offset_cnn.diagonal import open_diagonal_cnn
    from rushlock.offsets.heads.matrix.unbiased import Network

    if arguments.recordings is None or not arguments.unseen:
        return {}
    sets = yield from watched_sets(arguments.recordings, arguments.unseen, token)
    return (yield from score_together(sets, Network(open_diagonal_cnn(path)), _TOGETHER, token))


def _providers(arguments: argparse.Namespace, token: CancelToken) -> "Stage[list[Provider]]":
    """Return generated scenes, and with them, now and then, the recordings asked for."""
    from rushlock.evaluation.matrix_training.generated import Generated, People
    from rushlock.evaluation.matrix_training.recordings import recorded_scenes

    generated: list[Provider] = [each for _ in range(_GENERATED) for each in (Generated(), People())]
    if arguments.recordings is None:
        return generated
    chosen = arguments.sets or ()
    recorded = yield from recorded_scenes(arguments.recordings, chosen, token)
    return [*generated, recorded]


def _recipe(arguments: argparse.Namespace) -> "MatrixRecipe":
    from rushlock.evaluation.matrix_training.recipe import MatrixRecipe

    recipe = MatrixRecipe(seed=arguments.seed)
    if arguments.minutes is None:
        return recipe
    if arguments.minutes < 0:
        raise UsageError("--minutes must not be less than 0")
    return replace(recipe, plan=replace(recipe.plan, minutes=arguments.minutes))


def _row(score: "UnseenScore") -> list[str]:
    error = score.error
    return [
        score.group,
        score.evidence,
        score.head,
        f"{error.mean:.2f} +- {error.margin:.2f}",
        f"{error.median:.1f}",
        "-" if score.auroc is None else f"{score.auroc:.3f}",
    ]
