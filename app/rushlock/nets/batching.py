"""How many items a network is given at a time, and in which precision it computes.

The right number depends on the network, the device and what else is using it. So it is found by trying: it
doubles while that makes an item cheaper, and halves when memory runs out.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import torch
from torch import Tensor

from rushlock.base.errors import ModelError

_log = logging.getLogger(__name__)

_LARGEST = 128
_WORTHWHILE = 0.95
"""A doubled batch is kept where an item then costs at most this share of what it cost before."""

_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")
"""How torch says so where it has no exception of its own for it (MPS, CPU)."""


class Batches:
    """Gives items to a function batch by batch, and learns how many it takes best.

    Attributes:
        size: Items of the next batch.
    """

    def __init__(self, words: str, largest: int = _LARGEST) -> None:
        """Start with one item.

        Args:
            words: What the items are, for the log and for errors.
            largest: Never more than this.
        """
        self.size = 1
        self._words = words
        self._largest = largest
        self._growing = True
        self._kept = 1
        self._seconds = float("inf")  # that an item took at the size kept

    def run(self, call: Callable[..., Tensor], *items: Tensor) -> Tensor:
        """Return what a function makes of items.

        Args:
            call: Takes as many tensors as there are ``items``, cut along their first axis; returns one of
                the same first axis, ready (a tensor on a GPU would still be in the making).
            items: One or more tensors of the same first axis, which is not empty.

        Raises:
            ModelError: Memory does not suffice for a single item.
        """
        results: list[Tensor] = []
        done, total = 0, len(items[0])
        while done < total:
            count = min(self.size, total - done)
            begun = time.perf_counter()
            found = self._tried(call, [each[done : done + count] for each in items])
            if found is None:
                self._shrink(count)
            else:
                self._learn(count, time.perf_counter() - begun)
                results.append(found)
                done += count
        return torch.cat(results)

    def _tried(self, call: Callable[..., Tensor], batch: list[Tensor]) -> Tensor | None:
        """Return what the function makes of a batch, None where memory does not suffice."""
        try:
            return call(*batch)
        except RuntimeError as error:  # torch.OutOfMemoryError is one, too
            if not any(words in str(error).lower() for words in _NO_MEMORY):
                raise
        return None

    def _learn(self, count: int, seconds: float) -> None:
        """Choose the next size by what a batch took."""
        if not self._growing or count < self.size:
            return
        each = seconds / count
        if each > _WORTHWHILE * self._seconds:
            self.size, self._growing = self._kept, False
            return
        self._seconds, self._kept = each, self.size
        self._growing = 2 * self.size <= self._largest
        if self._growing:
            self.size *= 2

    def _shrink(self, count: int) -> None:
        if count == 1:
            raise ModelError(
                f"memory does not suffice for {self._words}; close other programs or choose --device cpu"
            )
        self.size, self._growing = count // 2, False
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        _log.info("Memory ran out: %d %s at a time from now on", self.size, self._words)


def precision(device: str) -> torch.dtype:
    """Return the type of numbers in which a device multiplies matrices best without harm to the result."""
    if device == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    return torch.float16 if device == "mps" else torch.float32


@contextmanager
def computing(device: str) -> Iterator[None]:
    """Compute in a device's precision, and only forwards."""
    kind = precision(device)
    with torch.inference_mode(), torch.autocast(device, kind, enabled=kind is not torch.float32):
        yield


def exactly(device: str) -> AbstractContextManager[object]:
    """Return a context in which all is computed as float32, for what is cheap and suffers from less."""
    return torch.autocast(device, enabled=False)


def words_for(device: str) -> str:
    """Return what computes, and how, for the log."""
    if device == "cpu":
        return f"the CPU, {torch.get_num_threads()} threads, float32"
    name = torch.cuda.get_device_name() if device == "cuda" else device
    return f"{name}, {str(precision(device)).removeprefix('torch.')}"
