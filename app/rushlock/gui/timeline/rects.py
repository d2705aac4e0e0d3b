"""Thousands of rectangles at once, straight from numpy.

``QPainter.drawRects`` also takes its first rectangle and a count, as in C++. Making ten thousand ``QRect``
objects instead takes longer than painting them, and has Python's garbage collector walk the whole project.
"""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from shiboken6 import Shiboken

Ints = NDArray[np.int64]


def draw_rects(painter: QPainter, left: Ints, top: Ints | int, wide: Ints, height: int) -> None:
    """Draw rectangles in the painter's pen and brush.

    Args:
        painter: Where.
        left: Pixel columns, int (n,).
        top: Pixel rows, or one for all.
        wide: Widths in pixels, one at least.
        height: Of all, pixels.
    """
    if not len(left):
        return
    corners = np.empty((len(left), 4), np.int32)  # as QRect keeps them: left, top, right, bottom, inclusive
    corners[:, 0], corners[:, 1] = left, top
    corners[:, 2], corners[:, 3] = left + wide - 1, corners[:, 1] + height - 1
    first = cast("QRect", Shiboken.wrapInstance(corners.ctypes.data, QRect))
    painter.drawRects(first, len(corners))
