"""Pictures along a lane's clips, at distances that are powers of two, so that zooming meets them again."""

import math
from typing import Protocol

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from rushlock.gui.timeline.bars import Bars
from rushlock.gui.timeline.lanes import Lane
from rushlock.gui.timeline.sight import HEADER, Sight

HEIGHT = 45
_WIDTH = HEIGHT * 16 // 9
_SHORTEST_S = 0.25  # between two pictures: what thumbnails are made for
_THINNEST = 24


class PictureSource(Protocol):
    """Whoever has thumbnails: ``gui.thumbnails.Thumbnails``."""

    def picture(self, key: str, instant: float | None = None) -> QPixmap | None:
        """Return a clip's picture at a clip time, None where it is not here yet."""
        ...


def draw_film(
    painter: QPainter, lane: Lane, bars: Bars, sight: Sight, pictures: PictureSource, top: int
) -> None:
    """Draw the pictures of a lane that are here; those that are not are made meanwhile.

    Args:
        painter: On the timeline.
        lane: The lane.
        bars: What of it is in view.
        sight: What is in view.
        pictures: Asked for every picture that is in view.
        top: Pixel row of the pictures' upper edge.
    """
    step = _SHORTEST_S * 2 ** max(math.ceil(math.log2(_WIDTH / sight.scale / _SHORTEST_S)), 0)
    for bar in np.flatnonzero(bars.right - bars.left >= _THINNEST).tolist():
        place, right = int(bars.places[bar]), int(bars.right[bar])
        row = lane.rows[place]
        begin = sight.x(float(lane.left[place]))
        if row.clip.picture is None:
            continue
        pace = float(row.clip.duration) / max(float(lane.right[place] - lane.left[place]), 1e-9)
        first = max(int((HEADER - begin) / (step * sight.scale)), 0)
        last = int((min(right, sight.width) - begin) / (step * sight.scale))
        for number in range(first, last + 1):
            left = begin + number * step * sight.scale
            alone = last == 0  # a short bar shows the picture that stands for the clip
            picture = pictures.picture(row.key, None if alone else number * step * pace)
            if picture is not None:
                _draw_cut(painter, picture, left, top, right)


def _draw_cut(painter: QPainter, picture: QPixmap, left: float, top: int, limit: float) -> None:
    """Draw a picture at the film's height, cut where the bar ends."""
    scale = HEIGHT / picture.height()
    width = min(picture.width() * scale, limit - left)
    if width > 0:
        source = QRectF(0, 0, width / scale, picture.height())
        painter.drawPixmap(QRectF(left, top, width, HEIGHT), picture, source)
