"""Window networks of which speed is measured: made with random weights, their operations counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rushlock.nets.stream_sync.config import PUBLISHED as STREAM_SYNC
from rushlock.nets.stream_sync.config import StreamSyncConfig
from rushlock.nets.synchformer.config import PUBLISHED as SYNCHFORMER
from rushlock.nets.synchformer.config import SynchformerConfig

if TYPE_CHECKING:
    from torch import nn

    from rushlock.nets.protocol import SegmentLayout, WindowNet

N = TypeVar("N", bound="nn.Module")

_FOLLOWING_S = 2.0
"""Seconds from window to window where networks of whole windows follow a clip (StreamSync)."""


@dataclass(frozen=True, slots=True)
class NetKind:
    """A network whose speed is measured.

    Attributes:
        name: What it is called.
        layout: How it cuts time.
        picture: Floating-point operations for one segment of picture.
        sound: For one of sound, its spectrogram aside.
        judge: For one window of tokens.
        layer: (rows, inner, outer) of the product that it spends most on.
        tokens: (number, width) of a segment's tokens of picture and of sound.
        hop: Seconds of a recording from one segment of picture that is embedded to the next, in use.
        batch: Segments at a time that fill a large GPU.
        make: Returns one on a device, its weights random.
    """

    name: str
    layout: "SegmentLayout"
    picture: int
    sound: int
    judge: int
    layer: tuple[int, int, int]
    tokens: tuple[tuple[int, int], tuple[int, int]]
    hop: float
    batch: int
    make: Callable[[str], "WindowNet"]


def published() -> tuple[NetKind, ...]:
    """Return the published networks; but for its streaming head, StreamSync is SparseSync and a token."""
    return synchformer(SYNCHFORMER), stream_sync(STREAM_SYNC)


def synchformer(config: SynchformerConfig) -> NetKind:
    """Return Synchformer of some sizes."""
    from rushlock.nets.synchformer import costs

    return NetKind(
        name="Synchformer",
        layout=config.layout(),
        picture=costs.picture_operations(config),
        sound=costs.sound_operations(config),
        judge=costs.judge_operations(config),
        layer=(1 + config.steps * config.places, config.dims, config.growth * config.dims),
        tokens=((config.steps, config.dims), (config.beats, config.dims)),
        hop=config.layout().hop,
        batch=96,
        make=lambda device: _synchformer(config, device),
    )


def stream_sync(config: StreamSyncConfig) -> NetKind:
    """Return StreamSync of some sizes."""
    from rushlock.nets.sparse_sync.costs import operations
    from rushlock.nets.stream_sync.network import StreamSync

    counted = operations(lambda: StreamSync(config))
    side, wide = config.picture // 4, 3 * 64 // config.thinning
    return NetKind(
        name="SparseSync, StreamSync",
        layout=config.layout(),
        picture=counted.picture,
        sound=counted.sound,
        judge=counted.judge,
        layer=((config.frames + 1) // 2 * side**2, 3 * wide, wide),
        tokens=((config.selectors, config.dims), (config.selectors, config.dims)),
        hop=_FOLLOWING_S,
        batch=8,
        make=lambda device: _stream_sync(config, device),
    )


def _synchformer(config: SynchformerConfig, device: str) -> "WindowNet":
    import torch

    from rushlock.nets.opened import Facts
    from rushlock.nets.synchformer.network import Synchformer
    from rushlock.nets.synchformer.open import settle
    from rushlock.nets.synchformer.opened import OpenedSynchformer

    with torch.device("meta"):
        net = Synchformer(config)
    settle(_filled(net), device)
    return OpenedSynchformer(Facts("random", "", True, config.layout()), net, None, device)


def _stream_sync(config: StreamSyncConfig, device: str) -> "WindowNet":
    import torch

    from rushlock.nets.opened import Facts
    from rushlock.nets.sparse_sync.open import settle
    from rushlock.nets.stream_sync.network import StreamSync
    from rushlock.nets.stream_sync.opened import OpenedStreamSync

    with torch.device("meta"):
        net = StreamSync(config)
    settle(_filled(net), device)
    return OpenedStreamSync(Facts("random", "", True, config.layout()), net, device)


def _filled(net: N) -> N:
    """Give a network random weights, and statistics that keep numbers in bounds."""
    net.to_empty(device="cpu").eval().requires_grad_(False)
    for each in net.parameters():
        each.uniform_(-0.05, 0.05)
    for name, buffer in net.named_buffers():
        buffer.fill_(0 if name.endswith("mean") else 1)
    return net
