"""From a file of weights to a network that answers."""

import logging
from pathlib import Path

import torch

from rushlock.nets.batching import words_for
from rushlock.nets.loading import load
from rushlock.nets.onednn import pack
from rushlock.nets.opened import Facts
from rushlock.nets.protocol import WindowNet
from rushlock.nets.synchformer.config import SynchformerConfig
from rushlock.nets.synchformer.network import Synchformer
from rushlock.nets.synchformer.opened import OpenedSynchformer
from rushlock.nets.synchformer_family import SynchformerFamily

_log = logging.getLogger(__name__)


def open_synchformer(
    path: Path,
    *,
    name: str,
    digest: str,
    device: str,
    bias: float,
    experimental: bool = False,
    companion: Path | None = None,
) -> WindowNet:
    """Load weights, of the published size or of the size that their metadata tell.

    Args:
        path: safetensors, or a checkpoint as it is published.
        name: Registry name of the weights.
        digest: Of the weights.
        device: "cuda", "mps" or "cpu".
        bias: See ``SegmentLayout``.
        experimental: See ``WindowNet``.
        companion: Weights on the same extractors whose head says if picture and sound belong together, for
            weights that have no such head. The published ones come apart. Not used if they do not fit.

    Raises:
        ModelError: A file cannot be read, or holds weights of another network.
    """
    net = loaded(path)
    belonging = net if net.config.belonging else None
    if belonging is None and companion is not None:
        belonging = _joining(loaded(companion), net)
    settle(net, device)
    if belonging is not None and belonging is not net:
        settle(belonging, device)
    _log.info("%s computes on %s", name, words_for(device))
    return OpenedSynchformer(
        Facts(name, digest, experimental, net.config.layout(bias)), net, belonging, device
    )


def loaded(path: Path) -> Synchformer:
    """Return a network with its weights, on the CPU.

    Raises:
        ModelError: The file cannot be read, or holds weights of another network.
    """
    return load(
        path,
        SynchformerFamily(),
        "Synchformer",
        lambda sizes: Synchformer(SynchformerConfig.from_json(sizes)),
    )


def settle(net: Synchformer, device: str) -> None:
    """Bring a network to where it computes, in the form that computes fastest there."""
    if device == "cpu":
        pack(net)
    else:
        net.to(device)


def _joining(companion: Synchformer, net: Synchformer) -> Synchformer | None:
    """Return a companion without its extractors if these are the network's own, None if not."""
    theirs, ours = companion.state_dict(), net.state_dict()
    extracting = [name for name in ours if "feat_extractor." in name]
    same = all(name in theirs and torch.equal(theirs[name], ours[name]) for name in extracting)
    if not (same and companion.config.belonging):
        _log.warning("The companion's weights were trained on other extractors: it is not asked")
        return None
    del companion.vfeat_extractor, companion.afeat_extractor
    return companion
