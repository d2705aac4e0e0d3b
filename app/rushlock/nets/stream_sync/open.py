"""From a file of weights to a network that answers."""

import logging
from pathlib import Path

import torch

from rushlock.base.errors import ModelError
from rushlock.nets.batching import words_for
from rushlock.nets.checkpoint import read_checkpoint
from rushlock.nets.opened import Facts
from rushlock.nets.protocol import StreamNet
from rushlock.nets.sparse_sync.open import fill, settle
from rushlock.nets.stream_sync.config import StreamSyncConfig
from rushlock.nets.stream_sync.network import StreamSync
from rushlock.nets.stream_sync.opened import OpenedStreamSync
from rushlock.nets.stream_sync_family import CONFIG, StreamSyncFamily

_log = logging.getLogger(__name__)


def open_stream_sync(
    path: Path, *, name: str, digest: str, device: str, bias: float, experimental: bool = False
) -> StreamNet:
    """Load weights; the arguments are those of ``open_sparse_sync``.

    Raises:
        ModelError: The file cannot be read, or holds weights of another network.
    """
    net = loaded(path)
    settle(net, device)
    _log.info("%s computes on %s", name, words_for(device))
    return OpenedStreamSync(Facts(name, digest, experimental, net.config.layout(bias)), net, device)


def loaded(path: Path) -> StreamSync:
    """Return a network with its weights, on the CPU, as it was trained.

    Raises:
        ModelError: The file cannot be read, or holds weights of another network.
    """
    checkpoint = read_checkpoint(path)
    found = StreamSyncFamily().recognised(checkpoint.tensors, checkpoint.metadata)
    if found is None:
        raise ModelError(f"{path} holds no weights of StreamSync")
    with torch.device("meta"):  # no memory for numbers that are replaced at once
        net = StreamSync(StreamSyncConfig.from_json(found.metadata[CONFIG]))
    return fill(net, found.tensors)
