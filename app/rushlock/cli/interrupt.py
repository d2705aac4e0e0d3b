"""Ctrl-C and SIGTERM: the first asks the run to stop, the second ends the process at once."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rushlock.base.progress import CancelToken

_ASKED = "Stopping. What is finished is kept; the same command goes on from there. (Ctrl-C again: stop at once)"


@contextmanager
def stoppable(token: CancelToken) -> Iterator[CancelToken]:
    """Let signals cancel a token while the block runs.

    A signal that the parent has set to be ignored (``nohup``, a shell's background job) stays ignored.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        if token.cancelled:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        token.cancel()
        # os.write, for a print may be in the middle of its buffer when the signal arrives.
        os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, f"\n{_ASKED}\n".encode())

    before = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, stop)
    try:
        yield token
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
