"""A worker process as its parent sees it.

Processes are spawned, never forked: torch, FFmpeg and Qt do not survive a fork with their threads. Each
has a pipe of its own, whose end tells at once, and without doubt which job was in hand, that a worker
died.
"""

import contextlib
import logging
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from rushlock.jobs.worker import Message, work

_spawn = get_context("spawn")
_environment = threading.Lock()

_ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",  # torch too
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)
"""Processes share out the cores, so each computes in one thread. Libraries read this when they are loaded."""

_JOIN_S = 1.0


class WorkerProcess:
    """One spawned process and the pipe to it.

    Attributes:
        pipe: Becomes readable when the worker has something to say or has died.
    """

    def __init__(self) -> None:
        self.pipe: Connection[Any, Any]
        self.pipe, theirs = _spawn.Pipe()
        level = logging.getLogger("rushlock").getEffectiveLevel()
        self._process = _spawn.Process(target=work, args=(theirs, level), name="rushlock worker", daemon=True)
        try:
            with _one_thread_each():
                self._process.start()
        except OSError:
            self.pipe.close()
            raise
        finally:
            theirs.close()  # else its end would not tell that the worker died

    def send(self, job: bytes) -> bool:
        """Hand over a pickled job; False where the worker is dead."""
        try:
            self.pipe.send_bytes(job)
        except OSError:
            return False
        return True

    def message(self) -> Message:
        """Return the next message, waiting for it; a dead worker's says how it died."""
        try:
            content = self.pipe.recv_bytes()
        except (EOFError, OSError):
            self._process.join(_JOIN_S)
            return "died", _how_it_ended(self._process.exitcode)
        message: Message = pickle.loads(content)
        return message

    def kill(self) -> None:
        """End the process on the spot and leave nothing of it behind."""
        self._process.kill()
        self._process.join(_JOIN_S)
        self.pipe.close()
        if self._process.exitcode is not None:  # else it hangs in the kernel, on a dead network drive for one
            self._process.close()


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes started inside find the environment that keeps their libraries to one thread."""
    with _environment:
        before = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(_ONE_THREAD)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _how_it_ended(exit_code: int | None) -> str:
    """Return how a worker ended, in words."""
    if exit_code is None or exit_code >= 0:
        return f"the worker process ended without an answer (exit code {exit_code})"
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        name = str(-exit_code)
    hint = "; perhaps memory ran out" if name == "SIGKILL" else ""
    return f"the worker process was ended by {name}{hint}"
