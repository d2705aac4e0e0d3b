"""The timeline's rows: a lane for every camera, and lanes below for what has no place. Numbers only, no Qt.

A lane keeps its bars as arrays sorted by their left ends, so that finding what is visible, and what lies
under the mouse, takes no walk over all clips. After a change only the cameras that it touched are laid out
anew: rows that did not change are the same objects in the next snapshot (see ``shoot_of``).
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.standing import Standing
from rushlock.gui.timeline.axis import Axis, Span

_SPACE = 0.004  # of the axis, between two clips in a lane where position says nothing
_SPACES = 0.1  # of all their lengths, the most that goes into such spaces
_MOST_EXTRA_LANES = 6
_LEAST_S = 1e-3  # clips may be of no length
_AT_ONCE_S = 1.0  # that a camera may seem to run twice, as clocks set by hand are only so good

STANDINGS = tuple(Standing)
SURE = (0.99, 0.95, 0.8)
"""Confidences at which a clip's colour steps: the less sure, the fainter."""

SHADES = len(SURE) + 1

_SEVERITY = (
    Standing.WAITING,
    Standing.EXCLUDED,
    Standing.SYNCED,
    Standing.ACCEPTED,
    Standing.LOCKED,
    Standing.MANUAL,
    Standing.UNSYNCED,
    Standing.REVIEW,
)

_AUTOMATIC = (Standing.SYNCED, Standing.REVIEW)
_CODES = {standing: number * SHADES for number, standing in enumerate(STANDINGS)}

RANKS = np.array([_SEVERITY.index(standing) for standing in STANDINGS], np.uint8).repeat(SHADES)
"""By ink: how far on top it is painted where many share a pixel; what needs a person wins."""

Floats = NDArray[np.float64]
Spot = tuple[int, int]
"""A lane's number, and a place in it."""


