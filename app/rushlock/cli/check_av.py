"""``rushlock check-av``: say of each clip whether its own sound is in step with its picture."""

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.errors import MediaError, UsageError
from rushlock.cli.codes import Exit
from rushlock.cli.folders import check_paths
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_loudness, run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.terminal import output_width
from rushlock.cli.text import percent, printable

if TYPE_CHECKING:
    from rushlock.media.clip import Clip
    from rushlock.offsets.av_offset import AvOffset
    from rushlock.pipeline.check_av import Checked
    from rushlock.pipeline.request import SyncRequest

_SUFFIX = ".rushlock"
_COLUMNS = (
    Column("clip", shrinks=True),
    Column("camera", shrinks=True),
    Column("sound late by", right=True),
    Column("give or take", right=True),
    Column("confidence", right=True),
    Column("own sound"),
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="folders (best: one for each camera) and files, or one project (*.rushlock); clips of a shoot "
        "are told far more surely together than alone",
    )
    parser.add_argument("--json", action="store_true", help="print JSON: a list with one object a clip")
    add_loudness(parser)
    add_settings(parser, "embeddings", "window_hop", "window_history", "workers", "device", "cache_gib")


def run(arguments: argparse.Namespace) -> int:
    """Check every clip that has sound and picture; attention where any is off or a file was not read."""
    from rushlock.pipeline.check_av import check_av

    check_paths(arguments.paths)
    request = _request(arguments)
    checked = run_stage(
        lambda token: check_av(request, token), quiet=arguments.quiet, verbose=arguments.verbose
    )
    if arguments.json:
        print(json.dumps([facts(clip, checked.told[clip.key]) for clip in checked.clips], indent=2))
    else:
        _print(checked, quiet=arguments.quiet, verbose=arguments.verbose)
    if not checked.clips and not arguments.json:
        raise MediaError(request.paths[0], "no clip here has both sound and picture")
    off = any(told.off for told in checked.told.values())
    return Exit.ATTENTION if off or checked.unreadable else Exit.DONE


def _request(arguments: argparse.Namespace) -> "SyncRequest":
    """Return what is to be checked: what lies at the paths, or what a project was made of."""
    from rushlock.pipeline.request import SyncRequest

    projects = [path for path in arguments.paths if path.suffix == _SUFFIX and path.is_file()]
    if not projects:
        return SyncRequest(tuple(arguments.paths), settings=settings_from(arguments))
    if len(arguments.paths) > 1:
        raise UsageError("give one project, or folders and files")
    from rushlock.project.document import Project

    with Project.open(projects[0]) as project:
        sources, said = project.sources(), project.arrangement()
        return SyncRequest(
            tuple(source.path for source in sources),
            tuple((source.camera, source.path) for source in sources if source.camera),
            project.decisions(),
            settings_from(arguments, project.settings()),
            moved=said.moved,
            master=said.master,
        )


def facts(clip: "Clip", told: "AvOffset") -> dict[str, Any]:
    """Return what is told of a clip as plain data; seconds positive where the sound is late."""
    return {
        "path": clip.given or str(clip.path),
        "camera": clip.camera,
        "verdict": told.verdict.value,
        "seconds": told.seconds,
        "error": told.error,
        "chance": told.chance,
        "words": told.words,
        "evidence": [asdict(evidence) for evidence in told.evidence],
    }


def _print(checked: "Checked", *, quiet: bool, verbose: bool) -> None:
    for file in checked.unreadable:
        print(f"not read: {printable(str(file.path))}: {printable(file.reason)}")
    if quiet or not checked.clips:
        return
    print(table(_COLUMNS, [_row(clip, checked.told[clip.key]) for clip in checked.clips], output_width()))
    for clip in checked.clips if verbose else ():
        print(f"{printable(clip.name)}: {checked.told[clip.key].words}")
        for e in checked.told[clip.key].evidence:
            print(f"    {1000 * e.seconds:+.0f} ms, {percent(e.chance)}: {printable(e.words)}")
    counts = Counter(told.verdict for told in checked.told.values())
    print(", ".join(f"{count} {verdict.value}" for verdict, count in counts.items()))


def _row(clip: "Clip", told: "AvOffset") -> list[str]:
    known = told.tells
    return [
        clip.name,
        clip.camera,
        f"{1000 * told.seconds:+.0f} ms" if known else "-",
        f"{1000 * told.error:.0f} ms" if known else "-",
        percent(told.chance) if known else "-",
        told.words,
    ]
