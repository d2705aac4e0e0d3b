"""The colour scale beside a heatmap: what its darkest and its brightest mean."""

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rushlock.gui.theme import colour
from rushlock.similarity.colours import coloured

_STRIP, _WIDTH = 10, 40


class ColourScale(QWidget):
    """A strip of the colours with the values at its ends."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ends: tuple[float, float] | None = None
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("Colour scale"))

    def show_ends(self, ends: tuple[float, float] | None) -> None:
        """Show other values; none hides the strip."""
        self._ends = ends
        if ends is not None:
            text = self.tr("Likeness from {low} (dark) to {high} (bright), stretched for this matrix")
            self.setToolTip(text.format(low=f"{ends[0]:.3g}", high=f"{ends[1]:.3g}"))
            self.setAccessibleDescription(self.toolTip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip."""
        if self._ends is None:
            return
        painter = QPainter(self)
        line = self.fontMetrics().height()
        strip = QRect(2, line + 2, _STRIP, self.height() - 2 * line - 4)
        pixels = coloured(np.linspace(1, 0, 128, dtype=np.float32)[:, None], 0.0, 1.0)
        image = QImage(pixels.tobytes(), 1, 128, 3, QImage.Format.Format_RGB888)
        painter.drawImage(strip, image)
        painter.setPen(colour("muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, f"{self._ends[1]:.2g}")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignBottom, f"{self._ends[0]:.2g}")
        painter.end()
