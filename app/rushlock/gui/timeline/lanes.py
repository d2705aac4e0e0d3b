"""The timeline's rows: a lane for every camera, and lanes below for what has no place. Numbers only, no Qt.

A lane keeps its bars as arrays sorted by their left ends, so that finding what is visible, and what lies
under the mouse, takes no walk over all clips.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.standing import Standing
from rushlock.gui.timeline.axis import Axis

_SPACE = 0.004  # of the axis, between two clips in a lane where position says nothing
_MOST_EXTRA_LANES = 6


@dataclass(frozen=True, eq=False)
class Lane:
    """Clips in a row.

    Attributes:
        title: Camera's name; empty for a further lane of unplaced clips.
        placed: Whether positions mean anything.
        rows: Clips, by their left ends.
        left, right: Their ends on the axis, seconds.
        reach: Greatest right end up to each clip (clips may overlap where they are only guessed).
    """

    title: str
    placed: bool
    rows: tuple[Row, ...]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    reach: NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reach", np.maximum.accumulate(self.right))

    def between(self, low: float, high: float) -> slice:
        """Return the clips that may show between two axis positions."""
        first = int(np.searchsorted(self.reach, low))
        return slice(first, int(np.searchsorted(self.left, high, side="right")))

    def at(self, axis: float, tolerance: float = 0.0) -> Row | None:
        """Return the clip at an axis position, the uppermost where several overlap."""
        near = self.between(axis - tolerance, axis + tolerance)
        for place in range(near.stop - 1, near.start - 1, -1):
            if self.left[place] - tolerance <= axis <= self.right[place] + tolerance:
                return self.rows[place]
        return None


class Lanes:
    """All lanes of a shoot and the axis they lie on.

    Attributes:
        length: Axis position up to which there is something to show.
        where: Clip key to (lane, place in the lane).
    """

    def __init__(self, shoot: Shoot) -> None:
        self.shoot = shoot
        self.axis = Axis(shoot)
        self.lanes: list[Lane] = [
            _lane(name, True, [(row, span) for row in rows if (span := self.axis.span_of(row)) is not None])
            for name, rows in shoot.cameras.items()
        ]
        self.unplaced = sum(row.standing is Standing.UNSYNCED for row in shoot.rows)
        self.lanes += _unplaced_lanes(shoot.rows, self.axis.length)
        self.length = max((float(lane.reach[-1]) for lane in self.lanes if lane.rows), default=0.0)
        self.where = {
            row.key: (number, place)
            for number, lane in enumerate(self.lanes)
            for place, row in enumerate(lane.rows)
        }

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show, as before the first sync."""
        return not self.where

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


def _lane(title: str, placed: bool, spans: Iterable[tuple[Row, tuple[float, float]]]) -> Lane:
    ordered = sorted(spans, key=lambda pair: pair[1])
    ends = np.array([span for _, span in ordered], dtype=np.float64).reshape(-1, 2)
    return Lane(title, placed, tuple(row for row, _ in ordered), ends[:, 0].copy(), ends[:, 1].copy())


def _unplaced_lanes(rows: Sequence[Row], length: float) -> list[Lane]:
    """Lay clips without a place end to end, in as many lanes as fit below the placed ones."""
    homeless = [row for row in rows if row.standing is Standing.UNSYNCED]
    total = float(sum(row.clip.duration for row in homeless))
    width = max(length, total / _MOST_EXTRA_LANES)
    space = width * _SPACE
    lanes: list[list[tuple[Row, tuple[float, float]]]] = []
    at = 0.0
    for row in homeless:
        long = float(row.clip.duration)
        if not lanes or (at + long > width and at > 0 and len(lanes) < _MOST_EXTRA_LANES):
            lanes.append([])
            at = 0.0
        lanes[-1].append((row, (at, at + long)))
        at += long + space
    return [_lane("", False, spans) for spans in lanes]
