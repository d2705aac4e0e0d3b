"""An event's source counted in timeline frames, for formats that know one rate only (EDL, AAF's timelines).

Source timecode keeps its label: a frame of 50 becomes the frame of 25 on screen at its label. Samples are
taken by their time since midnight, as NLEs read BWF (EBU Tech 3285).

Both ends of such a statement are rounded, source and record. Rounding each on its own could move a clip by a
whole frame; here the source frame is the one nearest to what truly lies under the *rounded* record frame, so
that together they are never more than half a timeline frame off.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout

_HALF = Fraction(1, 2)
_DROP_TIMEBASE = 30


@dataclass(frozen=True, slots=True)
class SourceFrames:
    """What an event shows, at the timeline's rate.

    Attributes:
        first: Source timecode of the first frame.
        frames: How many, at least 1; fewer than the event's where the source ends within its last frame.
        exact: Whether the source counts just so itself.
    """

    first: Timecode
    frames: int
    exact: bool

    @property
    def after(self) -> Timecode:
        """Source timecode after the last frame."""
        return self.first + self.frames


def source_frames(event: Event, plan: Layout) -> SourceFrames:
    """Return the source of an event in frames of a layout's rate."""
    begins, drop = _position(event, plan)
    late = Fraction(0) if event.place is None else event.record - event.place * plan.rate.fps
    first = math.ceil(begins + late - _HALF)
    units_left = event.source.length - event.first
    ends = begins + units_left * plan.rate.fps / event.source.rate.fps
    frames = max(1, min(event.frames, math.floor(ends) - first))
    exact = event.source.picture and event.source.rate == plan.rate
    return SourceFrames(Timecode(first, plan.rate, drop), frames, exact)


def elapsed_frames(event: Event, rate: FrameRate) -> tuple[int, int]:
    """Return how many timeline frames of its file lie before what an event shows, and how many it shows."""
    late = Fraction(0) if event.place is None else event.record - event.place * rate.fps
    scale = rate.fps / event.source.rate.fps
    first = max(0, math.ceil(event.first * scale + late - _HALF))
    return first, max(1, min(event.frames, math.floor(event.source.length * scale) - first))


def _position(event: Event, plan: Layout) -> tuple[Fraction, bool]:
    """Return the label of an event's first unit as a number of timeline frames, and whether it drops."""
    source, rate = event.source, plan.rate
    if not source.picture:
        return rate.fps * source.rate.seconds_of(source.start + event.first), plan.drop
    timecode = source.timecode + event.first
    if timecode.drop and rate.timebase % _DROP_TIMEBASE:
        return timecode.label_seconds * rate.timebase, False
    return Fraction(timecode.frames * rate.timebase, source.rate.timebase), timecode.drop
