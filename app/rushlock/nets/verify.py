"""Whether installed weights are still what was installed: content against digest, tensors against network."""

from dataclasses import dataclass

from rushlock.base.errors import ModelError
from rushlock.base.progress import CancelToken, Stage
from rushlock.nets.checkpoint import read_checkpoint
from rushlock.nets.checksums import checksums
from rushlock.nets.families import recognised
from rushlock.nets.registry import size_words
from rushlock.nets.store import Stored


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of installed weights.

    Attributes:
        name: Which ones.
        good: Whether they may be used.
        words: What was found.
    """

    name: str
    good: bool
    words: str


def verify(stored: Stored, token: CancelToken) -> Stage[Verdict]:
    """Read installed weights anew and compare them with what was written down when they came.

    Raises:
        Cancelled: The token was raised.
    """
    name = stored.entry.name
    try:
        fault = yield from _fault(stored, token)
    except OSError as error:
        fault = f"cannot be read: {error.strerror or error}"
    except ModelError as error:
        fault = str(error)
    if fault:
        return Verdict(name, False, f"{fault}; remove it and install it again")
    return Verdict(name, True, f"unchanged and complete; {stored.proof}")


def _fault(stored: Stored, token: CancelToken) -> Stage[str]:
    if not stored.whole:
        return f"is not {size_words(stored.size)} long any more"
    found = yield from checksums(stored.path, stored.entry.name, token)
    if found["sha256"] != stored.digest:
        return "was changed since it was installed: its sha256 differs"
    checkpoint = read_checkpoint(stored.path)
    weights = recognised(checkpoint.tensors, checkpoint.metadata)
    kinds = (weights.family, weights.kind), (stored.entry.family, stored.entry.kind)
    return "" if kinds[0] == kinds[1] else f"holds {weights.family} ({weights.kind})"
