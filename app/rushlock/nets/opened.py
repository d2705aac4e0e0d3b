"""What opened window networks have in common: what they tell of themselves, and numpy in, numpy out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from rushlock.nets.batching import Batches, computing
from rushlock.nets.protocol import Floats, SegmentLayout


@dataclass(frozen=True, slots=True)
class Facts:
    """What ``WindowNet`` tells of a network."""

    name: str
    digest: str
    experimental: bool
    layout: SegmentLayout


class Opened:
    """A network that lies on a device, as ``WindowNet`` wants it to tell of itself."""

    def __init__(self, facts: Facts, device: str) -> None:
        self._facts = facts
        self._device = device

    @property
    def name(self) -> str:
        """Registry name of the weights."""
        return self._facts.name

    @property
    def digest(self) -> str:
        """Digest of the weights."""
        return self._facts.digest

    @property
    def experimental(self) -> bool:
        """Whether the weights are a stand-in."""
        return self._facts.experimental

    @property
    def layout(self) -> SegmentLayout:
        """What it wants to be fed."""
        return self._facts.layout

    def _run(self, batches: Batches, call: Callable[..., Tensor], *items: Tensor) -> Floats:
        """Return what a function makes of items, batch by batch, in the device's precision."""
        with computing(self._device):
            found = batches.run(lambda *batch: call(*batch).float().cpu(), *items)
        answers: Floats = found.numpy()
        return answers


def tensor_of(items: npt.NDArray[Any], kind: type[np.generic]) -> Tensor:
    """Return an array as a tensor: without a copy, but where torch would not take it as it is."""
    return torch.from_numpy(np.require(items, kind, ["C", "W"]))
