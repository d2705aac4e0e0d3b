"""From a file of weights to a network that answers."""

import logging
from pathlib import Path

from rushlock.nets.batching import words_for
from rushlock.nets.loading import load
from rushlock.nets.onednn import pack
from rushlock.nets.opened import Facts
from rushlock.nets.protocol import WindowNet
from rushlock.nets.sparse_sync.config import SparseSyncConfig
from rushlock.nets.sparse_sync.folded import FoldedBridge, FoldedPictures, FoldedSound
from rushlock.nets.sparse_sync.network import SparseSync
from rushlock.nets.sparse_sync.opened import OpenedSparseSync
from rushlock.nets.sparse_sync_family import SparseSyncFamily

_log = logging.getLogger(__name__)


def open_sparse_sync(
    path: Path, *, name: str, digest: str, device: str, bias: float, experimental: bool = False
) -> WindowNet:
    """Load weights, of the published size or of the size that their metadata tell.

    Args:
        path: safetensors, or a checkpoint as it is published.
        name: Registry name of the weights.
        digest: Of the weights.
        device: "cuda", "mps" or "cpu".
        bias: See ``SegmentLayout``.
        experimental: See ``WindowNet``.

    Raises:
        ModelError: The file cannot be read, or holds weights of another network.
    """
    net = loaded(path)
    settle(net, device)
    _log.info("%s computes on %s", name, words_for(device))
    return OpenedSparseSync(Facts(name, digest, experimental, net.config.layout(bias)), net, device)


def loaded(path: Path) -> SparseSync:
    """Return a network with its weights, on the CPU, as it was trained.

    Raises:
        ModelError: The file cannot be read, or holds weights of another network.
    """
    return load(
        path, SparseSyncFamily(), "SparseSync", lambda sizes: SparseSync(SparseSyncConfig.from_json(sizes))
    )


def settle(net: SparseSync, device: str) -> None:
    """Bring a network that learns no more to where it computes, in the form that computes fastest there."""
    if device == "cpu":
        extractors = (FoldedPictures(net.vfeat_extractor), FoldedSound(net.afeat_extractor))
        net.add_module("vfeat_extractor", extractors[0])
        net.add_module("afeat_extractor", extractors[1])
        net.add_module("v_bridge", FoldedBridge(net.v_bridge))
        pack(net)
    else:
        net.to(device)
