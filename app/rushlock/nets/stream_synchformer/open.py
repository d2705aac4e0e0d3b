"""From a file of weights to a network that answers."""

import logging
from pathlib import Path

import torch

from rushlock.base.errors import ModelError
from rushlock.nets.batching import words_for
from rushlock.nets.checkpoint import read_checkpoint
from rushlock.nets.opened import Facts
from rushlock.nets.protocol import StreamNet
from rushlock.nets.stream_synchformer.config import StreamSynchformerConfig
from rushlock.nets.stream_synchformer.network import StreamSynchformer
from rushlock.nets.stream_synchformer.opened import OpenedStreamSynchformer
from rushlock.nets.stream_synchformer_family import CONFIG, StreamSynchformerFamily
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
    checkpoint = read_checkpoint(path)
    found = StreamSynchformerFamily().recognised(checkpoint.tensors, checkpoint.metadata)
    if found is None:
        raise ModelError(f"{path} holds no weights of a Synchformer with memory")
    with torch.device("meta"):  # no memory for numbers that are replaced at once
        net = StreamSynchformer(StreamSynchformerConfig.from_json(found.metadata[CONFIG]))
    weights = {name: tensor.float() for name, tensor in found.tensors.items()}
    net.load_state_dict(weights, strict=True, assign=True)
    return net.eval().requires_grad_(False)
