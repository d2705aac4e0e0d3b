"""StreamSync with its weights, behind ``StreamNet``."""

import numpy as np
from torch import Tensor

from rushlock.nets.batching import Batches, exactly
from rushlock.nets.opened import Facts, tensor_of
from rushlock.nets.protocol import Floats
from rushlock.nets.sparse_sync.opened import OpenedSparseSync
from rushlock.nets.stream_sync.network import StreamSync


class OpenedStreamSync(OpenedSparseSync):
    """See ``StreamNet``."""

    def __init__(self, facts: Facts, net: StreamSync, device: str) -> None:
        """Take a network that lies on the device."""
        super().__init__(facts, net, device)
        self._streaming = net
        self._histories = Batches("histories of windows")

    def stream_tokens(self, pictures: Floats, sound: Floats) -> Floats:
        """Return (windows, dims) for (windows, 1, selectors, dims) of either side."""
        if not len(pictures):
            return np.zeros((0, self._net.config.dims), np.float32)

        def token(seen: Tensor, heard: Tensor) -> Tensor:
            return self._streaming.snapshot(seen, heard).token

        return self._judged(token, pictures, sound)

    def stream_logits(self, history: Floats) -> Floats:
        """Return (n, classes) for (n, windows, dims), oldest first."""
        if not len(history):
            return np.zeros((0, len(self.layout.classes)), np.float32)

        def call(tokens: Tensor) -> Tensor:
            with exactly(self._device):
                return self._streaming.accumulate(tokens.to(self._device))

        return self._run(self._histories, call, tensor_of(history, np.float32))
