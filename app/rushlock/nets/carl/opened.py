"""CARL with its weights, behind ``FrameNet``: numpy in, numpy out, batches between.

It computes in float32 on every device. A matrix of embeddings is nearly flat, so that 16 bits would change
which frame is most alike; and on a GPU decoding takes longer than this network.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor

from rushlock.nets.batching import Batches
from rushlock.nets.carl.network import Carl, normalised
from rushlock.nets.frame_protocol import FrameLayout
from rushlock.nets.protocol import Floats, Pictures

_MOST_FRAMES = 64


class OpenedCarl:
    """See ``FrameNet``."""

    def __init__(self, name: str, digest: str, experimental: bool, net: Carl, device: str) -> None:
        """Take a network that lies on the device."""
        self._name, self._digest, self._experimental = name, digest, experimental
        self._net, self._device = net, device
        self._layout = net.config.layout()
        self._frames = Batches("frames", _MOST_FRAMES)

    @property
    def name(self) -> str:
        """Registry name of the weights."""
        return self._name

    @property
    def digest(self) -> str:
        """Digest of the weights."""
        return self._digest

    @property
    def experimental(self) -> bool:
        """Whether the weights are a stand-in."""
        return self._experimental

    @property
    def layout(self) -> FrameLayout:
        """What it wants to be fed."""
        return self._layout

    def look(self, pictures: Pictures) -> Floats:
        """Return (n, width) for (n, picture, picture, 3) uint8, RGB."""
        if not len(pictures):
            return np.zeros((0, self._layout.width), np.float32)
        frames = torch.from_numpy(np.require(pictures, np.uint8, ["C", "W"]))
        with _in_float32():
            found: Floats = self._frames.run(self._looks, frames).numpy()
        return found

    def embed(self, looks: Floats) -> Floats:
        """Return (n, dims) of length one for the frames (n, width) of one stretch."""
        if not len(looks):
            return np.zeros((0, self._layout.dims), np.float32)
        frames = torch.from_numpy(np.require(looks, np.float32, ["C", "W"]))
        with _in_float32():
            found: Floats = self._net.embedded(frames.to(self._device)).cpu().numpy()
        return found

    def _looks(self, frames: Tensor) -> Tensor:
        pictures = normalised(frames.to(self._device)).contiguous(memory_format=torch.channels_last)
        return self._net.looks(pictures).cpu()


@contextmanager
def _in_float32() -> Iterator[None]:
    """Compute forwards, and in float32 throughout: cuDNN would round convolutions to 10 bits (TF32)."""
    flags: Callable[..., object] = torch.backends.cudnn.flags
    with torch.inference_mode(), flags(allow_tf32=False):  # type: ignore[attr-defined]
        yield
