"""``rushlock bench``: measure accuracy, speed and growth on generated shoots, and on published recordings."""

import argparse
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rushlock.base.errors import UsageError
from rushlock.cli import bench_av, bench_embeddings, bench_player, bench_video
from rushlock.cli.codes import Exit
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_quiet, run_stage
from rushlock.cli.suites import Suite, Task, accuracy_of, answering, growth, lags, nets, public_pairs, speed
from rushlock.cli.table import Column, table
from rushlock.cli.terminal import output_width
from rushlock.cli.text import printable

_FOLDER = Path("bench")
_ALL = ("small=8", "day=1", "concert=1", "noise=1", "hour=1", "speed=20", "growth=50", "help=1")
_COLUMNS = (Column("figure", shrinks=True), Column("value", right=True))


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add(
        "suites",
        nargs="*",
        metavar="SUITE[=N]",
        help=f"all (that is {' '.join(_ALL)}; the default), or any of: a scenario's name with the number of "
        "shoots, speed with minutes of material, growth with clips (against a tenth of them), lags with "
        "generated pairs of cameras (a network by Multi-Synchformer's protocol), nets with tries (how fast "
        "they compute), help. Alone: embeddings A B; video A B; av [FOLDER]; codec-probe [NET ...]; "
        "player [A B]",
    )
    add(
        "--public",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="also sync the pairs of real recordings of DIR/manifest.json",
    )
    add(
        "--rushes",
        type=Path,
        default=_FOLDER,
        metavar="DIR",
        help=f"where shoots are rendered, and found again by the next run (default: {_FOLDER} here)",
    )
    add("--drop", action="store_true", help="delete each scored shoot at once, to save disk space")
    add("-o", "--out", type=Path, metavar="FILE", help="write all figures as JSON")
    bench_embeddings.declare(parser)
    bench_video.declare(parser)
    bench_av.declare(parser)
    bench_player.declare(parser)
    add_quiet(parser)
    add_settings(
        parser,
        *("accept", "review", "max_drift_ppm", "workers", "device", "embeddings"),
        *("window_hop", "window_history", "cache_gib"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Run suite after suite and print each one's figures as they come."""
    if arguments.suites[:1] == [bench_embeddings.NAME]:
        return bench_embeddings.run(arguments, arguments.suites[1:])
    if arguments.suites[:1] == [bench_video.NAME]:
        return bench_video.run(arguments, arguments.suites[1:])
    if arguments.suites[:1] == [bench_av.NAME]:
        return bench_av.run(arguments, arguments.suites[1:])
    if arguments.suites[:1] == [bench_av.PROBE]:
        return bench_av.run_probe(arguments, arguments.suites[1:])
    if arguments.suites[:1] == [bench_player.NAME]:
        return bench_player.run(arguments, arguments.suites[1:])
    words = arguments.suites or ([] if arguments.public else ["all"])
    chosen = [
        *chosen_suites(words),
        *((f"public {path}", 0, public_pairs(path)) for path in arguments.public),
    ]
    task = Task(arguments.rushes, settings_from(arguments), keep=not arguments.drop)
    figures = {}
    for name, size, suite in chosen:
        found = run_stage(partial(suite, size, task), quiet=arguments.quiet)
        figures[name] = found.figures
        if not arguments.quiet:
            print(printable(name), table(_COLUMNS, found.rows, output_width()), "", sep="\n", flush=True)
    if arguments.out is not None:
        _write(arguments.out, figures)
    return Exit.DONE


def chosen_suites(words: Sequence[str]) -> list[tuple[str, int, Suite]]:
    """Return (name, size, suite) of what is asked for.

    Raises:
        UsageError: There is no such suite, or its size is no number.
    """
    from rushlock.evaluation.scenarios import SCENARIOS

    suites: dict[str, Suite] = {name: accuracy_of(name) for name in SCENARIOS}
    suites |= {"speed": speed, "growth": growth, "help": answering, "lags": lags, "nets": nets}
    chosen = []
    for word in (part for given in words for part in (_ALL if given == "all" else (given,))):
        name, _, size = word.partition("=")
        if name not in suites or not (size or "1").isdecimal():
            raise UsageError(f"{word} is not SUITE=N; there is all, {', '.join(suites)}")
        chosen.append((name, int(size or _usual(name)), suites[name]))
    return chosen


def _usual(name: str) -> str:
    """Return the size that a suite has in ``all``, 1 where it is not in there."""
    return dict(word.split("=") for word in _ALL).get(name, "1")


def _write(path: Path, figures: Mapping[str, Any]) -> None:
    from rushlock.export.atomic import write_atomically

    write_atomically(path, json.dumps(figures, indent=1, default=str) + "\n")
    print(f"wrote {printable(str(path))}")
