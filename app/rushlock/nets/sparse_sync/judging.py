"""Selectors, which gather a few of hundreds of tokens, and the transformer that compares what they hold."""

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout

from rushlock.nets.blocks import Block, CrossBlock
from rushlock.nets.sparse_sync.config import SparseSyncConfig
from rushlock.nets.sparse_sync.positions import PicturePlaces, SelectorPlaces, SoundPlaces


def learned_token(*shape: int) -> nn.Parameter:
    """Return a token to be learned."""
    return nn.Parameter(nn.init.normal_(torch.empty(shape), std=0.02))


class Selector(nn.Module):
    """Learned queries that look at all tokens of one side."""

    def __init__(self, config: SparseSyncConfig) -> None:
        super().__init__()
        self.dropout = config.dropout
        self.selectors = learned_token(config.selectors, config.dims)
        self.selectors_pos_emb = SelectorPlaces(config)
        self.blocks = nn.ModuleList(CrossBlock(config) for _ in range(config.selector_depth))

    def forward(self, tokens: Tensor) -> Tensor:
        """Return (n, selectors, dims) for (n, tokens, dims)."""
        asking = (self.selectors + self.selectors_pos_emb()).expand(len(tokens), -1, -1)
        asking = dropout(asking, self.dropout, self.training)
        for block in self.blocks:
            asking = block(asking, tokens)
        gathered: Tensor = asking
        return gathered


class Comparison(nn.Module):
    """One row: the deciding token, what was selected of pictures, the token between, what was of sound.

    Places are told nowhere here: selectors know their own.
    """

    def __init__(self, config: SparseSyncConfig, *, passing: bool = False) -> None:
        """Make one; ``passing`` adds StreamSync's token that carries over, behind the deciding one."""
        super().__init__()
        dims = config.dims
        self.dropout = config.dropout
        self.OFF_tok = learned_token(1, 1, dims)
        self.MOD_tok = learned_token(1, 1, dims)
        self.PASS_tok = learned_token(1, 1, dims) if passing else None
        self.vis_in_lnorm = nn.LayerNorm(dims)
        self.aud_in_lnorm = nn.LayerNorm(dims)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.judge_depth))
        self.ln_f = nn.LayerNorm(dims)

    def forward(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return (n, row, dims) for (n, selectors, dims) of either side."""
        row = dropout(self.joined(pictures, sound), self.dropout, self.training)
        for block in self.blocks:
            row = block(row)
        found: Tensor = self.ln_f(row)
        return found

    def joined(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return the row as it begins."""
        opening: list[Tensor] = [self.OFF_tok] if self.PASS_tok is None else [self.OFF_tok, self.PASS_tok]
        first = torch.cat(opening, dim=1).expand(len(pictures), -1, -1)
        between = self.MOD_tok.expand(len(pictures), -1, -1)
        return torch.cat([first, self.vis_in_lnorm(pictures), between, self.aud_in_lnorm(sound)], dim=1)


class SelectingTransformer(nn.Module):
    """Maps of cells to selected tokens, and those to logits."""

    def __init__(self, config: SparseSyncConfig, *, passing: bool = False) -> None:
        super().__init__()
        dims = config.dims
        self.pre_lnorm_vis = nn.LayerNorm(dims)
        self.pre_lnorm_aud = nn.LayerNorm(dims)
        self.vis_pos_emb = PicturePlaces(config)
        self.aud_pos_emb = SoundPlaces(config)
        self.v_selector = Selector(config)
        self.a_selector = Selector(config)
        self.global_transformer = Comparison(config, passing=passing)
        self.off_head = nn.Linear(dims, config.offset_classes, bias=False)

    def select_pictures(self, cells: Tensor) -> Tensor:
        """Return (n, selectors, dims) for (n, steps, dims, rows, columns)."""
        found: Tensor = self.v_selector(self.picture_context(cells).flatten(1, 3))
        return found

    def select_sound(self, cells: Tensor) -> Tensor:
        """Return (n, selectors, dims) for (n, dims, bands, beats)."""
        found: Tensor = self.a_selector(self.sound_context(cells).flatten(1, 2))
        return found

    def picture_context(self, cells: Tensor) -> Tensor:
        """Return cells (n, steps, rows, columns, dims), normalised and told their places."""
        found: Tensor = self.pre_lnorm_vis(cells.movedim(2, -1)) + self.vis_pos_emb()
        return found

    def sound_context(self, cells: Tensor) -> Tensor:
        """Return cells (n, bands, beats, dims), normalised and told their places."""
        found: Tensor = self.pre_lnorm_aud(cells.movedim(1, -1)) + self.aud_pos_emb()
        return found
