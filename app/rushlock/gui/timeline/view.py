"""The timeline of the angles: a lane for every camera, clips at their places.

Keys: left and right go to the clip before and after in the lane, up and down to the nearest clip of the
lane above and below, with Shift they add it; + and - zoom about the clip in hand, Home and End go to the
lane's ends. Mouse: ctrl+wheel zooms about the cursor, wheel scrolls, shift+wheel or the middle button pans,
dragging empty ground frames clips, dragging in the ruler takes the playhead along, ctrl+dragging a clip asks
for it to be moved. What the mouse does is in ``gestures``, what menus offer in ``doing``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.gui import words
from rushlock.gui.considered import Considered
from rushlock.gui.peaks import Peaks
from rushlock.gui.playhead import Playhead
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Shoot
from rushlock.gui.side_job import SideJob
from rushlock.gui.theme import colour
from rushlock.gui.thumbnails import Thumbnails
from rushlock.gui.timeline.canvas import Canvas
from rushlock.gui.timeline.gestures import Gesture, begun, edge_at
from rushlock.gui.timeline.heights import Height
from rushlock.gui.timeline.inks import forget_inks
from rushlock.gui.timeline.labels import Labels
from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.marked import marked_in
from rushlock.gui.timeline.minimap import HEIGHT as MAP_HEIGHT
from rushlock.gui.timeline.overlay import Overlay
from rushlock.gui.timeline.paint import Sources
from rushlock.gui.timeline.playing import PlayheadArea
from rushlock.gui.timeline.scroll import ZOOM
from rushlock.gui.timeline.sight import HEADER
from rushlock.gui.timeline.waves import Waves

MANY = 2000
"""Clips from which on a snapshot is laid out beside the main thread, so that the window never waits."""

_FADE_MS = 50
_THEME_EVENTS = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
_JUMPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Home: (-(10**9), 0),
    Qt.Key.Key_End: (10**9, 0),
}


@dataclass(frozen=True, slots=True)
class Partners:
    """What the timeline keeps in step with and draws from; None: nobody offers it."""

    playhead: Playhead | None = None
    considered: Considered | None = None
    peaks: Peaks | None = None
    thumbnails: Thumbnails | None = None


class TimelineView(PlayheadArea):
    """Shows a shoot's lanes and keeps in step with the selection and the playhead.

    Attributes:
        lane_menu: What can be done with the lane under the mouse; filled by ``doing``.
        lane_under_mouse: That lane.

    Signals:
        move_asked: (clip key, seconds): the user dragged a clip to lie so much later (negative: earlier);
            whoever decides is to decide it.
        laid_out: Another snapshot is shown.
    """

    move_asked = Signal(str, float)
    laid_out = Signal()

    _gesture: Gesture | None = None  # on the class: Qt sends events before __init__ is through
    _made = False

    def __init__(
        self,
        selection: Selection,
        menu: QMenu | None = None,
        parent: QWidget | None = None,
        partners: Partners | None = None,
    ) -> None:
        self._with = partners or Partners()
        super().__init__(self._with.playhead or Playhead(), parent)
        self._selection = selection
        self._menu = menu
        self.lane_menu = QMenu(self)
        self.lane_under_mouse: int | None = None
        self._stale = True
        self._overlay = Overlay(self.playhead, self._with.considered)
        self._laying = SideJob(self)
        self._fade = QTimer(self, interval=_FADE_MS)
        self._fade.timeout.connect(self._fade_moves)
        waves = None if self._with.peaks is None else Waves(self._with.peaks)
        self._canvas = Canvas(Sources(Labels(), waves, self._with.thumbnails), self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._connect()
        self._made = True

    def _connect(self) -> None:
        self._selection.changed.connect(self._follow)
        self._canvas.painted.connect(self.viewport().update)
        if self._with.considered is not None:
            self._with.considered.pair_changed.connect(self.repaint_all)
            self._with.considered.lag_changed.connect(self.viewport().update)
        for source in (self._with.peaks, self._with.thumbnails):
            if source is not None:
                source.arrived.connect(self._refill)

    # What is shown.

    def show_shoot(self, shoot: Shoot) -> None:
        """Show another snapshot; the view stays where it is unless it showed everything.

        Many clips are laid out in a thread; until that is done, the last snapshot stays.
        """
        before = self.lanes
        if len(shoot.rows) < MANY and not self._laying.busy:
            self._take_lanes(Lanes(shoot, before))
        else:
            self._laying.start(lambda token: _laid_out(shoot, before, token), self._take_lanes)

    def show_moves(self, starts: Mapping[str, float]) -> None:
        """Show for a while where clips were that have been moved.

        Args:
            starts: Clip key to where the clip began, seconds on its group's clock.
        """
        self._overlay.moves.show(starts)
        self._fade.start()
        self.viewport().update()

    def stop(self) -> None:
        """Lay out nothing more."""
        self._laying.stop()

    def wait(self) -> None:
        """Block until no thread runs (closing the window; tests)."""
        self._laying.wait()

    def repaint_all(self) -> None:
        """Paint everything anew, at the next paint event."""
        self._stale = True
        self._canvas.rest()
        super().repaint_all()

    def _take_lanes(self, lanes: Lanes) -> None:
        self.show_lanes(lanes)
        self.laid_out.emit()

    def _refill(self, key: str) -> None:
        spot = self.lanes.where.get(key)
        if spot is not None:
            self._canvas.refill([spot[0]])

    def _fade_moves(self) -> None:
        if not self._overlay.moves.strength:
            self._fade.stop()
        self.viewport().update()

    # Choosing.

    @property
    def chosen(self) -> frozenset[str]:
        """Keys of the chosen clips."""
        return self._selection.keys

    def choose(self, keys: Sequence[str], adding: bool = False) -> None:
        """Choose clips, the first of them in hand; or add them to what is chosen."""
        before = self._selection.keys if adding else frozenset()
        self._selection.choose(before.union(keys), keys[0] if keys else "")

    def make_all_tall(self, height: Height) -> None:
        """Give every lane a height; the clip in hand stays in view."""
        super().make_all_tall(height)
        self.reveal(self._selection.current)

    def step_all(self, by: int) -> None:
        """Make every lane one kind taller or shorter; the clip in hand stays in view."""
        super().step_all(by)
        self.reveal(self._selection.current)

    def choose_lane(self, number: int, adding: bool = False) -> None:
        """Choose all clips of a lane, unless it is gone."""
        if number < len(self.lanes.lanes):
            self.choose([row.key for row in self.lanes.lanes[number].rows], adding)

    def toggle(self, key: str) -> None:
        """Add a clip to the chosen ones, or take it away."""
        self._selection.toggle(key)

    def zoom_in(self) -> None:
        """Zoom in by a step about the clip in hand, else the middle."""
        self.zoom(ZOOM**2, self._column_in_hand())

    def zoom_out(self) -> None:
        """Zoom out by a step."""
        self.zoom(ZOOM**-2, self._column_in_hand())

    def zoom_to_chosen(self) -> None:
        """Show just the chosen clips."""
        spans = [span for key in self._selection.keys if (span := self.lanes.span(key)) is not None]
        if spans:
            left, right = min(low for low, _ in spans), max(high for _, high in spans)
            margin = (right - left) * 0.02
            self.show_span(left - margin, right + margin)
            self.reveal(self._selection.current)

    def _column_in_hand(self) -> float:
        sight, span = self.sight, self.lanes.span(self._selection.current)
        middle = (HEADER + sight.width) / 2
        x = middle if span is None else sight.x(sum(span) / 2)
        return x if HEADER <= x <= sight.width else middle

    def _follow(self) -> None:
        self.reveal(self._selection.current)
        row = self.lanes.shoot.by_key.get(self._selection.current)
        self.setAccessibleDescription("" if row is None else words.spoken(row, self.lanes.shoot))
        self.repaint_all()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in view."""
        sight, port = self.sight, self.viewport()
        if self._stale or self._canvas.pixmap.isNull():
            self._stale = False
            master = None if self._with.considered is None else self._with.considered.master
            keys = self._selection.keys, self._selection.current, "" if master is None else master.key
            self._canvas.paint(
                self.lanes, sight, marked_in(self.lanes, *keys), self.font(), port.devicePixelRatioF()
            )
        painter = QPainter(port)
        painter.drawPixmap(0, 0, self._canvas.pixmap)
        self._overlay.paint(painter, self.lanes, sight, self._gesture)
        if self.lanes.empty:
            painter.setPen(colour("muted"))
            hint = self.tr("Nothing is placed yet. Press Sync to find where every clip lies.")
            painter.drawText(port.rect(), Qt.AlignmentFlag.AlignCenter, hint)
        if self.hasFocus():
            painter.fillRect(0, 0, port.width(), 1, colour("accent"))
        painter.end()
        self.map.show_view(sight.left, sight.right, self.playhead_axis)

    # Events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again where everything was shown."""
        super().resizeEvent(event)
        self.map.setGeometry(0, 0, self.width(), MAP_HEIGHT)
        if self._fitted:
            self.fit()
        else:
            self._measure()
            self.repaint_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the cursor, pan or scroll."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM ** (turn.y() / 120), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            self.scroll_by(-(turn.x() or turn.y()), 0)
        else:
            super().wheelEvent(event)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from clip to clip, or zoom."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._gesture is not None:
            self._end_gesture()
        elif key in _JUMPS:
            row = self.lanes.neighbour(self._selection.current, *_JUMPS[key])
            if row is not None:
                self.choose([row.key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Escape for a gesture that runs; it would stop a job."""
        if self._gesture is not None and isinstance(event, QKeyEvent) and _claims_escape(event):
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Paint in the colours and letters of another theme."""
        super().changeEvent(event)
        if self._made and event.type() in _THEME_EVENTS:
            forget_inks()
            self._canvas.forget()
            self.map.forget_picture()
            self.repaint_all()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin what the mouse does here."""
        self.held = True
        self._gesture = begun(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it; without it, show what can be taken hold of."""
        if self._gesture is not None and event.buttons():
            self._gesture.follow(event.position(), event.modifiers())
        elif edge_at(self, event.position()) is not None:
            self.viewport().setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            self.viewport().unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        gesture = self._gesture
        self._end_gesture()
        if gesture is not None:
            gesture.release(event.position(), event.modifiers())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the lane, or with the chosen clips."""
        at = self.viewport().mapFrom(self, event.pos())
        self.lane_under_mouse = self.sight.lane_at(at.y())
        if at.x() < HEADER and self.lane_under_mouse is not None:
            self.lane_menu.popup(event.globalPos())
        elif self._menu is not None and self._selection.keys:
            self._menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys arrive here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys no longer arrive here."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a clip is under a resting mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew at the new place."""
        self.repaint_all()

    def _end_gesture(self) -> None:
        self._gesture, self.held = None, False
        self.viewport().update()

    def _tip(self, at: QPointF) -> str:
        row = self.clip_at(at)
        if row is not None:
            return words.hover(row, self.lanes.shoot)
        if at.x() < HEADER and self.sight.lane_at(at.y()) is not None:
            return self.tr("Click: choose the camera's clips. Arrow or lower edge: waveform, pictures")
        if at.y() < self.sight.head:
            return self.tr("Drag: the playhead, which stops at ends of clips (Shift: it does not)")
        return ""


def _claims_escape(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape


def _laid_out(shoot: Shoot, before: Lanes, token: CancelToken) -> Stage[Lanes]:
    """Lay out many clips."""
    token.check()
    yield Progress("Laying out", 0, 0, unit="")
    return Lanes(shoot, before)
