"""The picture extractor: S3D without its classifier, and the bridge to the transformer's width."""

import torch
from torch import Tensor, nn

from rushlock.nets.sparse_sync.config import SparseSyncConfig
from rushlock.nets.sparse_sync.units import Basic, Mixed, Separable

_MIXED = {
    "3b": (192, (64, 96, 128, 16, 32, 32)),
    "3c": (256, (128, 128, 192, 32, 96, 64)),
    "4b": (480, (192, 96, 208, 16, 48, 64)),
    "4c": (512, (160, 112, 224, 24, 64, 64)),
    "4d": (512, (128, 128, 256, 24, 64, 64)),
    "4e": (512, (112, 144, 288, 32, 64, 64)),
    "4f": (528, (256, 160, 320, 32, 128, 128)),
    "5b": (832, (256, 160, 320, 32, 128, 128)),
    "5c": (832, (384, 192, 384, 48, 128, 128)),
}
"""Channels that come in, and those of the branches, by the names that Inception gave its units."""

_STEM, _WIDER, CHANNELS = 64, 192, 1024


class PictureExtractor(nn.Module):
    """Windows of picture to a map of cells."""

    def __init__(self, config: SparseSyncConfig) -> None:
        super().__init__()
        thin = config.thinning
        stem, wider = _STEM // thin, _WIDER // thin
        mixed = {name: _mixed(name, thin) for name in _MIXED}
        self.base = nn.Sequential(
            Separable(3, stem, kernel=7, stride=2),
            nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)),
            Basic(stem, stem),
            Separable(stem, wider),
            nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)),
            *(mixed[name] for name in ("3b", "3c")),
            nn.MaxPool3d(3, 2, 1),
            *(mixed[name] for name in ("4b", "4c", "4d", "4e", "4f")),
            nn.MaxPool3d(2, 2),
            *(mixed[name] for name in ("5b", "5c")),
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """Return (n, steps, channels, cells, cells) for (n, frames, 3, height, width), normalised."""
        together = pictures.transpose(1, 2).contiguous(memory_format=torch.channels_last_3d)
        cells: Tensor = self.base(together)
        return cells.transpose(1, 2)


def _mixed(name: str, thin: int) -> Mixed:
    inner, widths = _MIXED[name]
    own, within, out, within_too, out_too, pooled = (width // thin for width in widths)
    return Mixed(inner // thin, (own, within, out, within_too, out_too, pooled))


class Bridge(nn.Module):
    """Cells of the picture extractor at the transformer's width."""

    def __init__(self, config: SparseSyncConfig) -> None:
        super().__init__()
        self.bridge = nn.Sequential(nn.Conv3d(CHANNELS // config.thinning, config.dims, 1), nn.GELU())

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, steps, dims, rows, columns) for (n, steps, channels, rows, columns)."""
        found: Tensor = self.bridge(cells.transpose(1, 2))
        return found.transpose(1, 2)
