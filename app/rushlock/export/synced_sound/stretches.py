"""Which sample of a clip belongs at which sample of the shoot's clock: exact, piece by piece.

The shoot's clock is counted in samples from the timeline's midnight (or from its own zero), as the bext time
reference counts (EBU Tech 3285), so that nothing is rounded: what lies between a clip's samples is
interpolated. A clock that runs just as the shoot's is the exception: its samples are moved to the nearest
ones, by 10 microseconds at most, and not a bit is changed. Where a clip's clock leaps ahead there is silence;
where it falls back the later piece wins.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rushlock.base.clock import Clock
from rushlock.media.clip import Clip
from rushlock.timeline.layout import Layout

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Samples ``first`` up to ``after`` of the shoot's clock, on which a clip's clock runs straight.

    Attributes:
        first, after: Numbers of samples at the output's rate.
        begins: Clip time in seconds of sample ``first``.
        pace: Clip seconds per second of the shoot's clock.
    """

    first: int
    after: int
    begins: Fraction
    pace: Fraction

    def clip_time(self, number: int, sample_rate: int) -> Fraction:
        """Return the clip time that belongs at a sample."""
        return self.begins + self.pace * Fraction(number - self.first, sample_rate)


def stretches(clip: Clip, clock: Clock, shift: Fraction, sample_rate: int) -> list[Stretch]:
    """Return the stretches of a clip in order, none overlapping another.

    Args:
        clip: Its duration is what ends the last stretch.
        clock: Of the clip on the project's clock.
        shift: Seconds from the project's clock to the one that samples are counted on.
        sample_rate: Of the output, Hz.
    """
    since = [Fraction(piece.since) for piece in clock.pieces]
    until = [*since[1:], clip.duration]
    found: list[Stretch] = []
    for piece, start, end in zip(clock.pieces, since, until, strict=True):
        origin, rate = Fraction(piece.start) + shift, Fraction(piece.rate)
        early = _HALF if rate == 1 else Fraction(0)
        first = max(0, math.ceil((origin + rate * max(start, Fraction(0))) * sample_rate - early))
        after = math.ceil((origin + rate * min(end, clip.duration)) * sample_rate - early)
        begins = (Fraction(first, sample_rate) - origin) / rate
        found = [replace(one, after=min(one.after, first)) for one in found]
        if after > first:
            found.append(Stretch(first, after, begins, 1 / rate))
    return [one for one in found if one.after > one.first]


def shift_of(plan: Layout, group: int | None) -> Fraction:
    """Return the seconds from a group's clock to the timecode that a timeline shows."""
    moved = {start.group: start.moved for start in plan.moved_groups}
    frames = plan.start.frames - plan.origin + moved.get(group or 0, 0)
    return plan.rate.seconds_of(frames)


def within_day(found: Sequence[Stretch], plan: Layout, sample_rate: int) -> int:
    """Return the first sample's time reference: since midnight, counted anew after 24 hours of labels."""
    day = round(plan.rate.seconds_of(plan.start.frames_per_day) * sample_rate)
    return found[0].first % day
