"""What is drawn over the timeline and moves often: the playhead, clips where they were or may be."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from rushlock.gui import words
from rushlock.gui.considered import Considered
from rushlock.gui.playhead import Playhead
from rushlock.gui.theme import colour, digits_font
from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.sight import HEADER, RULER, Sight

LASTING_S = 8.0
"""How long it is shown that a clip was moved."""

_FADING_S = 3.0
_HEAD = 6  # half the width of the playhead's handle, pixels
_PLAYHEAD = "#ff5a4e"


class Doing(Protocol):
    """Something that the mouse does and that shows."""

    def paint(self, painter: QPainter) -> None:
        """Draw what is to be seen meanwhile."""
        ...


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where a clip was, or would be.

    Attributes:
        lane: Number of its lane.
        left: Axis position of its beginning there.
        long: Its length on the axis.
        home: Axis position of its beginning where it lies now, None where it has no place.
    """

    lane: int
    left: float
    long: float
    home: float | None = None


def ghost_of(lanes: Lanes, key: str, left: float) -> Ghost | None:
    """Return a clip's ghost in its camera's lane, beginning at an axis position."""
    row = lanes.shoot.by_key.get(key)
    span = lanes.span(key)
    number = lanes.lane_of(row.clip.camera) if row is not None else None
    if row is None or number is None:
        return None
    if span is None or row.start is None:
        return Ghost(number, left, float(row.clip.duration))
    return Ghost(number, left, span[1] - span[0], span[0])


class Moves:
    """Clips that were moved by somebody else than the user; shown for a while, then forgotten.

    Attributes:
        starts: Clip key to where the clip began on its group's clock, seconds.
    """

    def __init__(self) -> None:
        self.starts: Mapping[str, float] = {}
        self._begun = 0.0

    def show(self, starts: Mapping[str, float]) -> None:
        """Show where clips were."""
        self.starts, self._begun = dict(starts), time.monotonic()

    @property
    def strength(self) -> float:
        """How visible they are, 1 to 0."""
        left = self._begun + LASTING_S - time.monotonic()
        return min(max(left / _FADING_S, 0.0), 1.0)

    def ghosts(self, lanes: Lanes) -> Iterator[Ghost]:
        """Yield where the clips were."""
        for key, start in self.starts.items():
            row = lanes.shoot.by_key.get(key)
            if row is None or row.placement is None:
                continue
            left = lanes.axis.position(start, row.placement.group)
            ghost = None if left is None else ghost_of(lanes, key, left)
            if ghost is not None:
                yield ghost


def paint_ghost(painter: QPainter, sight: Sight, ghost: Ghost, ink: QColor, strength: float = 1.0) -> None:
    """Outline where a clip was or would be, with a line from there to where it lies."""
    if ghost.lane not in sight.lanes:
        return
    top, height = sight.lane_top(ghost.lane), sight.stack.kinds[ghost.lane].value
    box = QRectF(sight.x(ghost.left), top + 2, max(ghost.long * sight.scale, 2.0), height - 5)
    box = box.intersected(QRectF(HEADER - 8, 0, sight.width + 16 - HEADER, sight.height))
    fill = QColor(ink)
    fill.setAlphaF(0.16)
    painter.setOpacity(strength)
    painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawRect(box)
    if ghost.home is not None:
        middle = top + height / 2
        painter.setPen(QPen(ink, 1.5))
        painter.drawLine(QPointF(sight.x(ghost.left), middle), QPointF(sight.x(ghost.home), middle))
    painter.setOpacity(1.0)


def paint_playhead(painter: QPainter, sight: Sight, axis: float) -> None:
    """Draw the playhead through all lanes, its handle in the ruler."""
    x = round(sight.x(axis))
    if not HEADER <= x <= sight.width:
        return
    ink = QColor(_PLAYHEAD)
    painter.fillRect(QRectF(x, RULER - 6, 1, sight.height), ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    top = RULER - 14
    corners = [(-_HEAD, top), (_HEAD + 1, top), (_HEAD + 1, top + 5), (0.5, RULER - 2), (-_HEAD, top + 5)]
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in corners]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_corner(painter: QPainter, moment: str, counting: str) -> None:
    """Write where the playhead is into the corner above the headers; without one, how is counted."""
    box = QRectF(8, 0, HEADER - 14, RULER)
    painter.setPen(colour("muted"))
    if moment:
        painter.setFont(digits_font(painter.font()))
        painter.setPen(colour("playhead-text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, moment or counting)


def paint_tag(painter: QPainter, sight: Sight, at: QPointF, text: str) -> None:
    """Write a word beside the mouse, kept within the view."""
    metrics = QFontMetricsF(painter.font())
    wide = metrics.horizontalAdvance(text) + 12
    left = min(max(at.x() + 12, HEADER + 2), sight.width - wide - 2)
    box = QRectF(left, max(at.y() - 30, sight.head + 2), wide, 20)
    painter.setPen(QPen(colour("line"), 1))
    painter.setBrush(colour("raised"))
    painter.drawRect(box)
    painter.setPen(colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Overlay:
    """Everything over the lanes.

    Attributes:
        moves: Clips that were moved.
    """

    def __init__(self, playhead: Playhead, considered: Considered | None) -> None:
        self.moves = Moves()
        self._playhead = playhead
        self._considered = considered

    def paint(self, painter: QPainter, lanes: Lanes, sight: Sight, doing: Doing | None) -> None:
        """Paint ghosts, what the mouse does, and the playhead."""
        painter.setClipRect(QRectF(HEADER, sight.head, sight.width - HEADER, sight.height - sight.head))
        if self.moves.strength:
            for ghost in self.moves.ghosts(lanes):
                paint_ghost(painter, sight, ghost, colour("warning"), self.moves.strength)
        considered = self._considered_ghost(lanes)
        if considered is not None:
            paint_ghost(painter, sight, considered, colour("accent").lighter(125))
        if doing is not None:
            doing.paint(painter)
        painter.setClipping(False)
        seconds, group = self._playhead.seconds, self._playhead.group
        here = lanes.axis.position(seconds, group)
        if here is not None:
            paint_playhead(painter, sight, here)
        moment = "" if here is None else words.clock_label(seconds, lanes.shoot, group)
        paint_corner(painter, moment, words.counting_label(lanes.shoot))

    def _considered_ghost(self, lanes: Lanes) -> Ghost | None:
        """Return where the clip in hand would lie at the lag that is looked at."""
        pair = self._considered
        if pair is None or pair.node is None or pair.master is None or not pair.moved:
            return None
        placement = pair.master.placement
        if placement is None or placement.clock is None:
            return None
        left = lanes.axis.position(placement.clock.at(pair.lag), placement.group)
        return None if left is None else ghost_of(lanes, pair.node.key, left)
