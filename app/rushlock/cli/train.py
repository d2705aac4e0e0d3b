"""``rushlock train``: train a network on generated events, as the stand-in that comes with Rushlock was.

``rushlock train synchformer --minutes 50`` makes the stand-in on one core. Whoever has a GPU trains a larger
one by the same command: ``rushlock train synchformer --size larger --folder big -o big.safetensors``; it
computes there by itself (``--device auto``), in bfloat16. Stopped by Ctrl-C or a power cut, it goes on when
given again.
``rushlock models import big.safetensors`` then makes it one of the installed networks.

``rushlock train offset-cnn`` trains the small network that reads matrices of silent pictures, see
``cli.train_matrices``; ``rushlock train videosync-heads`` fits VideoSync's plain ones, see
``cli.train_heads``; ``rushlock train streamsync`` gives a network a memory of the windows before, on footage
of one's own or on generated scenes, see ``cli.train_streamsync``.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cli import train_streamsync as streaming
from rushlock.cli.codes import Exit
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_quiet, run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.text import percent, printable
from rushlock.cli.train_heads import train_heads
from rushlock.cli.train_matrices import train_matrices

if TYPE_CHECKING:
    from rushlock.evaluation.window_training.recipe import Recipe
    from rushlock.evaluation.window_training.train import Training

_NETWORKS = ("synchformer", "streamsync", "offset-cnn", "videosync-heads")
_SIZES = ("stand-in", "larger")
_FOLDER = Path("training")
_WEIGHTS = "standin.safetensors"
_SCENES, _PAIRS, _EXAMPLES = 200, 40, 1500
_COLUMNS = (Column("held-out scenes"), Column("right", right=True), Column("within one", right=True),
            Column("error", right=True))  # fmt: skip


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("network", choices=_NETWORKS, help="which network")
    add(
        "--size",
        choices=_SIZES,
        default=_SIZES[0],
        help="stand-in: an hour on a processor; larger: the published layout of time, for a GPU",
    )
    add(
        "--minutes",
        type=float,
        metavar="M",
        help="stop after so long, the learning rate falling with it (default: as the recipe; 0: no limit)",
    )
    add("--seed", type=int, default=1, metavar="N", help="of scenes and first weights (default: 1)")
    add(
        "--folder",
        type=Path,
        default=_FOLDER,
        metavar="DIR",
        help="where checkpoint and curves are kept; the same command goes on where it was stopped "
        f"(default: {_FOLDER} here)",
    )
    add(
        "--scenes",
        type=int,
        default=_SCENES,
        metavar="N",
        help=f"held-out scenes, or matrices, to score (default: {_SCENES})",
    )
    add(
        "--pairs",
        type=int,
        default=_PAIRS,
        metavar="N",
        help=f"pairs of cameras to score (default: {_PAIRS})",
    )
    add("-o", "--out", type=Path, metavar="FILE", help="weights to write (default: in the folder)")
    _declare_recordings(parser)
    streaming.declare(parser)
    add_quiet(parser)
    add_settings(parser, "device")


def _declare_recordings(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--recordings",
        type=Path,
        metavar="DIR",
        help="offset-cnn: also real scenes, a folder with a manifest.json of pairs",
    )
    add("--sets", nargs="+", metavar="NAME", help="which of its sets to train on")
    add("--unseen", nargs="+", default=[], metavar="NAME", help="which of its sets to score on")
    add(
        "--examples",
        type=int,
        default=_EXAMPLES,
        metavar="N",
        help=f"videosync-heads: pairs to fit on (default: {_EXAMPLES})",
    )


def run(arguments: argparse.Namespace) -> int:
    """Train, write weights, score them on scenes never trained on, write how they came about."""
    if min(arguments.scenes, arguments.pairs) < 1:
        raise UsageError("--scenes and --pairs must be 1 at least")
    others = {
        streaming.NAME: streaming.train_streamsync,
        "offset-cnn": train_matrices,
        "videosync-heads": train_heads,
    }
    return others.get(arguments.network, _train_windows)(arguments)


def _train_windows(arguments: argparse.Namespace) -> int:
    from rushlock.evaluation.window_training.train import opened
    from rushlock.jobs.devices import chosen_device

    device = chosen_device(settings_from(arguments))
    training = opened(_recipe(arguments), arguments.folder, device)
    path = arguments.out or arguments.folder / _WEIGHTS
    scores = run_stage(lambda token: _trained(training, path, arguments, token), quiet=arguments.quiet)
    if not arguments.quiet:
        print(_words(scores))
        print(f"wrote {printable(str(path))}")
    return Exit.DONE


def _trained(
    training: "Training", path: Path, arguments: argparse.Namespace, token: CancelToken
) -> Stage[dict[str, Any]]:
    from rushlock.evaluation.window_training.shipping import scored, write_record, write_weights
    from rushlock.evaluation.window_training.train import train

    yield from train(training, token)
    write_weights(training, path)
    scores = yield from scored(path, arguments.scenes, arguments.pairs, training.device, token)
    write_record(training, path, scores)
    return scores


def _recipe(arguments: argparse.Namespace) -> "Recipe":
    from rushlock.evaluation.window_training.recipe import RECIPES

    recipe = replace(RECIPES[arguments.size], seed=arguments.seed)
    if arguments.minutes is None:
        return recipe
    if arguments.minutes < 0:
        raise UsageError("--minutes must not be less than 0")
    return recipe.within(arguments.minutes)


def _words(scores: Mapping[str, Any]) -> str:
    rows = [_row(name, scores[name]) for name in ("all", "same camera", "across cameras")] + [
        _row(name, figures) for name, figures in scores["by kind"].items() if figures["windows"]
    ]
    return table(_COLUMNS, rows)


def _row(name: str, figures: Mapping[str, float]) -> list[str]:
    return [
        name,
        percent(figures["acc"]),
        percent(figures["acc_within_one"]),
        f"{figures['mae_s']:.2f} s",
    ]
