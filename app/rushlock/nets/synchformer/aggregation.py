"""Many tokens to one: a learned token looks once at all of a group.

In the published layout it is a whole pre-norm ``TransformerEncoderLayer`` over the group, of which only the
learned token's output is kept. The rest is never computed here; that saves two thirds of the layer.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, linear

from rushlock.nets.attention import attend
from rushlock.nets.synchformer.config import SynchformerConfig

EPS = 1e-6


class PackedProjections(nn.Module):
    """Query, key and value projections in one matrix, and the one that follows attention."""

    def __init__(self, dims: int) -> None:
        super().__init__()
        self.in_proj_weight = nn.Parameter(nn.init.xavier_uniform_(torch.empty(3 * dims, dims)))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * dims))
        self.out_proj = nn.Linear(dims, dims)

    def query(self, tokens: Tensor) -> Tensor:
        """Return the queries of tokens."""
        dims = tokens.shape[-1]
        return linear(tokens, self.in_proj_weight[:dims], self.in_proj_bias[:dims])

    def key_and_value(self, tokens: Tensor) -> Tensor:
        """Return keys and values of tokens, side by side."""
        dims = tokens.shape[-1]
        return linear(tokens, self.in_proj_weight[dims:], self.in_proj_bias[dims:])


class Aggregation(nn.Module):
    """Groups of tokens to one token each."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        dims, wide = config.dims, config.dims * config.growth
        self.heads = config.heads
        self.cls_token = nn.Parameter(nn.init.normal_(torch.empty(1, 1, dims), std=0.02))
        self.self_attn = PackedProjections(dims)
        self.linear1 = nn.Linear(dims, wide)
        self.linear2 = nn.Linear(wide, dims)
        self.norm1 = nn.LayerNorm(dims, eps=EPS)
        self.norm2 = nn.LayerNorm(dims, eps=EPS)

    def forward(self, groups: Tensor) -> Tensor:
        """Return (n, dims) for (n, group, dims)."""
        asking = self.norm1(self.cls_token)
        query = self.self_attn.query(asking)
        own = self.self_attn.key_and_value(asking)
        others = self.self_attn.key_and_value(self.norm1(groups))
        count = len(groups)
        both = torch.cat([own.expand(count, -1, -1), others], dim=1)
        key, value = both.chunk(2, dim=-1)
        heard = attend(query.expand(count, -1, -1), key, value, self.heads)
        token: Tensor = self.cls_token + self.self_attn.out_proj(heard)
        token = token + self.linear2(gelu(self.linear1(self.norm2(token))))
        return token.squeeze(1)
