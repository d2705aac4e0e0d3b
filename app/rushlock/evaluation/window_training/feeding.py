"""From the generator's arrays to the network's input, on the device it computes on."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

from rushlock.nets.protocol import Floats, Pictures
from rushlock.nets.synchformer.network import Synchformer
from rushlock.nets.synchformer.preprocessing import Spectrograms, normalised_pictures


class Feeder:
    """Embeds segments by a network's extractors, as the product does."""

    def __init__(self, network: Synchformer, device: str) -> None:
        self.network, self.device = network, device
        self._spectrograms = Spectrograms(network.config).to(device)

    def picture_tokens(self, segments: Pictures) -> Tensor:
        """Return (n, steps, dims) for (n, frames, side, side, 3)."""
        fed = torch.from_numpy(segments).to(self.device)
        return self.network.picture_tokens(normalised_pictures(fed))

    def sound_tokens(self, segments: Floats) -> Tensor:
        """Return (n, beats, dims) for (n, samples)."""
        return self.network.sound_tokens(self._spectrograms(torch.from_numpy(segments).to(self.device)))

    @contextmanager
    def quick(self) -> Iterator[None]:
        """Compute in bfloat16 where that is quicker: on GPUs."""
        with torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda"):
            yield
