"""Ctrl-C and SIGTERM: the first asks the run to stop, the second ends the process at once.

A run that does not answer the first within most of a second (a library is loading, a network drive hangs) is
ended all the same. Nothing is lost by that: every write is atomic and workers end with their parent.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rushlock.base.progress import CancelToken
from rushlock.cli.codes import Exit

_ASKED = "Stopping; what is finished is kept, and the same command goes on from there."
_PATIENCE_S = 0.8


@contextmanager
def stoppable(token: CancelToken) -> Iterator[CancelToken]:
    """Let signals cancel a token while the block runs.

    A signal that the parent has set to be ignored (``nohup``, a shell's background job) stays ignored.
    """
    watchdog = threading.Timer(_PATIENCE_S, os._exit, [int(Exit.CANCELLED)])
    watchdog.daemon = True

    def stop(number: int, _frame: FrameType | None) -> None:
        if token.cancelled:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        token.cancel()
        watchdog.start()
        _tell(f"\nrushlock: {_ASKED}\n")

    before = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, stop)
    try:
        yield token
    finally:
        watchdog.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(sentence: str) -> None:
    """Write to stderr past its buffer, in the midst of which the signal may have come."""
    if sys.__stderr__ is not None:
        os.write(sys.__stderr__.fileno(), sentence.encode())
