"""``rushlock bench player [A B]``: how well the two-up player's core plays two clips here."""

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cli.codes import Exit
from rushlock.cli.running import run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.terminal import output_width
from rushlock.cli.text import printable

if TYPE_CHECKING:
    from rushlock.evaluation.playing import PlayerFigures

NAME = "player"
_COLUMNS = (Column("figure"), Column("value", shrinks=True))


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that only this suite knows; it shares --offset and --seconds with ``embeddings``."""
    group = parser.add_argument_group(
        f"{NAME} [A B]",
        "play two clips together without a window; a pair of 1080p25 is made if none is given",
    )
    add = group.add_argument
    add(
        "--gop",
        type=int,
        default=50,
        metavar="N",
        help="frames from key to key of the pair made (default: 50)",
    )
    add("--box", default="640x360", metavar="WxH", help="size of each picture shown (default: 640x360)")
    add("--threads", type=int, default=1, metavar="N", help="frames decoded at the same time (default: 1)")


def run(arguments: argparse.Namespace, words: Sequence[str]) -> int:
    """Print how two clips play."""
    if len(words) not in (0, 2):
        raise UsageError(f"bench {NAME} plays two clips: rushlock bench {NAME} A B")
    found = run_stage(partial(_measured, arguments, words), quiet=arguments.quiet)
    if not arguments.quiet:
        print(f"{found.names[0]} + {found.names[1]}", table(_COLUMNS, found.rows(), output_width()), sep="\n")
    if arguments.out is not None:
        from rushlock.export.atomic import write_atomically

        write_atomically(arguments.out, json.dumps(found.as_dict(), indent=1) + "\n")
        print(f"wrote {printable(str(arguments.out))}")
    return Exit.DONE


def _measured(
    arguments: argparse.Namespace, words: Sequence[str], token: CancelToken
) -> "Stage[PlayerFigures]":
    from rushlock.evaluation.playing import made_pair, measure_player

    files = (Path(words[0]), Path(words[1])) if words else None
    if files is None:
        files = yield from made_pair(arguments.rushes, arguments.gop, token)
    return (
        yield from measure_player(
            files,
            token,
            lag=arguments.offset or 0.0,
            seconds=min(arguments.seconds, 10.0),
            box=_box(arguments.box),
            threads=max(arguments.threads, 1),
        )
    )


def _box(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise UsageError(f"{text} is no size; write 640x360")
    return int(width), int(height)
