"""The painted timeline as a pixmap, so that a playhead that moves costs one copy and no painting.

Bars, ruler and headers are painted at once. What is in the bars follows in slices: what fits into the first
slice is there with the bars, the rest a few milliseconds later, lane by lane, between other events.
"""

import time
from collections.abc import Iterable

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap

from rushlock.gui.timeline.frame import headers, paint_head
from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.paint import LanesPainter, Marked, Sources
from rushlock.gui.timeline.ruler import ticks
from rushlock.gui.timeline.sight import Sight

SLICE_S = 0.004
_GATHER_MS = 60  # peaks and pictures that arrive within this time are painted together


class Canvas(QObject):
    """Keeps the picture of one view.

    Signals:
        painted: Something more is painted; the view is to show it.
    """

    painted = Signal()

    def __init__(self, sources: Sources, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self._pixmap = QPixmap()
        self._lanes_painter: LanesPainter | None = None
        self._headers = QPixmap()
        self._headers_for: tuple[object, ...] | None = None
        self._arrived: set[int] = set()
        self._next_slice = QTimer(self, singleShot=True, interval=0)
        self._next_slice.timeout.connect(self._go_on)
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self._refill)

    @property
    def pixmap(self) -> QPixmap:
        """What is painted so far."""
        return self._pixmap

    @property
    def whole(self) -> bool:
        """Whether all that can be painted now is painted."""
        return self._lanes_painter is not None and not self._lanes_painter.unfilled

    def paint(self, lanes: Lanes, sight: Sight, marked: Marked, font: QFont, ratio: float) -> None:
        """Paint another view, as much as one slice allows.

        Args:
            lanes: What is shown.
            sight: What of it is in view.
            marked: What is outlined.
            font: For all text.
            ratio: Device pixels to a pixel.
        """
        begun = time.perf_counter()
        size = QSize(round(sight.width * ratio), round(sight.height * ratio))
        if self._pixmap.size() != size or self._pixmap.devicePixelRatio() != ratio:
            self._pixmap = QPixmap(size)
            self._pixmap.setDevicePixelRatio(ratio)
        self._sources.labels.dress(font)
        self._lanes_painter = LanesPainter(lanes, sight, marked, self._sources)
        self._arrived.clear()
        label = QFontMetricsF(font).horizontalAdvance("00:00:00:00") + 24
        marks = list(ticks(lanes, sight, label))
        painter = QPainter(self._pixmap)
        painter.setFont(font)
        self._lanes_painter.paint(painter, (mark.x for mark in marks))
        paint_head(painter, lanes, sight, marks)
        painter.drawPixmap(0, sight.head, self._headers_of(lanes, sight, font, ratio))
        self._fill(painter, begun + SLICE_S)
        painter.end()

    def forget(self) -> None:
        """Keep nothing: the theme is another one."""
        self._headers_for = None

    def rest(self) -> None:
        """Paint nothing more: another view will be asked for."""
        self._next_slice.stop()

    def refill(self, numbers: Iterable[int]) -> None:
        """Paint anew what is in some lanes' bars: something of it has arrived."""
        if self._lanes_painter is not None:
            self._arrived.update(n for n in numbers if self._lanes_painter.shows(n))
            if self._arrived and not self._gather.isActive():
                self._gather.start()

    def _headers_of(self, lanes: Lanes, sight: Sight, font: QFont, ratio: float) -> QPixmap:
        """Return the headers, which zooming and panning leave as they are."""
        wanted = (lanes, sight.stack, sight.top, sight.height, sight.head, font, ratio)
        if wanted != self._headers_for:
            self._headers = headers(lanes, sight, font, ratio)
            self._headers_for = wanted
        return self._headers

    def _refill(self) -> None:
        if self._lanes_painter is not None:
            unfilled = self._lanes_painter.unfilled
            unfilled += sorted(self._arrived - set(unfilled), reverse=True)
            self._arrived.clear()
            self._go_on()

    def _go_on(self) -> None:
        painter = QPainter(self._pixmap)
        self._fill(painter, time.perf_counter() + SLICE_S)
        painter.end()
        self.painted.emit()

    def _fill(self, painter: QPainter, until: float) -> None:
        """Fill lanes until a time, one at least."""
        unfilled = [] if self._lanes_painter is None else self._lanes_painter.unfilled
        while self._lanes_painter is not None and unfilled:
            self._lanes_painter.fill(painter, unfilled.pop())
            if time.perf_counter() >= until:
                break
        if unfilled:
            self._next_slice.start()
