"""Painting of the lanes: bars at once, what is in them a slice at a time.

The ground and the bars of all lanes in view take a few draw calls, a batch of rectangles for each lane and
ink, and are always whole. Names, waveforms and pictures cost more than a frame's time where a thousand clips
are in view; ``LanesPainter.filled`` draws them lane by lane and stops between lanes as often as whoever
drives it likes (see ``canvas``). What a colour says is also said by a pattern or a sign: guesses are
hatched, locked, manual and unplaced clips carry their icon.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from rushlock.gui import words
from rushlock.gui.shoot import Row
from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour
from rushlock.gui.timeline.bars import Bars, bars_in_view, batches
from rushlock.gui.timeline.film import HEIGHT as FILM_HEIGHT
from rushlock.gui.timeline.film import PictureSource, draw_film
from rushlock.gui.timeline.heights import Height
from rushlock.gui.timeline.inks import BAND, INSET, STRIPE, gap_brush, tile
from rushlock.gui.timeline.labels import GLYPH, Labels
from rushlock.gui.timeline.labels import HEIGHT as LABEL_HEIGHT
from rushlock.gui.timeline.lanes import Lanes, Spot, standing_of_ink
from rushlock.gui.timeline.rects import draw_rects
from rushlock.gui.timeline.sight import HEADER, Sight
from rushlock.gui.timeline.waves import Waves

_ROOM_FOR_SIGN = GLYPH + 5
_ROOM_FOR_NAME = 44
_PLAIN = Standing.SYNCED  # carries no sign: it is the rule
_SIGNS = {Standing.UNSYNCED: "close"}  # where the standing's own icon is too fine for a bar


@dataclass(frozen=True, slots=True)
class Marked:
    """Clips that are outlined.

    Attributes:
        places: Chosen places of each lane that has any.
        current: Lane and place of the clip in hand.
        master: Lane and place of the clip that it is held against.
    """

    places: Mapping[int, NDArray[np.int64]] = field(default_factory=dict)
    current: Spot | None = None
    master: Spot | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where what is drawn inside bars comes from; None: nobody has it."""

    labels: Labels
    waves: Waves | None = None
    pictures: PictureSource | None = None


