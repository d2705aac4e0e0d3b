"""The heatmap of a pair: master downwards, node to the right, the lag a diagonal that can be dragged.

Both axes show the same clock where the two are held together, so the diagonal joins equal times. Whatever
the zoom, the matrix of that zoom is drawn (``similarity.scales``), tile by tile as they come; until then a
coarser one shows through.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import sqrt

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from rushlock.gui.compare.plots import Counting, Plot, TimeAxis, faint_line
from rushlock.gui.compare.tiles import Key, TileStore
from rushlock.gui.theme import colour
from rushlock.similarity.scales import ScaledMatrix
from rushlock.similarity.tiles import TILE

_SETTLE_MS = 12
_CELL_PIXELS = 2.0
_STEP = 0.2  # of the view, by an arrow key
_ZOOM = 0.8
_RAIL = 4.0  # pixels from the diagonal to either rail
_SAME_S = 0.04
_LAG_INK, _EDGE_INK = "#ffffff", "#000000b0"
"""On the heatmap's colours, which no theme changes."""


class HeatmapView(Plot):
    """Draws a matrix.

    Signals:
        lag_dragged: The user holds the pair together at another lag, seconds.
        looked_at: The user points at a moment of the master, clip time in seconds.
    """

    lag_dragged = Signal(float)
    looked_at = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        self._own = TimeAxis("left")
        super().__init__(parent, "", left=self._own)
        self.setAccessibleName(self.tr("Heatmap: master downwards, node to the right"))
        self.tiles = TileStore(self)
        self._item = _TileItem(self.tiles)
        self._box = self.getViewBox()
        self._box.invertY(True)
        self._own.setWidth(86)
        self.addItem(self._item)
        self._place = faint_line(45)
        self._rivals: list[pg.InfiniteLine] = []
        self._line = _Diagonal(angle=45, movable=True)
        self._line.setCursor(Qt.CursorShape.SizeAllCursor)
        self._across = (faint_line(0), faint_line(90))
        for item in (*self._across, self._place, self._line):
            self.addItem(item, ignoreBounds=True)
            item.hide()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._fetch)
        self._box.sigRangeChanged.connect(lambda *_: self._settle.start())
        self._line.sigDragged.connect(self._dragged)
        self.scene().sigMouseClicked.connect(self._clicked)
        self.tiles.arrived.connect(self._item.update)
        self.dress()

    def show_matrix(self, matrix: ScaledMatrix | None, *, keep_view: bool) -> None:
        """Draw another matrix; ``keep_view``: of the same clips, so that nothing jumps."""
        self.tiles.show(matrix)
        self._item.show_matrix(matrix)
        for item in (self._line, self._place):
            item.setVisible(matrix is not None)
        if matrix is None:
            for line in self._across:
                line.hide()
            return
        if not keep_view:
            self.fit()
        self._settle.start()

    def show_lag(self, lag: float, in_place: float | None) -> None:
        """Draw the diagonals of the lag under consideration and of the placements."""
        x, y = self._line.getPos()
        if abs(y - x - lag) > 1e-9:
            self._line.setPos((0.0, lag))
        away = None if in_place is None else abs(in_place - lag)
        self._place.setVisible(self._line.isVisible() and away is not None and away > _SAME_S)
        if in_place is not None:
            self._place.setPos((0.0, in_place))
        for line in self._rivals:
            line.setVisible(abs(line.getYPos() - line.getXPos() - lag) > _SAME_S)

    @property
    def ends(self) -> tuple[float, float] | None:
        """Where the colours of what is drawn begin and end; None before that is known."""
        matrix = self.tiles.matrix
        return None if matrix is None else matrix.measured(min(self._item.level, matrix.levels - 1))

    def show_rivals(self, lags: Sequence[float]) -> None:
        """Draw the diagonals of likely places."""
        for line in self._rivals:
            self.removeItem(line)
        self._rivals = [pg.InfiniteLine(pos=(0.0, lag), angle=45) for lag in lags]
        for line in self._rivals:
            self.addItem(line, ignoreBounds=True)
        self.dress()

    def show_moment(self, master: float | None, node: float | None) -> None:
        """Mark the moment that the playhead is at, as clip times."""
        for line, at in zip(self._across, (master, node), strict=True):
            line.setVisible(at is not None and self._line.isVisible())
            if at is not None:
                line.setPos(at)

    def count(self, master: Counting, node: Counting) -> None:
        """Write the axes in another way."""
        self._own.count(master)
        self.bottom.count(node)

    def fit(self) -> None:
        """Show the whole matrix."""
        self._box.setRange(self._item.boundingRect(), padding=0.01)

    def follow(self, lag: float) -> None:
        """Show the surroundings of a lag's diagonal, as near as half of what the view shows, axes alike."""
        view, whole = self._box.viewRect(), self._item.boundingRect()
        across = min(view.width() / 2, whole.width() / 2)
        down = across * self._box.height() / max(self._box.width(), 1.0)
        first, last = max(whole.left(), whole.top() - lag), min(whole.right(), whole.bottom() - lag)
        x = min(max(view.center().x(), first), last) if first <= last else whole.center().x()
        self._box.setRange(QRectF(x - across / 2, x + lag - down / 2, across, down), padding=0)

    def dress(self) -> None:
        """Take the theme's colours."""
        super().dress()
        if hasattr(self, "_line"):
            self._line.setPen(pg.mkPen(_LAG_INK, width=1.4))
            self._line.setHoverPen(pg.mkPen(_LAG_INK, width=3))
            for line in (self._place, *self._across):
                line.setPen(pg.mkPen(_LAG_INK, width=1, style=Qt.PenStyle.DotLine))
            for line in self._rivals:
                line.setPen(pg.mkPen(colour("warning"), width=1, style=Qt.PenStyle.DashLine))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pan by arrows, zoom by plus and minus, show all by Home."""
        moves = {
            Qt.Key.Key_Left: (-_STEP, 0.0),
            Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -_STEP),
            Qt.Key.Key_Down: (0.0, _STEP),
        }
        key, view = event.key(), self._box.viewRect()
        if key in moves and not event.modifiers():
            x, y = moves[Qt.Key(key)]
            self._box.translateBy(x=x * view.width(), y=y * view.height())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = 1 / _ZOOM if key == Qt.Key.Key_Minus else _ZOOM
            self._box.scaleBy((factor, factor), center=view.center())
        elif key == Qt.Key.Key_Home:
            self.fit()
        else:
            event.ignore()

    def _dragged(self, line: pg.InfiniteLine) -> None:
        x, y = line.getPos()
        self.lag_dragged.emit(y - x)

    def _clicked(self, event: object) -> None:
        """Point at a moment by a click."""
        position = getattr(event, "scenePos", QPointF)()
        if self._line.isVisible() and self._box.sceneBoundingRect().contains(position):
            self.looked_at.emit(float(self._box.mapSceneToView(position).y()))

    def _fetch(self) -> None:
        matrix, pixel = self.tiles.matrix, self._box.viewPixelSize()
        if matrix is not None and self.isVisible():
            # Where the axes differ much, cells that are square on the screen on average.
            level = matrix.level_for(_CELL_PIXELS * sqrt(float(pixel[0]) * float(pixel[1])))
            self._item.show_level(level)
            coarse = list(tiles_in(matrix, matrix.levels - 1, self._item.boundingRect()))
            self.tiles.want([*coarse, *tiles_in(matrix, level, self._box.viewRect())])


def tiles_in(matrix: ScaledMatrix, level: int, view: QRectF) -> Iterator[Key]:
    """Yield the tiles of a level that a stretch of both clips touches, those in its middle first."""
    top, left = matrix.origin(level)
    side = TILE * matrix.width(level)
    ranges = []
    for count, begin, end in (
        (matrix.shape(level)[0], view.top() - top, view.bottom() - top),
        (matrix.shape(level)[1], view.left() - left, view.right() - left),
    ):
        most = -(-count // TILE)
        ranges.append(range(max(int(begin // side), 0), min(int(end // side) + 1, most)))
    middle = (view.center().y() - top) / side - 0.5, (view.center().x() - left) / side - 0.5
    places = sorted(product(*ranges), key=lambda p: abs(p[0] - middle[0]) + abs(p[1] - middle[1]))
    for row, column in places:
        yield level, row, column


class _Diagonal(pg.InfiniteLine):  # type: ignore[misc]
    """Two rails with what they enclose in plain view, on dark edges so that they show on every colour."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self._maxMarkerSize = _RAIL + 4  # room for the rails, and to take hold of them

    def paint(self, painter: QPainter, *_: object) -> None:
        left, right = self._endPoints
        _, across = self.pixelVectors(direction=pg.Point(1, 0))
        away = _RAIL * (0.0 if across is None else across.y())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen in (pg.mkPen(_EDGE_INK, width=self.currentPen.widthF() + 2), self.currentPen):
            painter.setPen(pen)
            for y in (-away, away):
                painter.drawLine(QPointF(left, y), QPointF(right, y))


