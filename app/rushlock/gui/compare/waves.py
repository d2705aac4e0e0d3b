"""The waveforms of both clips over each other at the lag, zoomable to single samples.

The axis is the master's clip time. From afar the master's peaks stand up from the middle and the node's hang
down from it, so that what belongs together meets; near by the samples of both are drawn over each other. The
node's data lie on its own clip time and are moved by the lag. Peaks come from the window's store.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.gui.compare.plots import MASTER_INK, NODE_INK, Counting, Plot, faint_line, veiled
from rushlock.gui.peaks import Peaks
from rushlock.gui.side_job import SideJob
from rushlock.gui.theme import colour
from rushlock.media.clip import Clip

SAMPLES_BELOW_S = 1.0
"""Stretches shorter than this are drawn from samples."""

_RATE = 48_000
_MARGIN = 1.0  # read as much again to either side, so that small moves need no reading
_SETTLE_MS = 60
_ZOOM, _STEP = 0.7, 0.2
_LEAST_S = 0.004
_PEAKS_SCALE = 127.0

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples of a clip.

    Attributes:
        first: Number of the first one at ``_RATE``.
        values: float32 (n,), in units of what is loud in them.
    """

    first: int
    values: Floats

    def covers(self, start: float, end: float) -> bool:
        """Return whether a stretch of clip time is in here."""
        return self.first <= start * _RATE and end * _RATE <= self.first + len(self.values)


class _Side:
    """One clip's waveform."""

    def __init__(self, plot: Plot, way: float) -> None:
        self._way = way  # peaks stand up or hang down; samples are drawn as they are
        self.clip: Clip | None = None
        self.samples: Samples | None = None
        self.curve = pg.PlotCurveItem(connect="pairs")
        plot.addItem(self.curve, ignoreBounds=True)

    def show(self, clip: Clip | None) -> bool:
        """Go on with another clip; returns whether it is another."""
        other = (None if clip is None else clip.key) != (None if self.clip is None else self.clip.key)
        self.clip = clip
        if other:
            self.samples = None
            self.curve.setData(np.zeros(0), np.zeros(0))
        return other

    def draw(self, peaks: Peaks | None, start: float, end: float, columns: int) -> None:
        """Draw a stretch of clip time."""
        clip = self.clip
        if clip is None or not clip.has_sound or end <= start:
            self.curve.setData(np.zeros(0), np.zeros(0))
            return
        if end - start < SAMPLES_BELOW_S and self.samples is not None and self.samples.covers(start, end):
            self._draw_samples(self.samples, start, end)
            return
        pairs = None if peaks is None else peaks.peaks(clip.key, start, end, columns)
        if pairs is not None:
            xs = start + (np.arange(columns) + 0.5) * (end - start) / columns
            stems = np.zeros((columns, 2))
            stems[:, 1] = self._way * np.abs(pairs.astype(np.int16)).max(axis=1) / _PEAKS_SCALE
            self.curve.setData(np.repeat(xs, 2), stems.ravel(), connect="pairs")

    def _draw_samples(self, held: Samples, start: float, end: float) -> None:
        first = max(int(start * _RATE) - held.first, 0)
        last = min(int(end * _RATE) - held.first + 2, len(held.values))
        xs = (held.first + np.arange(first, last)) / _RATE
        self.curve.setData(xs, held.values[first:last], connect="all")


