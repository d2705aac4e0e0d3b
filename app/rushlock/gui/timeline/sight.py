"""What part of the timeline is in view, and where in the view things lie. Numbers only, no Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rushlock.gui.timeline.heights import Stack

HEADER = 148
"""Pixels of the lanes' names at the left."""

RULER = 24
STRIP = 16
"""Pixels of the ruler, and of the groups' names below it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What part of the timeline is in view.

    Attributes:
        left: Axis position at the left edge of the lanes, seconds.
        scale: Pixels to a second.
        top: Pixels scrolled down.
        width, height: Of the viewport, pixels, headers and ruler included.
        head: Pixels of ruler and group names at the top.
        stack: The lanes.
    """

    left: float
    scale: float
    top: int
    width: int
    height: int
    head: int
    stack: Stack

    @property
    def right(self) -> float:
        """Axis position at the right edge."""
        return self.left + (self.width - HEADER) / self.scale

    @property
    def lanes(self) -> range:
        """Numbers of the lanes in view."""
        return self.stack.between(self.top, self.top + self.height - self.head)

    def x(self, axis: float) -> float:
        """Return the pixel column of an axis position."""
        return HEADER + (axis - self.left) * self.scale

    def columns(self, axis: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the pixel columns of axis positions."""
        return HEADER + (axis - self.left) * self.scale

    def axis(self, x: float) -> float:
        """Return the axis position of a pixel column."""
        return self.left + (x - HEADER) / self.scale

    def lane_top(self, number: int) -> int:
        """Return the pixel row at which a lane begins."""
        return self.head + int(self.stack.tops[number]) - self.top

    def lane_at(self, y: float) -> int | None:
        """Return the lane at a pixel row, None above and below the lanes."""
        return None if y < self.head else self.stack.lane_at(y - self.head + self.top)
