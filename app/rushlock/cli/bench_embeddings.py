"""``rushlock bench embeddings A B``: how well a network's embeddings tell same time from different time."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.cli.codes import Exit
from rushlock.cli.options import settings_from
from rushlock.cli.running import run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.terminal import output_width
from rushlock.cli.text import percent, printable

if TYPE_CHECKING:
    from rushlock.evaluation.embedding_pair import EmbeddedPair
    from rushlock.evaluation.embedding_table import Finding, Row

NAME = "embeddings"
_TABLE = (
    Column("modality"),
    Column("metric"),
    Column("same index", right=True),
    Column("different", right=True),
    Column("gap", right=True),
    Column("rank", right=True),
    Column("first", right=True),
)
_FOUND = (
    Column("lag curve of"),
    Column("offset", right=True),
    Column("probability", right=True),
    Column("no overlap", right=True),
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that only this suite knows."""
    group = parser.add_argument_group(
        f"{NAME} A B", "two clips (a file, or a folder with one clip's chapters)"
    )
    add = group.add_argument
    add("--net", default="synchformer", metavar="NAME", help="by which network (default: synchformer)")
    add(
        "--offset",
        type=float,
        metavar="SECONDS",
        help="B's start minus A's, as far as the table needs it (default: they start together); video: what "
        "answers are compared with",
    )
    add("--seconds", type=float, default=60.0, metavar="N", help="of each clip at most (default: 60)")
    add("--heatmap", type=Path, metavar="FILE", help="also write the matrix of A and B as .npz or .png")
    add(
        "--modality",
        choices=("audio", "video", "both"),
        help="of the heatmap (default: the richest there is)",
    )
    add("--metric", choices=("cosine", "L1", "L2"), default="cosine", help="of the heatmap")


def run(arguments: argparse.Namespace, words: Sequence[str]) -> int:
    """Print the table of two clips; write their heatmap where it is asked for."""
    if len(words) != 2:
        raise UsageError(f"bench {NAME} compares two clips: rushlock bench {NAME} A B")
    if arguments.heatmap is not None:
        from rushlock.evaluation.heatmap_file import checked_suffix

        checked_suffix(arguments.heatmap)
    paths = Path(words[0]), Path(words[1])
    found = run_stage(partial(_compared, arguments, paths), quiet=arguments.quiet)
    if not arguments.quiet:
        print(*_lines(found), sep="\n", flush=True)
    if arguments.out is not None:
        _write(arguments.out, found)
    return Exit.DONE


@dataclass(frozen=True, slots=True)
class _Found:
    """What two clips gave."""

    net: str
    experimental: bool
    rows: "Sequence[Row]"
    findings: "Sequence[Finding]"
    heatmap: Path | None


def _compared(arguments: argparse.Namespace, paths: tuple[Path, Path], token: CancelToken) -> Stage[_Found]:
    from rushlock.cache.store import open_default
    from rushlock.evaluation.embedding_pair import embed_pair, one_clip
    from rushlock.evaluation.embedding_table import findings, seed_table
    from rushlock.jobs.devices import chosen_device
    from rushlock.nets.opening import open_net
    from rushlock.pipeline.probing import cached_probe

    settings = settings_from(arguments)
    cache = open_default(settings)
    master = yield from one_clip(paths[0], cached_probe(cache), token)
    node = yield from one_clip(paths[1], cached_probe(cache), token)
    net = open_net(arguments.net, chosen_device(settings))
    pair = yield from embed_pair(
        master, node, net, cache, token, offset=arguments.offset or 0.0, seconds=arguments.seconds
    )
    written = None
    if arguments.heatmap is not None:
        written = yield from _drawn(arguments, pair, token)
    return _Found(net.name, net.experimental, seed_table(pair), findings(pair), written)


def _drawn(arguments: argparse.Namespace, pair: "EmbeddedPair", token: CancelToken) -> Stage[Path]:
    """Write the heatmap and return where it lies.

    Raises:
        UsageError: The clips do not both have what it shall show.
    """
    from rushlock.evaluation.heatmap_file import write_heatmap
    from rushlock.similarity.heatmap import heatmap
    from rushlock.similarity.matrix import Matrix

    there = pair.modalities
    if not there or (arguments.modality or there[-1]) not in there:
        raise UsageError(f"these clips have in common: {', '.join(there) or 'neither picture nor sound'}")
    modality = arguments.modality or there[-1]
    matrix = Matrix(pair.master.vectors(modality), pair.node.vectors(modality), arguments.metric)
    drawn = yield from heatmap(matrix, token)
    return write_heatmap(arguments.heatmap, matrix, drawn)


def _lines(found: _Found) -> list[str]:
    """Return what is printed."""
    label = " (experimental)" if found.experimental else ""
    rows = [_cells(row) for row in found.rows]
    said = [
        (
            f.modality,
            "-" if f.offset is None else f"{f.offset:+.2f} s",
            percent(f.probability),
            percent(f.none),
        )
        for f in found.findings
    ]
    width = output_width()
    lines = [f"embedded by {printable(found.net)}{label}", table(_TABLE, rows, width), ""]
    lines += [table(_FOUND, said, width), ""]
    if found.heatmap is not None:
        lines.append(f"wrote {printable(str(found.heatmap))}")
    return lines


def _cells(row: "Row") -> tuple[str, ...]:
    means = (f"{value:.4f}" for value in (row.same, row.different, row.gap))
    return (row.modality, row.metric, *means, f"{row.rank:.1f} of {row.segments}", percent(row.first))


def _write(path: Path, found: _Found) -> None:
    from rushlock.export.atomic import write_atomically

    figures = {
        "net": found.net,
        "experimental": found.experimental,
        "table": [row.as_dict() for row in found.rows],
        "lag_curves": [finding.as_dict() for finding in found.findings],
    }
    write_atomically(path, json.dumps(figures, indent=1) + "\n")
    print(f"wrote {printable(str(path))}")
