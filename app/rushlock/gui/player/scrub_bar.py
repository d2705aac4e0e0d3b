"""The bar below the pictures: both clips' sound where they lie, the moment, the marks; dragged to scrub."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rushlock.gui.peaks import Peaks
from rushlock.gui.player.extent import ends_of_pair
from rushlock.gui.player.relation import Relation
from rushlock.gui.player.screen import MASTER_INK, NODE_INK
from rushlock.gui.shoot import Row
from rushlock.gui.theme import colour

_HEIGHT = 58
_TOP = 8  # where the marks' flags are
_PAD = 0.06
_LEAST_S = 2.0
_ZOOM = 1.4


class ScrubBar(QWidget):
    """A stretch of the master's clock.

    Signals:
        scrubbed: Where the mouse wants to be, master's clip time in seconds.
    """

    scrubbed = Signal(float)

    def __init__(self, peaks: Peaks | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._peaks = peaks
        self._rows: tuple[Row | None, Row | None] = (None, None)
        self._relation = Relation()
        self._low, self._high, self._at = 0.0, 1.0, 0.0
        self._marks: tuple[float | None, float | None] = (None, None)
        self._looping = False
        self._ground: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Scrub bar"))
        self.setToolTip(self.tr("Drag to look elsewhere, turn the wheel to zoom"))
        if peaks is not None:
            peaks.arrived.connect(self._arrived)

    def sizeHint(self) -> QSize:
        """Return its one height."""
        return QSize(300, _HEIGHT)

    @property
    def stretch(self) -> tuple[float, float]:
        """Clip time of the master at its left and right end."""
        return self._low, self._high

    def show_pair(self, master: Row | None, node: Row | None, relation: Relation) -> None:
        """Show two clips where they overlap, or both where they do not."""
        self._rows, self._relation = (master, node), relation
        self._low, self._high = _first_view(self._spans)
        self._draw_anew()

    def relate(self, relation: Relation) -> None:
        """Show the node at another lag; the view stays."""
        self._relation = relation
        self._draw_anew()

    def mark(self, marks: tuple[float | None, float | None], looping: bool) -> None:
        """Show marks, both on the master's clock."""
        self._marks, self._looping = marks, looping
        self.update()

    def move(self, at: float) -> None:  # type: ignore[override]
        """Show another moment; turn the page where it leaves the view."""
        before, self._at = self._at, at
        if not self._low <= at <= self._high and self._rows[0] is not None:
            wide = self._high - self._low
            self._low = at - (_PAD if at > before else 1 - _PAD) * wide
            self._high = self._low + wide
            self._draw_anew()
        elif abs(self._x(before) - self._x(at)) >= 0.25:
            self.update()

    # Where things are.

    @property
    def _spans(self) -> list[tuple[float, float]]:
        """Where both clips lie on the master's clock."""
        return ends_of_pair(*self._rows, self._relation)

    def _x(self, at: float) -> float:
        return (at - self._low) / (self._high - self._low) * self.width()

    def _time(self, x: float) -> float:
        return self._low + x / max(self.width(), 1) * (self._high - self._low)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sounds from what was drawn before, the moment and marks upon it."""
        painter = QPainter(self)
        if self._ground is None:
            self._ground = self._drawn()
        painter.drawPixmap(0, 0, self._ground)
        self._paint_marks(painter)
        x = self._x(self._at)
        painter.setPen(QPen(colour("text"), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()

    def _draw_anew(self) -> None:
        self._ground = None
        self.update()

    def _arrived(self, key: str) -> None:
        if key in {row.key for row in self._rows if row is not None}:
            self._draw_anew()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        canvas = QPixmap(self.size() * ratio)
        canvas.setDevicePixelRatio(ratio)
        canvas.fill(colour("panel"))
        painter = QPainter(canvas)
        high = (self.height() - _TOP - 4) / 2
        rows = [row for row in self._rows if row is not None]
        inks = [QColor(MASTER_INK), QColor(NODE_INK)]
        for number, (row, span, ink) in enumerate(zip(rows, self._spans, inks, strict=False)):
            self._draw_lane(
                painter, row, number, span, QRectF(0, _TOP + number * (high + 2), self.width(), high), ink
            )
        painter.end()
        return canvas

    def _draw_lane(
        self, painter: QPainter, row: Row, number: int, span: tuple[float, float], lane: QRectF, ink: QColor
    ) -> None:
        left, right = max(self._x(span[0]), 0.0), min(self._x(span[1]), lane.width())
        if right <= left:
            return
        ground = QColor(ink)
        ground.setAlpha(46)
        painter.fillRect(QRectF(left, lane.top(), right - left, lane.height()), ground)
        columns = int(right - left)
        if self._peaks is None or columns < 1:
            return
        begin, end = self._time(left), self._time(left + columns)
        if number == 1:
            begin, end = self._relation.node_time(begin), self._relation.node_time(end)
        pairs = self._peaks.peaks(row.key, begin, end, columns)
        if pairs is None:
            return
        middle, scale = lane.center().y(), lane.height() / 2 / 127
        painter.setPen(ink)
        painter.drawLines(
            [
                QLineF(left + x, middle - high * scale, left + x, middle - low * scale)
                for x, (low, high) in enumerate(pairs.tolist())
            ]
        )

    def _paint_marks(self, painter: QPainter) -> None:
        shown = [None if mark is None else self._x(mark) for mark in self._marks]
        if shown[0] is not None and shown[1] is not None:
            shade = QColor(255, 255, 255, 36 if self._looping else 14)
            left, right = sorted((shown[0], shown[1]))
            painter.fillRect(QRectF(left, 0, right - left, self.height()), shade)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x, ink, way in zip(shown, (MASTER_INK, NODE_INK), (1, -1), strict=True):
            if x is None:
                continue
            painter.setPen(QPen(QColor(ink), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            painter.setBrush(QColor(ink))
            painter.drawPolygon(QPolygonF([QPointF(x, 0), QPointF(x + way * 8, 0), QPointF(x, 8)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    # The mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the mouse is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.scrubbed.emit(self._time(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along with it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.scrubbed.emit(self._time(min(max(event.position().x(), 0.0), float(self.width()))))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse, no further out than both clips reach."""
        spans = self._spans
        if not spans or not event.angleDelta().y():
            return
        about = self._time(event.position().x())
        factor = _ZOOM ** (-event.angleDelta().y() / 120)
        low = about - (about - self._low) * factor
        high = about + (self._high - about) * factor
        if high - low >= 0.2:
            ends = _padded(min(span[0] for span in spans), max(span[1] for span in spans))
            self._low, self._high = max(low, ends[0]), min(high, ends[1])
            self._draw_anew()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for another width."""
        super().resizeEvent(event)
        self._draw_anew()


def _first_view(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """Return what to show first: where spans overlap, all of them if they do not."""
    if not spans:
        return 0.0, 1.0
    low, high = max(span[0] for span in spans), min(span[1] for span in spans)
    if high - low < 0.5:
        low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    return _padded(low, high)


def _padded(low: float, high: float) -> tuple[float, float]:
    pad = max((high - low) * _PAD, (_LEAST_S - (high - low)) / 2, 0.1)
    return low - pad, high + pad
