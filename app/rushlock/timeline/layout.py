"""Where everything goes on the timeline, in whole frames, before any OTIO: the sync map quantised.

One row per camera in camera order, further rows where clips of a camera contradict each other, and a
row of unsynced clips per camera after the end.

Groups whose clocks are times of day share one clock and are laid at their times. A group without one is
tied to nothing: such groups follow one after another, each after a pause and with a marker, in the
order of their numbers. If none has a time of day, the first group keeps its own clock and the timeline
starts at 00:00:00:00.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.media.clip import Clip
from rushlock.placements.sync_map import SyncMap
from rushlock.timeline.events import Event, placed_events, unplaced_events
from rushlock.timeline.rows import rows_without_overlap

_SECONDS_BETWEEN_GROUPS = 10
_SECONDS_BETWEEN_UNSYNCED = 1


@dataclass(frozen=True, slots=True)
class Row:
    """What will be one picture track, one sound track, or both.

    Attributes:
        name: What the tracks are called: the camera, "CAM_A 2", "Unsynced CAM_A".
        camera: Whose clips they are.
        events: Ordered, none overlapping another.
        synced: False on the rows after the end.
    """

    name: str
    camera: str
    events: tuple[Event, ...]
    synced: bool = True


@dataclass(frozen=True, slots=True)
class GroupStart:
    """Where a group begins that had to be laid after the others, and by how many frames it was moved."""

    group: int
    record: int
    moved: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A quantised sync map.

    Attributes:
        rate, drop: How the timeline counts.
        origin: Frame of the project's clock with which the timeline begins.
        time_of_day: Whether that clock is a time of day.
        rows: In track order.
        moved_groups: Groups laid after the others.
        shown: Frame number that the first frame's timecode shows where it is not to be the clock's.
    """

    rate: FrameRate
    drop: bool
    origin: int
    time_of_day: bool
    rows: tuple[Row, ...]
    moved_groups: tuple[GroupStart, ...] = ()
    shown: int | None = None

    @property
    def start(self) -> Timecode:
        """Timecode of the first frame: the time of day, within the day, or 00:00:00:00."""
        if self.shown is not None:
            return Timecode(self.shown, self.rate, self.drop).wrapped()
        if not self.time_of_day:
            return Timecode(0, self.rate, self.drop)
        return Timecode(self.origin, self.rate, self.drop).wrapped()

    @property
    def end(self) -> int:
        """Frame of the project's clock after the last event's last."""
        return max((event.end for row in self.rows for event in row.events), default=self.origin)

    def seconds_at(self, record: int) -> Fraction:
        """Return how many exact seconds after the timeline's first frame a record frame begins."""
        return self.rate.seconds_of(record - self.origin)

    def timecode_at(self, record: int) -> Timecode:
        """Return the timeline's timecode at a record frame."""
        return self.start + (record - self.origin)


def layout(clips: Sequence[Clip], sync_map: SyncMap, rate: FrameRate, drop: bool) -> Layout:
    """Return where every clip goes; clips that the sync map does not mention (excluded ones) are left out."""
    placed, unplaced = _events(clips, sync_map, rate)
    moved = _groups_in_line(placed, sync_map, rate)
    shift = {start.group: start.moved for start in moved}
    placed = [event.moved(shift.get(_group(event), 0), rate) for event in placed]
    cameras = list(dict.fromkeys(clip.camera for clip in clips))
    rows = [row for camera in cameras for row in _camera_rows(camera, placed)]
    starts = [row.events[0].record for row in rows]
    end = max((event.end for row in rows for event in row.events), default=0)
    pause = _SECONDS_BETWEEN_UNSYNCED * rate.timebase
    rows += [row for camera in cameras for row in _unsynced_row(camera, unplaced, end + pause, rate)]
    clock_is_day = any(sync_map.time_of_day)
    return Layout(rate, drop, min(starts, default=0), clock_is_day, tuple(rows), tuple(moved))


def _events(
    clips: Sequence[Clip], sync_map: SyncMap, rate: FrameRate
) -> tuple[list[Event], list[list[Event]]]:
    """Return the events of the placed clips, and those of each unsynced clip, counted from 0."""
    placed: list[Event] = []
    unplaced: list[list[Event]] = []
    for clip in clips:
        placement = sync_map.by_clip.get(clip.key)
        if placement is None:
            continue
        if placement.clock is None:
            unplaced.append(unplaced_events(clip, placement, 0, rate))
        else:
            placed += placed_events(clip, placement, placement.clock, rate)
    return placed, [events for events in unplaced if events]


def _group(event: Event) -> int:
    return event.placement.group or 0


def _groups_in_line(placed: Sequence[Event], sync_map: SyncMap, rate: FrameRate) -> list[GroupStart]:
    """Return how to move the groups that share no clock with the first ones."""
    groups = sorted({_group(event) for event in placed})
    tied = {g for g in groups if g < len(sync_map.time_of_day) and sync_map.time_of_day[g]} or set(groups[:1])
    end = max((event.end for event in placed if _group(event) in tied), default=0)
    moved = []
    for group in groups:
        if group in tied:
            continue
        members = [event for event in placed if _group(event) == group]
        first = min(event.record for event in members)
        start = end + _SECONDS_BETWEEN_GROUPS * rate.timebase
        moved.append(GroupStart(group, start, start - first))
        end = max(event.end for event in members) + start - first
    return moved


def _camera_rows(camera: str, placed: Iterable[Event]) -> list[Row]:
    rows = rows_without_overlap(event for event in placed if event.clip.camera == camera)
    return [
        Row(camera if number == 1 else f"{camera} {number}", camera, tuple(events))
        for number, events in enumerate(rows, start=1)
    ]


def _unsynced_row(camera: str, unplaced: Iterable[list[Event]], start: int, rate: FrameRate) -> list[Row]:
    """Return the row of a camera's unsynced clips, one after another from a frame on, if there are any."""
    events: list[Event] = []
    for clip_events in unplaced:
        if clip_events[0].clip.camera == camera:
            events += [event.moved(start, rate) for event in clip_events]
            start = events[-1].end + _SECONDS_BETWEEN_UNSYNCED * rate.timebase
    return [Row(f"Unsynced {camera}", camera, tuple(events), synced=False)] if events else []
