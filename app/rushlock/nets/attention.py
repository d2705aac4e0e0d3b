"""Attention over heads, as all transformers here use it."""

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int, dropout: float = 0.0) -> Tensor:
    """Return softmax(query key / sqrt(d)) value, d being the width of a head.

    Args:
        query: (n, l, dims).
        key: (n, m, dims).
        value: (n, m, dims).
        heads: Into which ``dims`` is split.
        dropout: Of the weights.

    Returns:
        (n, l, dims).
    """
    query, key, value = (
        torch.unflatten(part, -1, (heads, -1)).transpose(1, 2) for part in (query, key, value)
    )
    return scaled_dot_product_attention(query, key, value, dropout_p=dropout).transpose(1, 2).flatten(2)
