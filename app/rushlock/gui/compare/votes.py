"""Every method's vote as a row of its own, one axis for all: curve, places as bars, weight; the sum below."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from rushlock.gui.compare import wording
from rushlock.gui.compare.curve import drawn
from rushlock.gui.compare.plots import Counting, Plot, ink_lag, lag_line, veiled
from rushlock.gui.theme import colour
from rushlock.gui.words import chance_label
from rushlock.pipeline.pair_view.ballot import Ballot, Vote

_CURVE_SHARE = 0.62  # of a row's height; bars may fill it
_CEILING = 0.97
_NAMES = 122
"""Pixels for the methods' names and what they give."""

_ROW = 1.0
_AROUND_S = 3.0


class VotesView(Plot):
    """Draws a ballot.

    Signals:
        lag_dragged: The user holds the pair together at another lag, seconds.
    """

    lag_dragged = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        self._names = pg.AxisItem("left", maxTickLength=0)
        super().__init__(parent, "", left=self._names)
        self._names.setWidth(_NAMES)
        self.setAccessibleName(self.tr("Votes of all methods"))
        self._ballot, self._stale = Ballot(), False
        self._lag = lag_line(self.lag_dragged.emit)
        self.addItem(self._lag, ignoreBounds=True)
        self._drawn: list[pg.GraphicsObject] = []
        self._labels: list[tuple[pg.TextItem, float]] = []
        self._curves: list[tuple[pg.PlotCurveItem, Vote, float]] = []
        self._box = self.getViewBox()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.sigXRangeChanged.connect(self._redraw)
        self._box.sigResized.connect(self._redraw)
        self.dress()

    def show_ballot(self, ballot: Ballot, lag: float, *, keep_view: bool) -> None:
        """Draw other votes."""
        self._ballot, self._stale = ballot, True
        self._build_if_seen()
        self.show_lag(lag)
        if not keep_view:
            self.fit()
        self._redraw()

    def show_lag(self, lag: float) -> None:
        """Draw the lag under consideration, and what each gives it."""
        if self._lag.value() != lag:
            self._lag.setValue(lag)
        self._label(lag)

    def count(self, counting: Counting) -> None:
        """Write the axis in another way."""
        self.bottom.count(counting)

    def fit(self) -> None:
        """Show all lags at which somebody sees something, and around the one under consideration."""
        marks = [at for vote in self._ballot.votes for at, _ in vote.places]
        marks += [p.offset for p in self._ballot.places if p.chance > 0]
        low, high = min(marks, default=self._lag.value()), max(marks, default=self._lag.value())
        room = max(_AROUND_S, (high - low) * 0.15)
        self._box.setXRange(low - room, high + room, padding=0)

    def spoken(self, lag: float) -> str:
        """Return all votes on a lag in words."""
        return "; ".join(f"{name}: {given}, {weight}" for name, given, weight in self._said(lag))

    def dress(self) -> None:
        """Take the theme's colours."""
        super().dress()
        if hasattr(self, "_lag"):
            ink_lag(self._lag)
            self._names.setTextPen(pg.mkPen(colour("text")))
            if hasattr(self, "_box"):
                self._stale = True
                self._build_if_seen()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not worth drawing before."""
        super().showEvent(event)
        self._build_if_seen()

    def _build_if_seen(self) -> None:
        """Draw the rows anew, unless they lie behind another tab."""
        if self._stale and self.isVisible():
            self._stale = False
            self._build()
            self._redraw()
            self._label(float(self._lag.value()))

    def _build(self) -> None:
        for item in self._drawn:
            self.removeItem(item)
        self._drawn, self._curves, self._labels = [], [], []
        votes = self._ballot.votes
        for number, vote in enumerate(votes):
            base = len(votes) - number
            ink = colour("accent") if vote.counts else colour("muted")
            curve = pg.PlotCurveItem(connect="finite", pen=pg.mkPen(ink), fillLevel=base)
            curve.setBrush(veiled(ink.name(), 60))
            self._add(curve)
            self._curves.append((curve, vote, base))
            self._bars(vote.places, base, pg.mkPen(ink, width=3))
            self._add(pg.InfiniteLine(pos=base, angle=0, pen=pg.mkPen(colour("line"))))
        fused = [(p.offset, p.chance) for p in self._ballot.places if p.chance > 0]
        self._bars(fused, 0.0, pg.mkPen(colour("warning"), width=5))
        for row in range(len(votes) + 1):
            text = pg.TextItem("", color=colour("muted"), fill=veiled(colour("panel").name(), 150))
            text.setFont(self.small_font)
            text.setAnchor((1, 0))
            self._labels.append((text, len(votes) - row + _CEILING))
            self._add(text)
        self._box.setYRange(-0.06, (len(votes) + 1) * _ROW, padding=0)

    def _bars(self, places: Sequence[tuple[float, float]], base: float, pen: object) -> None:
        xs = [at for at, _ in places for _ in range(2)]
        ys = [base + y for _, chance in places for y in (0.0, 0.94 * chance)]
        self._add(pg.PlotCurveItem(np.array(xs), np.array(ys), connect="pairs", pen=pen))

    def _add(self, item: pg.GraphicsObject) -> None:
        self.addItem(item, ignoreBounds=True)
        self._drawn.append(item)

    def _redraw(self) -> None:
        if self._stale:
            return
        (low, high), _ = self._box.viewRange()
        for text, top in self._labels:
            text.setPos(high, top)
        for item, vote, base in self._curves:
            offsets, heights = drawn(vote.curve, low, high, max(self.width() - _NAMES, 100))
            part = np.clip(heights / max(vote.curve.top, 1e-9), 0.0, 1.0)
            item.setData(offsets, base + _CURVE_SHARE * part)

    def _label(self, lag: float) -> None:
        if self._stale:
            return
        said = self._said(lag)
        for (text, _), (_, _, weight) in zip(self._labels, said, strict=True):
            text.setText(weight)
        rows = len(said)
        ticks = [(rows - n - 0.5, f"{name}  {given}") for n, (name, given, _) in enumerate(said)]
        self._names.setTicks([ticks])

    def _said(self, lag: float) -> list[tuple[str, str, str]]:
        """Return (method, what it gives a lag, its weight) from top to bottom, all together last."""
        rows = []
        for vote in self._ballot.votes:
            given = chance_label(vote.chance(lag))
            weight = (
                self.tr("weight {weight}").format(weight=f"{vote.weight:.1f}")
                if vote.counts
                else self.tr("not counted")
            )
            rows.append((wording.method_word(vote.method), given, weight))
        nowhere = self.tr("nowhere {none}").format(none=chance_label(self._ballot.none))
        return [*rows, (self.tr("Together"), chance_label(self._ballot.chance(lag)), nowhere)]
