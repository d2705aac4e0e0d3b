"""A placed clip as events: stretches of one file that lie in one piece on the timeline.

A clip is one event, or several where it was written in chapters or where its clock steps. Each event
begins at the timeline frame nearest to the true place of its own first frame, so that neither chapters nor
steps carry an error on.

Decisions:
    * Speed is never changed: an event lasts as long as its frames do. What drift leaves over is written as
      metadata.
    * A length that is no whole number of timeline frames is cut short, never lengthened: there would be no
      picture.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from rushlock.base.clock import Clock
from rushlock.base.ranges import TimeRange
from rushlock.base.rate import FrameRate
from rushlock.media.clip import Clip, MediaFile
from rushlock.placements.sync_map import Placement
from rushlock.timeline.source import Source, source_of


@dataclass(frozen=True, slots=True)
class Event:
    """One stretch of one file on the timeline.

    Attributes:
        clip, placement: Whose it is and what is believed of it.
        chapter: Index of the file in the clip.
        source: What the file counts.
        first: Unit of the source (frame or sample) with which the event begins, 0 for the file's first.
        record: Timeline frame at which it begins, counted on the project's clock.
        frames: Length in timeline frames, at least 1.
        place: Where the first unit belongs, exact seconds of the clock that ``record`` counts; None for an
            unsynced clip.
        step: Seconds by which the clip's clock jumps just before; 0 where it does not.
    """

    clip: Clip
    placement: Placement
    chapter: int
    source: Source
    first: int
    record: int
    frames: int
    place: Fraction | None
    step: float = 0.0

    @property
    def file(self) -> MediaFile:
        """The file that the event shows."""
        return self.clip.files[self.chapter]

    @property
    def end(self) -> int:
        """Timeline frame after the last."""
        return self.record + self.frames

    def moved(self, frames: int, rate: FrameRate) -> "Event":
        """Return the event so many frames of the timeline's rate later."""
        place = None if self.place is None else self.place + rate.seconds_of(frames)
        return replace(self, record=self.record + frames, place=place)

    def trimmed(self, frames: int) -> "Event":
        """Return the event without its last timeline frames."""
        return replace(self, frames=self.frames - frames)


def placed_events(clip: Clip, placement: Placement, clock: Clock, rate: FrameRate) -> list[Event]:
    """Return the events of a clip whose clock is known, in the clip's order."""
    events = []
    for chapter, source, begins in _chapters(clip):
        for units in _straight_stretches(source, begins, clock):
            frames = _length(units.count, source, rate)
            record = rate.frame_at(units.place)
            events.append(
                Event(clip, placement, chapter, source, units.first, record, frames, units.place, units.step)
            )
    return events


def unplaced_events(clip: Clip, placement: Placement, at: int, rate: FrameRate) -> list[Event]:
    """Return the events of a clip without a place, its files end to end from a timeline frame on."""
    events = []
    for chapter, source, _ in _chapters(clip):
        frames = _length(source.length, source, rate)
        events.append(Event(clip, placement, chapter, source, 0, at, frames, None))
        at += frames
    return events


def _chapters(clip: Clip) -> Iterator[tuple[int, Source, Fraction]]:
    """Yield index, source and clip time of the first unit of each file that has something to show."""
    for chapter, (file, begins) in enumerate(zip(clip.files, clip.chapter_starts(), strict=True)):
        if file.pictures or file.sounds:
            source = source_of(file)
            yield chapter, source, begins + source.lead


@dataclass(frozen=True, slots=True)
class _Units:
    """Frames or samples: number of the first, how many, where they belong, and the jump before them."""

    first: int
    count: int
    place: Fraction
    step: float


def _straight_stretches(source: Source, begins: Fraction, clock: Clock) -> Iterator[_Units]:
    """Yield the parts of a file on which the clip's clock runs straight; a unit goes where it begins."""
    whole = TimeRange(begins, begins + source.rate.seconds_of(source.length))
    since = [whole.start, *(Fraction(piece.since) for piece in clock.pieces[1:])]
    until = [*since[1:], max(whole.end, since[-1])]
    jumps = [0.0, *(jump for _, jump in clock.steps())]
    for piece, jump, start, end in zip(clock.pieces, jumps, since, until, strict=True):
        common = whole.intersection(TimeRange(min(start, end), end))
        if common is None:
            continue
        first, after = (math.ceil((t - begins) * source.rate.fps) for t in (common.start, common.end))
        if after > first:
            place = Fraction(piece.start) + Fraction(piece.rate) * (begins + source.rate.seconds_of(first))
            yield _Units(first, after - first, place, jump if common.start == start else 0.0)


def _length(units: int, source: Source, rate: FrameRate) -> int:
    return max(1, rate.frame_at(source.rate.seconds_of(units), "floor"))
