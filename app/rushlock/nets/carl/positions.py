"""Where in a stretch each frame lies, as CARL tells it to its transformer."""

import torch
from torch import Tensor


def positions(count: int, stretch: int, width: int) -> Tensor:
    """Return float64 (count, width): sines of even columns, cosines of odd ones.

    A stretch of any length is laid evenly on 0 .. stretch - 1. A sine and the cosine beside it have different
    frequencies: the exponent is the column itself, not that of the pair as in the usual table.

    Args:
        count: Frames.
        stretch: See ``CarlConfig``.
        width: Columns.
    """
    place = torch.linspace(0, stretch - 1 if count > 1 else 0, count, dtype=torch.float64)
    column = torch.arange(width)
    angle = place[:, None] / 10000.0 ** (column.double() / width)
    return torch.where(column % 2 == 0, angle.sin(), angle.cos())
