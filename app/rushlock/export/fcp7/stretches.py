"""The timeline cut where cameras start and stop: within a stretch every angle is one clip, and runs."""

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


def bounded(rows: Sequence[Row], rate: FrameRate, most: int) -> tuple[tuple[Stretch, ...], int]:
    """Return stretches with so many angles at most, and how many frames the shortest of them may have.

    A hundred cameras that start and stop by themselves make stretches of seconds, and hundreds of thousands
    of angles. Then cuts that lie close together become one, in steps of twice the length.
    """
    shortest = 0
    found = tuple(stretches(rows))
    while sum(len(stretch.angles) for stretch in found) > most:
        shortest = 2 * shortest or rate.timebase
        found = tuple(stretches(rows, shortest))
    return found, shortest


def stretches(rows: Sequence[Row], shortest: int = 0) -> Iterator[Stretch]:
    """Yield the stretches of the synced pictures in order; where nothing runs there is none.

    Args:
        rows: Of a layout.
        shortest: So many frames lie between two cuts, but for the last. An angle is what runs from one to the
            next: a camera that starts between them joins at the later one, never more than this late.
    """
    running: dict[int, Event] = {}
    changes = _changes(rows)
    cuts = list(_cuts([frame for frame, *_ in changes], shortest))
    following = iter(changes)
    frame, starting, ending = next(following, (0, {}, []))
    for record, end in pairwise(cuts):
        while frame <= record:
            for row in ending:
                del running[row]
            running |= starting
            frame, starting, ending = next(following, (end + 1, {}, []))
        angles = tuple(running[row] for row in sorted(running) if running[row].end >= end)
        if angles:
            yield Stretch(record, end, angles)


def _cuts(frames: Sequence[int], shortest: int) -> Iterator[int]:
    """Yield where to cut: at changes, or where changes lie too close after a cut, once for all of them."""
    last, waiting = frames[0] if frames else 0, False
    yield from frames[:1]
    for frame in frames[1:]:
        if waiting and frame > last + shortest:
            last, waiting = last + shortest, False
            yield last
        waiting = frame - last < shortest and frame != frames[-1]
        if not waiting:
            yield frame
            last = frame


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
