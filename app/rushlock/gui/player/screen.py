"""Paints panes: pictures with what is burnt under them, cards where there is no picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rushlock.gui.peaks import Peaks
from rushlock.gui.player.arranging import CAPTION, Layout, cells, fitted, picture_area
from rushlock.gui.player.pane import Pane
from rushlock.gui.theme import digits_font
from rushlock.gui.theme import screen_colour as colour

MASTER_INK, NODE_INK = "#5b9fd4", "#d39a35"
"""Told apart by place and letter as well."""

_GROUND = QColor("#141416")
_SETTLED_MS = 120
_GRIP = 8
_NEARLY = 8.5  # pixels by which a still may be smaller than its place, see ``Easel``
_WAVE_S = 3.0
_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Burnt:
    """What is written under a picture.

    Attributes:
        role: One letter: M, N, or a number.
        name: Of camera and clip.
        own: The clip's own timecode.
        shoot: The time on the shoot's clock.
    """

    role: str
    name: str
    own: str
    shoot: str


class Screen(QWidget):
    """Shows panes.

    Attributes:
        layout_: How.
        split: Where the wipe's edge is, part of the picture's width.

    Signals:
        boxes_changed: Pictures are shown at another size.
        picked: The number of a pane that was clicked twice.
    """

    boxes_changed = Signal()
    picked = Signal(int)

    def __init__(self, peaks: Peaks | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layout_, self.split = Layout.BESIDE, 0.5
        self._peaks = peaks
        self._panes: Sequence[Pane] = ()
        self._burnt: Sequence[Burnt] = ()
        self._empty = ""
        self._dragging = False
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settle.timeout.connect(self.boxes_changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 150)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Pictures"))

    def show_panes(self, panes: Sequence[Pane], empty: str = "") -> None:
        """Show other panes; ``empty`` is what to say without any."""
        self._panes, self._empty = panes, empty
        self.update()

    def burn(self, burnt: Sequence[Burnt]) -> None:
        """Write this under the panes."""
        self._burnt = burnt
        told = (" ".join((each.role, each.name, each.own, each.shoot)) for each in burnt)
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def arrange(self, layout: Layout) -> None:
        """Show panes in another way."""
        self.layout_ = layout
        self.boxes_changed.emit()
        self.update()

    @property
    def box(self) -> tuple[int, int]:
        """Width and height of each picture's place, pixels of the screen."""
        places = cells(self.layout_, max(len(self._panes), 1), self.size())
        area = picture_area(places[0])
        ratio = self.devicePixelRatioF()
        return max(round(area.width() * ratio), 16), max(round(area.height() * ratio), 16)

    def sizeHint(self) -> QSize:
        """Return room for two small pictures."""
        return QSize(600, 260)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all panes."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        if not self._panes:
            painter.setPen(colour("muted"))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty
            )
        elif self.layout_.stacked:
            self._paint_stacked(painter)
        else:
            places = cells(self.layout_, len(self._panes), self.size())
            for number, (pane, cell) in enumerate(zip(self._panes, places, strict=True)):
                self._paint_picture(painter, pane, picture_area(cell))
                self._paint_caption(painter, number, _caption_area(cell))
        painter.end()

    def _paint_stacked(self, painter: QPainter) -> None:
        area = picture_area(self.rect())
        self._paint_picture(painter, self._panes[0], area)
        if len(self._panes) > 1:
            painter.save()
            edge = self._edge(area)
            if self.layout_ is Layout.WIPE:
                painter.setClipRect(QRectF(edge, area.top(), area.right() - edge + 1, area.height()))
            else:
                painter.setOpacity(0.5)
            self._paint_picture(painter, self._panes[1], area)
            painter.restore()
            if self.layout_ is Layout.WIPE:
                self._paint_edge(painter, edge, area)
        half = self.width() // 2
        for number in range(len(self._panes)):
            place = QRect(number * half, self.height() - CAPTION, half - 4, CAPTION)
            self._paint_caption(painter, number, place)

    def _paint_edge(self, painter: QPainter, edge: float, area: QRect) -> None:
        painter.setPen(QPen(QColor(255, 255, 255, 200), 1))
        painter.drawLine(QPointF(edge, area.top()), QPointF(edge, area.bottom()))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(QPointF(edge, area.center().y()), 4, 4)

    def _paint_picture(self, painter: QPainter, pane: Pane, area: QRect) -> None:
        place = fitted(pane.aspect, area)
        if pane.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._as_made(place, pane.image), pane.image)
            if pane.light:
                self._paint_badge(painter, place, self.tr("light copy"))
            return
        painter.fillRect(place, colour("panel"))
        if pane.row.clip.picture is None and self._paint_wave(painter, pane, place):
            return
        painter.setPen(colour("muted"))
        words = "\n".join(part for part in (pane.row.clip.name, pane.word) if part)
        painter.drawText(place, _CENTRED, words)

    def _as_made(self, place: QRectF, image: QImage) -> QRectF:
        """Return where an image goes: pixel for pixel if it was made for this place, else stretched."""
        ratio = self.devicePixelRatioF()
        width, height = image.width() / ratio, image.height() / ratio
        if abs(width - place.width()) > _NEARLY / ratio or abs(height - place.height()) > _NEARLY / ratio:
            return place
        left, top = (place.width() - width) / 2 + place.left(), (place.height() - height) / 2 + place.top()
        return QRectF(round(left * ratio) / ratio, round(top * ratio) / ratio, width, height)

    def _paint_badge(self, painter: QPainter, place: QRectF, text: str) -> None:
        width = painter.fontMetrics().horizontalAdvance(text) + 10
        badge = QRectF(place.right() - width - 4, place.top() + 4, width, painter.fontMetrics().height() + 2)
        painter.fillRect(badge, QColor(0, 0, 0, 150))
        painter.setPen(colour("warning"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_wave(self, painter: QPainter, pane: Pane, place: QRectF) -> bool:
        """Paint the sound round the moment of a clip without picture, if it is known."""
        if self._peaks is None or pane.word == self.tr("over"):
            return False
        columns = max(int(place.width()), 1)
        pairs = self._peaks.peaks(pane.row.key, pane.look.at - _WAVE_S, pane.look.at + _WAVE_S, columns)
        if pairs is None:
            return False
        middle, scale = place.center().y(), place.height() / 2 / 127
        painter.setPen(colour("accent"))
        for column, (low, high) in enumerate(pairs.tolist()):
            x = place.left() + column
            painter.drawLine(QPointF(x, middle - high * scale), QPointF(x, middle - low * scale))
        painter.setPen(colour("text"))
        painter.drawLine(
            QPointF(place.center().x(), place.top()), QPointF(place.center().x(), place.bottom())
        )
        return True

    def _paint_caption(self, painter: QPainter, number: int, place: QRect) -> None:
        if number >= len(self._burnt):
            return
        burnt, ink = self._burnt[number], self._ink(number)
        painter.setFont(self.font())
        metrics = painter.fontMetrics()
        top = QRect(place.left() + 4, place.top() + 1, place.width() - 8, place.height() // 2)
        low = top.translated(0, place.height() // 2 - 2)
        tag = QRect(top.left(), top.top() + 2, 15, 14)
        painter.fillRect(tag, ink)
        painter.setPen(QColor("#101012"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, burnt.role)
        name = top.adjusted(20, 0, 0, 0)
        painter.setPen(colour("text"))
        painter.drawText(
            name,
            Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(burnt.name, Qt.TextElideMode.ElideMiddle, name.width()),
        )
        painter.setFont(digits_font(self.font()))
        painter.drawText(low, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, burnt.own)
        room = low.width() - painter.fontMetrics().horizontalAdvance(burnt.own) - 10
        if painter.fontMetrics().horizontalAdvance(burnt.shoot) <= room:
            painter.setPen(colour("muted"))
            painter.drawText(low, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, burnt.shoot)
        painter.setFont(self.font())

    def _ink(self, number: int) -> QColor:
        return (QColor(MASTER_INK), QColor(NODE_INK), colour("faint"))[min(number, 2)]

    # The wipe and the mouse.

    def _edge(self, area: QRect) -> float:
        place = fitted(self._panes[0].aspect, area)
        return place.left() + self.split * place.width()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the wipe's edge, wherever in the picture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.layout_ is Layout.WIPE and self._panes and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self._wipe(event.position().x())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the wipe's edge."""
        wiping = self.layout_ is Layout.WIPE and bool(self._panes)
        near = wiping and abs(event.position().x() - self._edge(picture_area(self.rect()))) < _GRIP
        self.setCursor(Qt.CursorShape.SplitHCursor if near or self._dragging else Qt.CursorShape.ArrowCursor)
        if self._dragging:
            self._wipe(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._dragging = False
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Say which pane was clicked twice."""
        places = cells(self.layout_, len(self._panes), self.size())
        inside = (n for n, cell in enumerate(places) if cell.contains(event.position().toPoint()))
        number = next(inside, None)
        if number is not None and not self.layout_.stacked:
            self.picked.emit(number)

    def _wipe(self, x: float) -> None:
        place = fitted(self._panes[0].aspect, picture_area(self.rect()))
        self.split = min(max((x - place.left()) / max(place.width(), 1.0), 0.0), 1.0)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have pictures made for another size, once it is settled."""
        super().resizeEvent(event)
        self._settle.start()


def _caption_area(cell: QRect) -> QRect:
    return QRect(cell.left(), cell.bottom() + 1 - CAPTION, cell.width(), CAPTION)
