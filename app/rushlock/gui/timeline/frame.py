"""What stands around the lanes: the ruler above, the groups' names below it, the cameras' at the left."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap

from rushlock.gui import words
from rushlock.gui.icons import picture
from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour, standing_colour
from rushlock.gui.timeline.heights import Height
from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.ruler import Tick
from rushlock.gui.timeline.sight import HEADER, RULER, STRIP, Sight
from rushlock.gui.words import tr

CHEVRON = 20
"""Pixels at the left of a header that step the lane's height."""

_MUTED_SIGN = 12


def paint_head(painter: QPainter, lanes: Lanes, sight: Sight, ticks: Iterable[Tick]) -> None:
    """Paint the ruler and the groups' names."""
    painter.setClipping(False)
    painter.fillRect(0, 0, sight.width, sight.head, colour("window"))
    painter.setClipRect(QRect(HEADER, 0, sight.width - HEADER, sight.head))
    _paint_ticks(painter, ticks)
    if sight.head > RULER:
        _paint_groups(painter, lanes, sight)
    painter.setClipping(False)
    painter.fillRect(0, sight.head - 1, sight.width, 1, colour("line"))
    painter.fillRect(HEADER - 1, 0, 1, sight.head, colour("line"))


def headers(lanes: Lanes, sight: Sight, font: QFont, ratio: float) -> QPixmap:
    """Return the cameras' names, a picture from the ruler's lower edge to the view's."""
    pixmap = QPixmap(round(HEADER * ratio), round(max(sight.height - sight.head, 1) * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(colour("window"))
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.translate(0, -sight.head)
    for number in sight.lanes:
        _paint_header(painter, lanes, sight, number)
    painter.fillRect(HEADER - 1, 0, 1, sight.height, colour("line"))
    painter.end()
    return pixmap


def _paint_ticks(painter: QPainter, ticks: Iterable[Tick]) -> None:
    metrics = QFontMetricsF(painter.font())
    painter.setPen(colour("muted"))
    for tick in ticks:
        painter.fillRect(QRectF(tick.x, RULER - 8, 1, 8), colour("faint"))
        if tick.x + metrics.horizontalAdvance(tick.label) < max(tick.end, HEADER + 200):
            painter.drawText(QPointF(tick.x + 4, RULER - 8), tick.label)


def _paint_groups(painter: QPainter, lanes: Lanes, sight: Sight) -> None:
    """Draw a bracket over each group, with its name where that has room."""
    metrics = QFontMetricsF(painter.font())
    free = float(HEADER)
    for group, (low, high) in sorted(lanes.axis.groups.items(), key=lambda item: item[1]):
        left, right = max(sight.x(low), HEADER - 4.0), min(sight.x(high), sight.width + 4.0)
        if right < HEADER or left > sight.width:
            continue
        ink = colour("accent") if group % 2 == 0 else colour("muted")
        painter.fillRect(QRectF(left, RULER + STRIP - 4, max(right - left, 2), 2), ink)
        for edge in (left, right - 1):
            painter.fillRect(QRectF(edge, RULER + STRIP - 7, 1, 6), ink)
        name = words.group_word(group)
        at = max(left, HEADER) + 4
        wide = metrics.horizontalAdvance(name)
        if at >= free and at + wide < max(right, left + 1):
            painter.setPen(colour("text"))
            painter.drawText(QPointF(at, RULER + STRIP - 6), name)
            free = at + wide + 6


def _paint_header(painter: QPainter, lanes: Lanes, sight: Sight, number: int) -> None:
    lane, kind, top = lanes.lanes[number], sight.stack.kinds[number], sight.lane_top(number)
    metrics = QFontMetricsF(painter.font())
    line = min(kind.value, Height.SMALL.value)
    room = HEADER - CHEVRON - 6.0
    if lane.doubtful:
        room = _paint_doubtful(painter, metrics, lane.doubtful, QRectF(CHEVRON, top, room, line))
    chevron = "collapsed-muted" if kind is Height.SMALL else "expanded-muted"
    painter.drawPixmap(QPointF(5, top + (line - _MUTED_SIGN) / 2), picture(chevron, _MUTED_SIGN))
    title = _title(lanes, number)
    painter.setPen(colour("text") if lane.placed else colour("muted"))
    text = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(QRectF(CHEVRON, top, room, line), Qt.AlignmentFlag.AlignVCenter, text)
    if kind is not Height.SMALL and lane.rows:
        painter.setPen(colour("muted"))
        box = QRectF(CHEVRON, top + line - 4, HEADER - CHEVRON - 6, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignTop, words.amount_of_clips(len(lane.rows)))
    painter.fillRect(0, top + kind.value - 1, HEADER - 1, 1, colour("raised"))


def _paint_doubtful(painter: QPainter, metrics: QFontMetricsF, count: int, box: QRectF) -> float:
    """Say how many clips of a lane need a person; returns the room that is left beside it."""
    text = str(count)
    wide = metrics.horizontalAdvance(text)
    sign = picture(Standing.REVIEW.value, _MUTED_SIGN, standing_colour(Standing.REVIEW).name())
    left = box.right() - wide - _MUTED_SIGN - 3
    painter.drawPixmap(QPointF(left, box.center().y() - _MUTED_SIGN / 2), sign)
    painter.setPen(standing_colour(Standing.REVIEW))
    painter.drawText(
        QRectF(left + _MUTED_SIGN + 3, box.top(), wide + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, text
    )
    return left - box.left() - 4


def _title(lanes: Lanes, number: int) -> str:
    lane = lanes.lanes[number]
    if lane.placed or (number and not lanes.lanes[number - 1].placed):
        return lane.title
    return tr("timeline", "Unsynced ({count})").format(count=lanes.unplaced)
