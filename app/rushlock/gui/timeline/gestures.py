"""What the mouse does between press and release, a class for each doing; ``begun`` says which it is.

A gesture changes the view or the selection at once where that can be taken back by the same gesture, and
asks for a decision only when the button is released: Escape before that leaves everything as it was.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen

from rushlock.gui import words
from rushlock.gui.shoot import Row
from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour
from rushlock.gui.timeline.frame import CHEVRON
from rushlock.gui.timeline.heights import nearest_height
from rushlock.gui.timeline.overlay import ghost_of, paint_ghost, paint_tag
from rushlock.gui.timeline.playing import SNAP_PX
from rushlock.gui.timeline.sight import HEADER

if TYPE_CHECKING:
    from rushlock.gui.timeline.view import TimelineView

_CLICK_PX = 4  # a press that moves less is a click
_EDGE_PX = 4  # beside a lane's lower edge that drag it
_CORNER_PX = 14  # of the view's sides in which dragging scrolls

_Keys = Qt.KeyboardModifier
_ADDING = _Keys.ControlModifier | _Keys.ShiftModifier


class Gesture:
    """Something that the mouse does; this one does nothing."""

    def __init__(self, view: "TimelineView", at: QPointF) -> None:
        self.view = view
        self.began = at
        self.moved = False

    def follow(self, at: QPointF, keys: _Keys) -> None:
        """Go where the mouse is."""
        self.moved = self.moved or (at - self.began).manhattanLength() >= _CLICK_PX
        if self.moved:
            self.drag(at, keys)

    def drag(self, at: QPointF, keys: _Keys) -> None:
        """Do what dragging does."""

    def release(self, at: QPointF, keys: _Keys) -> None:
        """Do what letting go does."""

    def paint(self, painter: QPainter) -> None:
        """Draw what is to be seen meanwhile."""


class Pan(Gesture):
    """Take hold of the ground."""

    def follow(self, at: QPointF, keys: _Keys) -> None:
        """Move the ground along."""
        by, self.began = at - self.began, at
        self.view.scroll_by(-by.x(), -by.y())


class Scrub(Gesture):
    """Take the playhead along; it stops at ends of clips unless Shift is held."""

    def follow(self, at: QPointF, keys: _Keys) -> None:
        """Move the playhead."""
        _scroll_at_sides(self.view, at)
        axis = self.view.sight.axis(max(at.x(), HEADER))
        self.view.go_to(axis, snap=not keys & _Keys.ShiftModifier)


class Stretch(Gesture):
    """Drag a lane's lower edge: small, with waveform, with pictures."""

    def __init__(self, view: "TimelineView", at: QPointF, number: int) -> None:
        super().__init__(view, at)
        self._number = number

    def drag(self, at: QPointF, keys: _Keys) -> None:
        """Make the lane as tall as comes nearest."""
        wanted = at.y() - self.view.sight.lane_top(self._number)
        self.view.make_tall(self._number, nearest_height(wanted))


class Band(Gesture):
    """Draw a frame around clips; a click without dragging brings the playhead."""

    def __init__(self, view: "TimelineView", at: QPointF) -> None:
        super().__init__(view, at)
        sight = view.sight
        self._axis, self._down = sight.axis(at.x()), at.y() + sight.top
        self._to = at

    def drag(self, at: QPointF, keys: _Keys) -> None:
        """Widen the frame."""
        _scroll_at_sides(self.view, at)
        self._to = at
        self.view.viewport().update()

    def release(self, at: QPointF, keys: _Keys) -> None:
        """Choose what lies in the frame."""
        if not self.moved:
            self.view.go_to(self.view.sight.axis(at.x()), snap=not keys & _Keys.ShiftModifier)
            return
        found = self._inside()
        self.view.choose([row.key for row in found], adding=bool(keys & _ADDING))

    def paint(self, painter: QPainter) -> None:
        """Draw the frame and how many clips it holds."""
        if not self.moved:
            return
        ink = colour("accent")
        painter.setPen(QPen(ink, 1))
        ink.setAlphaF(0.18)
        painter.setBrush(ink)
        painter.drawRect(self._frame)
        paint_tag(painter, self.view.sight, self._to, words.amount_of_clips(len(self._inside())))

    @property
    def _frame(self) -> QRectF:
        sight = self.view.sight
        return QRectF(QPointF(sight.x(self._axis), self._down - sight.top), self._to).normalized()

    def _inside(self) -> list[Row]:
        frame, sight, found = self._frame, self.view.sight, []
        low, high = sight.axis(frame.left()), sight.axis(frame.right())
        top = frame.top() - sight.head + sight.top
        for number in sight.stack.between(max(top, 0.0), max(top + frame.height(), 0.0)):
            lane = self.view.lanes.lanes[number]
            near = lane.between(low, high)
            places = np.flatnonzero(lane.right[near] > low) + near.start
            found += [lane.rows[place] for place in places.tolist()]
        return found


