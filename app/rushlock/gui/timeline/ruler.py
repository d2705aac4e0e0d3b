"""Where the ruler puts its marks: on whole frames, seconds, minutes, so that labels keep apart. No Qt."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.sight import Sight

_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400)
_FRAMES = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark in view: its pixel column, its label, and the column at which its stretch ends."""

    x: float
    label: str
    end: float


def ticks(lanes: Lanes, sight: Sight, label_width: float) -> Iterator[Tick]:
    """Yield the marks of all stretches in view."""
    shoot = lanes.shoot
    drop = shoot.drop and shoot.rate.allows_drop
    step = step_frames(shoot.rate, sight.scale, label_width)
    for stretch in lanes.axis.stretches:
        low, high = max(stretch.left, sight.left), min(stretch.right, sight.right)
        if low >= high:
            continue
        sign = "" if stretch.time_of_day else "+"
        end = sight.x(stretch.right)
        low, high = stretch.clock(low), stretch.clock(high)
        for clock, label in marks(low, high, shoot.rate, drop, step, day=stretch.time_of_day):
            yield Tick(sight.x(stretch.axis(clock)), sign + label, end)


def step_frames(rate: FrameRate, pixels_a_second: float, label_width: float) -> int:
    """Return the frames between two labelled marks so that labels keep apart."""
    needed = label_width / pixels_a_second
    for frames in _FRAMES:
        if frames < rate.timebase and float(frames / rate.fps) >= needed:
            return frames
    for seconds in _SECONDS:
        if seconds >= needed:
            return seconds * rate.timebase
    days = math.ceil(needed / _SECONDS[-1])
    return days * _SECONDS[-1] * rate.timebase


def marks(
    low: float, high: float, rate: FrameRate, drop: bool, step: int, *, day: bool = False
) -> Iterator[tuple[float, str]]:
    """Yield (clock seconds, label) of every mark between two times; of a ``day``, labels begin anew after it.

    Drop-frame leaves out labels, so marks are stepped in the labels' own counting to stay on round ones.
    """
    first = math.floor(_nominal(low, rate, drop) / step)
    for number in range(first, math.ceil(_nominal(high, rate, drop) / step) + 1):
        label = _label_at(number * step, rate, drop)
        seconds = float(label.seconds)
        if low <= seconds <= high:
            yield seconds, str(label.wrapped() if day else label)


def _nominal(seconds: float, rate: FrameRate, drop: bool) -> float:
    return float(Timecode(rate.frame_at(seconds), rate, drop).label_seconds * rate.timebase)


def _label_at(nominal: int, rate: FrameRate, drop: bool) -> Timecode:
    """Return the timecode whose label, frames counted in, is nearest at or after a nominal count."""
    guess = Timecode(
        rate.frame_at(Fraction(nominal, rate.timebase) if drop else nominal / rate.fps), rate, drop
    )
    miss = nominal - guess.label_seconds * rate.timebase
    return guess + int(miss)
