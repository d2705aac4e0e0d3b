"""A delivery as the sequences to be written: the policies applied, once, for every dialect.

Every dialect takes rows and events from here and none applies a policy itself, but for muting, which each
says in its own words.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from rushlock.base.clock import Clock
from rushlock.base.rate import FrameRate
from rushlock.export.delivery import Delivery
from rushlock.export.policy import Groups, Kept, Lead, Scratch, StartFrom
from rushlock.placements.sync_map import Placement, Status, SyncMap
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout, Row, layout

_WAITING = (Status.REVIEW, Status.UNSYNCED)


@dataclass(frozen=True, slots=True)
class Sequence:
    """One timeline to be written.

    Attributes:
        name: Of the timeline.
        apart: What tells it from the delivery's others, empty where it is the only one.
        plan: Its rows and events in whole frames, sound that is to be dropped left out.
        sync_map: The placements that are in it.
        muted: Whether camera sound beside pictures is to be switched off.
        astray: Keys of clips whose own sound alone is to be switched off: their picture leads.
    """

    name: str
    apart: str
    plan: Layout
    sync_map: SyncMap
    muted: bool = False
    astray: frozenset[str] = frozenset()

    def is_muted(self, event: Event) -> bool:
        """Return whether the sound of an event is there but to be switched off."""
        off = self.muted or event.clip.key in self.astray
        return off and event.source.picture and event.source.sound


def sequences(delivery: Delivery) -> tuple[Sequence, ...]:
    """Return what is to be written: one sequence, or one for each group, never none.

    Raises:
        TimecodeError: Drop-frame at a rate without it.
    """
    return tuple(_sequence(delivery, apart, part) for apart, part in _parts(delivery))


def _sequence(delivery: Delivery, apart: str, part: SyncMap) -> Sequence:
    policy = delivery.policy
    led = led_by_picture(delivery)
    part = replace(part, placements=tuple(_led(p, led) for p in part.placements))
    plan = layout(delivery.clips, part, delivery.timeline_rate, delivery.drop)
    if not policy.whole_clips:
        plan = _cut(plan, policy.handles)
    if policy.scratch is Scratch.DROPPED:
        plan = replace(plan, rows=tuple(_without_scratch(plan.rows)))
    if policy.start_from is StartFrom.MASTER:
        plan = replace(plan, shown=_as_master_counts(plan, part.master))
    name = f"{delivery.name} {apart}" if apart else delivery.name
    astray = frozenset(led) if has_recorder(delivery) else frozenset()
    return Sequence(name, apart, plan, part, muted=policy.scratch is Scratch.MUTED, astray=astray)


def led_by_picture(delivery: Delivery) -> dict[str, Clock]:
    """Return the clocks of the pictures that lead, by clip key; where no picture does there are none."""
    if delivery.policy.lead is not Lead.PICTURE:
        return {}
    frame = delivery.timeline_rate.frame_seconds
    moved = ((p, p.picture_clock(frame)) for p in delivery.sync_map.placements)
    return {p.clip: clock for p, clock in moved if clock is not None and clock is not p.clock}


def has_recorder(delivery: Delivery) -> bool:
    """Return whether there is sound besides that of cameras."""
    return any(clip.has_sound and clip.picture is None for clip in delivery.placed_clips)


def _led(placement: Placement, led: Mapping[str, Clock]) -> Placement:
    clock = led.get(placement.clip)
    return placement if clock is None else replace(placement, clock=clock)


def _parts(delivery: Delivery) -> Iterator[tuple[str, SyncMap]]:
    """Yield the sync map, or one for each group and one of the clips without a place."""
    sync_map = delivery.sync_map
    kept = [
        placement
        for placement in sync_map.placements
        if delivery.policy.clips is Kept.ALL or placement.status not in _WAITING
    ]
    groups = sorted({p.group or 0 for p in kept if p.clock is not None})
    if delivery.policy.groups is Groups.TOGETHER or len(groups) < 2:
        yield "", replace(sync_map, placements=tuple(kept))
        return
    for group in groups:
        members = (p for p in kept if p.clock is not None and (p.group or 0) == group)
        yield f"group {group + 1}", _only(sync_map, members, group)
    lost = [p for p in kept if p.clock is None]
    if lost:
        yield "unsynced", _only(sync_map, lost, None)


def _only(sync_map: SyncMap, members: Iterable[Placement], group: int | None) -> SyncMap:
    days = tuple(day and number == group for number, day in enumerate(sync_map.time_of_day))
    return replace(sync_map, placements=tuple(members), time_of_day=days)


def _without_scratch(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows whose events with pictures have no sound."""
    for row in rows:
        silent = tuple(
            replace(event, source=replace(event.source, sound=False)) if event.source.picture else event
            for event in row.events
        )
        yield replace(row, events=silent)


def _as_master_counts(plan: Layout, master: str) -> int | None:
    """Return the first frame's number such that the master's first frame shows its own source timecode.

    Where the master is not in this sequence or counts nothing, the longest clip that does stands in.
    """
    firsts = [
        event
        for row in plan.rows
        if row.synced
        for event in row.events
        if event.chapter == 0 and event.first == 0 and event.clip.timecode is not None
    ]
    if not firsts:
        return None
    chosen = max(firsts, key=lambda event: (event.clip.key == master, event.clip.duration))
    timecode = chosen.clip.timecode
    if timecode is None:
        return None
    shown = plan.rate.frame_at(timecode.seconds)
    return shown - (chosen.record - plan.origin)


def _cut(plan: Layout, handles: float) -> Layout:
    """Return a layout whose synced events are cut to what another camera covers, with handles.

    An event that nothing overlaps stays whole: it is nobody's business to throw it away.
    """
    spare = plan.rate.frame_at(handles)
    rows = [_cut_row(row, plan, spare) if row.synced else row for row in plan.rows]
    origin = min((row.events[0].record for row in rows if row.synced and row.events), default=plan.origin)
    return replace(plan, rows=tuple(rows), origin=origin)


def _cut_row(row: Row, plan: Layout, spare: int) -> Row:
    others = [other.events for other in plan.rows if other.synced and other.camera != row.camera]
    return replace(row, events=tuple(_cut_event(event, others, spare, plan.rate) for event in row.events))


def _cut_event(event: Event, others: Iterable[tuple[Event, ...]], spare: int, rate: FrameRate) -> Event:
    common = [span for events in others if (span := _covered(event, events)) is not None]
    if not common:
        return event
    head = max(0, min(start for start, _ in common) - spare - event.record)
    tail = max(0, event.end - max(end for _, end in common) - spare)
    return _beheaded(event.trimmed(tail), head, rate)


def _covered(event: Event, others: tuple[Event, ...]) -> tuple[int, int] | None:
    """Return first and last frame of an event that a row's events, ordered and apart, lie beside."""
    first = bisect_right(others, event.record, key=attrgetter("end"))
    after = bisect_left(others, event.end, key=attrgetter("record"))
    if first >= after:
        return None
    return max(event.record, others[first].record), min(event.end, others[after - 1].end)


def _beheaded(event: Event, frames: int, rate: FrameRate) -> Event:
    """Return an event without its first timeline frames, beginning with a whole unit of its source."""
    if frames == 0 or event.place is None:
        return event
    clock_rate = event.source.rate
    units = math.ceil(rate.seconds_of(frames) * clock_rate.fps)
    place = event.place + clock_rate.seconds_of(units)
    record = rate.frame_at(place)
    if record >= event.end:
        return event
    return replace(
        event, first=event.first + units, record=record, frames=event.end - record, place=place, step=0.0
    )
