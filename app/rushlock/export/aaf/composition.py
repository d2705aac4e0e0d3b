"""A sequence: timecode, a picture track for each row, a sound track for each channel of a row, markers.

Muted sound is left out: AAF has no word for a clip that is switched off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rushlock.export.aaf import parts
from rushlock.export.aaf.identity import mob_id
from rushlock.export.aaf.media_mobs import MediaMobs
from rushlock.export.sequences import Sequence as Timeline
from rushlock.export.source_frames import elapsed_frames
from rushlock.timeline.channels import Channel, channels_of
from rushlock.timeline.events import Event
from rushlock.timeline.layout import Row
from rushlock.timeline.markers import Note, event_notes, group_note

_FIRST_TRACK_SLOT = 2
_FIRST_MARKER_SLOT = 10_000
_USER = "Rushlock"
_FULL = 0xFFFF
_COLORS = {
    "ORANGE": (_FULL, 0x8000, 0),
    "RED": (_FULL, 0, 0),
    "CYAN": (0, _FULL, _FULL),
    "GREEN": (0, _FULL, 0),
    "YELLOW": (_FULL, _FULL, 0),
    "PURPLE": (0x8000, 0, 0x8000),
}


@dataclass(frozen=True, slots=True)
class _Track:
    """What becomes one slot: events, each as the picture or as one channel of its file."""

    kind: str
    number: int
    name: str
    slot_of_source: int
    events: tuple[Event, ...]


class Composition:
    """Makes the composition mob of one sequence."""

    def __init__(self, aaf: parts.Made, timeline: Timeline, media: MediaMobs, *, named: bool) -> None:
        """Prepare; ``named``: whether sound tracks are called as the mixer called them."""
        self._aaf, self._timeline, self._plan, self._media = aaf, timeline, timeline.plan, media
        self._named = named
        self._length = max(1, timeline.plan.end - timeline.plan.origin)

    def mob(self, when: datetime) -> parts.Made:
        """Return the mob, not yet in the file."""
        identity = mob_id("sequence", self._timeline.name, *self._content())
        made = parts.mob(self._aaf, "CompositionMob", self._timeline.name, identity, when)
        made.usage = "Usage_TopLevel"
        start = self._plan.start
        code = self._aaf.create.Timecode(start.rate.timebase, drop=start.drop, length=self._length)
        code.start = start.frames
        parts.add_slot(self._aaf, made, 1, start.rate, code, track=1, name="TC1")
        tracks = list(_tracks(self._timeline, named=self._named))
        for slot, track in enumerate(tracks, start=_FIRST_TRACK_SLOT):
            segment = self._segment(track)
            parts.add_slot(
                self._aaf, made, slot, self._plan.rate, segment, track=track.number, name=track.name
            )
        self._add_markers(made, tracks)
        return made

    def _content(self) -> Iterator[str]:
        """Yield what makes this sequence another than one made before."""
        yield f"{self._plan.start} {self._plan.rate} {self._timeline.muted}"
        for row in self._plan.rows:
            yield row.name
            for event in row.events:
                yield f"{event.file.fingerprint} {event.first} {event.record} {event.frames} {event.source}"

    def _segment(self, track: _Track) -> parts.Made:
        """Return a track's events with fillers between them and to the end."""
        made = self._aaf.create.Sequence(track.kind, self._length)
        at = self._plan.origin
        components = []
        for event in track.events:
            if event.record > at:
                components.append(self._aaf.create.Filler(track.kind, event.record - at))
            first, frames = elapsed_frames(event, self._plan.rate)
            of = self._media.master_of(event.file)
            components.append(parts.shown(self._aaf, track.kind, of, track.slot_of_source, first, frames))
            at = event.record + frames
        if self._plan.origin + self._length > at:
            components.append(self._aaf.create.Filler(track.kind, self._plan.origin + self._length - at))
        made.components.value = components
        return made

    def _add_markers(self, made: parts.Made, tracks: Sequence[_Track]) -> None:
        if not tracks:
            return
        told: set[tuple[str, int, int]] = set()
        groups = [(start.record, group_note(start)) for start in self._plan.moved_groups]
        for slot, track in enumerate(tracks, start=_FIRST_TRACK_SLOT):
            notes, groups = groups, []  # a group's note is told on the first track
            fresh = [event for event in track.events if _key(event) not in told]
            notes = notes + [(event.record, note) for event in fresh for note in event_notes(event)]
            told |= {_key(event) for event in fresh}
            if notes:
                made.slots.append(self._marker_slot(slot, track, notes))

    def _marker_slot(self, slot: int, track: _Track, notes: Sequence[tuple[int, Note]]) -> parts.Made:
        made = self._aaf.create.EventMobSlot(_FIRST_MARKER_SLOT + slot)
        rate = self._plan.rate.fps
        made.edit_rate = f"{rate.numerator}/{rate.denominator}"
        made["PhysicalTrackNumber"].value = track.number
        markers = self._aaf.create.Sequence("DescriptiveMetadata")
        in_order = sorted(notes, key=lambda pair: pair[0])
        markers.components.value = [
            self._marker(slot, record - self._plan.origin, note) for record, note in in_order
        ]
        made.segment = markers
        return made

    def _marker(self, slot: int, position: int, note: Note) -> parts.Made:
        made = self._aaf.create.DescriptiveMarker()
        made.length = 1
        made["Position"].value = position
        made["Comment"].value = parts.clean(f"{note.name}: {note.words}")
        made["DescribedSlots"].value = {slot}
        made["CommentMarkerUser"].value = _USER
        made["CommentMarkerColor"].value = dict(
            zip(("red", "green", "blue"), _COLORS[note.color], strict=True)
        )
        return made


def _key(event: Event) -> tuple[str, int, int]:
    return event.clip.key, event.chapter, event.first


def _tracks(timeline: Timeline, *, named: bool) -> Iterator[_Track]:
    """Yield the picture tracks, then those of sound, in the order of the rows."""
    number = 0
    for row in timeline.plan.rows:
        events = tuple(event for event in row.events if event.source.picture)
        if events:
            number += 1
            yield _Track(parts.PICTURE, number, row.name, parts.PICTURE_SLOT, events)
    number = 0
    for row in timeline.plan.rows:
        for slot, channel, events in _channels(row, timeline):
            number += 1
            yield _Track(parts.SOUND, number, channel.called(row.name, named=named), slot, events)


def _channels(row: Row, timeline: Timeline) -> Iterator[tuple[int, Channel, tuple[Event, ...]]]:
    """Yield slot, channel (as the file with most of them calls it) and events of every channel of a row."""
    heard = [event for event in row.events if event.source.sound and not timeline.is_muted(event)]
    if not heard:
        return
    channels = [channels_of(event.file) for event in heard]
    for channel in max(channels, key=len):
        events = (event for event, its in zip(heard, channels, strict=True) if len(its) >= channel.number)
        yield parts.FIRST_SOUND_SLOT + channel.number - 1, channel, tuple(events)
