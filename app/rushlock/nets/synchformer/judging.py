"""The part that sees a whole window: tokens of picture and sound in one small transformer, and its heads."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout

from rushlock.nets.blocks import Block
from rushlock.nets.synchformer.config import SynchformerConfig


class Verdict(NamedTuple):
    """What the heads say of windows; None where there is no such head.

    Attributes:
        offsets: (windows, classes) logits of the offsets.
        belonging: (windows, 2) logits of "not synchronizable" and "synchronizable".
    """

    offsets: Tensor | None
    belonging: Tensor | None


class Positions(nn.Module):
    """What every token of a window is told of its place."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.pos_emb = nn.Parameter(nn.init.normal_(torch.empty(1, config.positions, config.dims), std=0.02))

    def forward(self, tokens: Tensor) -> Tensor:
        """Return tokens in the same shape."""
        return tokens + self.pos_emb


class Judge(nn.Module):
    """Windows of tokens to logits."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        dims = config.dims
        self.dropout = config.dropout
        self.OFF_tok = nn.Parameter(nn.init.normal_(torch.empty(1, 1, dims), std=0.02))
        self.MOD_tok = nn.Parameter(nn.init.normal_(torch.empty(1, 1, dims), std=0.02))
        self.vis_in_lnorm = nn.LayerNorm(dims)
        self.aud_in_lnorm = nn.LayerNorm(dims)
        self.pos_emb_cfg = Positions(config)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.judge_depth))
        self.ln_f = nn.LayerNorm(dims)
        self.off_head = nn.Linear(dims, config.offset_classes) if config.offset_classes else None
        self.sync_head = nn.Linear(dims, 2) if config.belonging else None

    def forward(self, pictures: Tensor, sound: Tensor) -> Verdict:
        """Judge windows.

        Args:
            pictures: (windows, window * steps, dims), projected.
            sound: (windows, window * beats, dims), projected.
        """
        return self.verdict(self.ln_f(self.compared(pictures, sound)[:, 0]))

    def compared(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return the row (windows, row, dims) after all blocks, not yet normalised; arguments as above."""
        tokens: Tensor = self.pos_emb_cfg(self.joined(pictures, sound))
        tokens = dropout(tokens, self.dropout, self.training)
        for block in self.blocks:
            tokens = block(tokens)
        return tokens

    def verdict(self, deciding: Tensor) -> Verdict:
        """Return what the heads say of deciding tokens (windows, dims), normalised."""
        offsets = None if self.off_head is None else self.off_head(deciding)
        belonging = None if self.sync_head is None else self.sync_head(deciding)
        return Verdict(offsets, belonging)

    def joined(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return the deciding token, pictures, the token between, and sound in one row."""
        deciding, between = (token.expand(len(pictures), -1, -1) for token in (self.OFF_tok, self.MOD_tok))
        return torch.cat([deciding, self.vis_in_lnorm(pictures), between, self.aud_in_lnorm(sound)], dim=1)
