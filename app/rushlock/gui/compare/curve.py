"""The lag curve: evidence by lag, its places numbered, the lag under consideration to be dragged."""

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from rushlock.gui.compare.plots import Counting, Plot, faint_line, ink_lag, lag_line, veiled
from rushlock.gui.theme import colour
from rushlock.pipeline.pair_view.ballot import BLOCK, NO_CURVE, Curve, Place

Doubles = npt.NDArray[np.float64]

_NEAR_PIXELS = 12
_NUMBER_PIXELS = 15
_HEADROOM = 1.22  # numbers stand above the peaks
_WIDE_S = 2.0
_ZOOM = 0.8
_STEP = 0.2


class CurveView(Plot):
    """Draws evidence by lag.

    Signals:
        lag_dragged: The user holds the pair together at another lag, seconds.
        place_chosen: The user clicked at a place, by its number from 0.
    """

    lag_dragged = Signal(float)
    place_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Lag curve"))
        self._curve = NO_CURVE
        self._places: tuple[Place, ...] = ()
        self._line = pg.PlotCurveItem(connect="finite")
        self._stems = pg.PlotCurveItem(connect="pairs")
        self._numbers: list[pg.TextItem] = []
        self._in_place, self._lag = faint_line(90), lag_line(self.lag_dragged.emit)
        for item in (self._line, self._stems):
            self.addItem(item)
        for item in (self._in_place, self._lag):
            self.addItem(item, ignoreBounds=True)
        self._box = self.getViewBox()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.sigXRangeChanged.connect(self._redraw)
        self._box.sigResized.connect(self._redraw)
        self.scene().sigMouseClicked.connect(self._clicked)
        self.dress()

    def show_evidence(self, curve: Curve, places: tuple[Place, ...], *, keep_view: bool) -> None:
        """Draw another curve with its places."""
        self._curve, self._places = curve, places
        self._number_places()
        if not keep_view:
            self.fit()
        self._redraw()

    def show_lag(self, lag: float, in_place: float | None) -> None:
        """Draw the lag under consideration, and where the placements have it."""
        if self._lag.value() != lag:
            self._lag.setValue(lag)
        self._in_place.setVisible(in_place is not None)
        if in_place is not None:
            self._in_place.setValue(in_place)

    def count(self, counting: Counting) -> None:
        """Write the axis in another way."""
        self.bottom.count(counting)

    def fit(self) -> None:
        """Show all lags."""
        offsets = self._curve.offsets
        marks = [p.offset for p in self._places]
        low = min([*marks, *offsets[:1]], default=-1.0)
        high = max([*marks, *offsets[-1:]], default=1.0)
        room = max((high - low) * 0.02, 0.1)
        self._box.setXRange(low - room, high + room, padding=0)

    def near(self, lag: float) -> None:
        """Show the surroundings of a lag."""
        self._box.setXRange(lag - _WIDE_S, lag + _WIDE_S, padding=0)

    def dress(self) -> None:
        """Take the theme's colours."""
        super().dress()
        if hasattr(self, "_lag"):
            ink_lag(self._lag)
            self._in_place.setPen(pg.mkPen(colour("text"), width=1, style=Qt.PenStyle.DotLine))
            self._line.setPen(pg.mkPen(colour("accent"), width=1))
            self._line.setBrush(veiled(colour("accent").name(), 70))
            self._line.setFillLevel(0.0)
            self._stems.setPen(pg.mkPen(colour("warning"), width=2))
            for number in self._numbers:
                number.setColor(colour("warning"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pan by arrows, zoom by plus and minus, show all by Home."""
        (low, high), _ = self._box.viewRange()
        moves = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        if event.key() in moves and not event.modifiers():
            self._box.translateBy(x=moves[Qt.Key(event.key())] * (high - low))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = 1 / _ZOOM if event.key() == Qt.Key.Key_Minus else _ZOOM
            self._box.scaleBy((factor, 1), center=QPointF(self._lag.value(), 0))
        elif event.key() == Qt.Key.Key_Home:
            self.fit()
        else:
            event.ignore()

    def _redraw(self) -> None:
        """Draw what is in view, each pixel column by its highest value."""
        (low, high), _ = self._box.viewRange()
        offsets, heights = drawn(self._curve, low, high, max(self.width(), 100))
        self._line.setData(offsets, heights)
        self._box.setYRange(0.0, max(self._curve.top, 1.0) * _HEADROOM, padding=0)
        self._part_numbers((high - low) / max(self.width(), 1))
        stems = [(p.offset, y) for p in self._places for y in (0.0, self._height(p))]
        self._stems.setData(*(np.array(stems).T if stems else (np.zeros(0), np.zeros(0))))

    def _height(self, place: Place) -> float:
        if np.isfinite(place.height):
            return place.height
        return self._curve.top or 0.8

    def _number_places(self) -> None:
        for text in self._numbers:
            self.removeItem(text)
        self._numbers = []
        for number, place in enumerate(self._places, start=1):
            text = pg.TextItem(str(number), color=colour("warning"), anchor=(-0.2, 0.15))
            text.setPos(place.offset, self._height(place))
            self._numbers.append(text)
            self.addItem(text, ignoreBounds=True)

    def _part_numbers(self, pixel: float) -> None:
        """Hide numbers that would stand on a better place's."""
        shown: list[float] = []
        for text, place in zip(self._numbers, self._places, strict=True):
            room = all(abs(place.offset - at) > _NUMBER_PIXELS * pixel for at in shown)
            text.setVisible(room)
            shown += [place.offset] * room

    def _clicked(self, event: object) -> None:
        position = getattr(event, "scenePos", QPointF)()
        if not self._box.sceneBoundingRect().contains(position):
            return
        pixel = float(self._box.viewPixelSize()[0])
        at = float(self._box.mapSceneToView(position).x())
        near = [(abs(p.offset - at), n) for n, p in enumerate(self._places)]
        distance, number = min(near, default=(np.inf, 0))
        if distance <= _NEAR_PIXELS * pixel:
            self.place_chosen.emit(number)


def drawn(curve: Curve, low: float, high: float, columns: int) -> tuple[Doubles, Doubles]:
    """Return (offsets, heights) of a stretch of a curve in about so many points; no peak is lost."""
    if np.diff(np.searchsorted(curve.offsets, (low, high)))[0] > 2 * BLOCK * columns:
        curve = curve.summits
    first, last = np.searchsorted(curve.offsets, (low, high))
    first, last = max(int(first) - 1, 0), min(int(last) + 1, len(curve.offsets))
    offsets, heights = curve.offsets[first:last], curve.heights[first:last]
    if len(offsets) <= 2 * columns:
        return offsets, heights
    at = np.linspace(0, len(offsets), columns, endpoint=False).astype(np.int64)
    filled = np.nan_to_num(heights, nan=-np.inf)
    highest = np.maximum.reduceat(filled, at)
    size = np.diff(at, append=len(offsets))
    held = np.flatnonzero(filled == np.repeat(highest, size))
    where = held[np.searchsorted(held, at)]  # the first that is as high, in each column
    return offsets[where], heights[where]
