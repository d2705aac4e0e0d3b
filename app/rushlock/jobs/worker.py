"""The life of one worker process: take a job from the pipe, do it, send back what came of it.

A worker never outlives its parent: a thread of it waits for the parent's end and then ends the process on the
spot, in the midst of a job too. Ctrl-C is the parent's business. Log records travel through the same pipe, so
that only the main program writes the log file.
"""

import logging
import logging.handlers
import os
import pickle
import signal
import threading
from multiprocessing.connection import Connection, wait
from multiprocessing.process import parent_process
from typing import Any, Literal

from rushlock.base.errors import RushlockError

_log = logging.getLogger(__name__)

Message = tuple[Literal["value", "error", "failed", "log", "died"], Any]
"""A result, a foreseen error, an unforeseen one in words, a log record; its death in words, by its parent."""


class Line:
    """The worker's end of the pipe. Any of its threads may send."""

    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def send(self, message: bytes) -> None:
        """Send a pickled ``Message``."""
        with self._lock:
            self._pipe.send_bytes(message)

    def job(self) -> bytes:
        """Wait for the next job, a pickled ``(function, item)``."""
        return self._pipe.recv_bytes()


class Relay(logging.handlers.QueueHandler):
    """A log handler that sends records to the parent, texts put together and tracebacks written out."""

    def __init__(self, line: Line) -> None:
        super().__init__(queue=None)  # type: ignore[arg-type] # the line takes its place
        self._line = line

    def enqueue(self, record: logging.LogRecord) -> None:
        """Send one prepared record."""
        self._line.send(_pickled(("log", record)))


def work(pipe: "Connection[Any, Any]", log_level: int) -> None:
    """Do jobs until the parent closes the pipe or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    line = Line(pipe)
    logging.getLogger().addHandler(Relay(line))
    logging.getLogger("rushlock").setLevel(log_level)
    try:
        while True:
            line.send(_answer(line.job()))
    except (EOFError, OSError):
        return  # the parent hung up


def _answer(job: bytes) -> bytes:
    """Do one job and return the pickled message about it. Whatever goes wrong does so for this job alone."""
    try:
        function, item = pickle.loads(job)
        return _pickled(("value", function(item)))
    except RushlockError as error:
        return _told(error)
    except Exception as error:  # noqa: BLE001 - a process's last stop
        _log.exception("A job failed")
        return _pickled(("failed", f"{type(error).__name__}: {error}"))


def _told(error: RushlockError) -> bytes:
    """Return a foreseen error as a message, in words alone where it does not survive the journey."""
    try:
        message = _pickled(("error", error))
        pickle.loads(message)
    except (TypeError, AttributeError, pickle.PicklingError):
        return _pickled(("failed", str(error)))
    return message


def _pickled(message: Message) -> bytes:
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
