"""``rushlock sync``: place every clip of folders and files on one clock, and write the timeline."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.errors import MediaError, UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings
from rushlock.cli.codes import Exit
from rushlock.cli.exporting import FORMATS, add_policies, policy_from, print_losses, print_written
from rushlock.cli.folders import check_name, check_paths, opened_project, shoot_name
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_loudness, run_stage
from rushlock.cli.summary import needs_a_person, print_report
from rushlock.export.policy import Policy

if TYPE_CHECKING:
    from rushlock.export.delivery import Delivery
    from rushlock.export.dialect import Dialect
    from rushlock.pipeline.request import SyncRequest
    from rushlock.project.document import Project

_log = logging.getLogger(__name__)

_OUT = Path("rushlock-out")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="folders (best: one for each camera) and files")
    add(
        "--from",
        dest="timeline",
        type=Path,
        metavar="TIMELINE",
        help="sync the media of a timeline (.otio, .xml, .fcpxml), its tracks as cameras; PATHs are then "
        "where to look for media that moved",
    )
    add(
        *("-o", "--out"),
        type=Path,
        default=_OUT,
        metavar="DIR",
        help=f"where NAME.otio, sync.json, report.html and NAME.rushlock go (default: {_OUT} here)",
    )
    add(
        "--camera",
        action="append",
        default=[],
        type=_named_path,
        metavar="NAME=PATH",
        help="everything below PATH is camera NAME; may be given several times",
    )
    add("--name", help="of the timeline (default: that of the folder that holds all paths)")
    add(
        "--project",
        type=Path,
        metavar="FILE",
        help="open or make this project (default: NAME.rushlock in DIR); decisions in it are respected, and "
        "settings not given here are taken from it",
    )
    add(
        "--format",
        action="append",
        default=[],
        metavar="NAME",
        help=f"write NAME.FORMAT besides; may be given several times: {FORMATS}",
    )
    add("--json", action="store_true", help="print on stdout what sync.json holds, and nothing else")
    add_loudness(parser)
    add_policies(parser)
    add_settings(parser)


def _named_path(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if not (name and equals and path):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=PATH")
    return name, Path(path)


def run(arguments: argparse.Namespace) -> int:
    """Sync, write, report."""
    given = [arguments.timeline] if arguments.timeline else arguments.paths
    if not given:
        raise UsageError("nothing to sync: name folders or files, or a timeline with --from")
    check_paths([*given, *arguments.paths, *(path for _, path in arguments.camera)])
    _check_rate(settings_from(arguments))
    name, policy = _name(arguments), policy_from(arguments)
    check_name(name)
    dialects = _dialects(arguments)
    place = arguments.project or arguments.out / f"{name}.rushlock"
    with opened_project(place) as project:
        request = _request(project, arguments)
        delivery, written = run_stage(
            lambda token: _whole(
                project, request, _Wish(name, arguments.out, policy, dialects, arguments.timeline), token
            ),
            quiet=arguments.quiet,
            verbose=arguments.verbose,
        )
    if arguments.json:
        _print_json(delivery)
    elif not arguments.quiet:
        files = [path for _, paths in written for path in paths]
        print_report(delivery, (*files, place), verbose=arguments.verbose)
        _print_exports(delivery, [(paths, dialect) for dialect, paths in written if dialect in dialects])
    return Exit.ATTENTION if needs_a_person(delivery) else Exit.DONE


def _name(arguments: argparse.Namespace) -> str:
    if arguments.name is not None:
        return str(arguments.name)
    if arguments.timeline:
        return str(arguments.timeline.stem)
    return str(arguments.project.stem) if arguments.project else shoot_name(arguments.paths)


def _request(project: "Project", arguments: argparse.Namespace) -> "SyncRequest":
    from rushlock.pipeline.request import SyncRequest

    settings = settings_from(arguments, project.settings())
    if settings != project.settings():
        project.set_settings(settings)
    said = project.arrangement()
    return SyncRequest(
        tuple(arguments.paths),
        tuple(arguments.camera),
        project.decisions(),
        settings,
        moved=said.moved,
        master=said.master,
    )


def _check_rate(settings: Settings) -> None:
    """Raise UsageError now, not after an hour's work."""
    from rushlock.timeline.frame_rate import chosen_rate

    chosen_rate(settings.timeline_rate, ())


def synced(project: "Project", request: "SyncRequest", name: str, token: CancelToken) -> Stage["Delivery"]:
    """Run the main job, keep what it found in a project, and return what the project hands out.

    Raises:
        MediaError: There is nothing to sync.
    """
    from rushlock.pipeline.deliver import delivery_of
    from rushlock.pipeline.run import sync
    from rushlock.project.document import Source, wishes

    result = yield from sync(request, token)
    if not result.clips:
        for file in result.unreadable:
            _log.error("not read: %s: %s", file.path, file.reason)
        raise MediaError(request.paths[0], "there is nothing here that can be read and synced")
    named = {path for _, path in request.cameras}
    # Absolute: the project will be opened from elsewhere.
    sources = [Source(path.absolute()) for path in request.paths if path not in named]
    given = (Source(path.absolute(), camera) for camera, path in request.cameras)
    project.set_sources([*sources, *given])
    heeded = wishes(request.decisions, request.moved, request.master)
    project.store_run(result.clips, result.unreadable, result.sync_map, result.grounds, heeded)
    return delivery_of(project, request.settings, name=name)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What to write: the timeline's name, where, how, in which dialects besides; whose media to take."""

    name: str
    out: Path
    policy: Policy
    dialects: tuple["Dialect", ...]
    timeline: Path | None = None


_Written = tuple[tuple["Dialect", tuple[Path, ...]], ...]


def _whole(
    project: "Project", request: "SyncRequest", wish: _Wish, token: CancelToken
) -> Stage[tuple["Delivery", _Written]]:
    from rushlock.pipeline.deliver import deliver

    if wish.timeline is not None:
        request = yield from _of_timeline(request, wish.timeline, token)
    delivery = yield from synced(project, request, wish.name, token)
    delivery = replace(delivery, policy=wish.policy)
    written = yield from deliver(delivery, wish.out, token, wish.dialects)
    return delivery, written


def _of_timeline(request: "SyncRequest", timeline: Path, token: CancelToken) -> Stage["SyncRequest"]:
    """Return the request for a timeline's media, looked for below the request's own paths."""
    from rushlock.pipeline.from_timeline import media_of_timeline

    found = yield from media_of_timeline(timeline, request.paths, request.settings, token)
    for want, reason in found.lost:
        _log.warning("not found: %s: %s", want.path, reason)
    paths = tuple(path for _, path in found.at_least_one.files)
    return replace(request, paths=paths, cameras=(*request.cameras, *found.files))


def _dialects(arguments: argparse.Namespace) -> tuple["Dialect", ...]:
    """Return the dialects asked for besides; unknown ones fail now, not after an hour's work."""
    if not arguments.format:
        return ()
    from rushlock.export.registry import dialect_named

    return tuple(dict.fromkeys(dialect_named(key) for key in arguments.format))


def _print_exports(delivery: "Delivery", exports: "Sequence[tuple[tuple[Path, ...], Dialect]]") -> None:
    print_losses([(paths[0], dialect) for paths, dialect in exports if paths], delivery)
    for paths, dialect in exports:
        print_written(dialect, paths)


def _print_json(delivery: "Delivery") -> None:
    from rushlock.export.sync_json import document

    json.dump(document(delivery), sys.stdout, indent=2)
    print()
