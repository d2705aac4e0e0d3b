"""What follows the ResNet: a frame's own vector, then layers in which the frames of a stretch meet."""

import torch
from torch import Tensor, nn

from rushlock.nets.carl.config import CarlConfig
from rushlock.nets.carl.positions import positions

_DROPOUT = 0.1
_GROWTH = 4


class Embedder(nn.Module):
    """From the ResNet's vector of each frame to its embedding, in the two steps of ``FrameNet``."""

    def __init__(self, config: CarlConfig) -> None:
        super().__init__()
        self._stretch = config.stretch
        self.fc_layers = nn.Sequential(
            *_dense(config.seen, config.hidden), *_dense(config.hidden, config.hidden)
        )
        self.video_emb = nn.Linear(config.hidden, config.width)
        self.video_encoder = Encoder(config)
        self.embedding_layer = nn.Linear(config.width, config.dims)

    def frames(self, seen: Tensor) -> Tensor:
        """Return (n, width) for (n, seen): every frame by itself."""
        found: Tensor = self.video_emb(self.fc_layers(seen))
        return found

    def placed(self, looks: Tensor) -> Tensor:
        """Return a stretch's frames (n, width) with their positions added."""
        table = positions(len(looks), self._stretch, looks.shape[1])
        return looks + table.to(looks)

    def forward(self, looks: Tensor) -> Tensor:
        """Return (n, dims), of any length, for the frames (n, width) of one stretch."""
        found: Tensor = self.embedding_layer(self.video_encoder(self.placed(looks)))
        return found


class Encoder(nn.Module):
    """The layers one after another; nothing normalises what comes out."""

    def __init__(self, config: CarlConfig) -> None:
        super().__init__()
        self.enc_layers = nn.ModuleList(EncoderLayer(config) for _ in range(config.layers))

    def forward(self, frames: Tensor) -> Tensor:
        """Return (n, width) for (n, width)."""
        for layer in self.enc_layers:
            frames = layer(frames)
        return frames


class EncoderLayer(nn.Module):
    """Attention and a feed-forward, each added to what a norm of its own was made of."""

    def __init__(self, config: CarlConfig) -> None:
        super().__init__()
        self.res_layer0 = Normed(config.width)
        self.res_layer1 = Normed(config.width)
        self.self_att = Attention(config.width, config.heads)
        self.feed_forward = FeedForward(config.width)

    def forward(self, frames: Tensor) -> Tensor:
        """Return (n, width) for (n, width)."""
        frames = frames + self.self_att(self.res_layer0(frames))
        out: Tensor = frames + self.feed_forward(self.res_layer1(frames))
        return out


class Normed(nn.Module):
    """A norm under the name of the branch that it opens."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)

    def forward(self, frames: Tensor) -> Tensor:
        """Return frames, each normalised."""
        out: Tensor = self.norm(frames)
        return out


class Attention(nn.Module):
    """Every frame looks at all frames of the stretch."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self._heads = heads
        self.linear_Q2d = nn.Linear(width, width)
        self.linear_K2d = nn.Linear(width, width)
        self.linear_V2d = nn.Linear(width, width)
        self.linear_d2Q = nn.Linear(width, width)

    def forward(self, frames: Tensor) -> Tensor:
        """Return (n, width) for (n, width)."""
        parts = (self.linear_Q2d(frames), self.linear_K2d(frames), self.linear_V2d(frames))
        # (1, heads, n, width / heads): without the first axis torch keeps to its slowest way
        query, key, value = (torch.unflatten(x, 1, (self._heads, -1)).transpose(0, 1)[None] for x in parts)
        met = nn.functional.scaled_dot_product_attention(query, key, value)[0]
        out: Tensor = self.linear_d2Q(met.transpose(0, 1).flatten(1))
        return out


class FeedForward(nn.Module):
    """Two linear layers, the inner width four times the outer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(width, _GROWTH * width)
        self.fc2 = nn.Linear(_GROWTH * width, width)

    def forward(self, frames: Tensor) -> Tensor:
        """Return (n, width) for (n, width)."""
        out: Tensor = self.fc2(self.fc1(frames).relu())
        return out


def _dense(inner: int, outer: int) -> list[nn.Module]:
    return [nn.Dropout(_DROPOUT), nn.Linear(inner, outer), nn.BatchNorm1d(outer), nn.ReLU()]
