"""``rushlock export``: write a project again, as a timeline or a report."""

import argparse
from pathlib import Path

from rushlock.cli.codes import Exit
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.text import printable


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("project", type=Path, metavar="PROJECT", help="a project (*.rushlock)")
    parser.add_argument(
        *("-o", "--out"),
        action="append",
        required=True,
        type=Path,
        metavar="FILE",
        help="what to write, by its suffix: .otio, .json, .csv, .html; may be given several times",
    )
    add_settings(parser, "timeline_rate")


def run(arguments: argparse.Namespace) -> int:
    """Write each file asked for."""
    from rushlock.export.registry import dialect_of
    from rushlock.pipeline.deliver import delivery_of
    from rushlock.project.document import Project

    dialects = [(path, dialect_of(path)) for path in arguments.out]
    with Project.open(arguments.project) as project:
        delivery = delivery_of(project, settings_from(arguments, project.settings()))
    for path, dialect in dialects:
        dialect.write(path, delivery)
        print(f"wrote {printable(str(path))} ({dialect.name}; {dialect.loses})")
    return Exit.DONE