@dataclass(frozen=True, eq=False)
class Lane:
    """Clips in a row.

    Attributes:
        title: Camera's name; empty for lanes of unplaced clips.
        placed: Whether positions mean anything.
        rows: Clips, by their left ends.
        left, right: Their ends on the axis, seconds.
        inks: What each clip is painted with, see ``ink_of``.
        doubtful: How many need a person.
        pictured: Whether any of them has pictures.
        reach: Greatest right end up to each clip (clips may overlap where they are only guessed).
    """

    title: str
    placed: bool
    rows: tuple[Row, ...]
    left: Floats
    right: Floats
    inks: NDArray[np.uint8]
    doubtful: int = field(init=False)
    pictured: bool = field(init=False)
    reach: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        doubtful = np.count_nonzero(self.inks // SHADES == STANDINGS.index(Standing.REVIEW))
        object.__setattr__(self, "doubtful", int(doubtful))
        object.__setattr__(self, "pictured", any(row.clip.picture is not None for row in self.rows))
        object.__setattr__(self, "reach", np.maximum.accumulate(self.right))

    def between(self, low: float, high: float) -> slice:
        """Return the clips that may show between two axis positions."""
        first = int(np.searchsorted(self.reach, low))
        return slice(first, max(int(np.searchsorted(self.left, high, side="right")), first))

    def at(self, axis: float, tolerance: float = 0.0) -> Row | None:
        """Return the clip at an axis position, the uppermost where several overlap."""
        near = self.between(axis - tolerance, axis + tolerance)
        for place in range(near.stop - 1, near.start - 1, -1):
            if self.left[place] - tolerance <= axis <= self.right[place] + tolerance:
                return self.rows[place]
        return None


@dataclass(frozen=True, eq=False, slots=True)
class Flat:
    """The clips of all lanes in one row, lane by lane.

    Attributes:
        number: Of each one's lane.
        left, right, inks: As in ``Lane``.
        first: Where each lane begins here; one more entry for the end.
    """

    number: NDArray[np.int64]
    left: Floats
    right: Floats
    inks: NDArray[np.uint8]
    first: NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class _Strip:
    """A camera's placed clips on their groups' clocks, before the axis is laid out."""

    source: tuple[Row, ...]
    rows: tuple[Row, ...]
    start: Floats
    end: Floats
    group: NDArray[np.int64]
    inks: NDArray[np.uint8]


class Lanes:
    """All lanes of a shoot and the axis they lie on.

    Attributes:
        length: Axis position up to which there is something to show.
        where: Clip key to (lane, place in the lane).
        unplaced: How many clips lie in lanes without places.
        flat: All lanes' arrays in one.
    """

    def __init__(self, shoot: Shoot, before: "Lanes | None" = None) -> None:
        """Lay out a snapshot; cameras that are as they were ``before`` are taken from there."""
        self.shoot = shoot
        known: dict[str, _Strip] = {} if before is None else before._strips
        self._strips: dict[str, _Strip] = {
            name: _strip(rows, known.get(name)) for name, rows in shoot.cameras.items()
        }
        times_of_day = frozenset(n for n, known_time in enumerate(shoot.time_of_day) if known_time)
        strips = self._strips.values()
        self.axis = Axis(_spans(strips), times_of_day, _impossible(strips, times_of_day))
        self.lanes: list[Lane] = [_lane(name, strip, self.axis) for name, strip in self._strips.items()]
        self._numbers = {name: number for number, name in enumerate(self._strips)}
        unplaced = [row for row in shoot.rows if row.standing is Standing.UNSYNCED]
        self.unplaced = len(unplaced)
        self.lanes += _unplaced_lanes(unplaced, self.axis.length)
        self.flat = _flat(self.lanes)
        self.length = max((float(lane.reach[-1]) for lane in self.lanes if lane.rows), default=0.0)
        self.where: dict[str, Spot] = {
            row.key: (number, place)
            for number, lane in enumerate(self.lanes)
            for place, row in enumerate(lane.rows)
        }

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show, as before the first sync."""
        return not self.where

    def lane_of(self, camera: str) -> int | None:
        """Return the number of a camera's lane."""
        return self._numbers.get(camera)

    def span(self, key: str) -> Span | None:
        """Return the axis positions of a clip's ends."""
        if key not in self.where:
            return None
        number, place = self.where[key]
        return float(self.lanes[number].left[place]), float(self.lanes[number].right[place])

    def neighbour(self, key: str, along: int, across: int) -> Row | None:
        """Return the clip some steps along the same lane, or the nearest one in time some lanes across."""
        if key not in self.where:
            return next((lane.rows[0] for lane in self.lanes if lane.rows), None)
        lane, place = self.where[key]
        if not across:
            rows = self.lanes[lane].rows
            return rows[min(max(place + along, 0), len(rows) - 1)]
        middle = (self.lanes[lane].left[place] + self.lanes[lane].right[place]) / 2
        lane += across
        while 0 <= lane < len(self.lanes):
            other = self.lanes[lane]
            if other.rows:
                return other.rows[int(np.argmin(np.abs((other.left + other.right) / 2 - middle)))]
            lane += across
        return None


def ink_of(row: Row) -> int:
    """Return the number of what a clip is painted with: its standing, and how sure an automatic place is."""
    shade = 0
    if row.standing in _AUTOMATIC and row.placement is not None:
        shade = sum(row.placement.confidence < bound for bound in SURE)
    return _CODES[row.standing] + shade


def standing_of_ink(ink: int) -> tuple[Standing, int]:
    """Return a number's standing, and its shade: 0 for the surest."""
    return STANDINGS[ink // SHADES], ink % SHADES


def _strip(rows: tuple[Row, ...], before: _Strip | None) -> _Strip:
    if before is not None and before.source == rows:  # the same objects: compared by identity
        return before
    placed = [
        (row.start, row.end, row.placement.group, row)
        for row in rows
        if row.start is not None and row.placement is not None and row.placement.group is not None
    ]
    ends = np.array([(start, end) for start, end, _, _ in placed], np.float64).reshape(-1, 2)
    return _Strip(
        rows,
        tuple(row for _, _, _, row in placed),
        ends[:, 0].copy(),
        ends[:, 1].copy(),
        np.array([group for _, _, group, _ in placed], np.int64),
        np.array([ink_of(row) for _, _, _, row in placed], np.uint8),
    )


def _spans(strips: Iterable[_Strip]) -> dict[int, Span]:
    """Return the first and last instant of every group."""
    found: dict[int, Span] = {}
    for strip in strips:
        for group in np.unique(strip.group).tolist():
            inside = strip.group == group
            low, high = float(strip.start[inside].min()), float(strip.end[inside].max())
            before = found.get(group, (low, high))
            found[group] = min(low, before[0]), max(high, before[1])
    return found


def _impossible(strips: Collection[_Strip], times_of_day: frozenset[int]) -> frozenset[int]:
    """Return groups whose times of day cannot all be true: a camera would have run twice at once."""
    together = times_of_day
    while clashing := {group for strip in strips for group in _clashing(strip, together)}:
        together -= clashing
    return times_of_day - together


def _clashing(strip: _Strip, groups: frozenset[int]) -> list[int]:
    """Return the later group of each two in which a camera would have run at once."""
    guessed = strip.inks // SHADES == STANDINGS.index(Standing.REVIEW)
    inside = np.flatnonzero(np.isin(strip.group, list(groups)) & ~guessed)
    order = inside[np.argsort(strip.start[inside], kind="stable")]
    group, end = strip.group[order], strip.end[order]
    latest = np.maximum.accumulate(end)
    holder = np.maximum.accumulate(np.where(end == latest, np.arange(len(end)), 0))
    before = group[holder[:-1]]
    clash = (latest[:-1] - strip.start[order][1:] > _AT_ONCE_S) & (before != group[1:])
    later: list[int] = np.maximum(before, group[1:])[clash].tolist()
    return later


def _lane(title: str, strip: _Strip, axis: Axis) -> Lane:
    shift = np.zeros(len(strip.group))
    for group in np.unique(strip.group).tolist():
        shift[strip.group == group] = axis.shift(group)
    left, right = strip.start + shift, strip.end + shift
    order = np.lexsort((right, left))
    rows = tuple(strip.rows[place] for place in order.tolist())
    return Lane(title, True, rows, left[order], right[order], strip.inks[order])


def _flat(lanes: Sequence[Lane]) -> Flat:
    long = np.array([len(lane.rows) for lane in lanes], np.int64)
    return Flat(
        np.repeat(np.arange(len(lanes)), long),
        np.concatenate([np.zeros(0), *(lane.left for lane in lanes)]),
        np.concatenate([np.zeros(0), *(lane.right for lane in lanes)]),
        np.concatenate([np.zeros(0, np.uint8), *(lane.inks for lane in lanes)]),
        np.concatenate([[0], np.cumsum(long)]).astype(np.int64),
    )


def _unplaced_lanes(homeless: Sequence[Row], length: float) -> list[Lane]:
    """Lay clips without a place end to end, in as many lanes as it takes to be no longer than the placed.

    Where the most lanes are not enough, all are drawn shorter by the same factor: they must not push what
    has a place into a corner.
    """
    if not homeless:
        return []
    long = np.array([float(row.clip.duration) for row in homeless])
    total = max(float(long.sum()), _LEAST_S)
    step = long + min(_SPACE * max(length, total), _SPACES * total / len(homeless))
    begin = np.cumsum(step) - step
    whole = float(step.sum())
    count = min(math.ceil(whole / length), _MOST_EXTRA_LANES) if length else _MOST_EXTRA_LANES
    number = np.minimum((begin / (whole / count)).astype(np.int64), count - 1)
    used, firsts = np.unique(number, return_index=True)
    left = begin - begin[firsts][np.searchsorted(used, number)]
    shorter = min(length / float((left + long).max()), 1.0) if length and long.any() else 1.0
    spans = left * shorter, (left + long) * shorter
    return [_unplaced_lane(homeless, *spans, np.flatnonzero(number == lane)) for lane in used.tolist()]


def _unplaced_lane(rows: Sequence[Row], left: Floats, right: Floats, taken: NDArray[np.int64]) -> Lane:
    some = tuple(rows[place] for place in taken.tolist())
    return Lane("", False, some, left[taken], right[taken], np.array([ink_of(row) for row in some], np.uint8))
