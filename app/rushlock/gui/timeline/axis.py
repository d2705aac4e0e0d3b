"""The timeline's horizontal axis: groups that share a clock side by side with groups that do not.

Groups whose clocks are times of day lie on one *stretch*, each at its time, unless a camera would then have
recorded twice at once: recorders that count every take from zero say so. Every other group has a clock of
its own and gets a stretch of its own further right: what lies above each other there is simultaneous, what
lies on different stretches says nothing about each other. Axis positions are seconds from the left end of
the first stretch.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

_GAP = 0.04  # of everything placed, between two stretches
_LEAST_GAP_S = 2.0

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the axis on which one clock runs.

    Attributes:
        group: First group on it.
        time_of_day: Whether its clock is a time of day.
        left, right: Axis positions of its ends.
        clock_left: Time of the clock at its left end, seconds.
    """

    group: int
    time_of_day: bool
    left: float
    right: float
    clock_left: float

    def axis(self, clock: float) -> float:
        """Return the axis position of a time."""
        return self.left + clock - self.clock_left

    def clock(self, axis: float) -> float:
        """Return the time at an axis position."""
        return self.clock_left + axis - self.left


class Axis:
    """All stretches of a shoot, from left to right.

    Attributes:
        groups: Axis positions of each group's ends.
    """

    def __init__(
        self,
        spans: Mapping[int, Span],
        times_of_day: frozenset[int] = frozenset(),
        apart: frozenset[int] = frozenset(),
    ) -> None:
        """Lay out the groups.

        Args:
            spans: First and last instant of every group on its clock, seconds.
            times_of_day: Groups whose clocks are times of day.
            apart: Those of them that cannot lie on one stretch with the others.
        """
        hosts: dict[int, Span] = {}
        together = times_of_day - apart
        first_of_day = min(together & spans.keys(), default=0)
        self._host = {group: first_of_day if group in together else group for group in spans}
        self._crowded = {host for host, count in Counter(self._host.values()).items() if count > 1}
        for group, (low, high) in spans.items():
            before = hosts.get(self._host[group], (low, high))
            hosts[self._host[group]] = min(before[0], low), max(before[1], high)
        gap = max(_LEAST_GAP_S, _GAP * sum(high - low for low, high in hosts.values()))
        self.stretches: list[Stretch] = []
        at = 0.0
        for group, (low, high) in sorted(hosts.items()):
            self.stretches.append(Stretch(group, group in times_of_day, at, at + high - low, low))
            at = self.stretches[-1].right + gap
        self._by_host = {stretch.group: stretch for stretch in self.stretches}
        self.groups: dict[int, Span] = {
            group: (self._stretch(group).axis(low), self._stretch(group).axis(high))
            for group, (low, high) in sorted(spans.items())
        }

    @property
    def length(self) -> float:
        """Axis position of the right end; 0 where nothing is placed."""
        return self.stretches[-1].right if self.stretches else 0.0

    def shift(self, group: int) -> float:
        """Return what is added to a time on a group's clock to get its axis position, seconds."""
        stretch = self._stretch(group)
        return stretch.left - stretch.clock_left

    def shared(self, group: int) -> bool:
        """Return whether another group lies on the same stretch."""
        return self._host[group] in self._crowded

    def position(self, seconds: float, group: int | None) -> float | None:
        """Return the axis position of a moment on a group's clock; None where that group is not shown."""
        if group is None or group not in self._host:
            return None
        return self._stretch(group).axis(seconds)

    def stretch_at(self, axis: float) -> Stretch | None:
        """Return the stretch that holds an axis position, in a gap the nearest one; None without any."""
        after = bisect_right(self.stretches, axis, key=lambda stretch: stretch.left)
        near = self.stretches[max(after - 1, 0) : after + 1]
        return min(near, key=lambda s: max(s.left - axis, axis - s.right, 0.0), default=None)

    def moment(self, axis: float, group: int | None = None) -> tuple[float, int] | None:
        """Return (seconds, group): the moment at an axis position, or nearest to it in a gap.

        Where several groups run there, ``group`` if it is one of them, else the one with the lowest number.
        """
        stretch = self.stretch_at(axis)
        if stretch is None:
            return None
        axis = min(max(axis, stretch.left), stretch.right)
        here = [number for number in self.groups if self._host[number] == stretch.group]
        found = min(here, key=lambda number: (self._beside(number, axis), number != group, number))
        return stretch.clock(axis), found

    def _beside(self, group: int, axis: float) -> float:
        """Return how far beside a group an axis position lies, 0 inside."""
        left, right = self.groups[group]
        return max(left - axis, axis - right, 0.0)

    def _stretch(self, group: int) -> Stretch:
        return self._by_host[self._host[group]]
