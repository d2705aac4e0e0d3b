"""From a file of weights to a network that answers."""

import logging
from pathlib import Path

from rushlock.nets.batching import words_for
from rushlock.nets.loading import load
from rushlock.nets.opened import Facts
from rushlock.nets.protocol import StreamNet
from rushlock.nets.sparse_sync.open import settle
from rushlock.nets.stream_sync.config import StreamSyncConfig
from rushlock.nets.stream_sync.network import StreamSync
from rushlock.nets.stream_sync.opened import OpenedStreamSync
from rushlock.nets.stream_sync_family import StreamSyncFamily

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
    return load(
        path, StreamSyncFamily(), "StreamSync", lambda sizes: StreamSync(StreamSyncConfig.from_json(sizes))
    )
