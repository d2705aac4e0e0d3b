"""What StreamSync, and Synchformer with its memory, have in common while they are trained."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

import torch
from torch import Tensor, nn

from rushlock.nets.protocol import Floats, Pictures, SegmentLayout
from rushlock.nets.sparse_sync import preprocessing as of_sparse_sync
from rushlock.nets.stream_sync.network import StreamSync
from rushlock.nets.stream_synchformer.network import StreamSynchformer
from rushlock.nets.synchformer import preprocessing as of_synchformer

StreamingNetwork = StreamSync | StreamSynchformer


class Said(NamedTuple):
    """What windows say, each by itself.

    Attributes:
        logits: (n, classes).
        token: (n, dims), for the memory.
        belonging: (n, 2) logits of "does not belong", "does"; None where there is no such head.
    """

    logits: Tensor
    token: Tensor
    belonging: Tensor | None


class Backbone(Protocol):
    """A network that lies on a device, as the phases see it."""

    @property
    def network(self) -> StreamingNetwork:
        """What is trained."""

    @property
    def device(self) -> str:
        """Name of torch's device."""

    def see(self, segments: Pictures) -> Tensor:
        """Return tokens (n, tokens, dims) of (n, frames, side, side, 3)."""

    def hear(self, segments: Floats) -> Tensor:
        """Return tokens (n, tokens, dims) of (n, samples)."""

    def ends(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return deciding and passing tokens (n, 2, dims) of windows (n, window, tokens, dims)."""

    def said(self, ends: Tensor) -> Said:
        """Return what windows say by their ends."""

    def heads(self) -> list[nn.Parameter]:
        """Return what the first phase trains: all that StreamSync adds behind the comparison."""

    def comparing(self) -> list[nn.Parameter]:
        """Return what compares windows."""

    def extracting(self) -> list[nn.Parameter]:
        """Return what embeds segments."""


class _Common:
    def __init__(self, network: StreamingNetwork, device: str) -> None:
        self.device = device
        transformer = network.transformer
        self._new = [
            transformer.offset_tok,
            *transformer.streaming_down_proj.parameters(),
            *network.streaming_head.parameters(),
        ]

    def heads(self) -> list[nn.Parameter]:
        return self._new

    def _but_new(self, weights: Iterator[nn.Parameter]) -> list[nn.Parameter]:
        new = {id(weight) for weight in self._new}
        return [weight for weight in weights if id(weight) not in new]


class SparseBackbone(_Common):
    """StreamSync: what compares are the three blocks; selectors belong to what extracts."""

    def __init__(self, network: StreamSync, device: str) -> None:
        super().__init__(network, device)
        self.network = network
        self._spectrograms = of_sparse_sync.Spectrograms().to(device)

    def see(self, segments: Pictures) -> Tensor:
        """See ``Backbone``."""
        fed = torch.from_numpy(segments).to(self.device)
        return self.network.picture_tokens(of_sparse_sync.normalised_pictures(fed))

    def hear(self, segments: Floats) -> Tensor:
        """See ``Backbone``."""
        return self.network.sound_tokens(self._spectrograms(torch.from_numpy(segments).to(self.device)))

    def ends(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """See ``Backbone``."""
        row: Tensor = self.network.transformer.global_transformer(pictures[:, 0], sound[:, 0])
        return row[:, :2]

    def said(self, ends: Tensor) -> Said:
        """See ``Backbone``."""
        return Said(*self.network.transformer.snapshot(ends), None)

    def comparing(self) -> list[nn.Parameter]:
        """See ``Backbone``."""
        transformer = self.network.transformer
        return [*transformer.global_transformer.parameters(), *transformer.off_head.parameters()]

    def extracting(self) -> list[nn.Parameter]:
        """See ``Backbone``."""
        compared = {id(weight) for weight in self.comparing()}
        return [weight for weight in self._but_new(self.network.parameters()) if id(weight) not in compared]


class SynchformerBackbone(_Common):
    """Synchformer with memory: what compares is its judge with the projections before it."""

    def __init__(self, network: StreamSynchformer, device: str) -> None:
        super().__init__(network, device)
        self.network = network
        self._spectrograms = of_synchformer.Spectrograms(network.config).to(device)

    def see(self, segments: Pictures) -> Tensor:
        """See ``Backbone``."""
        fed = torch.from_numpy(segments).to(self.device)
        return self.network.picture_tokens(of_synchformer.normalised_pictures(fed))

    def hear(self, segments: Floats) -> Tensor:
        """See ``Backbone``."""
        return self.network.sound_tokens(self._spectrograms(torch.from_numpy(segments).to(self.device)))

    def ends(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """See ``Backbone``."""
        return self.network.ends(pictures, sound)

    def said(self, ends: Tensor) -> Said:
        """See ``Backbone``."""
        verdict, token = self.network.transformer.snapshot(ends)
        assert verdict.offsets is not None, "its sizes ask for this head"
        return Said(verdict.offsets, token, verdict.belonging)

    def comparing(self) -> list[nn.Parameter]:
        """See ``Backbone``."""
        network = self.network
        parts = (network.vproj, network.aproj, network.transformer)
        return self._but_new(weight for part in parts for weight in part.parameters())

    def extracting(self) -> list[nn.Parameter]:
        """See ``Backbone``."""
        network = self.network
        return [*network.vfeat_extractor.parameters(), *network.afeat_extractor.parameters()]


def backbone_of(network: StreamingNetwork, device: str) -> Backbone:
    """Return a network, brought to a device, as the phases see it."""
    network.to(device)
    if isinstance(network, StreamSync):
        return SparseBackbone(network, device)
    return SynchformerBackbone(network, device)


def layout_of(network: StreamingNetwork) -> SegmentLayout:
    """Return how a network cuts time."""
    return network.config.layout()


@contextmanager
def quick(device: str) -> Iterator[None]:
    """Compute in bfloat16 where that is quicker: on GPUs."""
    with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        yield
