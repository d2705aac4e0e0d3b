"""``rushlock bench video A B``: where two silent clips' pictures meet, by every head that can be asked.

``rushlock bench video FOLDER``: every head's error over a published dataset (see
``evaluation.video_pair.layouts``).
"""

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.errors import UsageError
from rushlock.base.paths import shipped
from rushlock.base.progress import CancelToken, Stage
from rushlock.cli.codes import Exit
from rushlock.cli.options import settings_from
from rushlock.cli.running import run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.terminal import output_width
from rushlock.cli.text import percent, printable

if TYPE_CHECKING:
    from rushlock.evaluation.video_pair.answers import Answer
    from rushlock.evaluation.video_pair.crops import HeadError
    from rushlock.evaluation.video_pair.dataset import DatasetTable
    from rushlock.evaluation.video_pair.whole import VideoPair
    from rushlock.offsets.heads.matrix.head import LayerHead, PublishedHead

NAME = "video"
_MOST_PAIRS = 200
_OWN = "offset_cnn.safetensors"
_ANSWERS = (
    Column("matrix of"),
    Column("head"),
    Column("offset", right=True),
    Column("frames off", right=True),
    Column("probability", right=True),
    Column("no overlap", right=True),
)
_PLANTED = (
    Column("matrix of"),
    Column("head"),
    Column("frames off", right=True),
    Column("median", right=True),
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that only this suite knows; it shares those of ``embeddings``."""
    group = parser.add_argument_group(
        f"{NAME} A B or {NAME} FOLDER",
        "two clips, by picture alone, with --offset, --seconds and --heatmap as above; or a folder laid out "
        "as NTU RGB+D with NTU-SYN's annotation, as CMU Panoptic, or as Pouring",
    )
    add = group.add_argument
    add(
        "--cuts",
        type=int,
        default=0,
        metavar="N",
        help="also plant N lags within 30 frames, both clips cut to equal length (needs --offset)",
    )
    add(
        "--most",
        type=int,
        default=_MOST_PAIRS,
        metavar="N",
        help=f"pairs of a dataset to ask about, drawn evenly (default: {_MOST_PAIRS})",
    )
    add(
        "--head",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="also ask a trained head: .safetensors of rushlock train offset-cnn (the one that comes with "
        "Rushlock is asked anyway), or VideoSync's as .npz",
    )


def run(arguments: argparse.Namespace, words: Sequence[str]) -> int:
    """Print every head's answer; write matrix and lag curve where they are asked for."""
    if len(words) == 1 and Path(words[0]).is_dir():
        return _run_dataset(arguments, Path(words[0]))
    if len(words) != 2:
        raise UsageError(
            f"bench {NAME} compares two clips, or asks about a dataset: rushlock bench {NAME} A B, "
            f"rushlock bench {NAME} FOLDER"
        )
    if arguments.cuts < 0 or (arguments.cuts and arguments.offset is None):
        raise UsageError("--cuts needs --offset: lags can only be planted where the truth is known")
    if arguments.heatmap is not None:
        from rushlock.evaluation.heatmap_file import checked_suffix

        checked_suffix(arguments.heatmap)
    found = run_stage(partial(_compared, arguments, words), quiet=arguments.quiet)
    if not arguments.quiet:
        print(*_lines(found), sep="\n", flush=True)
    if arguments.heatmap is not None:
        print(f"wrote {printable(str(arguments.heatmap))}")
    if arguments.out is not None:
        _write(arguments.out, found)
    return Exit.DONE


def _compared(arguments: argparse.Namespace, words: Sequence[str], token: CancelToken) -> "Stage[VideoPair]":
    from rushlock.cache.store import open_default
    from rushlock.evaluation.video_pair.whole import Question, compare_video
    from rushlock.jobs.devices import chosen_device

    settings = settings_from(arguments)
    trained, published = _heads(arguments.head)
    question = Question(
        Path(words[0]),
        Path(words[1]),
        arguments.offset,
        arguments.seconds,
        arguments.cuts,
        chosen_device(settings),
    )
    found = yield from compare_video(question, open_default(settings), token, trained, published)
    if arguments.heatmap is not None:
        yield from _drawn(found, arguments.heatmap, token)
    return found


def _run_dataset(arguments: argparse.Namespace, folder: Path) -> int:
    if arguments.most < 1:
        raise UsageError("--most must be 1 at least")
    found = run_stage(partial(_asked, arguments, folder), quiet=arguments.quiet)
    if not arguments.quiet:
        rows = [_planted(each) for each in found.errors]
        print(f"{found.layout}: {found.pairs} pairs of {found.scenes} scenes, {len(found.skipped)} left out")
        print(*map(printable, found.skipped), table(_PLANTED, rows, output_width()), sep="\n", flush=True)
    if arguments.out is not None:
        _write(arguments.out, found)
    return Exit.DONE


def _asked(arguments: argparse.Namespace, folder: Path, token: CancelToken) -> "Stage[DatasetTable]":
    from rushlock.base.errors import ModelMissingError
    from rushlock.cache.store import open_default
    from rushlock.evaluation.video_pair.dataset import dataset_table
    from rushlock.evaluation.video_pair.whole import FAMILY
    from rushlock.jobs.devices import chosen_device
    from rushlock.nets.opening import open_frame_net

    settings = settings_from(arguments)
    trained, published = _heads(arguments.head)
    try:
        net = open_frame_net(FAMILY, chosen_device(settings))
    except ModelMissingError:
        net = None
    cache = open_default(settings)
    return (yield from dataset_table(folder, arguments.most, cache, token, trained, published, net))


def _heads(files: Sequence[Path]) -> "tuple[list[LayerHead], list[PublishedHead]]":
    """Return trained heads, the one that comes with Rushlock first, and published ones."""
    from rushlock.nets.offset_cnn.diagonal import open_diagonal_cnn
    from rushlock.offsets.heads.matrix.learned import read_learned
    from rushlock.offsets.heads.matrix.published import Trained
    from rushlock.offsets.heads.matrix.unbiased import Network

    networks = [file for file in files if file.suffix != ".npz"]
    own = shipped("models") / _OWN
    trained: list[LayerHead] = [Network(open_diagonal_cnn(own))] if own.is_file() else []
    trained += [Network(open_diagonal_cnn(file), file.stem) for file in networks]
    published: list[PublishedHead] = [
        Trained(file.stem, read_learned(file)) for file in files if file.suffix == ".npz"
    ]
    return trained, published


def _drawn(found: "VideoPair", path: Path, token: CancelToken) -> Stage[Path]:
    """Write the matrix of motion with its lag curve and return where."""
    from rushlock.evaluation.heatmap_file import write_heatmap
    from rushlock.evaluation.video_pair.drawn import motion_matrix
    from rushlock.similarity.heatmap import heatmap

    matrix = motion_matrix(found.evidence)
    drawn = yield from heatmap(matrix, token)
    return write_heatmap(path, matrix, drawn)


def _lines(found: "VideoPair") -> list[str]:
    """Return what is printed."""
    width = output_width()
    rows = [_answer(found, each) for each in found.answers]
    lines = [f"errors in frames at {found.rate:.4g} fps", table(_ANSWERS, rows, width), ""]
    if found.errors:
        lines += [f"{found.errors[0].error.pairs} lags planted, cut to equal length"]
        lines += [table(_PLANTED, [_planted(each) for each in found.errors], width), ""]
    return lines


def _answer(found: "VideoPair", answer: "Answer") -> list[str]:
    off = found.frames_off(answer)
    return [
        answer.evidence,
        answer.head,
        "-" if answer.offset is None else f"{answer.offset:+.3f} s",
        "-" if off is None else f"{off:.1f}",
        "-" if answer.chance is None else percent(answer.chance),
        "-" if answer.none is None else percent(answer.none),
    ]


def _planted(found: "HeadError") -> list[str]:
    error = found.error
    return [found.evidence, found.head, f"{error.mean:.2f} +- {error.margin:.2f}", f"{error.median:.1f}"]


def _write(path: Path, found: "VideoPair | DatasetTable") -> None:
    from rushlock.export.atomic import write_atomically

    write_atomically(path, json.dumps(found.as_dict(), indent=1) + "\n")
    print(f"wrote {printable(str(path))}")
