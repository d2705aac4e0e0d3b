"""The similarity of two clips at every zoom: stretches of time whose length grows with what a cell covers.

A matrix of hours by hours at a thirtieth of a second has ten thousand million cells; made smaller, it loses
its diagonal, which is thinner than any square. So each zoom has a matrix of its own: a clip is cut into
*bins*, each level's twice as wide as those of the level before and the mean of two of them, and a cell
compares *stretches* of ``SPAN`` bins. What two clips share stays visible at every zoom, as what happens in
milliseconds near by and as what happens in minutes from afar, and a tile costs the same at any zoom: nothing
is summed up from cells that nobody sees.

Only for looking at: offsets are found elsewhere, on everything there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.similarity.heatmap import stretch
from rushlock.similarity.matrix import Metric, similarity
from rushlock.similarity.tiles import TILE
from rushlock.similarity.vectors import Floats, Vectors

Halfs = npt.NDArray[np.float16]
Bools = npt.NDArray[np.bool_]
Channel = npt.NDArray[np.float32] | npt.NDArray[np.float64]

SPAN = 12
"""Bins that one stretch takes in."""

MOST_BINS = 1 << 16
"""Bins of the finest level, at most: memory is bounded whatever the length."""

_FEWEST = 48
"""A level of fewer bins tells nothing."""

_FAINT = 0.7
"""Length of a usual stretch's part that resembles nothing: two stretches of next to nothing are not alike."""

_SAMPLED = 384
_LEAST_SCALE = 1e-6


@dataclass(frozen=True, slots=True)
class Level:
    """One clip in bins of one width.

    Attributes:
        values: float16 (n, channels); 0 where nothing is present.
        present: bool (n,).
    """

    values: Halfs
    present: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Scales:
    """One clip in bins of every width.

    Attributes:
        start: Clip time at which the first bin of each level begins, seconds.
        width: Seconds of a bin of level 0.
        span: Bins of a stretch.
        levels: The finest first.
    """

    start: float
    width: float
    span: int
    levels: tuple[Level, ...]

    def count(self, level: int) -> int:
        """Return how many stretches a level has."""
        return max(len(self.levels[level].values) - self.span + 1, 0)

    def stretches(self, level: int, some: npt.NDArray[np.int64]) -> tuple[Floats, Bools]:
        """Return float32 (n, span * channels) of some stretches by number, and which are wholly present."""
        held = self.levels[level]
        rows = some[:, None] + np.arange(self.span)
        values = held.values[rows].astype(np.float32)
        if self.span > 1:  # what is alike is how things change, not how loud or bright they are
            values -= values.mean(axis=1, keepdims=True)
        return values.reshape(len(some), -1), held.present[rows].all(axis=1)


def scales(
    channels: Iterable[Channel],
    present: Bools,
    start: float,
    width: float,
    *,
    span: int = SPAN,
    halve: int = 0,
) -> Scales:
    """Return a clip at every zoom.

    Args:
        channels: (n,) each, on one grid; taken one by one, so that they never exist all at once.
        present: bool (n,).
        start: Clip time at which the grid begins.
        width: Seconds from one value to the next.
        span: Bins of a stretch.
        halve: How many times neighbours are averaged before the finest level: the same for both clips.
    """
    columns = []
    here = present.astype(np.float64)
    weight = _folded(here, halve)
    for channel in channels:
        total = _folded(np.where(present, channel, 0.0), halve)
        columns.append(
            _evened(np.divide(total, weight, out=np.zeros_like(total), where=weight > 0), weight > 0)
        )
    values = np.stack(columns, axis=1) if columns else np.zeros((len(weight), 0), np.float16)
    levels = [Level(values, weight > 0)]
    while len(levels[-1].values) > 2 * _FEWEST + 2 * span:
        levels.append(_coarser(levels[-1]))
    return Scales(start, width * 2**halve, span, tuple(levels))


def plain_scales(vectors: Vectors) -> Scales:
    """Return a network's vectors at every zoom, just as they are: a stretch is one bin."""
    levels = [Level(vectors.values.astype(np.float16), vectors.present)]
    while len(levels[-1].values) > 2 * _FEWEST:
        values, weight = _paired(levels[-1])
        levels.append(Level(np.asarray(values, np.float16), weight > 0))
    return Scales(vectors.start, vectors.hop, 1, tuple(levels))