class Nudge(Gesture):
    """Drag a clip along its lane, by whole frames or to the next stop; a click adds it to the chosen ones."""

    def __init__(self, view: "TimelineView", at: QPointF, row: Row) -> None:
        super().__init__(view, at)
        self._row = row
        self._span = view.lanes.span(row.key) or (0.0, 0.0)
        self._grip = view.sight.axis(at.x())
        self._by = 0.0
        self._at = at

    @property
    def _allowed(self) -> bool:
        return self._row.start is not None and self._row.standing is not Standing.LOCKED

    def drag(self, at: QPointF, keys: _Keys) -> None:
        """Move the clip's ghost."""
        _scroll_at_sides(self.view, at)
        self._at = at
        if self._allowed:
            wanted = self.view.sight.axis(at.x()) - self._grip
            self._by = self._whole_frames(wanted) if keys & _Keys.ShiftModifier else self._snapped(wanted)
        self.view.viewport().update()

    def release(self, at: QPointF, keys: _Keys) -> None:
        """Ask for the clip to be moved."""
        if not self.moved:
            self.view.toggle(self._row.key)
        elif self._by:
            self.view.move_asked.emit(self._row.key, self._by)

    def paint(self, painter: QPainter) -> None:
        """Draw where the clip would lie, and how far from where it is."""
        if not self.moved:
            return
        text = words.tr("timeline", "Locked clips stay where they are")
        if self._allowed:
            ghost = ghost_of(self.view.lanes, self._row.key, self._span[0] + self._by)
            if ghost is not None:
                paint_ghost(painter, self.view.sight, ghost, colour("accent"))
            text = words.gap_label(self._by, self.view.lanes.shoot.rate)
        elif self._row.start is None:
            text = words.tr("timeline", "It has no place yet: mark the same moment in two clips")
        paint_tag(painter, self.view.sight, self._at, text)

    def _snapped(self, wanted: float) -> float:
        """Return the way to the stop that either end comes to, else whole frames."""
        within = SNAP_PX / self.view.sight.scale
        own = set(self._span)
        found = []
        for end in self._span:
            stop = self.view.stop_near(end + wanted, within)
            if stop is not None and (stop not in own or stop == end):
                found.append(stop - end)
        return min(found, key=lambda by: abs(by - wanted), default=self._whole_frames(wanted))

    def _whole_frames(self, wanted: float) -> float:
        frame = float(self.view.lanes.shoot.rate.frame_seconds)
        return round(wanted / frame) * frame


@dataclass(frozen=True, slots=True)
class _Press:
    """A press of a button: where, what lies there, with which keys."""

    at: QPointF
    row: Row | None
    lane: int | None
    keys: _Keys


def begun(view: "TimelineView", event: QMouseEvent) -> Gesture | None:
    """Return what a press of a mouse button begins; a plain click is done already."""
    at = event.position()
    press = _Press(at, view.clip_at(at), view.sight.lane_at(at.y()), event.modifiers())
    if event.button() == Qt.MouseButton.MiddleButton:
        return Pan(view, at)
    if event.button() != Qt.MouseButton.LeftButton:
        if press.row is not None and press.row.key not in view.chosen:
            view.choose([press.row.key])
        return None
    if at.x() < HEADER:
        return _begun_in_header(view, press)
    if at.y() < view.sight.head:
        gesture = Scrub(view, at)
        gesture.follow(at, press.keys)
        return gesture
    return _begun_on_lanes(view, press)


def edge_at(view: "TimelineView", at: QPointF) -> int | None:
    """Return the lane whose lower edge is under the mouse in the headers."""
    if at.x() >= HEADER:
        return None
    number = view.sight.lane_at(at.y() - _EDGE_PX)
    if number is None or abs(at.y() - view.sight.lane_top(number + 1)) > _EDGE_PX:
        return None
    return number


def _begun_in_header(view: "TimelineView", press: _Press) -> Gesture | None:
    edge = edge_at(view, press.at)
    if edge is not None:
        return Stretch(view, press.at, edge)
    if press.lane is None:
        return None
    if press.at.x() < CHEVRON:
        view.step_height(press.lane)
    else:
        view.choose_lane(press.lane, adding=bool(press.keys & _ADDING))
    return None


def _begun_on_lanes(view: "TimelineView", press: _Press) -> Gesture | None:
    if press.row is None:
        return Band(view, press.at)
    if press.keys & _Keys.ControlModifier:
        return Nudge(view, press.at, press.row)
    if press.keys & _Keys.ShiftModifier:
        view.toggle(press.row.key)
    else:
        view.choose([press.row.key])
    return None


def _scroll_at_sides(view: "TimelineView", at: QPointF) -> None:
    """Scroll on where the mouse is dragged to the view's sides."""
    sight = view.sight
    across = min(at.x() - HEADER - _CORNER_PX, 0.0) + max(at.x() - sight.width + _CORNER_PX, 0.0)
    if across and (at.x() > HEADER - 200):
        view.scroll_by(across, 0.0)
