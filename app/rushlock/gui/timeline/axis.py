"""The timeline's horizontal axis: groups that share a clock side by side with groups that do not.

Groups whose clocks are times of day lie on one *stretch*, each at its time. Every other group has a clock
of its own and gets a stretch of its own further right: what lies above each other there is simultaneous,
what lies on different stretches says nothing about each other. Axis positions are seconds from the left end
of the first stretch.
"""

from dataclasses import dataclass

from rushlock.gui.shoot import Row, Shoot

_GAP = 0.04  # of everything placed, between two stretches
_LEAST_GAP_S = 2.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the axis on which one clock runs.

    Attributes:
        group: First group on it; None where nothing is placed anywhere.
        time_of_day: Whether its clock is a time of day.
        left, right: Axis positions of its ends.
        clock_left: Time of the clock at its left end, seconds.
    """

    group: int | None
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
    """All stretches of a shoot, from left to right."""

    def __init__(self, shoot: Shoot) -> None:
        spans = _spans(shoot)
        gap = max(_LEAST_GAP_S, _GAP * sum(high - low for low, high in spans.values()))
        self.stretches: list[Stretch] = []
        self._by_group: dict[int, Stretch] = {}
        at = 0.0
        for group, (low, high) in sorted(spans.items()):
            stretch = Stretch(group, shoot.is_time_of_day(group), at, at + high - low, low)
            self.stretches.append(stretch)
            self._by_group[group] = stretch
            at = stretch.right + gap
        self._shoot = shoot

    @property
    def length(self) -> float:
        """Axis position of the right end; 0 where nothing is placed."""
        return self.stretches[-1].right if self.stretches else 0.0

    def span_of(self, row: Row) -> tuple[float, float] | None:
        """Return the axis positions of a placed clip's ends, None where it is not placed."""
        if row.start is None or row.end is None or row.placement is None or row.placement.group is None:
            return None
        stretch = self._by_group[_host(self._shoot, row.placement.group)]
        return stretch.axis(row.start), stretch.axis(row.end)

    def stretch_at(self, axis: float) -> Stretch | None:
        """Return the stretch that holds an axis position, None in a gap."""
        return next((s for s in self.stretches if s.left <= axis <= s.right), None)


def _host(shoot: Shoot, group: int) -> int:
    """Return the group that stands for a group's stretch: all times of day share that of the first one."""
    return shoot.time_of_day.index(True) if shoot.is_time_of_day(group) else group


def _spans(shoot: Shoot) -> dict[int, tuple[float, float]]:
    """Return the first and last instant of every stretch, by the group that stands for it."""
    found: dict[int, tuple[float, float]] = {}
    for row in shoot.rows:
        if row.start is None or row.end is None or row.placement is None or row.placement.group is None:
            continue
        host = _host(shoot, row.placement.group)
        low, high = found.get(host, (row.start, row.end))
        found[host] = (min(low, row.start), max(high, row.end))
    return found
