"""What comes back of a job."""

import reprlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Generic, TypeVar

from rushlock.base.errors import RushlockError, WorkerDiedError

T = TypeVar("T")


class JobFailedError(WorkerDiedError):
    """A job ended in an error that nobody foresaw; its traceback is in the log."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one item.

    Attributes:
        index: Which item, counted from 0 in the order given.
        value: What the function returned; None where it failed.
        error: Why it failed, None where it did not.
    """

    index: int
    value: T | None
    error: RushlockError | None = None


def label(item: object) -> str:
    """Return what to call an item in a sentence: its name, its path, or the like."""
    if isinstance(item, tuple) and item:
        return label(item[0])
    if isinstance(item, str | PurePath):
        return str(item)
    name = getattr(item, "path", None) or getattr(item, "name", None)
    return str(name) if name else reprlib.repr(item)
