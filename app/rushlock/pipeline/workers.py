"""Worker processes that are started only when something is to be decoded, and ended with the run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Timer

from rushlock.jobs.pool import Pool

_AFTER_WORKERS_S = 0.2


class _Workers:
    """Opens the pool when it is first asked for."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: Pool | None = None

    def __call__(self) -> Pool:
        if self._pool is None:
            self._pool = Pool(self._workers)
            # What is to be decoded is to be compared: torch takes a second to load, which the workers fill.
            # They are started first: while torch's libraries are loaded, this process can do nothing else.
            loading = Timer(_AFTER_WORKERS_S, import_module, args=("torch",))
            loading.daemon = True
            loading.start()
        return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()


@contextmanager
def workers(count: int) -> Iterator[Callable[[], Pool]]:
    """Yield what opens a pool of so many processes (0: one for each core) when it is first called."""
    opened = _Workers(count)
    try:
        yield opened
    finally:
        opened.close()
