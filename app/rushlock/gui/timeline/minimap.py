"""The whole shoot in a strip: where clips are, which need a person, what part of it is in view.

Dragging the frame pans, dragging one of its sides zooms, a click beside it goes there.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from rushlock.gui.theme import colour, standing_colour
from rushlock.gui.timeline.inks import mixed
from rushlock.gui.timeline.lanes import RANKS, SHADES, STANDINGS, Lanes
from rushlock.gui.timeline.sight import HEADER

HEIGHT = 30
_INSET = 3
_SIDE_PX = 5  # beside the frame's sides that take hold of them
_LEAST_PX = 6  # that the frame is wide, to be seen and taken hold of


class MiniMap(QWidget):
    """The strip.

    Signals:
        asked: (left, right) axis positions that are to be in view, seconds.
    """

    asked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: Lanes | None = None
        self._low, self._high = 0.0, 1.0
        self._view = 0.0, 1.0
        self._playhead: float | None = None
        self._picture: QImage | None = None
        self._held: tuple[str, float] | None = None  # "left", "right" or "frame", and where it was taken
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Overview of the timeline"))
        self.setToolTip(self.tr("The whole shoot: drag the frame to pan, its sides to zoom"))

    def show_lanes(self, lanes: Lanes, low: float, high: float) -> None:
        """Show other lanes; the strip reaches from one axis position to another."""
        self._lanes, self._low, self._high, self._picture = lanes, low, high, None
        self.update()

    def show_view(self, left: float, right: float, playhead: float | None) -> None:
        """Frame what is in view, in axis positions, and mark the playhead."""
        if (left, right, playhead) != (*self._view, self._playhead):
            self._view, self._playhead = (left, right), playhead
            self.update()

    def forget_picture(self) -> None:
        """Paint all anew: the theme is another one."""
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("window"))
        ground = QRectF(HEADER, 0, self.width() - HEADER, HEIGHT)
        painter.fillRect(ground, colour("panel"))
        if self._lanes is not None and not self._lanes.empty:
            if self._picture is None:
                self._picture = _density(self._lanes, self._low, self._high, int(ground.width()))
            painter.drawImage(ground.adjusted(0, _INSET, 0, -_INSET), self._picture)
            self._paint_frame(painter)
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, colour("line"))
        painter.fillRect(HEADER - 1, 0, 1, HEIGHT, colour("line"))
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        left, right = self._frame
        shade = QColor(colour("panel"))
        shade.setAlphaF(0.55)
        painter.fillRect(QRectF(HEADER, 0, left - HEADER, HEIGHT), shade)
        painter.fillRect(QRectF(right, 0, self.width() - right, HEIGHT), shade)
        painter.setPen(QPen(colour("muted"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, 1, right - left - 1, HEIGHT - 3))
        if self._playhead is not None:
            painter.fillRect(QRectF(self._x(self._playhead), 0, 1, HEIGHT), QColor("#ff5a4e"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint all anew."""
        self._picture = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame or a side of it; beside it, bring it here."""
        at = event.position()
        part = self._part_at(at)
        if part == "beside":
            self._bring(self._axis(at.x()))
            part = "frame"
        self._held = part, self._axis(at.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan or zoom."""
        at = event.position()
        if self._held is None:
            sides = self._part_at(at) in ("left", "right")
            self.setCursor(Qt.CursorShape.SizeHorCursor if sides else Qt.CursorShape.ArrowCursor)
            return
        part, before = self._held
        axis = self._axis(at.x())
        left, right = self._view
        least = (self._high - self._low) / 1e5
        if part == "frame":
            self.asked.emit(left + axis - before, right + axis - before)
            self._held = part, axis
        elif part == "left":
            self.asked.emit(min(axis, right - least), right)
        else:
            self.asked.emit(left, max(axis, left + least))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def _bring(self, middle: float) -> None:
        half = (self._view[1] - self._view[0]) / 2
        self.asked.emit(middle - half, middle + half)

    @property
    def _frame(self) -> tuple[float, float]:
        """Pixel columns of the frame's sides."""
        left, right = (min(max(self._x(axis), HEADER), self.width()) for axis in self._view)
        if right - left < _LEAST_PX:
            middle = (left + right) / 2
            left, right = middle - _LEAST_PX / 2, middle + _LEAST_PX / 2
        return left, right

    def _part_at(self, at: QPointF) -> str:
        left, right = self._frame
        if right - left > 3 * _SIDE_PX:
            for name, side in (("left", left), ("right", right)):
                if abs(at.x() - side) <= _SIDE_PX:
                    return name
        return "frame" if left <= at.x() <= right else "beside"

    @property
    def _scale(self) -> float:
        return max(self.width() - HEADER, 1) / max(self._high - self._low, 1e-9)

    def _x(self, axis: float) -> float:
        return HEADER + (axis - self._low) * self._scale

    def _axis(self, x: float) -> float:
        return self._low + (x - HEADER) / self._scale


def _density(lanes: Lanes, low: float, high: float, width: int) -> QImage:
    """Return a picture of all lanes, of which many may share a row of pixels; the worst is painted last."""
    rows, width = min(len(lanes.lanes), HEIGHT - 2 * _INSET), max(width, 1)
    scale = width / max(high - low, 1e-9)
    pixels = np.zeros((rows, width), np.uint32)
    flat = lanes.flat
    row = flat.number * rows // max(len(lanes.lanes), 1)
    left, right, standing = flat.left, flat.right, flat.inks // SHADES
    first = ((left - low) * scale).clip(0, width - 1).astype(np.int64)
    last = np.maximum(((right - low) * scale).clip(0, width).astype(np.int64), first + 1)
    for code in sorted(np.unique(standing).tolist(), key=lambda code: int(RANKS[code * SHADES])):
        of_code = standing == code
        covered = _covered(row[of_code], first[of_code], last[of_code], rows, width)
        pixels[covered] = mixed(standing_colour(STANDINGS[code]), colour("panel"), 0.25).rgba()
    image = QImage(pixels.tobytes(), width, rows, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # Qt does not keep numpy's memory alive


def _covered(
    row: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64], rows: int, width: int
) -> NDArray[np.bool_]:
    """Return bool (rows, width): which pixels some intervals cover."""
    edges = np.zeros((rows, width + 1), np.int32)
    np.add.at(edges, (row, first), 1)
    np.add.at(edges, (row, last), -1)
    covered: NDArray[np.bool_] = np.cumsum(edges, axis=1)[:, :width] > 0
    return covered
