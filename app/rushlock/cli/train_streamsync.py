"""``rushlock train streamsync``: teach a network to judge many windows of one unchanging offset together.

``rushlock train streamsync --footage DIR`` trains on any footage that is in sync, such as a post house's own
archive; without it on generated scenes. ``--start NAME`` or ``--start FILE`` says with which network to
begin: a SparseSync or a Synchformer that tells offsets. Stopped by Ctrl-C or a power cut, the same command
goes on.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.errors import ModelMissingError, UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings
from rushlock.cli.codes import Exit
from rushlock.cli.options import settings_from
from rushlock.cli.running import run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.text import percent, printable

if TYPE_CHECKING:
    from rushlock.evaluation.stream_training.recipe import StreamRecipe
    from rushlock.evaluation.stream_training.sources import Source

NAME = "streamsync"
_WEIGHTS = "streaming.safetensors"
_START = "standin"
_SHOWN = (1, 2, 4, 6, 9, 12, 18)
_WAYS = {"single": "one window", "mean": "mean (APA)", "streaming": "memory"}
_COLUMNS = (
    Column("windows", right=True),
    *(
        Column(f"{words}{figure}", right=True)
        for words in _WAYS.values()
        for figure in ("", ", within one", ", error")
    ),
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that only this network knows."""
    group = parser.add_argument_group(NAME)
    group.add_argument(
        "--footage",
        type=Path,
        metavar="DIR",
        help="train on the clips below DIR, whose sound is in sync with their pictures; a part is held out "
        "(default: generated scenes)",
    )
    group.add_argument(
        "--start",
        default=_START,
        metavar="NAME",
        help="weights to begin with: an installed network's name or a file of a SparseSync, a StreamSync or "
        f"a Synchformer (default: {_START})",
    )
    group.add_argument(
        "--memory",
        choices=("transformer", "lstm"),
        default="transformer",
        help="what reads the windows so far",
    )


def train_streamsync(arguments: argparse.Namespace) -> int:
    """Train, write weights, score them on what was held out, write how they came about."""
    from rushlock.jobs.devices import chosen_device

    settings = settings_from(arguments)
    work = partial(_trained, arguments, _weights(arguments.start), chosen_device(settings), settings)
    path, scores = run_stage(lambda token: work(token), quiet=arguments.quiet)
    if not arguments.quiet:
        print(table(_COLUMNS, _rows(scores["after each window"])))
        print(f"wrote {printable(str(path))}")
    return Exit.DONE


def _trained(
    arguments: argparse.Namespace, start: Path, device: str, settings: Settings, token: CancelToken
) -> Stage[tuple[Path, dict[str, Any]]]:
    from rushlock.evaluation.stream_training.shipping import scored
    from rushlock.evaluation.stream_training.train import opened, train
    from rushlock.evaluation.window_training.shipping import write_record, write_weights

    source = yield from _source(arguments, settings, token)
    training = opened(_recipe(arguments), source, start, arguments.folder, device)
    yield from train(training, token)
    path = write_weights(training, arguments.out or arguments.folder / _WEIGHTS)
    scores = yield from scored(training, path, arguments.scenes, token)
    write_record(training, path, scores, begun_with=training.begun)
    return path, scores


def _source(arguments: argparse.Namespace, settings: Settings, token: CancelToken) -> Stage["Source"]:
    from rushlock.cache.store import open_default
    from rushlock.evaluation.stream_training.footage import footage
    from rushlock.evaluation.stream_training.sources import Generated
    from rushlock.pipeline.probing import cached_probe

    if arguments.footage is None:
        return Generated(arguments.seed)
    probe = cached_probe(open_default(settings))
    found = yield from footage(arguments.footage, arguments.seed, probe, token)
    return found


def _recipe(arguments: argparse.Namespace) -> "StreamRecipe":
    from rushlock.evaluation.stream_training.recipe import RECIPES

    known = RECIPES["published" if arguments.size == "larger" else "stand-in"]
    recipe = replace(known, seed=arguments.seed, memory=arguments.memory)
    if arguments.minutes is None:
        return recipe
    if arguments.minutes < 0:
        raise UsageError("--minutes must not be less than 0")
    return recipe.within(arguments.minutes)


def _weights(start: str) -> Path:
    """Return the file of the weights to begin with.

    Raises:
        ModelMissingError: They are not installed.
        UsageError: There is no such file and no such network.
    """
    from rushlock.nets.opening import chosen, missing_words
    from rushlock.nets.store import stored

    if Path(start).is_file():
        return Path(start)
    entry = chosen(start)
    found = stored(entry.name)
    if found is None:
        raise ModelMissingError(missing_words(entry))
    return found.path


def _rows(found: Mapping[str, Mapping[str, list[float]]]) -> list[list[str]]:
    count = len(found["single"]["acc"])
    return [[str(after), *_cells(found, after - 1)] for after in _SHOWN if after <= count]


def _cells(found: Mapping[str, Mapping[str, list[float]]], at: int) -> list[str]:
    cells = []
    for way in _WAYS:
        figures = found[way]
        cells += [percent(figures["acc"][at]), percent(figures["acc_within_one"][at])]
        cells.append(f"{figures['mae_s'][at]:.2f} s")
    return cells
