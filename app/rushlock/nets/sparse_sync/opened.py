"""SparseSync with its weights, behind ``WindowNet``: a window is one segment, its tokens those selected."""

from collections.abc import Callable

import numpy as np
from torch import Tensor

from rushlock.nets.batching import Batches, exactly
from rushlock.nets.opened import Facts, Opened, tensor_of
from rushlock.nets.protocol import Floats, Pictures
from rushlock.nets.sparse_sync.network import SparseSync
from rushlock.nets.sparse_sync.preprocessing import Spectrograms, normalised_pictures

_MOST_PICTURES = 16
"""Windows of picture at a time: each takes about 0.7 GB on the way."""


class OpenedSparseSync(Opened):
    """See ``WindowNet``."""

    def __init__(self, facts: Facts, net: SparseSync, device: str) -> None:
        """Take a network that lies on the device."""
        super().__init__(facts, device)
        self._net = net
        self._spectrograms = Spectrograms().to(device)
        self._pictures = Batches("windows of picture", _MOST_PICTURES)
        self._sound = Batches("windows of sound")
        self._windows = Batches("windows")

    def embed_pictures(self, segments: Pictures) -> Floats:
        """Return (n, selectors, dims) for (n, frames, picture, picture, 3) uint8, RGB."""
        if not len(segments):
            return self._none()
        return self._run(self._pictures, self._seen, tensor_of(segments, np.uint8))

    def embed_sound(self, segments: Floats) -> Floats:
        """Return (n, selectors, dims) for (n, samples), mono, full scale 1."""
        if not len(segments):
            return self._none()
        return self._run(self._sound, self._heard, tensor_of(segments, np.float32))

    def offset_logits(self, pictures: Floats, sound: Floats) -> Floats:
        """Return (windows, classes) for (windows, 1, selectors, dims) of either side."""
        if not len(pictures):
            return np.zeros((0, len(self.layout.classes)), np.float32)
        return self._judged(self._net.judge, pictures, sound)

    def belonging_logits(self, pictures: Floats, sound: Floats) -> Floats | None:
        """Return None: it was never asked whether picture and sound belong together."""
        return None

    def _none(self) -> Floats:
        config = self._net.config
        return np.zeros((0, config.selectors, config.dims), np.float32)

    def _seen(self, segments: Tensor) -> Tensor:
        return self._net.picture_tokens(normalised_pictures(segments.to(self._device)))

    def _heard(self, segments: Tensor) -> Tensor:
        with exactly(self._device):  # quiet bands would drown in 16 bits
            spectrograms = self._spectrograms(segments.to(self._device))
        return self._net.sound_tokens(spectrograms)

    def _judged(self, answer: Callable[[Tensor, Tensor], Tensor], pictures: Floats, sound: Floats) -> Floats:
        """Return what a head says of windows of one segment each."""

        def call(seen: Tensor, heard: Tensor) -> Tensor:
            with exactly(self._device):
                return answer(seen.to(self._device).flatten(0, 1), heard.to(self._device).flatten(0, 1))

        return self._run(self._windows, call, tensor_of(pictures, np.float32), tensor_of(sound, np.float32))
