"""Logging: a rotating file with everything worth reading later, a console with what the user should see now.

Ours goes to the file from INFO on (DEBUG where asked for), other libraries' from WARNING on. FFmpeg's own
messages, which PyAV hands to the logger ``libav``, go to the file alone: they come by the hundred and
name no file. Worker processes send their records to the main program (see ``jobs.worker``), so one
process writes the file.
"""

import contextlib
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from rushlock.base.paths import log_folder

FILE_NAME = "rushlock.log"
_FILE_BYTES = 2 * 2**20
_FILES_KEPT = 3
_FILE_FORMAT = "%(asctime)s %(process)d %(levelname)-7s %(name)s: %(message)s"
_OURS = "_rushlock_set_up"

_log = logging.getLogger(__name__)


def set_up_logging(console: int | None = logging.WARNING, *, debug: bool = False) -> Path | None:
    """Send log records to the log file and to the console; calling it again replaces what it did before.

    Args:
        console: Least level shown on stderr; None shows nothing there.
        debug: Whether our own DEBUG records are written to the file too.

    Returns:
        The log file, None where no file can be written. That is no reason to stop.
    """
    shut_down_logging()
    logging.captureWarnings(True)
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("rushlock").setLevel(logging.DEBUG if debug else logging.INFO)
    if console is not None:
        _add(_console_handler(console))
    try:
        handler = _file_handler()
    except OSError as error:
        _log.warning("No log is kept: %s", error)
        return None
    _add(handler)
    return Path(handler.baseFilename)


def shut_down_logging() -> None:
    """Take away what ``set_up_logging`` added."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if hasattr(handler, _OURS)]:
        root.removeHandler(handler)
        with contextlib.suppress(OSError):  # a full disk, met when the last lines are flushed
            handler.close()
    logging.captureWarnings(False)


def _add(handler: logging.Handler) -> None:
    setattr(handler, _OURS, True)
    logging.getLogger().addHandler(handler)


def _console_handler(level: int) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(_Sentence())
    handler.addFilter(lambda record: record.name.split(".")[0] != "libav")
    return handler


def _file_handler() -> "_QuietFile":
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handler = _QuietFile(
        folder / FILE_NAME,
        maxBytes=_FILE_BYTES,
        backupCount=_FILES_KEPT,
        encoding="utf-8",
        errors="backslashreplace",  # file names may hold undecodable bytes
    )
    handler.setFormatter(logging.Formatter(_FILE_FORMAT))
    return handler


class _QuietFile(RotatingFileHandler):
    """A log file whose own troubles (a full disk) do not reach the user as tracebacks."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Lose the record."""


class _Sentence(logging.Formatter):
    """One sentence for the user; the traceback is in the file."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        return f"rushlock: {record.getMessage()}"
