"""Let an iterator run ahead in a thread of its own, as far as a bounded queue allows.

Decoding and a network take turns if one thread does both; decoders release Python's lock, so that with two
threads the slower of the two is always busy. What goes wrong in the thread is raised where its items are
taken. The thread has ended when the ``with`` block is left, however that happens.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from rushlock.base.progress import CancelToken

T = TypeVar("T")

_PATIENCE_S = 0.1


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing more comes; ``error`` is why, None: all was made."""

    error: BaseException | None = None


class Ahead(Generic[T]):
    """Items that are made ahead: ``with Ahead(make, 8, token) as items: for item in items``."""

    def __init__(self, make: Callable[[CancelToken], Iterable[T]], depth: int, token: CancelToken) -> None:
        """Set up; nothing runs before ``with``.

        Args:
            make: Given a token that it checks often, yields the items; called in the thread.
            depth: How many items may wait.
            token: Checked while waiting for items.
        """
        self._make, self._token = make, token
        self._stop = CancelToken()
        self._made: queue.Queue[T | _End] = queue.Queue(depth)
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.cancel()
        self._thread.join()

    def __iter__(self) -> Iterator[T]:
        """Yield the items.

        Raises:
            Cancelled: The token asks to stop.
        """
        while True:
            self._token.check()
            try:
                item = self._made.get(timeout=_PATIENCE_S)
            except queue.Empty:
                continue
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item

    def _run(self) -> None:
        try:
            for item in self._make(self._stop):
                if not self._put(item):
                    return
            self._put(_End())
        except Exception as error:  # noqa: BLE001 - a thread's last stop: raised where items are taken
            self._put(_End(error))

    def _put(self, item: "T | _End") -> bool:
        """Put an item into the queue; False once nobody wants it any more."""
        while not self._stop.cancelled:
            try:
                self._made.put(item, timeout=_PATIENCE_S)
            except queue.Full:
                continue
            return True
        return False
