"""The part of the timeline that knows where in the lanes one looks: zooming, scrolling, fitting.

The horizontal scroll bar counts pixels from a little before the axis's beginning; it is hidden, for the
mini map above is its better, but it keeps the place.
"""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.timeline.heights import Height, Heights
from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.minimap import HEIGHT as MAP_HEIGHT
from rushlock.gui.timeline.minimap import MiniMap
from rushlock.gui.timeline.sight import HEADER, RULER, STRIP, Sight

ZOOM = 1.25
"""How much a turn of the wheel zooms."""

_CLOSEST = 4000.0  # pixels to a second
_MARGIN = 0.02  # of the length, left free at both ends when everything is fitted
_GRIP = 4  # pixels beside a thin clip that still hit it


class LanesArea(QAbstractScrollArea):
    """Lanes that can be zoomed and scrolled; what they look like is painted by ``TimelineView``.

    Attributes:
        lanes: What is shown.
        heights: Of the lanes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = Lanes(Shoot())
        self.heights = Heights()
        self._scale = 1.0
        self._fitted = True
        self.map = MiniMap(self)
        self.map.asked.connect(self.show_span)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, MAP_HEIGHT, 0, 0)
        self.setMinimumHeight(MAP_HEIGHT + RULER + 3 * Height.SMALL.value)

    def show_lanes(self, lanes: Lanes) -> None:
        """Show other lanes; the view stays where it is unless it showed everything."""
        left = self.sight.left
        self.lanes = lanes
        self.heights.lay(lanes.lanes)
        self.map.show_lanes(lanes, self._left_end, self._left_end + self._span)
        if self._fitted:
            self.fit()
        else:
            self._measure()
            self.horizontalScrollBar().setValue(round((left - self._left_end) * self._scale))
            self.repaint_all()

    def repaint_all(self) -> None:
        """Paint everything anew."""
        self.viewport().update()

    # Where things are.

    @property
    def sight(self) -> Sight:
        """What part is in view."""
        left = self._left_end + self.horizontalScrollBar().value() / self._scale
        port, top = self.viewport(), self.verticalScrollBar().value()
        return Sight(left, self._scale, top, port.width(), port.height(), self._head, self.heights.stack)

    def clip_at(self, position: QPointF) -> Row | None:
        """Return the clip at a point of the viewport."""
        sight = self.sight
        number = sight.lane_at(position.y())
        if position.x() < HEADER or number is None:
            return None
        return self.lanes.lanes[number].at(sight.axis(position.x()), _GRIP / self._scale)

    @property
    def _head(self) -> int:
        return RULER + (STRIP if len(self.lanes.axis.groups) > 1 else 0)

    @property
    def _left_end(self) -> float:
        return -self.lanes.length * _MARGIN

    @property
    def _span(self) -> float:
        return max(self.lanes.length * (1 + 2 * _MARGIN), 1.0)

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
        self.repaint_all()

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Zoom about a pixel column, the middle if not given."""
        about = (HEADER + self.viewport().width()) / 2 if about is None else about
        axis = self.sight.axis(about)
        self._scale_to(self._scale * factor)
        self.horizontalScrollBar().setValue(round((axis - self._left_end) * self._scale - (about - HEADER)))

    def show_span(self, left: float, right: float) -> None:
        """Show the axis from one position to another."""
        self._scale_to(max(self.viewport().width() - HEADER, 10) / max(right - left, 1e-9))
        self.horizontalScrollBar().setValue(round((left - self._left_end) * self._scale))

    def scroll_by(self, across: float, down: float) -> None:
        """Scroll by some pixels."""
        for bar, by in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
            bar.setValue(bar.value() + round(by))

    def reveal(self, key: str) -> None:
        """Scroll as little as needed to show a clip's beginning."""
        span = self.lanes.span(key)
        if span is None:
            return
        number, sight = self.lanes.where[key][0], self.sight
        left, right = (sight.x(end) for end in span)
        if right < HEADER + 20 or left > sight.width - 20:
            centre = (left + min(right, left + sight.width - HEADER)) / 2
            self.scroll_by(centre - HEADER - (sight.width - HEADER) / 2, 0)
        top, height = int(self.heights.stack.tops[number]), self.heights.stack.kinds[number].value
        room = sight.height - sight.head
        if top < sight.top:
            self.verticalScrollBar().setValue(top)
        elif top + height > sight.top + room:
            self.verticalScrollBar().setValue(top + height - room)

    # Heights.

    def make_tall(self, number: int, height: Height) -> None:
        """Give a lane a height, unless it is gone."""
        if number < len(self.lanes.lanes):
            self.heights.give(number, height)
            self._heights_changed()

    def make_all_tall(self, height: Height) -> None:
        """Give every lane a height."""
        self.heights.give_all(height)
        self._heights_changed()

    def step_height(self, number: int) -> None:
        """Make a lane one kind taller, the tallest small again."""
        kinds = list(Height)
        self.make_tall(number, kinds[(kinds.index(self.heights.stack.kinds[number]) + 1) % len(kinds)])

    def step_all(self, by: int) -> None:
        """Make every lane one kind taller or shorter."""
        self.heights.step(by)
        self._heights_changed()

    def _heights_changed(self) -> None:
        self._measure()
        self.repaint_all()

    def _scale_to(self, scale: float) -> None:
        self._scale = min(max(scale, self._fit_scale), max(_CLOSEST, self._fit_scale))
        self._fitted = self._scale <= self._fit_scale * 1.0001
        self._measure()
        self.repaint_all()

    def _measure(self) -> None:
        """Tell the scroll bars how much there is."""
        width = max(self.viewport().width() - HEADER, 1)
        height = max(self.viewport().height() - self._head, 1)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(round(self._span * self._scale) - width, 0))
        across.setPageStep(width)
        across.setSingleStep(max(width // 20, 1))
        down.setRange(0, max(self.heights.stack.total - height, 0))
        down.setPageStep(height)
        down.setSingleStep(Height.SMALL.value)
