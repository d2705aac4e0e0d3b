"""Weights as they are shipped, opened as the product opens them, and their scores."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.errors import ModelError
from rushlock.base.progress import CancelToken, Stage
from rushlock.evaluation.stream_training.scores import score
from rushlock.nets.checksums import sha256
from rushlock.nets.protocol import StreamNet
from rushlock.nets.stream_sync.network import StreamSync

if TYPE_CHECKING:
    from rushlock.evaluation.stream_training.train import StreamTraining


def scored(
    training: "StreamTraining", path: Path, stretches: int, token: CancelToken
) -> Stage[dict[str, Any]]:
    """Return the figures of a training's weights that were written."""
    sparse = isinstance(training.network, StreamSync)
    net = open_streaming(path, training.device, sparse=sparse)
    found: dict[str, Any] = yield from score(net, training.source, stretches, token)
    return found


def open_streaming(path: Path, device: str, *, sparse: bool) -> StreamNet:
    """Return weights of a network with memory, ready to answer.

    Raises:
        ModelError: The file cannot be read.
    """
    from rushlock.nets.stream_sync.open import open_stream_sync
    from rushlock.nets.stream_synchformer.open import open_stream_synchformer

    opening = open_stream_sync if sparse else open_stream_synchformer
    net = opening(path, name=path.stem, digest=sha256(path), device=device, bias=0.0)
    if not isinstance(net, StreamNet):
        raise ModelError(f"{path} holds a network without memory")
    return net
