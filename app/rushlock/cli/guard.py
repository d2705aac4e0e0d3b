"""The process's last stop: whatever a command raises becomes one sentence and an exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from rushlock import __version__
from rushlock.base.errors import RushlockError
from rushlock.base.progress import Cancelled
from rushlock.cli.codes import Exit
from rushlock.cli.text import printable

Command = Callable[[argparse.Namespace], int]

_log = logging.getLogger(__name__)


def guarded(command: Command, arguments: argparse.Namespace) -> int:
    """Run a command with its log open and return its exit code; no exception but SystemExit leaves here."""
    from rushlock.base.log import set_up_logging, shut_down_logging

    log = set_up_logging(console=None)
    _log.info("rushlock %s on Python %s, %s: %s", __version__, sys.version.split()[0], sys.platform, sys.argv)
    try:
        code = _caught(command, arguments, log)
        _log.info("exit %d", code)
    finally:
        shut_down_logging()
    return code


def _caught(command: Command, arguments: argparse.Namespace, log: Path | None) -> int:
    try:
        code = command(arguments)
        sys.stdout.flush()
    except RushlockError as error:
        return _complain(str(error), error.exit_code)
    except (Cancelled, KeyboardInterrupt):
        return _complain("stopped before the end.", Exit.CANCELLED)
    except BrokenPipeError:
        return _reader_left()
    except OSError as error:
        _log.info("The system refused", exc_info=True)
        return _complain(_disk_words(error), Exit.DISK)
    except Exception as error:  # noqa: BLE001 - the last stop: a bug must not end in a traceback
        return _complain(_bug_words(error, log), Exit.BUG)
    return code


def _complain(sentence: str, code: int) -> int:
    print(f"rushlock: {printable(sentence)}", file=sys.stderr)
    return code


def _reader_left() -> int:
    # The interpreter flushes stdout once more on its way out: give it somewhere to go.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.PIPE


def _disk_words(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename is not None else ""
    return f"{where}{error.strerror or error}"


def _bug_words(error: Exception, log: Path | None) -> str:
    if log is None:
        where = "No log could be written."
    else:
        _log.critical("A bug", exc_info=True)
        where = f"The details are in {log}; please send that file."
    return f"a bug: {type(error).__name__}: {error}. {where}"
