"""The front door of ``rushlock`` and ``python -m rushlock``: to the command line or to the window.

The only module that knows both faces; they do not know each other.
"""

import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from rushlock.base.errors import RushlockError
from rushlock.cli.main import main as command_line

_LARGE_PAGES = ("THP_MEM_ALLOC_ENABLE", "1")
"""Asks torch, before it loads, for large pages on Linux: networks of large maps save a third of time."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run Rushlock and return its exit code."""
    return command_line(argv, window=open_window)


def run() -> NoReturn:
    """Run Rushlock as a program of its own and end the process.

    After a command nothing is left to do, and the interpreter would take half a second to take torch apart;
    so the process ends on the spot. After the window Qt still has settings to write: that ends the usual way.
    """
    os.environ.setdefault(*_LARGE_PAGES)
    code = main()
    if "PySide6" in sys.modules:
        sys.exit(code)
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, AttributeError):  # nobody reads any more, or there is no console
            stream.flush()
    os._exit(code)


def open_window(paths: Sequence[str]) -> int:
    """Open the window on projects, folders or files; returns when it is closed.

    Raises:
        RushlockError: Qt cannot be loaded.
    """
    try:
        from rushlock.gui.app import run  # Qt loads only when it is wanted
    except ImportError as error:
        raise RushlockError(f"no window: {error}; `rushlock doctor` names what is missing") from error
    return run(list(paths))


if __name__ == "__main__":
    run()