class LanesPainter:
    """Paints one view of the lanes.

    Attributes:
        unfilled: Lanes of which only the bars are painted, the first to do last.
    """

    def __init__(self, lanes: Lanes, sight: Sight, marked: Marked, sources: Sources) -> None:
        self._lanes = lanes
        self._sight = sight
        self._marked = marked
        self._sources = sources
        self._all = bars_in_view(lanes, sight)
        self._bars = {number: self._all.of(number) for number in sight.lanes}
        self._filled: set[int] = set()
        self.unfilled = [number for number, bars in reversed(self._bars.items()) if len(bars.places)]

    def paint(self, painter: QPainter, columns: Iterable[float]) -> None:
        """Paint the ground, lines at some pixel columns, and all bars."""
        sight = self._sight
        painter.fillRect(0, 0, sight.width, sight.height, colour("panel"))
        painter.setClipRect(self._port)
        for number in self._bars:
            self._paint_ground(painter, number)
        lines = [QRect(round(x), sight.head, 1, sight.height) for x in columns]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("window"))
        painter.drawRects(lines)
        self._paint_bars(painter, self._all)
        for number in self._bars:
            self._paint_outlines(painter, number)
        self._paint_gaps(painter)

    def fill(self, painter: QPainter, number: int) -> None:
        """Paint what is in a lane's bars, anew if it was painted before."""
        painter.setClipRect(self._port)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if number in self._filled:
            self._paint_bars(painter, self._bars[number])
        self._filled.add(number)
        well = self._sight.lane_top(number) + INSET + BAND
        well = self._fill_film(painter, number, well)
        self._fill_waves(painter, number, well)
        self._fill_labels(painter, number)
        self._paint_outlines(painter, number)

    def shows(self, number: int) -> bool:
        """Return whether a lane is in view."""
        return number in self._bars

    @property
    def _port(self) -> QRect:
        sight = self._sight
        return QRect(HEADER, sight.head, sight.width - HEADER, sight.height - sight.head)

    def _paint_ground(self, painter: QPainter, number: int) -> None:
        sight = self._sight
        top, height = sight.lane_top(number), sight.stack.kinds[number].value
        if not self._lanes.lanes[number].placed:
            painter.fillRect(HEADER, top, sight.width, height, colour("window"))
        painter.fillRect(HEADER, top + height - 1, sight.width, 1, colour("raised"))

    def _paint_gaps(self, painter: QPainter) -> None:
        """Hatch the gaps between stretches down to the last placed lane."""
        sight = self._sight
        placed = sum(lane.placed for lane in self._lanes.lanes)
        bottom = sight.head + int(sight.stack.tops[placed]) - sight.top
        for before, after in pairwise(self._lanes.axis.stretches):
            low, high = sight.x(before.right) + 2, sight.x(after.left) - 2
            if high > HEADER and low < sight.width:
                painter.fillRect(QRectF(low, sight.head, high - low, bottom - sight.head), gap_brush())

    def _paint_bars(self, painter: QPainter, bars: Bars) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for batch in batches(bars, self._sight):
            painter.setBrush(tile(batch.ink, batch.kind))
            painter.setBrushOrigin(0, batch.origin)
            height = batch.kind.value - 2 * INSET - 1
            draw_rects(painter, batch.left, batch.top + INSET, batch.wide, height)
        painter.setBrushOrigin(0, 0)

    def _paint_outlines(self, painter: QPainter, number: int) -> None:
        bars = self._bars[number]
        top, height = self._sight.lane_top(number) + 1, self._sight.stack.kinds[number].value - 4
        painter.setBrush(Qt.BrushStyle.NoBrush)
        chosen = self._marked.places.get(number)
        if chosen is not None:
            painter.setPen(QPen(colour("chosen"), 1))
            _outline(painter, bars, np.isin(bars.places, chosen), top, height)
        for spot, pen in (
            (self._marked.master, QPen(colour("accent").lighter(125), 2, Qt.PenStyle.DashLine)),
            (self._marked.current, QPen(colour("in-hand"), 2)),
        ):
            if spot is not None and spot[0] == number:
                painter.setPen(pen)
                _outline(painter, bars, bars.places == spot[1], top, height)

    def _fill_film(self, painter: QPainter, number: int, well: int) -> int:
        """Draw pictures where there is room for them, and return where what is below begins."""
        pictures, lane = self._sources.pictures, self._lanes.lanes[number]
        if self._sight.stack.kinds[number] is not Height.FILM or pictures is None or not lane.pictured:
            return well
        draw_film(painter, lane, self._bars[number], self._sight, pictures, well + 1)
        return well + FILM_HEIGHT + 1

    def _fill_waves(self, painter: QPainter, number: int, well: int) -> None:
        kind, waves = self._sight.stack.kinds[number], self._sources.waves
        if kind is Height.SMALL or waves is None:
            return
        bottom = self._sight.lane_top(number) + kind.value - INSET - 2
        ratio = painter.device().devicePixelRatioF()
        lane, bars = self._lanes.lanes[number], self._bars[number]
        image = waves.image(lane, bars, self._sight, bottom - well, ratio)
        if image is not None:
            painter.drawImage(QPoint(HEADER, well), image)

    def _fill_labels(self, painter: QPainter, number: int) -> None:
        lane, bars, kind = self._lanes.lanes[number], self._bars[number], self._sight.stack.kinds[number]
        band = kind.value - 2 * INSET if kind is Height.SMALL else BAND
        y = self._sight.lane_top(number) + INSET + (band + STRIPE - LABEL_HEIGHT) // 2
        left = np.maximum(bars.left, HEADER) + 4
        end = bars.right.copy()
        end[:-1] = np.minimum(end[:-1], np.maximum(bars.left[1:], HEADER))  # guesses may overlap
        room = end - left - 3
        for bar in np.flatnonzero(room >= _ROOM_FOR_SIGN).tolist():
            standing, _ = standing_of_ink(int(bars.inks[bar]))
            sign = "" if standing is _PLAIN else _SIGNS.get(standing, standing.value)
            text = self._name(lane.rows[int(bars.places[bar])]) if room[bar] >= _ROOM_FOR_NAME else ""
            if text or sign:
                self._sources.labels.draw(painter, QPoint(int(left[bar]), y), int(room[bar]), text, sign)

    def _name(self, row: Row) -> str:
        parts = [row.clip.name]
        if row.standing is Standing.REVIEW:
            parts.append(words.confidence_label(row))
        group = None if row.placement is None else row.placement.group
        if group is not None and self._lanes.axis.shared(group):
            parts.append(words.group_word(group))
        return "  ".join(parts)


def _outline(painter: QPainter, bars: Bars, wanted: NDArray[np.bool_], top: int, height: int) -> None:
    left = bars.left[wanted]
    draw_rects(painter, left, top, bars.right[wanted] - left + 1, height + 1)