class _TileItem(pg.GraphicsObject):  # type: ignore[misc]
    """The tiles in view; x: node's clip time, y: master's."""

    def __init__(self, tiles: TileStore) -> None:
        super().__init__()
        self._tiles = tiles
        self._matrix: ScaledMatrix | None = None
        self.level = 0

    def show_matrix(self, matrix: ScaledMatrix | None) -> None:
        self.prepareGeometryChange()
        self._matrix = matrix
        self.update()

    def show_level(self, level: int) -> None:
        if level != self.level:
            self.level = level
            self.update()

    def boundingRect(self) -> QRectF:
        if self._matrix is None:
            return QRectF(0, 0, 1, 1)
        rows, columns = self._matrix.shape(0)
        top, left = self._matrix.origin(0)
        width = self._matrix.width(0)
        return QRectF(left, top, max(columns, 1) * width, max(rows, 1) * width)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        matrix = self._matrix
        if matrix is None:
            return
        view = self.getViewBox().viewRect()
        # What is there of other levels shows through until the right one has come.
        for level in dict.fromkeys((matrix.levels - 1, self.level + 1, self.level - 1, self.level)):
            if 0 <= level < matrix.levels:
                self._paint_level(painter, matrix, level, view)

    def _paint_level(self, painter: QPainter, matrix: ScaledMatrix, level: int, view: QRectF) -> None:
        top, left = matrix.origin(level)
        width = matrix.width(level)
        pixel = self.getViewBox().viewPixelSize()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, max(pixel) > width)
        for key in tiles_in(matrix, level, view):
            image = self._tiles.tile(key)
            if image is not None:
                x, y = left + key[2] * TILE * width, top + key[1] * TILE * width
                painter.drawImage(QRectF(x, y, image.width() * width, image.height() * width), image)
