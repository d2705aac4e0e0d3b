"""Waveforms of a lane as one picture: the columns of all its clips are filled in at once by numpy."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from rushlock.gui.timeline.bars import Bars
from rushlock.gui.timeline.inks import wave_ink
from rushlock.gui.timeline.lanes import Lane
from rushlock.gui.timeline.sight import HEADER, Sight

_THINNEST = 6  # pixels of a bar in which a waveform can be told from noise

Pairs = NDArray[np.int8]


class PeakSource(Protocol):
    """Whoever has peaks: ``gui.peaks.Peaks``."""

    def peaks(self, key: str, start: float, end: float, columns: int) -> Pairs | None:
        """Return int8 (columns, 2), None where they are not here yet."""
        ...


def wave_image(
    lane: Lane, bars: Bars, sight: Sight, peaks: PeakSource, height: int, ratio: float
) -> QImage | None:
    """Return the waveforms of a lane in view, from the header's edge to the view's right edge.

    Args:
        lane: The lane.
        bars: What of it is in view.
        sight: What is in view.
        peaks: Asked for every clip that is wide enough.
        height: Pixels of the picture.
        ratio: Device pixels to a pixel.

    Returns:
        With transparent ground; None where there is nothing to show.
    """
    columns = max(round((sight.width - HEADER) * ratio), 1)
    pairs, inks = np.zeros((columns, 2), np.int8), np.zeros(columns, np.uint32)
    for bar in np.flatnonzero(bars.right - bars.left >= _THINNEST).tolist():
        first = max(round((int(bars.left[bar]) - HEADER) * ratio), 0)
        last = min(round((int(bars.right[bar]) - HEADER) * ratio), columns)
        if last <= first:
            continue
        place = int(bars.places[bar])
        start, end = (
            _clip_time(lane, place, sight.left + at / (sight.scale * ratio)) for at in (first, last)
        )
        found = peaks.peaks(lane.rows[place].key, start, end, last - first)
        if found is not None:
            pairs[first:last] = found
            inks[first:last] = wave_ink(int(bars.inks[bar]))
    return _drawn(pairs, inks, round(height * ratio), ratio) if inks.any() else None


def _clip_time(lane: Lane, place: int, axis: float) -> float:
    """Return the clip time at an axis position; drift is taken as even, which no pixel shows."""
    left, right = float(lane.left[place]), float(lane.right[place])
    return (axis - left) * float(lane.rows[place].clip.duration) / max(right - left, 1e-9)


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
