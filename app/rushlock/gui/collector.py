"""Python's garbage collector, kept from stopping the window.

A full collection looks at every object there is while it holds Python's lock: with a thousand clips and
their evidence in memory the window stood still for 170 ms, whichever thread had set it off. What a stage
builds and hands over stays for long and holds no circles, so it need not be looked at again and again: it is
frozen, that is, left out of later collections. It still goes when nothing refers to it any more.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_within = 0


@contextmanager
def building() -> Iterator[None]:
    """Build much that stays: nothing is collected meanwhile, and what is there at the end is frozen."""
    global _within  # the collector is the process's, and so is the count of those who hold it off
    with _lock:
        _within += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _within -= 1
            gc.freeze()
            if not _within:
                gc.enable()