def halvings(count: int) -> int:
    """Return how often a grid of so many values must be halved to have ``MOST_BINS`` at most."""
    return max(-(-count // MOST_BINS) - 1, 0).bit_length()


def joined(one: Scales, other: Scales) -> Scales:
    """Return two views of one clip set side by side, each of the same weight; present where both are.

    Raises:
        ValueError: They do not lie on one grid.
    """
    if (one.start, one.width, one.span) != (other.start, other.width, other.span):
        raise ValueError("the two do not lie on one grid")
    levels = []
    for a, b in zip(one.levels, other.levels, strict=False):
        count = min(len(a.values), len(b.values))
        parts = [np.float16(1 / np.sqrt(max(x.values.shape[1], 1))) * x.values[:count] for x in (a, b)]
        levels.append(Level(np.concatenate(parts, axis=1), a.present[:count] & b.present[:count]))
    return Scales(one.start, one.width, one.span, tuple(levels))


def _folded(values: npt.NDArray[np.float64], halve: int) -> npt.NDArray[np.float64]:
    """Return the sums of ``2 ** halve`` neighbours; a last one that is not whole is left out."""
    size = 1 << halve
    whole = len(values) // size * size
    return np.asarray(values[:whole].reshape(-1, size).sum(axis=1), np.float64)


def _evened(channel: npt.NDArray[np.float64], present: Bools) -> Halfs:
    """Return a channel less its mean, in units of its own scatter: gains and lenses differ."""
    if not present.any():
        return np.zeros(len(channel), np.float16)
    centred = np.where(present, channel - channel[present].mean(), 0.0)
    scatter = float(np.sqrt(np.mean(np.square(centred[present]))))
    return np.asarray(centred / max(scatter, _LEAST_SCALE), np.float16)


def _coarser(level: Level) -> Level:
    """Return a level of half as many bins, each the mean of two; evened out anew."""
    mean, weight = _paired(level)
    scatter = np.sqrt(np.mean(np.square(mean[weight > 0]), axis=0)) if weight.any() else np.ones(1)
    return Level(np.asarray(mean / np.maximum(scatter, _LEAST_SCALE), np.float16), weight > 0)


def _paired(level: Level) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the means of neighbouring bins, and how many of the two are present."""
    count = len(level.values) // 2
    pairs = level.values[: 2 * count].reshape(count, 2, -1).astype(np.float32)
    weight = level.present[: 2 * count].reshape(count, 2).sum(axis=1)
    mean = pairs.sum(axis=1) / np.maximum(weight, 1)[:, None].astype(np.float32)
    return mean, weight


class ScaledMatrix:
    """The similarity of two clips at every zoom, master x node; tiles are made when they are asked for.

    Attributes:
        master, node: What is compared: rows and columns.
        metric: How.
    """

    def __init__(self, master: Scales, node: Scales, metric: Metric = "cosine") -> None:
        """Set up; nothing is computed yet.

        Raises:
            ValueError: Their bins differ in width.
        """
        if (master.width, master.span) != (node.width, node.span):
            raise ValueError(f"bins of {master.width} s and of {node.width} s cannot be compared")
        self.master, self.node, self.metric = master, node, metric
        self._stretch: dict[int, tuple[float, float]] = {}
        self._lengths: dict[tuple[bool, int], float] = {}

    @property
    def levels(self) -> int:
        """Number of levels that both clips have."""
        return min(len(self.master.levels), len(self.node.levels))

    def shape(self, level: int) -> tuple[int, int]:
        """Return the rows and columns of a level's matrix."""
        return self.master.count(level), self.node.count(level)

    def width(self, level: int) -> float:
        """Return the seconds from one cell to the next."""
        return self.master.width * 2.0**level

    def origin(self, level: int) -> tuple[float, float]:
        """Return (master, node) clip times of the upper left corner; stretches count by their middle."""
        ahead = (self.master.span - 1) / 2 * self.width(level)
        return self.master.start + ahead, self.node.start + ahead

    def level_for(self, seconds: float) -> int:
        """Return the level whose cells are nearest below so many seconds; the finest where none is."""
        level = 0
        while level + 1 < self.levels and self.width(level + 1) <= seconds:
            level += 1
        return level

    def tile(self, level: int, row: int, column: int) -> Floats:
        """Return float32 (rows, columns), ``TILE`` each at most; NaN where a stretch is not present."""
        height, width = self.shape(level)
        return self.cells(
            level,
            np.arange(row * TILE, min((row + 1) * TILE, height)),
            np.arange(column * TILE, min((column + 1) * TILE, width)),
        )

    def cells(self, level: int, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> Floats:
        """Return float32 (rows, columns): the similarity of some stretches, larger is more alike."""
        above, here = self.master.stretches(level, rows)
        across, there = self.node.stretches(level, columns)
        if self.master.span > 1:
            above = above / np.float32(self._usual(self.master, level))
            across = across / np.float32(self._usual(self.node, level))
            if self.metric == "cosine":
                above, across = _beside(above, _FAINT, 0.0), _beside(across, 0.0, _FAINT)
        found = similarity(above, across, self.metric)
        found[~here] = np.nan
        found[:, ~there] = np.nan
        return found

    def _usual(self, side: Scales, level: int) -> float:
        """Return the usual length of a clip's stretches, for gains and lenses differ."""
        key = side is self.master, level
        if key not in self._lengths:
            values, here = side.stretches(level, _spread(side.count(level)))
            squares = np.square(values[here]).sum(axis=1)
            self._lengths[key] = max(float(np.sqrt(squares.mean())) if squares.size else 1.0, _LEAST_SCALE)
        return self._lengths[key]

    def measured(self, level: int) -> tuple[float, float] | None:
        """Return a level's ``stretch`` if it was asked for before; computes nothing."""
        return self._stretch.get(level)

    def stretch(self, level: int) -> tuple[float, float]:
        """Return where a level's colour scale begins and ends, measured on cells spread over its matrix."""
        if level not in self._stretch:
            rows, columns = (_spread(count) for count in self.shape(level))
            self._stretch[level] = stretch(self.cells(level, rows, columns))
        return self._stretch[level]


def _beside(stretches: Floats, one: float, other: float) -> Floats:
    """Return stretches with two more columns of one value each."""
    more = np.broadcast_to(np.array([one, other], np.float32), (len(stretches), 2))
    return np.concatenate([stretches, more], axis=1)


def _spread(count: int) -> npt.NDArray[np.int64]:
    """Return numbers spread over a range, unevenly by a golden step so that nothing periodic is met."""
    if count <= _SAMPLED:
        return np.arange(count)
    golden = np.arange(_SAMPLED) * 0.6180339887498949 % 1.0
    return np.unique((golden * count).astype(np.int64))
