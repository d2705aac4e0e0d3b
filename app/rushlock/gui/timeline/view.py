"""The timeline of the angles: a lane for every camera, clips at their places.

Keys: left and right go to the clip before and after in the lane, up and down to the nearest clip of the
lane above and below, + and - zoom about the clip in hand, Shift+Z fits everything, Home and End go to the
lane's ends. Mouse: ctrl+wheel zooms about the cursor, wheel scrolls, shift+wheel or dragging empty ground
pans.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
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
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QToolTip, QWidget

from rushlock.gui import words
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.theme import colour
from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.paint import HEADER, LANE, RULER, Sight, TimelinePainter

_CLOSEST = 4000.0  # pixels to a second
_ZOOM = 1.25
_MARGIN = 0.02  # of the length, left free at both ends when everything is fitted
_GRIP = 4  # pixels beside a thin clip that still hit it
_JUMPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Home: (-(10**9), 0),
    Qt.Key.Key_End: (10**9, 0),
}


class TimelineView(QAbstractScrollArea):
    """Shows a shoot's lanes and keeps in step with the selection."""

    def __init__(
        self, selection: Selection, menu: QMenu | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._selection = selection
        self._menu = menu
        self._lanes = Lanes(Shoot())
        self._scale = 1.0
        self._fitted = True
        self._panning: QPointF | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMinimumHeight(RULER + 3 * LANE)
        self.viewport().setMouseTracking(True)
        selection.changed.connect(self._follow)

    def show_shoot(self, shoot: Shoot) -> None:
        """Show another snapshot; the view stays where it is unless it showed everything."""
        self._lanes = Lanes(shoot)
        if self._fitted:
            self.fit()
        else:
            self._measure()
        self.viewport().update()

    # Where things are.

    @property
    def sight(self) -> Sight:
        """What part is in view."""
        left = self._left_end + self.horizontalScrollBar().value() / self._scale
        port = self.viewport()
        return Sight(left, self._scale, self.verticalScrollBar().value(), port.width(), port.height())

    def clip_at(self, position: QPointF | QPoint) -> Row | None:
        """Return the clip at a point of the viewport."""
        sight = self.sight
        if position.x() < HEADER or position.y() < RULER:
            return None
        number = int(position.y() - RULER + sight.top) // LANE
        if number >= len(self._lanes.lanes):
            return None
        return self._lanes.lanes[number].at(sight.axis(position.x()), _GRIP / self._scale)

    @property
    def _left_end(self) -> float:
        return -self._lanes.length * _MARGIN

    @property
    def _span(self) -> float:
        return max(self._lanes.length * (1 + 2 * _MARGIN), 1.0)

    @property
    def _fit_scale(self) -> float:
        return max(self.viewport().width() - HEADER, 10) / self._span

    # Moving about.

    def fit(self) -> None:
        """Show the whole length."""
        self._fitted = True
        self._scale = self._fit_scale
        self._measure()
        self.horizontalScrollBar().setValue(0)
        self.viewport().update()

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Zoom about a pixel column (None: the clip in hand, else the middle)."""
        x = self._column_in_hand() if about is None else about
        axis = self.sight.axis(x)
        self._scale = min(max(self._scale * factor, self._fit_scale), max(_CLOSEST, self._fit_scale))
        self._fitted = self._scale <= self._fit_scale * 1.0001
        self._measure()
        self.horizontalScrollBar().setValue(round((axis - self._left_end) * self._scale - (x - HEADER)))
        self.viewport().update()

    def zoom_in(self) -> None:
        """Zoom in by a step."""
        self.zoom(_ZOOM**2)

    def zoom_out(self) -> None:
        """Zoom out by a step."""
        self.zoom(_ZOOM**-2)

    def _column_in_hand(self) -> float:
        middle = HEADER + (self.viewport().width() - HEADER) / 2
        if self._selection.current not in self._lanes.where:
            return middle
        lane, place = self._lanes.where[self._selection.current]
        x = self.sight.x(
            float(self._lanes.lanes[lane].left[place] + self._lanes.lanes[lane].right[place]) / 2
        )
        return x if HEADER <= x <= self.viewport().width() else middle

    def _measure(self) -> None:
        """Tell the scroll bars how much there is."""
        width = max(self.viewport().width() - HEADER, 1)
        height = max(self.viewport().height() - RULER, 1)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(round(self._span * self._scale) - width, 0))
        across.setPageStep(width)
        across.setSingleStep(max(width // 20, 1))
        down.setRange(0, max(len(self._lanes.lanes) * LANE - height, 0))
        down.setPageStep(height)
        down.setSingleStep(LANE)

    def _reveal(self, key: str) -> None:
        """Scroll as little as needed to show a clip's beginning."""
        if key not in self._lanes.where:
            return
        number, place = self._lanes.where[key]
        lane, sight = self._lanes.lanes[number], self.sight
        left, right = sight.x(float(lane.left[place])), sight.x(float(lane.right[place]))
        if right < HEADER + 20 or left > sight.width - 20:
            centre = (left + min(right, left + sight.width - HEADER)) / 2
            across = self.horizontalScrollBar()
            across.setValue(across.value() + round(centre - HEADER - (sight.width - HEADER) / 2))
        top, down = number * LANE, self.verticalScrollBar()
        if top < down.value():
            down.setValue(top)
        elif top + LANE > down.value() + sight.height - RULER:
            down.setValue(top + LANE - (sight.height - RULER))

    def _follow(self) -> None:
        self._reveal(self._selection.current)
        row = self._lanes.shoot.by_key.get(self._selection.current)
        self.setAccessibleDescription("" if row is None else words.spoken(row, self._lanes.shoot))
        self.viewport().update()

    # Events.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in view."""
        painter = QPainter(self.viewport())
        TimelinePainter(
            painter, self._lanes, self.sight, self._selection.keys, self._selection.current
        ).paint()
        if self._lanes.empty:
            painter.setPen(colour("muted"))
            hint = self.tr("Nothing is placed yet. Press Sync to find where every clip lies.")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, hint)
        if self.hasFocus():
            painter.fillRect(0, 0, self.viewport().width(), 1, colour("accent"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again where everything was shown."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        else:
            self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the cursor, pan or scroll."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_ZOOM ** (turn.y() / 120), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            across = self.horizontalScrollBar()
            across.setValue(across.value() - (turn.x() or turn.y()))
        else:
            super().wheelEvent(event)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from clip to clip, or zoom."""
        key = Qt.Key(event.key())
        if key in _JUMPS:
            row = self._lanes.neighbour(self._selection.current, *_JUMPS[key])
            if row is not None:
                self._selection.choose({row.key}, row.key)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the clip under the mouse, or take hold of the ground."""
        row = self.clip_at(event.position())
        if row is None or event.button() == Qt.MouseButton.MiddleButton:
            self._panning = event.position()
            return
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self._selection.toggle(row.key)
        elif event.button() == Qt.MouseButton.LeftButton or row.key not in self._selection.keys:
            self._selection.choose({row.key}, row.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan."""
        if self._panning is None or not event.buttons():
            return
        moved = event.position() - self._panning
        self._panning = event.position()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - round(moved.x()))
        down.setValue(down.value() - round(moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the ground."""
        self._panning = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the chosen clips."""
        if self._menu is not None and self._selection.keys:
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
            row = self.clip_at(event.pos())
            text = "" if row is None else words.hover(row, self._lanes.shoot)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: nothing is kept from the last view."""
        self.viewport().update()
