"""CMX 3600 edit decision lists with file-32 reel names: one list for each row of a camera.

Sources: SMPTE ST 258 (the same list under other headings), and what Avid, Resolve and Premiere agree on in
comments: ``FROM CLIP NAME``, ``SOURCE FILE``, ``LOC``.

Decisions:
    * Clips without a place are in no list: lists are conformed blindly.
    * Nothing says speed: after ``M2`` every reader retimes, and pictures are never retimed.
    * A list holds at most 999 events; what is more goes to a further list of the same row.
    * Muted sound is left out, there being no word for it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from rushlock.export import losses
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_texts
from rushlock.export.reels import ReelNames, reel_key, reel_names, tape_name
from rushlock.export.sequences import Sequence as Timeline
from rushlock.export.sequences import sequences
from rushlock.export.source_frames import SourceFrames, source_frames
from rushlock.placements.sync_map import Status
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Layout
from rushlock.timeline.markers import event_notes
from rushlock.timeline.nle_metadata import channels_of
from rushlock.timeline.printable import printable

_MOST_EVENTS = 999
_MOST_CHANNELS = 4
_LONGEST_TITLE = 70
_COLORS = {"ORANGE": "YELLOW", "PURPLE": "MAGENTA"}
"""Marker colours that ``LOC`` has no word for."""


def render(delivery: Delivery) -> Iterator[tuple[str, str]]:
    """Yield each list with what tells it apart: the row, and "part 2" where one list would be too long."""
    reels = reel_names(delivery.placed_clips)
    timelines = sequences(delivery)
    rows = [(timeline, row) for timeline in timelines for row in timeline.plan.rows if row.synced]
    empty = True
    for timeline, row in rows:
        events = [event for event in row.events if _channels(event, timeline)]
        for part, first in enumerate(range(0, len(events), _MOST_EVENTS), start=1):
            words = (timeline.apart, row.name, f"part {part}" if part > 1 else "")
            apart = " ".join(filter(None, words))
            yield apart, _list(apart, events[first : first + _MOST_EVENTS], timeline, reels)
            empty = False
    if empty:
        yield "", _list("", [], timelines[0], reels)


def _list(apart: str, events: Sequence[Event], timeline: Timeline, reels: ReelNames) -> str:
    title = _plain(f"{timeline.name} {apart}".strip())[:_LONGEST_TITLE]
    counting = "DROP FRAME" if timeline.plan.drop else "NON-DROP FRAME"
    bodies = (_event(number, event, timeline, reels) for number, event in enumerate(events, start=1))
    lines = [f"TITLE: {title}", f"FCM: {counting}", "", *chain.from_iterable(bodies)]
    return "\r\n".join(lines) + "\r\n"


def _event(number: int, event: Event, timeline: Timeline, reels: ReelNames) -> Iterator[str]:
    plan, reel = timeline.plan, reels[reel_key(event.clip, event.file)]
    shown = source_frames(event, plan)
    begins = plan.timecode_at(event.record)
    times = (shown.first, shown.after, begins, begins + shown.frames)
    codes = " ".join(str(time.wrapped()) for time in times)
    yield f"{number:03}  {reel:<32} {_channels(event, timeline):<4}  C        {codes}"
    yield from _further_channels(event, timeline)
    yield f"* FROM CLIP NAME: {_plain(event.file.path.name)}"
    yield f"* SOURCE FILE: {_plain(str(event.file.path))}"
    yield from _what_was_altered(event, shown, reel)
    placement = event.placement
    yield f"* SYNC: {placement.status.value}, confidence {placement.confidence:.0%}"
    yield from _locators(event, plan)


def _channels(event: Event, timeline: Timeline) -> str:
    """Return CMX's word for an event's channels, empty for one with nothing to show or hear."""
    heard = channels_of(event.file) if event.source.sound and not timeline.is_muted(event) else 0
    sound = ("", "A", "AA")[min(heard, 2)]
    if not event.source.picture:
        return sound
    return {"": "V", "A": "B", "AA": "AA/V"}[sound]


def _further_channels(event: Event, timeline: Timeline) -> Iterator[str]:
    if "AA" in _channels(event, timeline) and channels_of(event.file) > 2:
        numbers = range(3, min(channels_of(event.file), _MOST_CHANNELS) + 1)
        yield "AUD" + "".join(f"  {channel:<3}" for channel in numbers).rstrip()


def _what_was_altered(event: Event, shown: SourceFrames, reel: str) -> Iterator[str]:
    if tape_name(event.file) != reel:
        yield f"* REEL: {_plain(tape_name(event.file))}"
    if not shown.exact and event.source.picture:
        timecode = event.source.timecode + event.first
        yield f"* SOURCE TIMECODE: {timecode} AT {event.source.rate}"


def _locators(event: Event, plan: Layout) -> Iterator[str]:
    at = plan.timecode_at(event.record).wrapped()
    for note in event_notes(event):
        color = _COLORS.get(note.color, note.color)
        yield f"* LOC: {at} {color:<8} {_plain(f'{note.name}: {note.words}')}"


def _plain(text: str) -> str:
    """Return a text on one line."""
    return "".join(mark if mark.isprintable() else " " for mark in printable(text))


def shoot_losses(delivery: Delivery) -> tuple[str, ...]:
    """Return what lists cannot say of this shoot."""
    return (
        *_left_out(delivery),
        *losses.drift(delivery, "EDL"),
        *losses.sub_frame(delivery, "EDL"),
        *losses.own_sound(delivery),
        *_other_counts(delivery),
        *_altered_reels(delivery),
        *_lost_channels(delivery),
    )


def _left_out(delivery: Delivery) -> tuple[str, ...]:
    unplaced = sum(placement.status is Status.UNSYNCED for placement in delivery.sync_map.placements)
    return (f"{losses.counted(unplaced, 'clip')} without a place: in no list",) if unplaced else ()


def _other_counts(delivery: Delivery) -> tuple[str, ...]:
    rate = delivery.timeline_rate
    odd = {
        event.clip.key
        for event in losses.synced_events(delivery)
        if event.source.picture and event.source.rate != rate
    }
    if not odd:
        return ()
    clips = losses.counted(len(odd), "clip")
    return (
        f"{clips} at another rate than {rate}: EDL counts their source in frames of {rate}; "
        "their own timecode is in a comment",
    )


def _altered_reels(delivery: Delivery) -> tuple[str, ...]:
    names = reel_names(delivery.placed_clips)
    altered = {
        names[reel_key(clip, file)]
        for clip in delivery.placed_clips
        for file in clip.files
        if names[reel_key(clip, file)] != tape_name(file)
    }
    if not altered:
        return ()
    reels = losses.counted(len(altered), "reel name")
    return (f"{reels} written in capitals, digits and underscores; the true ones are in comments",)


def _lost_channels(delivery: Delivery) -> tuple[str, ...]:
    many = sum(
        any(channels_of(file) > _MOST_CHANNELS for file in clip.files) for clip in delivery.placed_clips
    )
    if not many:
        return ()
    clips = losses.counted(many, "recording")
    return (f"{clips} of more than {_MOST_CHANNELS} channels: EDL names the first {_MOST_CHANNELS}",)


DIALECT = Dialect(
    name="EDL",
    suffix=".edl",
    readers="anything that conforms: Avid Media Composer (List Tool), DaVinci Resolve, Premiere Pro",
    carries="a list for each camera: record and source timecode, legal reels, file names, markers",
    loses="clips without a place, tracks side by side, more than four channels, drift, other rates",
    writer=as_texts(render),
    losses=shoot_losses,
    steps=(
        "There is one list for each camera; bring in one after another.",
        "DaVinci Resolve: put the media into the Media Pool first, then File > Import > Timeline; choose the "
        "list's frame rate, and match by file name or reel.",
        "Avid Media Composer: Tools > List Tool > File > Open (file_32), then load the list and relink.",
        "Premiere Pro: File > Import; choose the list's frame rate, then link the clips by file name.",
    ),
)
