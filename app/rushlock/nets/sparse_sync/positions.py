"""What tokens are told of their place: learned tables, one for each axis, side by side in the channels."""

import torch
from torch import Tensor, nn

from rushlock.nets.sparse_sync.config import SparseSyncConfig


class Table(nn.Embedding):
    """A learned vector for each place along one axis."""

    def __init__(self, places: int, dims: int) -> None:
        super().__init__(places, dims)
        nn.init.normal_(self.weight, std=0.02)


class PicturePlaces(nn.Module):
    """Channels are laid out as time, width, height."""

    def __init__(self, config: SparseSyncConfig) -> None:
        super().__init__()
        third = config.dims // 3
        self.time_embed = Table(config.steps, config.dims - 2 * third)
        self.height_embed = Table(config.cells, third)
        self.width_embed = Table(config.cells, third)

    def forward(self) -> Tensor:
        """Return (steps, rows, columns, dims)."""
        time, high, wide = self.time_embed.weight, self.height_embed.weight, self.width_embed.weight
        shape = len(time), len(high), len(wide), -1
        parts = (time[:, None, None], wide[None, None], high[None, :, None])
        return torch.cat([part.expand(shape) for part in parts], dim=-1)


class SoundPlaces(nn.Module):
    """Channels are laid out as frequency, time."""

    def __init__(self, config: SparseSyncConfig) -> None:
        super().__init__()
        half = config.dims // 2
        self.freq_embed = Table(config.bands, half)
        self.time_embed = Table(config.beats, half)

    def forward(self) -> Tensor:
        """Return (bands, beats, dims)."""
        high, time = self.freq_embed.weight, self.time_embed.weight
        shape = len(high), len(time), -1
        return torch.cat([high[:, None].expand(shape), time[None].expand(shape)], dim=-1)


class SelectorPlaces(nn.Module):
    """Which selector one is."""

    def __init__(self, config: SparseSyncConfig) -> None:
        super().__init__()
        self.time_embed = Table(config.selectors, config.dims)

    def forward(self) -> Tensor:
        """Return (selectors, dims)."""
        return self.time_embed.weight
