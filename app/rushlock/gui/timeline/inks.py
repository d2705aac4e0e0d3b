"""What clips are painted with: a tile for every standing, shade and kind of lane, repeated along the bar.

The tile is as high as the lane, so a bar costs one rectangle, however much is in it: the stripe in the
standing's full colour, the band for the name, the well for waveform and pictures, the hatching that tells
guesses from certainties without colour. Qt's own hatched brushes take four times as long as a tile.
"""

from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from rushlock.gui.standing import Standing
from rushlock.gui.theme import colour, standing_colour, worn
from rushlock.gui.timeline.heights import Height
from rushlock.gui.timeline.lanes import standing_of_ink

INSET = 2
"""Pixels between a lane's edge and its bars."""

STRIPE = 3
BAND = 17
"""Pixels of a bar's stripe, and of the band that holds its name where there is more below."""

LABEL = "#f4f5f6"

_PERIOD = 8  # of the hatching, pixels
_HATCHED = (Standing.REVIEW, Standing.UNSYNCED)
_FADING = 0.16  # towards the ground, for each shade


@cache
def tile(ink: int, height: Height) -> QBrush:
    """Return what a bar is filled with; its origin is the lane's upper edge."""
    standing, shade = standing_of_ink(ink)
    full = mixed(standing_colour(standing), colour("panel"), _FADING * shade)
    pixmap = QPixmap(_PERIOD, height.value)
    pixmap.fill(_ground(full))
    painter = QPainter(pixmap)
    bottom = height.value if height is Height.SMALL else INSET + BAND
    if standing in _HATCHED:
        _hatch(painter, bottom, full.darker(140 if worn().light else 122))
    if height is not Height.SMALL:
        well = mixed(_ground(full), colour("panel"), 0.62)
        painter.fillRect(0, bottom, _PERIOD, height.value - bottom, well)
    painter.fillRect(0, INSET, _PERIOD, STRIPE, full)
    painter.end()
    return QBrush(pixmap)


@cache
def wave_ink(ink: int) -> int:
    """Return what a clip's waveform is drawn with, 0xAARRGGBB."""
    standing, shade = standing_of_ink(ink)
    return mixed(standing_colour(standing).lighter(118), colour("panel"), _FADING * shade).rgba()


@cache
def gap_brush() -> QBrush:
    """Return what fills the space between two stretches, where no clock runs."""
    pixmap = QPixmap(_PERIOD, _PERIOD)
    pixmap.fill(colour("window"))
    painter = QPainter(pixmap)
    _hatch(painter, _PERIOD, colour("raised"))
    painter.end()
    return QBrush(pixmap)


def forget_inks() -> None:
    """Make all anew: the theme is another one."""
    for made in (tile, wave_ink, gap_brush):
        made.cache_clear()


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return a colour with a share of another one in it."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def _ground(full: QColor) -> QColor:
    """Return what names in ``LABEL`` stand on; a light look's colours are dark already."""
    return full.darker(115 if worn().light else 165)


def _hatch(painter: QPainter, height: int, ink: QColor) -> None:
    """Draw rising lines that join on when the tile is repeated."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    for start in range(-_PERIOD, height + 2 * _PERIOD, _PERIOD):
        painter.drawLine(QPointF(0, start + _PERIOD), QPointF(_PERIOD, start))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
