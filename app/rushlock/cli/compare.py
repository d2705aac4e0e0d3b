"""``rushlock compare``: hold a project against a timeline that you trust, clip by clip."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.cli.codes import Exit
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_quiet, run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.text import printable

if TYPE_CHECKING:
    from rushlock.export.comparison import ComparedClip, Comparison
    from rushlock.export.delivery import Delivery

_COLUMNS = (
    Column("clip", shrinks=True),
    Column("camera", shrinks=True),
    Column("compared"),
    Column("difference", right=True),
    Column("status"),
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("project", type=Path, metavar="PROJECT", help="a project (*.rushlock)")
    add("timeline", type=Path, metavar="TIMELINE", help="a timeline that you trust: .otio .xml .fcpxml")
    add("--all", action="store_true", help="list every clip, also those that agree")
    add("--json", action="store_true", help="print the comparison as JSON")
    add("--report", type=Path, metavar="FILE", help="write the sync report with the comparison in it (.html)")
    add_quiet(parser)
    add_settings(parser, "timeline_rate")


def run(arguments: argparse.Namespace) -> int:
    """Compare, print, and say by the exit code whether any clip is elsewhere or missing."""
    from rushlock.pipeline.comparing import comparison_with
    from rushlock.pipeline.deliver import delivery_of
    from rushlock.project.document import Project

    with Project.open(arguments.project) as project:
        delivery = delivery_of(project, settings_from(arguments, project.settings()))
    comparison = run_stage(
        lambda token: comparison_with(arguments.timeline, delivery, token),
        quiet=arguments.quiet or arguments.json,
    )
    _print(comparison, arguments)
    if arguments.report is not None:
        _report(arguments.report, delivery, comparison, quiet=arguments.quiet or arguments.json)
    return Exit.DONE if comparison.agrees else Exit.ATTENTION


def _print(comparison: "Comparison", arguments: argparse.Namespace) -> None:
    from rushlock.export.comparison import Verdict
    from rushlock.export.comparison_words import comparison_document, summary

    if arguments.json:
        print(json.dumps(comparison_document(comparison), ensure_ascii=False, indent=2))
        return
    if arguments.quiet:
        return
    shown = [clip for clip in comparison.clips if arguments.all or clip.verdict is not Verdict.RIGHT]
    if shown:
        print(table(_COLUMNS, [_row(comparison, clip) for clip in shown]), end="\n\n")
    for sentence in summary(comparison):
        print(printable(sentence))
    for path, reason in comparison.unknown:
        print(f"  {printable(str(path))}: {reason}")


def _row(comparison: "Comparison", clip: "ComparedClip") -> tuple[str, ...]:
    from rushlock.export.comparison_words import VERDICT_WORDS, difference_words

    status = "excluded" if clip.placement is None else clip.placement.status.value
    return (
        clip.clip.name,
        clip.clip.camera,
        VERDICT_WORDS[clip.verdict],
        difference_words(comparison, clip),
        status,
    )


def _report(path: Path, delivery: "Delivery", comparison: "Comparison", *, quiet: bool) -> None:
    from rushlock.export.atomic import write_atomically
    from rushlock.export.report import page
    from rushlock.pipeline.deliver import illustrated

    shown = run_stage(lambda token: illustrated(delivery, token), quiet=quiet)
    write_atomically(path, page.render(shown, comparison))
    if not quiet:
        print(f"wrote {printable(str(path))}")
