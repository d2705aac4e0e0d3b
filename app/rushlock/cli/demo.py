"""``rushlock demo``: render a small shoot with known truth, sync it, and show how far off each clip is."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings
from rushlock.cli.codes import Exit
from rushlock.cli.folders import opened_project
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_loudness, run_stage
from rushlock.cli.summary import print_report
from rushlock.cli.sync import synced
from rushlock.cli.table import Column
from rushlock.cli.text import printable

if TYPE_CHECKING:
    from rushlock.evaluation.plan import ShootPlan
    from rushlock.evaluation.truth import ClipTruth, Truth
    from rushlock.export.delivery import Delivery
    from rushlock.media.clip import Clip
    from rushlock.project.document import Project

_FOLDER = Path("demo")
_NAME = "demo"
_SEED = 1
_FRAME = 1 / 25


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
    truth = _truth_by_clip(delivery.clips, arguments.out)
    errors, heard_errors = _errors(delivery, truth, travel=False), _errors(delivery, truth, travel=True)
    if not arguments.quiet:
        columns = [
            (Column("error ms", right=True), _milliseconds(errors)),
            (Column("less travel ms", right=True), _milliseconds(heard_errors)),
        ]
        print_report(delivery, (*written, place), verbose=arguments.verbose, extra=columns)
        _print_next_steps(arguments.out, place)
    synced_wrongly = [clip for clip, error in heard_errors.items() if _is_wrong(delivery, clip, error)]
    return Exit.FAILED if synced_wrongly else Exit.DONE


def _whole(
    project: "Project", out: Path, settings: Settings, token: CancelToken
) -> Stage[tuple["Delivery", tuple[Path, ...]]]:
    from rushlock.pipeline.deliver import deliver
    from rushlock.pipeline.request import SyncRequest

    truth = yield from _rushes(out, token)
    cameras = sorted({clip.camera for clip in truth.clips.values()})
    paths = tuple(_rushes_folder(out) / camera for camera in cameras)
    request = SyncRequest(paths, decisions=project.decisions(), settings=settings)
    delivery = yield from synced(project, request, _NAME, token)
    starts = {key: clip.start for key, clip in _truth_by_clip(delivery.clips, out).items()}
    delivery = replace(delivery, truth=starts)
    written = yield from deliver(delivery, out, token)
    return delivery, written


def _rushes_folder(out: Path) -> Path:
    return out / "rushes"


def _rushes(out: Path, token: CancelToken) -> Stage["Truth"]:
    """Return the truth about the demo's rushes, which are rendered unless they lie there whole."""
    from rushlock.evaluation.scenarios import SCENARIOS
    from rushlock.evaluation.shoot import render

    plan, folder = SCENARIOS[_NAME](_SEED), _rushes_folder(out)
    held = _held(plan, folder)
    if held is not None:
        return held
    shoot = yield from render(plan, folder, token)
    return shoot.truth


def _held(plan: "ShootPlan", folder: Path) -> "Truth | None":
    """Return the truth of an earlier run's rushes, None where they are not all there or of another plan."""
    from rushlock.evaluation.shoot import clip_truths
    from rushlock.evaluation.truth import TRUTH_NAME, read_truth

    if not (folder / TRUTH_NAME).is_file():
        return None
    truth = read_truth(folder)
    travel = {path: clip.travel for path, clip in truth.clips.items()}
    same = truth.clips == clip_truths(plan, travel)
    return truth if same and all((folder / path).is_file() for path in truth.clips) else None


def _truth_by_clip(clips: "tuple[Clip, ...]", out: Path) -> "dict[str, ClipTruth]":
    from rushlock.evaluation.truth import read_truth

    folder = _rushes_folder(out)
    known = read_truth(folder).clips
    return {clip.key: known[clip.path.resolve().relative_to(folder.resolve()).as_posix()] for clip in clips}


def _errors(delivery: "Delivery", truth: "Mapping[str, ClipTruth]", *, travel: bool) -> dict[str, float]:
    """Return how far each placed clip is off the truth in seconds, each group shifted to fit best.

    Args:
        delivery: What came out.
        truth: By clip key.
        travel: Whether the truth is where sound says that a clip starts: earlier by its way.
    """
    from rushlock.export.table import start_errors

    starts = {key: clip.start - (clip.travel if travel else 0.0) for key, clip in truth.items()}
    return start_errors(replace(delivery, truth=starts))


def _milliseconds(errors: Mapping[str, float]) -> dict[str, str]:
    return {clip: f"{error * 1000:+.2f}" for clip, error in errors.items()}


def _is_wrong(delivery: "Delivery", clip: str, error: float) -> bool:
    from rushlock.placements.sync_map import Status

    return delivery.sync_map.by_clip[clip].status is Status.SYNCED and abs(error) > _FRAME


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
