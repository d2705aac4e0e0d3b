"""Names on clips, drawn once each and kept: laying out text costs four times as much as showing it again."""

from collections import OrderedDict

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from rushlock.gui.icons import picture
from rushlock.gui.timeline.inks import LABEL

GLYPH = 13
HEIGHT = 16
_WIDEST = 320
_MOST_KEPT = 3000  # some 20 MB


class Labels:
    """Pixmaps of a sign and a text side by side."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, float], QPixmap] = OrderedDict()
        self._font = QFont()

    def dress(self, font: QFont) -> None:
        """Go on in another font."""
        if font != self._font:
            self._font = QFont(font)
            self._kept.clear()

    def draw(self, painter: QPainter, at: QPoint, room: int, text: str, sign: str = "") -> None:
        """Draw a label, cut off where the room ends.

        Args:
            painter: On the timeline.
            at: Upper left corner of a band of ``HEIGHT`` pixels.
            room: Pixels it may take.
            text: What it says; may be empty.
            sign: Name of the icon before it; may be empty.
        """
        ratio = painter.device().devicePixelRatioF()
        label = self._label(text, sign, ratio)
        width = min(round(room * ratio), label.width())
        painter.drawPixmap(at, label, QRect(0, 0, width, label.height()))

    def _label(self, text: str, sign: str, ratio: float) -> QPixmap:
        key = text, sign, ratio
        label = self._kept.get(key)
        if label is not None:
            self._kept.move_to_end(key)
            return label
        label = self._kept[key] = self._made(text, sign, ratio)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return label

    def _made(self, text: str, sign: str, ratio: float) -> QPixmap:
        before = GLYPH + 3 if sign else 0
        wide = min(before + int(QFontMetricsF(self._font).horizontalAdvance(text)) + 2, _WIDEST)
        label = QPixmap(round(wide * ratio), round(HEIGHT * ratio))
        label.setDevicePixelRatio(ratio)
        label.fill(Qt.GlobalColor.transparent)
        painter = QPainter(label)
        if sign:
            drawing = picture(sign, round(GLYPH * ratio), LABEL)
            painter.drawPixmap(QRectF(0, 1.5, GLYPH, GLYPH), drawing, QRectF(drawing.rect()))
        painter.setFont(self._font)
        painter.setPen(QColor(LABEL))
        metrics = QFontMetricsF(self._font)
        painter.drawText(QPointF(before, (HEIGHT + metrics.ascent() - metrics.descent()) / 2), text)
        painter.end()
        return label
