"""A Synchformer with memory and its weights, behind ``StreamNet``."""

import numpy as np
from torch import Tensor

from rushlock.nets.batching import Batches, exactly
from rushlock.nets.opened import Facts, tensor_of
from rushlock.nets.protocol import Floats
from rushlock.nets.stream_synchformer.network import StreamSynchformer
from rushlock.nets.synchformer.opened import OpenedSynchformer


class OpenedStreamSynchformer(OpenedSynchformer):
    """See ``StreamNet``."""

    def __init__(self, facts: Facts, net: StreamSynchformer, device: str) -> None:
        """Take a network that lies on the device."""
        super().__init__(facts, net, net if net.config.belonging else None, device)
        self._streaming = net
        self._histories = Batches("histories of windows")

    def stream_tokens(self, pictures: Floats, sound: Floats) -> Floats:
        """Return (windows, dims) for (windows, window, tokens, dims) of either side."""
        if not len(pictures):
            return np.zeros((0, self._net.config.dims), np.float32)

        def token(seen: Tensor, heard: Tensor) -> Tensor:
            with exactly(self._device):
                return self._streaming.snapshot(seen.to(self._device), heard.to(self._device)).token

        return self._run(self._windows, token, tensor_of(pictures, np.float32), tensor_of(sound, np.float32))

    def stream_logits(self, history: Floats) -> Floats:
        """Return (n, classes) for (n, windows, dims), oldest first."""
        if not len(history):
            return np.zeros((0, len(self.layout.classes)), np.float32)

        def call(tokens: Tensor) -> Tensor:
            with exactly(self._device):
                return self._streaming.accumulate(tokens.to(self._device))

        return self._run(self._histories, call, tensor_of(history, np.float32))
