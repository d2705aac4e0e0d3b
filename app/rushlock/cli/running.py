"""What all commands share that run for a while: how loud they are, and how their stage is run."""

import argparse
import sys
from collections.abc import Callable
from typing import TypeVar

from rushlock.base.progress import CancelToken, Stage, drain
from rushlock.cli.interrupt import stoppable
from rushlock.cli.logs import warnings_shown
from rushlock.cli.terminal import ProgressLine

T = TypeVar("T")


def add_loudness(parser: argparse.ArgumentParser) -> None:
    """Add ``-v`` and ``-q``."""
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument(
        "-v", "--verbose", action="store_true", help="print what is used, each clip's reason and evidence"
    )
    add_quiet(loudness)


def add_quiet(parser: argparse._ActionsContainer) -> None:
    """Add ``-q``."""
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")


def run_stage(stage: Callable[[CancelToken], Stage[T]], *, quiet: bool, verbose: bool = False) -> T:
    """Run a stage to its end, with progress on a terminal, stopped by Ctrl-C and SIGTERM.

    Raises:
        Cancelled: A signal came.
    """
    token = CancelToken()
    line = ProgressLine(sys.stderr, quiet=quiet)
    with stoppable(token), warnings_shown(line, quiet=quiet, verbose=verbose):
        try:
            return drain(stage(token), line)
        finally:
            line.clear()
