"""pyqtgraph as the pair view uses it: set up once, axes in timecode, the window's colours, no own menus."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from rushlock.base.rate import FrameRate
from rushlock.gui.theme import colour
from rushlock.gui.timeline.ruler import marks, step_frames

pg.setConfigOptions(imageAxisOrder="row-major", antialias=False, background=None, foreground="d")

MASTER_INK, NODE_INK = "#5aa9e0", "#e89b2e"
"""Okabe and Ito's sky blue and orange, a little quieter: told apart by any eye, on dark and on light."""

_FEWEST_FRAMES = 3
_MS_STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


@dataclass(frozen=True, slots=True)
class Counting:
    """How an axis writes its values: value ``v`` is the time ``start + rate * v``.

    Attributes:
        start, rate: See above.
        frames: Rate in which labels count.
        drop: Whether they drop.
        sign: Whether a time of its own needs one.
    """

    start: float = 0.0
    rate: float = 1.0
    frames: FrameRate = FrameRate(Fraction(25))  # noqa: RUF009 - frozen
    drop: bool = False
    sign: bool = False

    def time(self, value: float) -> float:
        """Return the time of a value."""
        return self.start + self.rate * value

    def value(self, time: float) -> float:
        """Return the value of a time."""
        return (time - self.start) / self.rate


class TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose marks lie on round timecode; near by, where frames are wide, on milliseconds."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=-5)
        self._counting = Counting()
        self._labels: dict[float, str] = {}
        self.enableAutoSIPrefix(False)

    def count(self, counting: Counting) -> None:
        """Write values in another way from now on."""
        if counting != self._counting:
            self._counting = counting
            self.picture = None
            self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return (spacing, values) of the marks in view."""
        low, high = sorted((low, high))
        if high <= low or size <= 0:
            return []
        how = self._counting
        width = 84.0 if self.orientation in ("bottom", "top") else 26.0
        if (high - low) * float(how.frames.fps) < _FEWEST_FRAMES:
            return self._milliseconds(low, high, size, width)
        step = step_frames(how.frames, size / (high - low), width)
        found = list(marks(how.time(low), how.time(high), how.frames, how.drop, step, day=not how.sign))
        self._labels = {how.value(at): self._signed(label) for at, label in found}
        return [(step / float(how.frames.fps), list(self._labels))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the labels of marks."""
        return [self._labels.get(value, "") for value in values]

    def _signed(self, label: str) -> str:
        return f"+{label}" if self._counting.sign and not label.startswith("-") else label

    def _milliseconds(
        self, low: float, high: float, size: float, width: float
    ) -> list[tuple[float, list[float]]]:
        needed = (high - low) * width / size * 1000
        step = next((s for s in _MS_STEPS if s >= needed), _MS_STEPS[-1])
        first, last = int(low * 1000 / step), int(high * 1000 / step) + 1
        values = [number * step / 1000 for number in range(first, last + 1)]
        origin = values[0]
        self._labels = {v: f"{(v - origin) * 1000:+.{1 if step < 1 else 0}f} ms" for v in values}
        return [(step / 1000, values)]


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """One plot in the window's look.

    Attributes:
        bottom, left: Its axes.
    """

    def __init__(
        self,
        parent: QWidget,
        name: str,
        *,
        left: pg.AxisItem | None = None,
        bottom: pg.AxisItem | None = None,
    ) -> None:
        axes = {"bottom": bottom or TimeAxis("bottom")}
        if left is not None:
            axes["left"] = left
        super().__init__(parent, axisItems=axes, enableMenu=False)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.hideButtons()
        self.bottom, self.left = self.getAxis("bottom"), self.getAxis("left")
        if left is None:
            self.hideAxis("left")
        self.dress()

    def dress(self) -> None:
        """Take the theme's colours and the window's font, a little smaller."""
        self.setBackground(colour("panel"))
        font = self.small_font
        for axis in (self.bottom, self.left):
            axis.setPen(pg.mkPen(colour("line")))
            axis.setTextPen(pg.mkPen(colour("muted")))
            axis.setTickFont(font)

    @property
    def small_font(self) -> QFont:
        """The window's font, a little smaller."""
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() * 0.82, 7.0))
        return font

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "bottom"):
            self.dress()
        super().changeEvent(event)


def lag_line(vertical: Callable[[float], object]) -> pg.InfiniteLine:
    """Return the upright line of the lag under consideration; dragging it calls back with the lag."""
    line = pg.InfiniteLine(angle=90, movable=True)
    ink_lag(line)
    line.setCursor(Qt.CursorShape.SizeHorCursor)
    line.sigDragged.connect(lambda moved: vertical(float(moved.value())))
    return line


def ink_lag(line: pg.InfiniteLine) -> None:
    """Draw a line as the lag under consideration."""
    line.setPen(pg.mkPen(colour("text"), width=1.2))
    line.setHoverPen(pg.mkPen(colour("accent"), width=3))


def faint_line(angle: float) -> pg.InfiniteLine:
    """Return a line that only marks something: where the placements have the pair, where a rival lies."""
    return pg.InfiniteLine(angle=angle, pen=pg.mkPen(colour("muted"), width=1, style=Qt.PenStyle.DashLine))


def veiled(ink: str, alpha: int) -> QColor:
    """Return a colour that lets through what lies below."""
    shade = QColor(ink)
    shade.setAlpha(alpha)
    return shade


def same_view(plot: Plot, low: float, high: float) -> None:
    """Show a stretch of the horizontal axis, no more and no less."""
    box: Any = plot.getViewBox()
    box.setXRange(low, high, padding=0)
