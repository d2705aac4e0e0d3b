"""Streaming heads: all windows so far to one answer. Tokens come oldest first."""

import math
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, relu

from rushlock.nets.blocks import Block, BlockSizes
from rushlock.nets.sparse_sync.judging import learned_token
from rushlock.nets.stream_sync.config import Memory

_SLOWEST = 10000.0
_PERIOD = 100.0
"""Windows after which the fastest pair of channels repeats."""


class MemorySizes(BlockSizes, Protocol):
    """What decides the shape of a streaming head."""

    @property
    def memory(self) -> str:
        """A ``Memory``."""

    @property
    def memory_depth(self) -> int:
        """Blocks, or layers."""

    @property
    def offset_classes(self) -> int:
        """How many offsets it tells apart."""


def waves(ages: Tensor, dims: int) -> Tensor:
    """Return (n, dims): sine and cosine, channel by channel, of ages in windows (n,)."""
    pairs = torch.arange(dims // 2, device=ages.device, dtype=torch.float32)
    speed = 2 * math.pi / _PERIOD * _SLOWEST ** (-2 * pairs / dims)
    angles = ages[:, None] * speed
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


class Ages(nn.Module):
    """How many windows ago a token was made: waves through a gated projection."""

    def __init__(self, dims: int) -> None:
        super().__init__()
        self._dims = dims
        self.up_proj = nn.Linear(dims, dims, bias=False)
        self.gate_proj = nn.Linear(dims, dims)
        self.down_proj = nn.Linear(dims, dims, bias=False)

    def forward(self, ages: Tensor) -> Tensor:
        """Return (n, dims) for ages in windows (n,), 0 being the newest."""
        wave = waves(ages, self._dims)
        found: Tensor = self.down_proj(relu(self.gate_proj(wave)) * self.up_proj(wave))
        return found


class TransformerMemory(nn.Module):
    """A deciding token looks at the tokens of all windows so far."""

    def __init__(self, config: MemorySizes) -> None:
        super().__init__()
        dims = config.dims
        self.dropout = config.dropout
        self.OFF_tok = learned_token(1, 1, dims)
        self.in_lnorm = nn.LayerNorm(dims)
        self.streaming_pos_emb_module = Ages(dims)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.memory_depth))
        self.ln_f = nn.LayerNorm(dims)
        self.logit_head = nn.Linear(dims, config.offset_classes)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return logits (n, classes) of what (n, windows, dims) say together, oldest first."""
        ages = torch.arange(tokens.shape[1] - 1, -1, -1, device=tokens.device, dtype=torch.float32)
        placed = self.in_lnorm(tokens) + self.streaming_pos_emb_module(ages)
        row = torch.cat([self.OFF_tok.expand(len(tokens), -1, -1), placed], dim=1)
        row = dropout(row, self.dropout, self.training)
        for block in self.blocks:
            row = block(row)
        found: Tensor = self.logit_head(self.ln_f(row[:, 0]))
        return found

    def after_each(self, tokens: Tensor) -> Tensor:
        """Return logits (n, windows, classes) as they stand after each of (n, windows, dims)."""
        counts = range(1, tokens.shape[1] + 1)  # ages count from the newest: each row anew
        return torch.stack([self(tokens[:, :count]) for count in counts], dim=1)


class LstmMemory(nn.Module):
    """A recurrent network (Hochreiter and Schmidhuber 1997) that is told window after window."""

    def __init__(self, config: MemorySizes) -> None:
        super().__init__()
        dims, depth = config.dims, config.memory_depth
        self.in_lnorm = nn.LayerNorm(dims)
        self.lstm = nn.LSTM(dims, dims, depth, batch_first=True, dropout=config.dropout if depth > 1 else 0.0)
        self.ln_f = nn.LayerNorm(dims)
        self.logit_head = nn.Linear(dims, config.offset_classes)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return logits (n, classes) of what (n, windows, dims) say together, oldest first."""
        return self.after_each(tokens)[:, -1]

    def after_each(self, tokens: Tensor) -> Tensor:
        """Return logits (n, windows, classes) as they stand after each of (n, windows, dims)."""
        states, _ = self.lstm(self.in_lnorm(tokens))
        found: Tensor = self.logit_head(self.ln_f(states))
        return found


def memory_of(config: MemorySizes) -> TransformerMemory | LstmMemory:
    """Return the head that a network's sizes ask for."""
    return TransformerMemory(config) if config.memory == Memory.TRANSFORMER else LstmMemory(config)
