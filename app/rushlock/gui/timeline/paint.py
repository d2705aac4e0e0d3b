"""Painting of the timeline: everything in batches, so that thousands of clips cost a few draw calls.

Bars of one standing are collected over all visible lanes and drawn with one ``drawRects``; bars thinner
than a pixel that fall on the same pixel are drawn once. Names are drawn only where enough of them fits.
What a colour says is also said by a pattern or a sign: guesses are hatched, locked, manual and unplaced
clips carry their icon.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from rushlock.gui.icons import picture
from rushlock.gui.shoot import Row
from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour, standing_colour
from rushlock.gui.timeline import ruler
from rushlock.gui.timeline.axis import Stretch
from rushlock.gui.timeline.lanes import Lane, Lanes
from rushlock.gui.words import tr

HEADER = 148
RULER = 26
LANE = 28
_INSET = 3
_GLYPH = 13
_ROOM_FOR_GLYPH = 20
_ROOM_FOR_NAME = 44
_PLAIN = Standing.SYNCED  # carries no sign: it is the rule
_SIGNS = {Standing.UNSYNCED: "close"}  # where the standing's own icon is too fine for a bar


@dataclass(frozen=True, slots=True)
class Sight:
    """What part of the timeline is in view.

    Attributes:
        left: Axis position at the left edge of the lanes, seconds.
        scale: Pixels to a second.
        top: Pixels scrolled down.
        width, height: Of the viewport, pixels, headers and ruler included.
    """

    left: float
    scale: float
    top: int
    width: int
    height: int

    @property
    def right(self) -> float:
        """Axis position at the right edge."""
        return self.left + (self.width - HEADER) / self.scale

    def x(self, axis: float) -> float:
        """Return the pixel column of an axis position."""
        return HEADER + (axis - self.left) * self.scale

    def axis(self, x: float) -> float:
        """Return the axis position of a pixel column."""
        return self.left + (x - HEADER) / self.scale

    def lane_top(self, number: int) -> int:
        """Return the pixel row at which a lane begins."""
        return RULER + number * LANE - self.top


class TimelinePainter:
    """Paints one view of the lanes."""

    def __init__(
        self, painter: QPainter, lanes: Lanes, sight: Sight, chosen: frozenset[str], current: str
    ) -> None:
        self._painter = painter
        self._lanes = lanes
        self._sight = sight
        self._chosen = chosen
        self._current = current
        self._bars: dict[Standing, list[QRectF]] = {}
        self._named: list[tuple[Row, QRectF]] = []
        self._outlined: list[tuple[QRectF, bool]] = []

    def paint(self) -> None:
        """Paint everything."""
        sight = self._sight
        self._painter.fillRect(0, 0, sight.width, sight.height, colour("panel"))
        self._painter.setClipRect(QRect(HEADER, RULER, sight.width - HEADER, sight.height - RULER))
        self._paint_ground()
        self._collect()
        self._paint_bars()
        self._paint_names()
        self._paint_outlines()
        self._painter.setClipping(False)
        self._paint_ruler()
        self._paint_headers()

    def _visible(self) -> list[tuple[int, Lane]]:
        first = max(self._sight.top // LANE, 0)
        last = (self._sight.top + self._sight.height - RULER) // LANE + 1
        return list(enumerate(self._lanes.lanes))[first:last]

    def _paint_ground(self) -> None:
        sight = self._sight
        for number, lane in self._visible():
            top = sight.lane_top(number)
            if not lane.placed:
                self._painter.fillRect(HEADER, top, sight.width, LANE, colour("window"))
            self._painter.fillRect(HEADER, top + LANE - 1, sight.width, 1, colour("raised"))
        for before, after in zip(self._lanes.axis.stretches, self._lanes.axis.stretches[1:], strict=False):
            low, high = sight.x(before.right), sight.x(after.left)
            brush = QBrush(colour("raised"), Qt.BrushStyle.BDiagPattern)
            self._painter.fillRect(QRectF(low, RULER, high - low, sight.height), brush)

    def _collect(self) -> None:
        for number, lane in self._visible():
            near = lane.between(self._sight.left, self._sight.right)
            if near.start >= near.stop:
                continue
            lefts = HEADER + (lane.left[near] - self._sight.left) * self._sight.scale
            rights = HEADER + (lane.right[near] - self._sight.left) * self._sight.scale
            columns = np.floor(lefts)
            fresh = np.ones(len(columns), dtype=bool)
            fresh[1:] = (columns[1:] != columns[:-1]) | (rights[1:] - lefts[1:] >= 1)
            top = self._sight.lane_top(number) + _INSET
            for place in np.flatnonzero(fresh).tolist():
                row = lane.rows[near.start + place]
                self._collect_bar(row, float(lefts[place]), float(rights[place]), top)

    def _collect_bar(self, row: Row, left: float, right: float, top: int) -> None:
        bar = QRectF(left, top, max(right - left - 1.0, 1.0), LANE - 2 * _INSET)
        self._bars.setdefault(row.standing, []).append(bar)
        if bar.width() >= _ROOM_FOR_GLYPH:
            self._named.append((row, bar))
        if row.key in self._chosen:
            self._outlined.append((bar, row.key == self._current))

    def _paint_bars(self) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        for standing, bars in self._bars.items():
            ink = standing_colour(standing)
            self._painter.setBrush(ink.darker(155))
            self._painter.drawRects(bars)
            if standing in (Standing.REVIEW, Standing.UNSYNCED):
                self._painter.setBrush(QBrush(ink.darker(115), Qt.BrushStyle.FDiagPattern))
                self._painter.drawRects(bars)
            self._painter.setBrush(ink)
            self._painter.drawRects([QRectF(bar.x(), bar.y(), bar.width(), 2.5) for bar in bars])

    def _paint_names(self) -> None:
        metrics = QFontMetricsF(self._painter.font())
        self._painter.setPen(QColor("#f4f5f6"))
        for row, bar in self._named:
            left = max(bar.left(), HEADER) + 5
            if row.standing is not _PLAIN:
                sign = picture(_SIGNS.get(row.standing, row.standing.value), _GLYPH, "#f4f5f6")
                self._painter.drawPixmap(QPointF(left - 1, bar.center().y() - _GLYPH / 2 + 1), sign)
                left += _GLYPH + 3
            room = bar.right() - left - 4
            if room >= _ROOM_FOR_NAME:
                name = metrics.elidedText(row.clip.name, Qt.TextElideMode.ElideRight, room)
                box = QRectF(left, bar.top() + 2, room, bar.height() - 2)
                self._painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_outlines(self) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for bar, current in self._outlined:
            self._painter.setPen(QPen(QColor("#ffffff") if current else colour("muted"), 2))
            self._painter.drawRect(bar.adjusted(0, -1, 0, 1))

    def _paint_ruler(self) -> None:
        sight = self._sight
        self._painter.fillRect(0, 0, sight.width, RULER, colour("window"))
        self._painter.fillRect(0, RULER - 1, sight.width, 1, colour("line"))
        self._painter.setClipRect(QRect(HEADER, 0, sight.width - HEADER, RULER))
        for stretch in self._lanes.axis.stretches:
            self._paint_stretch(stretch)
        self._painter.setClipping(False)

    def _paint_stretch(self, stretch: Stretch) -> None:
        sight, shoot = self._sight, self._lanes.shoot
        low, high = max(stretch.left, sight.left), min(stretch.right, sight.right)
        if low >= high:
            return
        metrics = QFontMetricsF(self._painter.font())
        step = ruler.step_frames(shoot.rate, sight.scale, metrics.horizontalAdvance("00:00:00:00") + 24)
        drop = shoot.drop and shoot.rate.allows_drop
        limit = sight.x(stretch.right)
        for clock, label in ruler.marks(stretch.clock(low), stretch.clock(high), shoot.rate, drop, step):
            x = sight.x(stretch.axis(clock))
            self._painter.fillRect(QRectF(x, RULER - 9, 1, 8), colour("faint"))
            if x + metrics.horizontalAdvance(label) < limit or stretch is self._lanes.axis.stretches[-1]:
                self._painter.setPen(colour("muted"))
                self._painter.drawText(
                    QPointF(x + 4, RULER - 9), label if stretch.time_of_day else f"+{label}"
                )

    def _paint_headers(self) -> None:
        sight = self._sight
        self._painter.fillRect(0, RULER, HEADER, sight.height - RULER, colour("window"))
        self._painter.fillRect(HEADER - 1, 0, 1, sight.height, colour("line"))
        self._painter.setClipRect(QRect(0, RULER, HEADER, sight.height - RULER))
        metrics = QFontMetricsF(self._painter.font())
        first_unplaced = True
        for number, lane in self._visible():
            title = lane.title
            if not lane.placed and first_unplaced:
                title = tr("timeline", "Unsynced ({count})").format(count=self._lanes.unplaced)
                first_unplaced = False
            box = QRectF(12, sight.lane_top(number), HEADER - 20, LANE - 1)
            self._painter.setPen(colour("text") if lane.placed else colour("muted"))
            text = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, box.width())
            self._painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            self._painter.fillRect(0, int(box.bottom()), HEADER - 1, 1, colour("raised"))
        self._painter.setClipping(False)
        self._paint_rate()

    def _paint_rate(self) -> None:
        shoot = self._lanes.shoot
        counting = tr("timeline", " drop-frame") if shoot.drop and shoot.rate.allows_drop else ""
        box = QRectF(12, 0, HEADER - 20, RULER)
        self._painter.setPen(colour("muted"))
        self._painter.drawText(
            box,
            Qt.AlignmentFlag.AlignVCenter,
            tr("timeline", "{rate} fps").format(rate=shoot.rate) + counting,
        )
