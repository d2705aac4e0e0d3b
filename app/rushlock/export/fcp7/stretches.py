"""The timeline cut where any camera starts or stops: within a stretch every angle is one clip, and runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rushlock.base.rate import FrameRate
from rushlock.export.fcp7.counting import frames_of
from rushlock.export.source_frames import elapsed_frames
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Row


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the timeline during which the same pictures run.

    Attributes:
        record: Timeline frame with which it begins.
        end: Timeline frame after its last.
        angles: The event of each camera that runs, in the order of the rows.
    """

    record: int
    end: int
    angles: tuple[Event, ...]

    @property
    def frames(self) -> int:
        """Length in timeline frames, at least 1."""
        return self.end - self.record

    def shown(self, event: Event, rate: FrameRate) -> tuple[int, int]:
        """Return what an angle shows of its file in frames of the timeline's rate: first, after the last."""
        first = elapsed_frames(event, rate)[0] + self.record - event.record
        after = min(first + self.frames, frames_of(event.source, rate))
        return first, max(first + 1, after)


def stretches(rows: Sequence[Row]) -> Iterator[Stretch]:
    """Yield the stretches of the synced pictures in order; where nothing runs there is none."""
    running: dict[int, Event] = {}
    changes = _changes(rows)
    for (record, starting, ending), (end, *_) in pairwise(changes):
        for row in ending:
            del running[row]
        running |= starting
        if running:
            yield Stretch(record, end, tuple(running[row] for row in sorted(running)))


def _changes(rows: Sequence[Row]) -> list[tuple[int, dict[int, Event], list[int]]]:
    """Return each frame at which anything changes, with what starts and which rows end there."""
    starting: dict[int, dict[int, Event]] = {}
    ending: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        for event in row.events if row.synced else ():
            if event.source.picture:
                starting.setdefault(event.record, {})[number] = event
                ending.setdefault(event.end, []).append(number)
    frames = sorted(starting.keys() | ending.keys())
    return [(frame, starting.get(frame, {}), ending.get(frame, [])) for frame in frames]