class WavesView(Plot):
    """Draws both waveforms.

    Signals:
        looked_at: The user points at a moment of the master, clip time in seconds.
    """

    looked_at = Signal(float)

    def __init__(self, parent: QWidget, peaks: Peaks | None = None) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Waveforms of both clips at the lag"))
        self._peaks, self._lag = peaks, 0.0
        self._master, self._node = _Side(self, 1.0), _Side(self, -1.0)
        self._hint = pg.TextItem(anchor=(0.5, 0.5))
        self.addItem(self._hint, ignoreBounds=True)
        self._moment = faint_line(90)
        self.addItem(self._moment, ignoreBounds=True)
        self._moment.hide()
        self._box = self.getViewBox()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.setYRange(-1.05, 1.05, padding=0)
        self._box.setLimits(minXRange=_LEAST_S)
        self._box.sigXRangeChanged.connect(self._draw)
        self._box.sigResized.connect(self._draw)
        self.scene().sigMouseClicked.connect(self._clicked)
        self.reading = SideJob(self)
        self._fresh = QTimer(self, singleShot=True, interval=0)  # once the pair's own lag is there
        self._fresh.timeout.connect(self.fit)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._read)
        if peaks is not None:
            peaks.arrived.connect(self._arrived)
        self.dress()

    def show_pair(self, master: Clip | None, node: Clip | None, lag: float) -> None:
        """Show other clips."""
        others = [self._master.show(master), self._node.show(node)]
        if any(others):
            self.reading.stop()
            self._lag = lag
            self._node.curve.setPos(lag, 0.0)
            self._fresh.start()
        self._draw()

    def show_lag(self, lag: float) -> None:
        """Move the node."""
        if lag != self._lag:
            self._lag = lag
            self._node.curve.setPos(lag, 0.0)
            self._draw_node()
            self._settle.start()

    def show_moment(self, master: float | None) -> None:
        """Mark where the playhead is, as the master's clip time."""
        self._moment.setVisible(master is not None)
        if master is not None:
            self._moment.setPos(master)

    def count(self, counting: Counting) -> None:
        """Write the axis in another way."""
        self.bottom.count(counting)

    def fit(self) -> None:
        """Show what both share, or both clips where they share nothing."""
        master, node = (0.0 if s.clip is None else float(s.clip.duration) for s in (self._master, self._node))
        low, high = max(0.0, self._lag), min(master, self._lag + node)
        if high <= low:
            low, high = min(0.0, self._lag), max(master, self._lag + node)
        self._box.setXRange(low, max(high, low + 1.0), padding=0.01)

    def near(self, seconds: float) -> None:
        """Show so many seconds around the middle of the view, or around a playhead in view."""
        (low, high), _ = self._box.viewRange()
        at = float(self._moment.value())
        middle = at if self._moment.isVisible() and low <= at <= high else (low + high) / 2
        self._box.setXRange(middle - seconds / 2, middle + seconds / 2, padding=0)

    def dress(self) -> None:
        """Take the theme's colours."""
        super().dress()
        if hasattr(self, "_moment"):
            self._master.curve.setPen(pg.mkPen(veiled(MASTER_INK, 210), width=1))
            self._node.curve.setPen(pg.mkPen(veiled(NODE_INK, 165), width=1))
            self._hint.setColor(colour("muted"))
            self._moment.setPen(pg.mkPen(colour("text"), width=1, style=Qt.PenStyle.DotLine))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pan by arrows, zoom by plus and minus, show all by Home."""
        (low, high), _ = self._box.viewRange()
        moves = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        if event.key() in moves and not event.modifiers():
            self._box.translateBy(x=moves[Qt.Key(event.key())] * (high - low))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.near((high - low) * _ZOOM)
        elif event.key() == Qt.Key.Key_Minus:
            self.near((high - low) / _ZOOM)
        elif event.key() == Qt.Key.Key_Home:
            self.fit()
        else:
            event.ignore()

    def _draw(self) -> None:
        (low, high), _ = self._box.viewRange()
        self._master.draw(self._peaks, low, high, self._columns)
        self._draw_node()
        self._hint.setPos((low + high) / 2, -0.5)
        self._hint.setText(self._hint_words())
        self._settle.start()

    def _hint_words(self) -> str:
        """Return what the plot cannot show yet, or ever."""
        clips = [side.clip for side in (self._master, self._node) if side.clip is not None]
        silent = [clip.name for clip in clips if not clip.has_sound]
        if silent:
            return str(self.tr("No sound: {names}")).format(names=", ".join(silent))
        if self._peaks is not None and not all(self._peaks.has(clip.key) for clip in clips):
            return str(self.tr("Sound is being drawn…"))
        return ""

    def _draw_node(self) -> None:
        (low, high), _ = self._box.viewRange()
        self._node.draw(self._peaks, low - self._lag, high - self._lag, self._columns)

    @property
    def _columns(self) -> int:
        return max(int(self._box.width()), 50)

    def _arrived(self, key: str) -> None:
        if any(side.clip is not None and side.clip.key == key for side in (self._master, self._node)):
            self._draw()

    def _read(self) -> None:
        """Read samples where the view is near enough to need them."""
        (low, high), _ = self._box.viewRange()
        if high - low >= SAMPLES_BELOW_S or not self.isVisible():
            return
        wanted = []
        for side, start, end in (
            (self._master, low, high),
            (self._node, low - self._lag, high - self._lag),
        ):
            if side.clip is None or not side.clip.has_sound:
                continue
            if side.samples is None or not side.samples.covers(start, end):
                room = _MARGIN * (end - start)
                wanted.append((side.clip, start - room, end + room))
        if wanted:
            self.reading.start(lambda token: _samples(wanted, token), self._take)

    def _take(self, found: dict[str, Samples]) -> None:
        for side in (self._master, self._node):
            if side.clip is not None and side.clip.key in found:
                side.samples = found[side.clip.key]
        (low, high), _ = self._box.viewRange()
        self._master.draw(self._peaks, low, high, self._columns)
        self._draw_node()

    def _clicked(self, event: object) -> None:
        position = getattr(event, "scenePos", QPointF)()
        if self._box.sceneBoundingRect().contains(position):
            self.looked_at.emit(float(self._box.mapSceneToView(position).x()))


def _samples(wanted: list[tuple[Clip, float, float]], token: CancelToken) -> Stage[dict[str, Samples]]:
    """Read stretches of clips' sound."""
    from rushlock.features.waveform import Waveform

    found: dict[str, Samples] = {}
    for done, (clip, start, end) in enumerate(wanted):
        token.check()
        yield Progress("Reading sound", done, len(wanted), clip.name)
        first, last = int(start * _RATE), int(end * _RATE) + 1
        with Waveform(clip, _RATE) as reader:
            values = reader.read(first, last - first)
        loud = float(np.percentile(np.abs(values), 99.5)) if values.size else 0.0
        found[clip.key] = Samples(first, values / np.float32(max(loud, 1e-5)))
    return found
