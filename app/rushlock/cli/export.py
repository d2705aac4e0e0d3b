"""``rushlock export``: write a project again, as timelines for editing systems, lists or a report."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.errors import UsageError
from rushlock.cli.codes import Exit
from rushlock.cli.exporting import FORMATS, add_policies, policy_from, print_losses, print_written
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_quiet, run_stage

if TYPE_CHECKING:
    from rushlock.export.dialect import Dialect


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("project", type=Path, metavar="PROJECT", help="a project (*.rushlock)")
    add(
        *("-o", "--out"),
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="what to write, by its suffix; may be given several times",
    )
    add(
        "--format",
        action="append",
        default=[],
        metavar="NAME",
        help=f"write PROJECT.NAME beside the project; may be given several times: {FORMATS}",
    )
    add("--losses", action="store_true", help="only say what would be lost of this shoot; write nothing")
    add_quiet(parser)
    add_policies(parser)
    add_settings(parser, "timeline_rate")


def run(arguments: argparse.Namespace) -> int:
    """Say what is lost, write each file asked for, say how to bring it into the NLE."""
    from rushlock.pipeline.deliver import delivery_of, exported
    from rushlock.project.document import Project

    targets, policy = _targets(arguments), policy_from(arguments)
    with Project.open(arguments.project) as project:
        delivery = delivery_of(project, settings_from(arguments, project.settings()))
    delivery = replace(delivery, policy=policy)
    if not arguments.quiet:
        print_losses(targets, delivery)
    for path, dialect in [] if arguments.losses else targets:
        written = run_stage(
            lambda token, path=path, dialect=dialect: exported(path, dialect, delivery, token),  # type: ignore[misc]
            quiet=arguments.quiet,
        )
        if not arguments.quiet:
            print_written(dialect, written)
    return Exit.DONE


def _targets(arguments: argparse.Namespace) -> list[tuple[Path, "Dialect"]]:
    from rushlock.export.registry import dialect_named, dialect_of

    named = [(path, dialect_of(path)) for path in arguments.out]
    stem = arguments.project.stem
    for key in arguments.format:
        dialect = dialect_named(key)
        named.append((arguments.project.with_name(f"{stem}{dialect.suffix}"), dialect))
    if not named:
        raise UsageError("nothing to write: give -o FILE or --format NAME")
    return named
