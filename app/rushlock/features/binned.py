"""What is heard and seen of a clip, on one grid of bins, for looking at (``similarity.scales``).

Bin ``k`` covers clip time from ``k * BIN_S`` to the next, for sound and picture alike, so that both can be
set side by side. Of sound: how strongly each band rises, and the loudness. Of picture: patterns of shape and
flow, their pace, and light (see ``aspects``).
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from rushlock.features.aspects import ASPECTS, View
from rushlock.features.heard import BANDS, HOP_S, ORIGIN_S, HeardTrack
from rushlock.features.likeness import Floats
from rushlock.features.motion import HOP_S as MOMENT_S
from rushlock.features.motion import MotionTrack

Bools = npt.NDArray[np.bool_]
Doubles = npt.NDArray[np.float64]

BIN_S = MOMENT_S
"""Seconds of a bin: a moment of the picture's grid."""

_SHOWN = ("shape", "flow", "shape's pace", "flow's pace", "rise", "light")
_SILENT_DB = -90.0
_FAINT_DB = -60.0


def heard_bins(track: HeardTrack) -> int:
    """Return how many bins a sound fills."""
    return int(track.duration / BIN_S)


def heard_present(track: HeardTrack) -> Bools:
    """Return bool (bins,): where there is sound."""
    return _means((track.level > _SILENT_DB).astype(np.float64), heard_bins(track)) > 0.5


def heard_channels(track: HeardTrack) -> Iterator[Doubles]:
    """Yield (bins,) channels: the rise of each band, which onsets are made of, and the loudness."""
    count = heard_bins(track)
    for band in range(BANDS):
        yield _means(np.maximum(track.onsets[:, band].astype(np.float64), 0.0), count)
    yield _means(np.maximum(track.level.astype(np.float64), _FAINT_DB), count)


def _means(values: Doubles, count: int) -> Doubles:
    """Return the means over bins of values that lie ``HOP_S`` apart, each the middle of its own hop."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    edges = ORIGIN_S + (np.arange(len(sums)) - 0.5) * HOP_S
    at = np.interp(np.arange(count + 1) * BIN_S, edges, sums)
    return np.asarray(np.diff(at) * (HOP_S / BIN_S), np.float64)


def seen_bins(track: MotionTrack) -> int:
    """Return how many bins a picture fills, those before its first moment included."""
    return track.first + len(track)


def seen_present(track: MotionTrack) -> Bools:
    """Return bool (bins,): where there is picture."""
    return np.concatenate([np.zeros(track.first, np.bool_), track.present])


def seen_channels(track: MotionTrack) -> Iterator[Floats]:
    """Yield (bins,) channels of what is shown of a picture."""
    ahead = np.zeros(track.first, np.float32)
    for aspect in (a for a in ASPECTS if a.name in _SHOWN):
        for channel in View(track, aspect).channels():
            yield np.concatenate([ahead, channel])
