"""Icons drawn for Rushlock: lines in one ink, tinted when loaded so that one file serves every colour."""

from functools import cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from rushlock.base.paths import shipped
from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour, standing_colour

_SIZES = (16, 20, 24, 32, 48, 64)


def icon(name: str) -> QIcon:
    """Return a drawing in the text's colour, fainter when disabled."""
    return _tinted(name, colour("text").name(), colour("faint").name())


def standing_icon(standing: Standing) -> QIcon:
    """Return the icon that, with or without its colour, says a clip's standing."""
    ink = standing_colour(standing).lighter(125).name()
    return _tinted(standing.value, ink, ink)


@cache
def picture(name: str, size: int, ink: str = "") -> QPixmap:
    """Return a drawing as a pixmap with transparent ground; without an ink in the file's own colours."""
    canvas = QPixmap(QSize(size, size))
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(shipped("resources") / "icons" / f"{name}.svg")).render(
        painter, QRectF(0, 0, size, size)
    )
    if ink:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(canvas.rect(), QColor(ink))
    painter.end()
    return canvas


@cache
def app_icon() -> QIcon:
    """Return the program's own icon."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(picture("rushlock", size))
    return result


@cache
def _tinted(name: str, ink: str, disabled: str) -> QIcon:
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(picture(name, size, ink), QIcon.Mode.Normal)
        result.addPixmap(picture(name, size, ink), QIcon.Mode.Selected)
        result.addPixmap(picture(name, size, disabled), QIcon.Mode.Disabled)
    return result
