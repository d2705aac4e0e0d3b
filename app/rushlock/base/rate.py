"""Exact frame rates: fractions, standard rates and how people write them."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class FrameRate:
    """Frames per second as an exact fraction."""

    fps: Fraction
