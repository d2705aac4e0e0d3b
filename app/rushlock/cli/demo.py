"""``rushlock demo``: render a small shoot with known truth, sync it, and show how far off each clip is."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings
from rushlock.cli.codes import Exit
from rushlock.cli.folders import opened_project
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_loudness, run_stage
from rushlock.cli.summary import ExtraColumn, print_report
from rushlock.cli.sync import synced
from rushlock.cli.table import Column
from rushlock.cli.text import printable

if TYPE_CHECKING:
    from rushlock.evaluation.score import Score
    from rushlock.export.delivery import Delivery
    from rushlock.media.clip import Clip
    from rushlock.project.document import Project

_FOLDER = Path("demo")
_NAME = "demo"
_SEED = 1


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        *("-o", "--out"),
        type=Path,
        default=_FOLDER,
        metavar="DIR",
        help=f"where the rushes and the results go (default: {_FOLDER} here)",
    )
    add_loudness(parser)
    add_settings(parser)


def run(arguments: argparse.Namespace) -> int:
    """Render (unless an earlier run did), sync, compare; fail where a synced clip is off by over a frame."""
    place = arguments.out / f"{_NAME}.rushlock"
    with opened_project(place) as project:
        settings = settings_from(arguments, project.settings())
        delivery, written = run_stage(
            lambda token: _whole(project, arguments.out, settings, token), quiet=arguments.quiet
        )
    judged = _judged(delivery, arguments.out)
    if not arguments.quiet:
        columns = _error_columns(delivery, judged, arguments.out)
        print_report(delivery, (*written, place), verbose=arguments.verbose, extra=columns)
        _print_next_steps(arguments.out, place)
    return Exit.FAILED if judged.wrong else Exit.DONE


def _whole(
    project: "Project", out: Path, settings: Settings, token: CancelToken
) -> Stage[tuple["Delivery", tuple[Path, ...]]]:
    from rushlock.evaluation.bench import camera_folders, rushes
    from rushlock.evaluation.scenarios import SCENARIOS
    from rushlock.pipeline.deliver import deliver
    from rushlock.pipeline.request import SyncRequest

    plan, folder = SCENARIOS[_NAME](_SEED), _rushes_folder(out)
    truth = yield from rushes(plan, folder, token)
    request = SyncRequest(camera_folders(plan, folder), decisions=project.decisions(), settings=settings)
    delivery = yield from synced(project, request, _NAME, token)
    starts = {clip.key: truth.clips[_path_in_shoot(clip, out)].start for clip in delivery.clips}
    delivery = replace(delivery, truth=starts)
    by_dialect = yield from deliver(delivery, out, token)
    written = tuple(path for _, paths in by_dialect for path in paths)
    return delivery, written


def _rushes_folder(out: Path) -> Path:
    return out / "rushes"


def _path_in_shoot(clip: "Clip", out: Path) -> str:
    """Return the path by which the truth knows a clip."""
    return clip.path.resolve().relative_to(_rushes_folder(out).resolve()).as_posix()


def _judged(delivery: "Delivery", out: Path) -> "Score":
    from rushlock.evaluation.score import score
    from rushlock.evaluation.truth import read_truth
    from rushlock.pipeline.request import SyncResult

    folder = _rushes_folder(out)
    result = SyncResult(delivery.clips, delivery.unreadable, delivery.sync_map)
    return score(result, read_truth(folder), folder)


def _error_columns(delivery: "Delivery", judged: "Score", out: Path) -> list[ExtraColumn]:
    by_path = {clip.path: clip for clip in judged.clips}
    scored = {clip.key: by_path[_path_in_shoot(clip, out)] for clip in delivery.clips}
    return [
        (Column("error ms", right=True), {key: _milliseconds(clip.error) for key, clip in scored.items()}),
        (
            Column("less travel", right=True),
            {key: _milliseconds(clip.heard_error) for key, clip in scored.items()},
        ),
    ]


def _milliseconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1000:+.2f}"


def _print_next_steps(out: Path, place: Path) -> None:
    print(
        "",
        "error: against the true start. less travel: without the time that the sound took to each",
        "microphone, which sound alone cannot know (2.9 ms a metre).",
        "",
        f"The report, for a browser:   {printable(str(out / 'report.html'))}",
        f"The timeline, for an NLE:    {printable(str(out / f'{_NAME}.otio'))}",
        f"The window:                  rushlock {printable(str(place))}",
        "Your own rushes:             rushlock sync FOLDER... -o out",
        sep="\n",
    )
