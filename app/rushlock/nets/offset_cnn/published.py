"""VideoSync's CNN head (arXiv 2506.15937), under the names of its code's state dict.

It sees rows' chances in the upper left of 256 x 256 zeros and answers one of 61 offsets, -30 to 30 frames,
column less row.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from rushlock.base.errors import ModelError
from rushlock.nets.checkpoint import read_checkpoint
from rushlock.nets.families import check_shapes
from rushlock.nets.protocol import Floats

_CHANNELS = (1, 32, 64, 128, 256)
_SIDE = 256
_HIDDEN = 512
_CLASSES = 61
_DROPOUT = 0.7


class PublishedCnn(nn.Module):
    """Four blocks that halve the matrix, then two linear layers over all that is left."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(*(part for ends in pairwise(_CHANNELS) for part in _block(*ends)))
        left = _SIDE >> (len(_CHANNELS) - 1)
        self.classifier = nn.Sequential(
            nn.Dropout(_DROPOUT),
            nn.Linear(_CHANNELS[-1] * left * left, _HIDDEN),
            nn.ReLU(inplace=True),
            nn.Dropout(_DROPOUT),
            nn.Linear(_HIDDEN, _CLASSES),
        )

    def forward(self, matrices: Tensor) -> Tensor:
        """Return (n, 61) for (n, 1, 256, 256)."""
        out: Tensor = self.classifier(self.features(matrices).flatten(1))
        return out


def open_published_cnn(path: Path, device: str = "cpu") -> Callable[[Floats], Floats]:
    """Load VideoSync's head from a state dict as its code saves it.

    Returns:
        What makes (n, 61) logits of padded matrices (n, 256, 256).

    Raises:
        ModelError: The file cannot be read, or holds other weights.
    """
    tensors = read_checkpoint(path).tensors
    with torch.device("meta"):
        net = PublishedCnn()
    check_shapes(tensors, {name: tuple(each.shape) for name, each in net.state_dict().items()}, "VideoSync")
    net.load_state_dict(tensors, strict=True, assign=True)
    if not all(each.is_floating_point() for each in net.parameters()):
        raise ModelError(f"{path} holds no numbers that a network could compute with")
    return answering(net, device)


def answering(net: PublishedCnn, device: str = "cpu") -> Callable[[Floats], Floats]:
    """Return what makes logits (n, 61) of padded matrices (n, 256, 256), numpy to numpy."""
    net.eval().requires_grad_(False).to(device)

    def logits(padded: Floats) -> Floats:
        with torch.inference_mode():
            matrices = torch.from_numpy(np.require(padded, np.float32, ["C", "W"]))[:, None]
            found: Floats = net(matrices.to(device)).cpu().numpy()
        return found

    return logits


def _block(inner: int, outer: int) -> list[nn.Module]:
    return [
        nn.Conv2d(inner, outer, 3, padding=1),
        nn.BatchNorm2d(outer),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
    ]
