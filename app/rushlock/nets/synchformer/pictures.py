"""The picture extractor: Motionformer with divided space-time attention (Patrick et al., NeurIPS 2021).

Tokens are tubes of 2 pictures by 16 x 16 pixels, ordered step by step, row by row, behind one opening token.
Within a block every patch looks first at its own place through time, then at all places of its own step. The
opening token is seen by all and sees all.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, linear, scaled_dot_product_attention

from rushlock.nets.synchformer.aggregation import Aggregation
from rushlock.nets.synchformer.config import SynchformerConfig

EPS = 1e-6

_REMNANT = ("patch_embed.proj.weight", "patch_embed.proj.bias")
"""In every published checkpoint, used by none: left of the image network that the weights began as."""


class TubeEmbedding(nn.Module):
    """Tubes of pictures to tokens: a convolution whose stride is its kernel, computed as a plain product."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.tube = (config.tube, config.patch, config.patch)
        self.proj = nn.Conv3d(3, config.dims, self.tube, self.tube)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return (n, steps * places, dims) for (n, frames, 3, height, width)."""
        frames, high, wide = self.tube
        for axis, size in ((4, wide), (3, high), (1, frames)):
            pictures = torch.unflatten(pictures, axis, (-1, size))
        tubes = pictures.permute(0, 1, 4, 6, 3, 2, 5, 7)  # n, step, row, column, then as the kernel lies
        return linear(tubes.flatten(4).flatten(1, 3), self.proj.weight.flatten(1), self.proj.bias)


class DividedAttention(nn.Module):
    """Attention within groups of patches: of one place through time, or of one step in space."""

    def __init__(self, dims: int, heads: int, *, through_time: bool) -> None:
        super().__init__()
        self.heads = heads
        self.through_time = through_time
        self.qkv = nn.Linear(dims, 3 * dims)
        self.proj = nn.Linear(dims, dims)

    def forward(self, tokens: Tensor, steps: int) -> Tensor:
        """Return what each of the (n, 1 + steps * places, dims) tokens has gathered, in the same shape."""
        packed = torch.unflatten(self.qkv(tokens), -1, (3, self.heads, -1))
        query, key, value = packed.permute(2, 0, 3, 1, 4)  # each n, head, token, width
        opening = scaled_dot_product_attention(query[:, :, :1], key, value)
        patches = scaled_dot_product_attention(
            self._grouped(query, steps).flatten(0, 1),
            self._opened(key, steps).flatten(0, 1),
            self._opened(value, steps).flatten(0, 1),
        )
        order = (0, 3, 1, 2, 4) if self.through_time else (0, 1, 3, 2, 4)
        gathered = (
            torch.unflatten(patches, 0, (len(tokens), -1)).permute(order).flatten(1, 2)
        )  # n, patch, head, width
        joined = torch.cat([opening.transpose(1, 2), gathered], dim=1).flatten(2)
        found: Tensor = self.proj(joined)
        return found

    def _grouped(self, part: Tensor, steps: int) -> Tensor:
        """Return the patches as (n, group, head, member, width)."""
        patches = torch.unflatten(part[:, :, 1:], 2, (steps, -1))
        return patches.permute((0, 3, 1, 2, 4) if self.through_time else (0, 2, 1, 3, 4))

    def _opened(self, part: Tensor, steps: int) -> Tensor:
        """Return the same with the opening token before each group."""
        groups = self._grouped(part, steps)
        opening = part[:, None, :, :1].expand(-1, groups.shape[1], -1, -1, -1)
        return torch.cat([opening, groups], dim=3)


class FeedForward(nn.Module):
    """Two linear layers."""

    def __init__(self, dims: int, growth: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(dims, growth * dims)
        self.fc2 = nn.Linear(growth * dims, dims)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return tokens in the same shape."""
        found: Tensor = self.fc2(gelu(self.fc1(tokens)))
        return found


class PictureBlock(nn.Module):
    """One block: through time, in space, feed-forward, each on normalised tokens and added to them."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        dims = config.dims
        self.norm1 = nn.LayerNorm(dims, eps=EPS)
        self.attn = DividedAttention(dims, config.heads, through_time=False)
        self.timeattn = DividedAttention(dims, config.heads, through_time=True)
        self.norm2 = nn.LayerNorm(dims, eps=EPS)
        self.mlp = FeedForward(dims, config.growth)
        self.norm3 = nn.LayerNorm(dims, eps=EPS)

    def forward(self, tokens: Tensor, steps: int) -> Tensor:
        """Return tokens in the same shape, (n, 1 + steps * places, dims)."""
        tokens = tokens + self.timeattn(self.norm3(tokens), steps)
        tokens = tokens + self.attn(self.norm1(tokens), steps)
        found: Tensor = tokens + self.mlp(self.norm2(tokens))
        return found


class PictureExtractor(nn.Module):
    """Segments of picture to tokens, one for each step of time."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        dims = config.dims
        self.steps = config.steps
        self.cls_token = nn.Parameter(nn.init.normal_(torch.empty(1, 1, dims), std=0.02))
        self.pos_embed = nn.Parameter(nn.init.normal_(torch.empty(1, 1 + config.places, dims), std=0.02))
        self.temp_embed = nn.Parameter(nn.init.normal_(torch.empty(1, config.steps, dims), std=0.02))
        self.patch_embed_3d = TubeEmbedding(config)
        self.blocks = nn.ModuleList(PictureBlock(config) for _ in range(config.picture_depth))
        self.norm = nn.LayerNorm(dims, eps=EPS)
        self.spatial_attn_agg = Aggregation(config)
        self.register_load_state_dict_pre_hook(_drop_remnant)  # type: ignore[no-untyped-call]

    def forward(self, pictures: Tensor) -> Tensor:
        """Return (n, steps, dims) for (n, frames, 3, height, width), normalised."""
        tokens = self.placed(self.patch_embed_3d(pictures))
        for block in self.blocks:
            tokens = block(tokens, self.steps)
        patches = self.norm(tokens[:, 1:])
        each_step = torch.unflatten(patches, 1, (self.steps, -1)).flatten(0, 1)
        return torch.unflatten(self.spatial_attn_agg(each_step), 0, (len(pictures), self.steps))

    def placed(self, patches: Tensor) -> Tensor:
        """Return patches with the opening token before them, each told its place and its step."""
        where = self.pos_embed[:, None, 1:] + self.temp_embed[:, :, None]  # 1, step, place, dims
        opening = (self.cls_token + self.pos_embed[:, :1]).expand(len(patches), -1, -1)
        return torch.cat([opening, patches + where.flatten(1, 2)], dim=1)


def _drop_remnant(_: nn.Module, state: dict[str, Any], prefix: str, *_more: object) -> None:
    for name in _REMNANT:
        state.pop(prefix + name, None)
