"""What is seen of a clip, without any weights: how like each other its frames are from moment to moment.

Two kinds of likeness, whose distances come from ``likeness``: of *shapes* (grey pictures, less what camera
and light can do to them) and of *flow* (what moves where). Beside them what *rises* and sinks, and the
brightness of the picture, for flashes and switched lights. All lie on one grid of 30 moments a second of clip
time, whatever the clip's own rate: moment ``k`` of a track is clip time ``(first + k) * HOP_S``.

Nothing is padded: a clip's first moment is at its first frame, its last one at its last. Where no frame came
for ``GAP_S`` (a torn file, a gap between chapters) moments are marked as not present.

Pictures are scaled down while they are decoded, to twice what is compared: the mean of four pixels tells more
steps of grey apart than one, and what mice do in the dark lies between two steps. Of fast cameras only every
other frame or fewer are looked at. A clip is worked through in blocks; an hour's track has some 4 MB.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken
from rushlock.features.likeness import (
    Floats,
    flows,
    on_grid,
    patches,
    plain_distances,
    rises,
    still_distances,
)
from rushlock.media.clip import Clip
from rushlock.media.framing import Picture, Whole
from rushlock.media.pictures import frames

RATE = 30
HOP_S = 1 / RATE
SPANS = 8
"""Moments up to which neighbours are compared: a quarter of a second."""

VERSION = "motion-2"
"""Part of the cache key: change it with anything that changes the numbers."""

GAP_S = 0.5

SIDE = 48
"""Width and height of the pictures that are compared."""

DECODED = 2 * SIDE
"""Width and height of those that are asked for."""

MOST_FPS = Fraction(32)
"""Of faster clips only every other frame or fewer are looked at."""

_BLOCK_S = 8.0
_EDGE_S = 1e-6

Halfs = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class MotionTrack:
    """How like each other the frames of a clip are.

    Attributes:
        first: Number of the first moment: its clip time is ``first * HOP_S``.
        shape: float16 (n, SPANS): distance of the shapes at a moment and 1 .. SPANS moments later; what lies
            beyond the end is 0.
        flow: The same of what moves.
        rise: float16 (n, 2): how much moves down and up, pixels of 48 to a side a second over all cells.
        light: float16 (n,): logarithm of the picture's mean brightness.
        present: bool (n,): whether frames were there.
    """

    first: int
    shape: Halfs
    flow: Halfs
    rise: Halfs
    light: Halfs
    present: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.light)

    @property
    def start(self) -> float:
        """Clip time of the first moment, seconds."""
        return self.first * HOP_S

    def part(self, begin: int, end: int) -> "MotionTrack":
        """Return the moments from one place in the arrays to another."""
        cut = slice(max(begin, 0), max(end, 0))
        return MotionTrack(
            self.first + cut.start,
            self.shape[cut],
            self.flow[cut],
            self.rise[cut],
            self.light[cut],
            self.present[cut],
        )


def watch(
    clip: Clip,
    token: CancelToken,
    *,
    threads: int = 1,
    hardware: bool = False,
    seen: Callable[[float], object] | None = None,
) -> MotionTrack:
    """Return the track of a clip.

    Args:
        clip: Has pictures.
        token: Checked at every decoded frame.
        threads: For decoding.
        hardware: Whether the graphics card may decode.
        seen: Called with the clip time up to which has been watched.

    Raises:
        MediaError: No picture can be read.
    """
    framing = Whole(DECODED, DECODED)
    decoded = frames(clip, framing, token, kind="gray", most=MOST_FPS, threads=threads, hardware=hardware)
    return track_of(((float(at), picture) for at, picture in decoded), seen)


def track_of(
    shown: Iterator[tuple[float, Picture | Floats]], seen: Callable[[float], object] | None = None
) -> MotionTrack:
    """Return the track of (clip time, grey picture of ``DECODED`` or ``SIDE``), in order of time."""
    blocks, pending = [], _Pending()
    for at, picture in shown:
        pending.add(at, picture)
        if pending.seconds >= _BLOCK_S + (SPANS + 1) * HOP_S:
            blocks.append(pending.taken(last=False))
            if seen is not None:
                seen(at)
    blocks.append(pending.taken(last=True))
    first, columns = pending.first or 0, zip(*blocks, strict=True)
    shape, flow, rise, light, present = (np.concatenate(column) for column in columns)
    return MotionTrack(first, shape, flow, rise, light, present)


def _halved(picture: Picture | Floats) -> Floats:
    halved: Floats = picture.reshape(SIDE, 2, SIDE, 2).mean(axis=(1, 3), dtype=np.float32)
    return halved


_Block = tuple[Halfs, Halfs, Halfs, Halfs, npt.NDArray[np.bool_]]


class _Pending:
    """Frames whose moments are still to be worked out.

    Attributes:
        first: Number of the very first moment, None before the first frame.
    """

    def __init__(self) -> None:
        self.first: int | None = None
        self._next = 0
        self._times: list[float] = []
        self._pictures: list[Picture | Floats] = []

    @property
    def seconds(self) -> float:
        """Time from the next moment to the last frame."""
        return self._times[-1] - self._next * HOP_S if self._times else 0.0

    def add(self, at: float, picture: Picture | Floats) -> None:
        if self.first is None:
            self.first = self._next = ceil(at / HOP_S - _EDGE_S)
        self._times.append(at)
        self._pictures.append(_halved(picture) if len(picture) == DECODED else picture)

    def taken(self, *, last: bool) -> _Block:
        """Return what can be said by now; with ``last`` up to the last frame."""
        if not self._times:
            nothing = np.zeros((0, SPANS), np.float16)
            return nothing, nothing, nothing[:, :2], np.zeros(0, np.float16), np.zeros(0, np.bool_)
        reach = floor(self._times[-1] / HOP_S + _EDGE_S) - (0 if last else SPANS)
        grid = np.arange(self._next, reach + 1, dtype=np.float64) * HOP_S
        times = np.array(self._times)
        pictures = np.stack(self._pictures).astype(np.float32)
        self._next = max(reach + 1, self._next)
        keep = max(int(np.searchsorted(times, self._next * HOP_S, side="right")) - 2, 0)
        del self._times[:keep], self._pictures[:keep]
        return _moments(times, pictures, grid)


def _moments(times: npt.NDArray[np.float64], pictures: Floats, grid: npt.NDArray[np.float64]) -> _Block:
    """Return what shapes, flow, rise, light are, and presence, at the moments of a grid."""
    latest = np.searchsorted(times, times + (SPANS + 1) * HOP_S)
    most = int((latest - np.arange(len(times))).max()) + 1
    vectors, moves = patches(pictures)
    flow = flows(pictures)
    near = [
        np.nan_to_num(on_grid(times, distances, grid, SPANS, HOP_S)).astype(np.float16)
        for distances in (still_distances(vectors, moves, most), plain_distances(flow, most))
    ]
    rise = np.stack([np.interp(grid, times, way) for way in rises(times, flow).T], axis=1)
    light = np.interp(grid, times, np.log1p(pictures.mean(axis=(1, 2)))).astype(np.float16)
    after = np.clip(np.searchsorted(times, grid, side="right"), 1, max(len(times) - 1, 1))
    apart = np.diff(times)[after - 1] if len(times) > 1 else np.zeros(len(grid))
    return near[0], near[1], rise.astype(np.float16), light, apart <= GAP_S
