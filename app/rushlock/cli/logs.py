"""Warnings of the floors below, printed between two drawings of the progress line."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rushlock.cli.terminal import ProgressLine
from rushlock.cli.text import printable


class _LineHandler(logging.Handler):
    def __init__(self, line: ProgressLine) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record as a sentence on stderr."""
        self._line.clear()
        print(f"rushlock: {printable(record.getMessage())}", file=sys.stderr)


@contextmanager
def warnings_shown(line: ProgressLine, *, quiet: bool = False, verbose: bool = False) -> Iterator[None]:
    """Show warnings of ``rushlock`` loggers while the block runs; quiet: errors alone, verbose: news too."""
    handler = _LineHandler(line)
    handler.setLevel(logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING)
    logger = logging.getLogger("rushlock")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
