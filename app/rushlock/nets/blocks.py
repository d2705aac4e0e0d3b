"""Pre-norm transformer blocks, as Synchformer, SparseSync and StreamSync share them.

Parameters are named as in these networks' published checkpoints. Dropout works while training only.
"""

from typing import Protocol

from torch import Tensor, nn
from torch.nn.functional import dropout

from rushlock.nets.attention import attend


class BlockSizes(Protocol):
    """What decides the shape of a block."""

    @property
    def dims(self) -> int:
        """Width of every token."""

    @property
    def judge_heads(self) -> int:
        """Attention heads."""

    @property
    def growth(self) -> int:
        """Width of the feed-forward layers against ``dims``."""

    @property
    def dropout(self) -> float:
        """Of attention's weights, and of what each half of a block adds."""


class Attention(nn.Module):
    """Tokens look at tokens: all at all of their own row, or at those of another."""

    def __init__(self, sizes: BlockSizes) -> None:
        super().__init__()
        dims = sizes.dims
        self.heads, self.dropout = sizes.judge_heads, sizes.dropout
        self.key = nn.Linear(dims, dims)
        self.query = nn.Linear(dims, dims)
        self.value = nn.Linear(dims, dims)
        self.proj = nn.Linear(dims, dims)

    def forward(self, asking: Tensor, told: Tensor | None = None) -> Tensor:
        """Return what each token of (n, tokens, dims) gathers from (n, others, dims), itself if not given."""
        told = asking if told is None else told
        rate = self.dropout if self.training else 0.0
        gathered = attend(self.query(asking), self.key(told), self.value(told), self.heads, rate)
        return dropout(self.proj(gathered), self.dropout, self.training)


def feed_forward(sizes: BlockSizes) -> nn.Sequential:
    """Return two linear layers with GELU between."""
    dims, wide = sizes.dims, sizes.dims * sizes.growth
    return nn.Sequential(nn.Linear(dims, wide), nn.GELU(), nn.Linear(wide, dims), nn.Dropout(sizes.dropout))


class Block(nn.Module):
    """Attention, then feed-forward, each on normalised tokens and added to them."""

    def __init__(self, sizes: BlockSizes) -> None:
        super().__init__()
        self.ln1 = nn.LayerNorm(sizes.dims)
        self.ln2 = nn.LayerNorm(sizes.dims)
        self.attn = Attention(sizes)
        self.mlp = feed_forward(sizes)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return tokens in the same shape."""
        tokens = tokens + self.attn(self.ln1(tokens))
        found: Tensor = tokens + self.mlp(self.ln2(tokens))
        return found


class CrossBlock(nn.Module):
    """Attention to each other, then to tokens that stay as they are, then feed-forward."""

    def __init__(self, sizes: BlockSizes) -> None:
        super().__init__()
        self.ln1 = nn.LayerNorm(sizes.dims)
        self.ln2 = nn.LayerNorm(sizes.dims)
        self.ln3 = nn.LayerNorm(sizes.dims)
        self.attn = Attention(sizes)
        self.xattn = Attention(sizes)
        self.mlp = feed_forward(sizes)

    def forward(self, asking: Tensor, told: Tensor) -> Tensor:
        """Return asking tokens in the same shape.

        Args:
            asking: (n, tokens, dims).
            told: (n, others, dims), taken as they are.
        """
        asking = asking + self.attn(self.ln1(asking))
        asking = asking + self.xattn(self.ln2(asking), told)
        found: Tensor = asking + self.mlp(self.ln3(asking))
        return found
