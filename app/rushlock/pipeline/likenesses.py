"""Small heatmaps for the report: doubtful clips, then others, against the clip that tells most of each.

Made of what a run left in the cache and of nothing else: a report decodes no media. A clip of which the cache
has lost its track has no picture in the report, and all else is there. Pictures are kept, too: a project
that is written again and again draws them once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache, open_default
from rushlock.export.delivery import Delivery
from rushlock.export.likeness import Likeness
from rushlock.export.png import png
from rushlock.features.binned import (
    BIN_S,
    heard_bins,
    heard_channels,
    heard_present,
    seen_bins,
    seen_channels,
    seen_present,
)
from rushlock.features.heard import VERSION as HEARD
from rushlock.features.hearing import kept_track as kept_heard
from rushlock.features.motion import VERSION as SEEN
from rushlock.features.watching import kept_track as kept_seen
from rushlock.media.clip import Clip
from rushlock.placements.sync_map import Evidence, Placement, Status
from rushlock.similarity.colours import coloured
from rushlock.similarity.scales import ScaledMatrix, Scales, scales

STAGE = "Drawing likenesses"
MOST = 48
"""Pictures of a report, at most: some 20 KB each."""

SIDE = 144
"""Longer side of a picture in cells."""

VERSION = "likeness-1"
"""Part of the cache key: change it with anything that changes a picture."""

_KEPT = 8
"""Clips that are held ready: an hour of sound takes 4 MB."""

_DASH = 3
_ORDER = (Status.REVIEW, Status.UNSYNCED, Status.MANUAL, Status.SYNCED, Status.LOCKED)

Pixels = npt.NDArray[np.uint8]


def with_likenesses(delivery: Delivery, token: CancelToken, cache: Cache | None = None) -> Stage[Delivery]:
    """Return a delivery with the pictures that its report shows.

    Args:
        delivery: Its evidence says which clips to compare.
        token: Checked between pictures.
        cache: Where tracks are kept; None: where the settings say.
    """
    drawn = _Drawer(open_default(delivery.settings) if cache is None else cache)
    by_key = {clip.key: clip for clip in delivery.clips}
    made: list[Likeness] = []
    asked = list(_asked(delivery))
    for done, (placement, evidence) in enumerate(asked):
        if len(made) == MOST:
            break
        token.check()
        yield Progress(STAGE, done, len(asked), by_key[placement.clip].name, "clips")
        picture = drawn.picture(by_key[evidence.other], by_key[placement.clip], evidence, delivery)
        if picture is not None:
            made.append(Likeness(placement.clip, evidence.other, evidence.kind, picture))
    return replace(delivery, likenesses=tuple(made))


def _asked(delivery: Delivery) -> Iterator[tuple[Placement, Evidence]]:
    """Yield the clips to be shown, doubtful ones first, with the strongest that another clip says of them."""
    known = {clip.key for clip in delivery.clips}
    placements = sorted(delivery.sync_map.placements, key=lambda p: _ORDER.index(p.status))
    for placement in placements:
        told = (e for e in placement.evidence if e.kind in ("sound", "picture") and e.other in known)
        evidence = next(told, None)
        if evidence is not None and placement.clip in known:
            yield placement, evidence


class _Drawer:
    """Draws pairs; a clip that many are compared with is prepared once."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._scales: dict[tuple[str, str], Scales | None] = {}

    def picture(self, master: Clip, node: Clip, evidence: Evidence, delivery: Delivery) -> bytes | None:
        """Return a PNG, None where the cache lacks a track or nothing can be compared."""
        lag = _lag(master, node, evidence, delivery)
        about = "" if lag is None else f"{lag:.4f}"
        key = digest(VERSION, HEARD, SEEN, master.key, node.key, evidence.kind, about)
        kept = self._cache.arrays(key)
        if kept is not None:
            return kept["png"].tobytes()
        drawn = self._drawn(master, node, evidence.kind, lag)
        if drawn is not None:
            self._cache.store_arrays(key, {"png": np.frombuffer(drawn, np.uint8)})
        return drawn

    def _drawn(self, master: Clip, node: Clip, kind: str, lag: float | None) -> bytes | None:
        above, across = (self._of(clip, kind) for clip in (master, node))
        if above is None or across is None:
            return None
        matrix = ScaledMatrix(above, across)
        level = _level(matrix, max(float(master.duration), float(node.duration)))
        if 0 in matrix.shape(level):
            return None
        rows, columns = (_spread(count) for count in matrix.shape(level))
        pixels = coloured(matrix.cells(level, rows, columns), *matrix.stretch(level))
        if lag is not None:
            _mark(pixels, matrix, level, (rows, columns), lag)
        return png(pixels)

    def _of(self, clip: Clip, kind: str) -> Scales | None:
        key = clip.key, kind
        if key not in self._scales:
            if len(self._scales) == _KEPT:
                del self._scales[next(iter(self._scales))]
            self._scales[key] = self._heard(clip) if kind == "sound" else self._seen(clip)
        return self._scales[key]

    def _heard(self, clip: Clip) -> Scales | None:
        track = kept_heard(self._cache, clip) if clip.has_sound else None
        if track is None or not heard_bins(track):
            return None
        return scales(heard_channels(track), heard_present(track), 0.0, BIN_S)

    def _seen(self, clip: Clip) -> Scales | None:
        track = kept_seen(self._cache, clip) if clip.picture is not None else None
        if track is None or not seen_bins(track):
            return None
        return scales(seen_channels(track), seen_present(track), 0.0, BIN_S)


def _level(matrix: ScaledMatrix, seconds: float) -> int:
    """Return the finest level of which a clip fills ``SIDE`` cells at most: a thin diagonal loses no cell."""
    level = matrix.level_for(seconds / SIDE)
    finer = matrix.width(level) * SIDE < seconds
    return level + 1 if finer and level + 1 < matrix.levels else level


def _lag(master: Clip, node: Clip, evidence: Evidence, delivery: Delivery) -> float | None:
    """Return the node's start less the master's where the sync map has both, else where evidence has it."""
    starts = [delivery.sync_map.by_clip[clip.key].start for clip in (master, node) if _placed(delivery, clip)]
    if len(starts) == 2 and starts[0] is not None and starts[1] is not None:
        return starts[1] - starts[0]
    if evidence.offset is not None and starts and starts[0] is not None and _placed(delivery, master):
        return evidence.offset - starts[0]
    return None


def _placed(delivery: Delivery, clip: Clip) -> bool:
    placement = delivery.sync_map.by_clip.get(clip.key)
    return placement is not None and placement.start is not None


def _spread(count: int) -> npt.NDArray[np.int64]:
    """Return numbers evenly over a range, ``SIDE`` of them at most."""
    return np.unique(np.linspace(0, count - 1, min(count, SIDE)).round().astype(np.int64))


def _mark(
    pixels: Pixels,
    matrix: ScaledMatrix,
    level: int,
    cells: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    lag: float,
) -> None:
    """Dash the line on which both clips show the same moment."""
    rows, columns = cells
    width, (top, left) = matrix.width(level), matrix.origin(level)
    times = left + columns * width + lag  # on the master's clock
    wanted = np.searchsorted(top + rows * width, times)
    for column, row in _inside(wanted, len(rows)):
        if column // _DASH % 2 == 0:
            pixels[row, column] = 255


def _inside(rows: npt.NDArray[np.intp], height: int) -> Iterable[tuple[int, int]]:
    return ((column, int(row)) for column, row in enumerate(rows) if 0 < row < height)
