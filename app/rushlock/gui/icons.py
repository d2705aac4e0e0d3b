"""Icons drawn for Rushlock: lines in one ink, tinted when loaded so that one file serves every colour.

What was drawn is remembered by Qt's own key of it, which travels with every copy: ``redraw`` finds the icons
and signs that buttons, actions and labels hold and draws them anew in the look that is worn now.
"""

from collections.abc import Callable
from functools import cache, partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from rushlock.base.paths import shipped
from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour, standing_colour, worn

_SIZES = (16, 20, 24, 25, 30, 32, 40, 48, 60, 64)
"""Pixels: 16 and 20 at every usual scale of a screen, so that none has to be stretched, and three larger."""

_SIGNS_KEPT = 500

_origins: dict[int, Callable[[], QIcon]] = {}
_sign_origins: dict[int, Callable[[], QPixmap]] = {}


def icon(name: str) -> QIcon:
    """Return a drawing in the text's colour, fainter when disabled."""
    ink = colour("text")
    made = _tinted(name, ink.name(), colour("faint").name(), _on_selection(ink))
    return _noted(partial(icon, name), made)


def standing_icon(standing: Standing) -> QIcon:
    """Return the icon that, with or without its colour, says a clip's standing."""
    full = standing_colour(standing)
    ink = full if worn().light else full.lighter(125)
    made = _tinted(standing.value, ink.name(), ink.name(), _on_selection(ink))
    return _noted(partial(standing_icon, standing), made)


def sign(name: str, size: int, ink: str, ratio: float) -> QPixmap:
    """Return a drawing for a label.

    Args:
        name: The drawing.
        size: Its width and height, in the label's pixels.
        ink: Name of one of the look's colours.
        ratio: Pixels of the screen to one of the label's.
    """
    made = picture(name, round(size * ratio), colour(ink).name()).copy()
    made.setDevicePixelRatio(ratio)
    if len(_sign_origins) > _SIGNS_KEPT:
        _sign_origins.clear()
    _sign_origins[made.cacheKey()] = partial(sign, name, size, ink, ratio)
    return made


def redraw(app: QApplication) -> None:
    """Draw what buttons, actions and labels hold in the look that is worn now."""
    for widget in app.allWidgets():
        _redraw(widget)
        for action in widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if anew := _origins.get(action.icon().cacheKey()):
                action.setIcon(anew())


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
def _tinted(name: str, ink: str, disabled: str, selected: str) -> QIcon:
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(picture(name, size, ink), QIcon.Mode.Normal)
        result.addPixmap(picture(name, size, selected), QIcon.Mode.Selected)
        result.addPixmap(picture(name, size, disabled), QIcon.Mode.Disabled)
    return result


def _on_selection(ink: QColor) -> str:
    """Return what shows on a chosen row, whose ground is dark in both looks."""
    return "#ffffff" if worn().light else ink.name()


def _noted(again: Callable[[], QIcon], made: QIcon) -> QIcon:
    _origins.setdefault(made.cacheKey(), again)
    return made


def _redraw(widget: QWidget) -> None:
    if isinstance(widget, QAbstractButton):
        if anew := _origins.get(widget.icon().cacheKey()):
            widget.setIcon(anew())
    elif isinstance(widget, QLabel) and (sign_anew := _sign_origins.get(widget.pixmap().cacheKey())):
        widget.setPixmap(sign_anew())
