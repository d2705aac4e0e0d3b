"""First weights of the picture extractor: filters for movement, and a layer that says how strong it is.

With random first weights a still background is all that is seen for long.
"""

import math

import torch
from torch import Tensor, nn

from rushlock.nets.synchformer.network import Synchformer
from rushlock.nets.synchformer.pictures import PictureBlock, PictureExtractor

_STILL, _MOVING = 0.05, 6.0
_PLACES = 1.0
_ENERGY = 2.0
_FAINT = 0.1

Wave = tuple[int, int, int]
"""A filter: half waves through the tube's time, down and across."""


@torch.no_grad()
def see_movement(network: Synchformer) -> None:
    """Give the picture extractor its first weights.

    Its filters are waves over space and time, those that change in time the louder. The first block's
    feed-forward layer adds up their magnitudes by pace and fineness. Positions have dims of their own, loud
    enough that normalising a token in which nothing moves does not make its grain as loud as movement.
    """
    extractor = network.vfeat_extractor
    waves = _filters(extractor)
    orders = 1 + max(down + across for _, down, across in waves)
    free = len(waves) + max(pace for pace, _, _ in waves) * orders
    for places in (extractor.pos_embed, extractor.temp_embed):
        places[..., free:] = torch.randn_like(places[..., free:]) * _PLACES
    block = extractor.blocks[0]
    if isinstance(block, PictureBlock):
        _measure(block, waves, orders)


def _filters(extractor: PictureExtractor) -> list[Wave]:
    """Make the patches' projection a bank of waves, and return them by number."""
    projection = extractor.patch_embed_3d.proj
    count, colours, frames, side, _ = projection.weight.shape
    spatial = sorted(((u, v) for u in range(side) for v in range(side)), key=lambda uv: (sum(uv), uv))
    waves = [(k, u, v) for u, v in spatial[: 3 * count // (5 * frames)] for k in range(frames)]
    through_time, over_space = _cosines(frames), _cosines(side)
    projection.weight.zero_()
    if projection.bias is not None:
        projection.bias.zero_()
    for number, (k, u, v) in enumerate(waves):
        wave = torch.einsum("t,y,x->tyx", through_time[k], over_space[u], over_space[v])
        projection.weight[number] = (_MOVING if k else _STILL) * wave / colours
    return waves


def _measure(block: PictureBlock, waves: list[Wave], orders: int) -> None:
    """Let a block add up magnitudes: ``gelu(u) + gelu(-u)`` is nearly ``|u|``."""
    for layer in (block.attn.proj, block.timeattn.proj, block.mlp.fc1, block.mlp.fc2):
        layer.weight *= _FAINT
        nn.init.zeros_(layer.bias)
    moving = [(number, wave) for number, wave in enumerate(waves) if wave[0]]
    for pair, (number, (pace, down, across)) in enumerate(moving[: len(block.mlp.fc1.weight) // 2]):
        energy = len(waves) + (pace - 1) * orders + down + across
        for unit, direction in ((2 * pair, 1.0), (2 * pair + 1, -1.0)):
            block.mlp.fc1.weight[unit, number] = direction * _ENERGY
            block.mlp.fc2.weight[energy, unit] = 1.0 / (1 + down + across)


def _cosines(length: int) -> Tensor:
    """Return the orthonormal cosine waves of a length, slowest first (DCT-II), (length, length)."""
    places = (torch.arange(length) + 0.5) * math.pi / length
    waves = torch.cos(torch.arange(length)[:, None] * places) * math.sqrt(2 / length)
    waves[0] /= math.sqrt(2)
    return waves
