"""Waveforms of a lane as one picture: the columns of all its clips are filled in at once by numpy."""

from collections import OrderedDict
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from rushlock.gui.shoot import Row
from rushlock.gui.timeline.bars import Bars
from rushlock.gui.timeline.inks import wave_ink
from rushlock.gui.timeline.lanes import Lane
from rushlock.gui.timeline.sight import HEADER, Sight

_MOST_KEPT = 20_000  # some 5 MB where clips are small, and where they are not, few fit into a view
_THINNEST = 6  # pixels of a bar in which a waveform can be told from noise

Pairs = NDArray[np.int8]


class PeakSource(Protocol):
    """Whoever has peaks: ``gui.peaks.Peaks``."""

    def peaks(self, key: str, start: float, end: float, columns: int) -> Pairs | None:
        """Return int8 (columns, 2), None where they are not here yet."""
        ...


class Waves:
    """Draws waveforms; keeps the columns of clips that are wholly in view, alike wherever one scrolls."""

    def __init__(self, source: PeakSource) -> None:
        self._source = source
        self._kept: OrderedDict[tuple[str, int], Pairs] = OrderedDict()

    def image(self, lane: Lane, bars: Bars, sight: Sight, height: int, ratio: float) -> QImage | None:
        """Return the waveforms of a lane in view, from the header's edge to the view's right edge.

        Args:
            lane: The lane.
            bars: What of it is in view; whoever has peaks is asked for every clip that is wide enough.
            sight: What is in view.
            height: Pixels of the picture.
            ratio: Device pixels to a pixel.

        Returns:
            With transparent ground; None where there is nothing to show.
        """
        columns = max(round((sight.width - HEADER) * ratio), 1)
        pairs, inks = np.zeros((columns, 2), np.int8), np.zeros(columns, np.uint32)
        wide = np.flatnonzero(bars.right - bars.left >= _THINNEST)
        firsts = np.rint((bars.left[wide] - HEADER) * ratio).astype(np.int64).tolist()
        lasts = np.rint((bars.right[wide] - HEADER) * ratio).astype(np.int64).tolist()
        rows = zip(bars.places[wide].tolist(), bars.inks[wide].tolist(), firsts, lasts, strict=True)
        for place, ink, first, last in rows:
            if first >= 0 and last <= columns:
                found = self._whole(lane.rows[place], last - first)
            else:
                first, last = max(first, 0), min(last, columns)
                found = self._part(lane, place, sight, ratio, (first, last)) if last > first else None
            if found is not None:
                pairs[first:last] = found
                inks[first:last] = wave_ink(ink)
        return _drawn(pairs, inks, round(height * ratio), ratio) if inks.any() else None

    def _whole(self, row: Row, columns: int) -> Pairs | None:
        key = row.key, columns
        found = self._kept.get(key)
        if found is None:
            found = self._source.peaks(row.key, 0.0, float(row.clip.duration), columns)
            if found is not None:
                self._kept[key] = found
                if len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return found

    def _part(
        self, lane: Lane, place: int, sight: Sight, ratio: float, columns: tuple[int, int]
    ) -> Pairs | None:
        row, left, right = lane.rows[place], float(lane.left[place]), float(lane.right[place])
        pace = float(row.clip.duration) / max(right - left, 1e-9)  # drift is even here: no pixel shows it
        start, end = ((sight.left + at / (sight.scale * ratio) - left) * pace for at in columns)
        return self._source.peaks(row.key, start, end, columns[1] - columns[0])


def _drawn(pairs: Pairs, inks: NDArray[np.uint32], height: int, ratio: float) -> QImage:
    """Return vertical lines from the lowest to the highest value of each column."""
    middle = (height - 1) / 2
    top = np.rint(middle - pairs[:, 1] * (middle / 127)).astype(np.int16)
    bottom = np.rint(middle - pairs[:, 0] * (middle / 127)).astype(np.int16)
    rows = np.arange(height, dtype=np.int16)[:, None]
    pixels = ((rows >= top) & (rows <= bottom)) * inks
    image = QImage(
        pixels.tobytes(), len(inks), height, 4 * len(inks), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    return image.copy()  # Qt does not keep numpy's memory alive
