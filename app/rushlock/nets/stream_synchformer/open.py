"""From a file of weights to a network that answers."""

import logging
from pathlib import Path

from rushlock.nets.batching import words_for
from rushlock.nets.loading import load
from rushlock.nets.opened import Facts
from rushlock.nets.protocol import StreamNet
from rushlock.nets.stream_synchformer.config import StreamSynchformerConfig
from rushlock.nets.stream_synchformer.network import StreamSynchformer
from rushlock.nets.stream_synchformer.opened import OpenedStreamSynchformer
from rushlock.nets.stream_synchformer_family import StreamSynchformerFamily
from rushlock.nets.synchformer.open import settle

_log = logging.getLogger(__name__)


def open_stream_synchformer(
    path: Path, *, name: str, digest: str, device: str, bias: float, experimental: bool = False
) -> StreamNet:
    """Load weights; the arguments are those of ``open_synchformer``.

    Raises:
        ModelError: The file cannot be read, or holds weights of another network.
    """
    net = loaded(path)
    settle(net, device)
    _log.info("%s computes on %s", name, words_for(device))
    return OpenedStreamSynchformer(Facts(name, digest, experimental, net.config.layout(bias)), net, device)


def loaded(path: Path) -> StreamSynchformer:
    """Return a network with its weights, on the CPU.

    Raises:
        ModelError: The file cannot be read, or holds weights of another network.
    """
    return load(
        path,
        StreamSynchformerFamily(),
        "a Synchformer with memory",
        lambda sizes: StreamSynchformer(StreamSynchformerConfig.from_json(sizes)),
    )
