"""Markers: what an editor should look at, with the reason where the NLE shows it.

A ``Note`` is a marker before any dialect: words and a colour at an event's first unit. OTIO's markers are
made of notes here; the other dialects make theirs of the same notes.
"""

from dataclasses import dataclass

import opentimelineio as otio

from rushlock.placements.sync_map import Status
from rushlock.timeline import nle_metadata
from rushlock.timeline.events import Event
from rushlock.timeline.layout import GroupStart, Layout
from rushlock.timeline.printable import printable

_Color = otio.schema.MarkerColor
COLORS = {
    Status.REVIEW: _Color.ORANGE,
    Status.UNSYNCED: _Color.RED,
    Status.MANUAL: _Color.CYAN,
    Status.LOCKED: _Color.GREEN,
}
_STEP_COLOR = _Color.YELLOW
_GROUP_COLOR = _Color.PURPLE


@dataclass(frozen=True, slots=True)
class Note:
    """What a marker says: a short name, a sentence (both printable), one of OTIO's colour names."""

    name: str
    words: str
    color: str


def event_notes(event: Event) -> list[Note]:
    """Return what is to be said at an event's start.

    The clip's status unless simply synced, told on its first event, and a step of its clock.
    """
    placement = event.placement
    notes = []
    if placement.status in COLORS and event.chapter == 0 and event.first == 0:
        words = f"{placement.reason} (confidence {placement.confidence:.0%})"
        notes.append(Note(placement.status.value, printable(words), COLORS[placement.status]))
    if event.step:
        words = f"The clip's clock jumps by {event.step:+.3f} s here"
        notes.append(Note("clock step", words, _STEP_COLOR))
    return notes


def group_note(group: GroupStart) -> Note:
    """Return what is to be said where a group begins that nothing ties to the ones before."""
    words = f"Nothing ties group {group.group + 1} to the ones before it: only its own clips are in sync"
    return Note(f"group {group.group + 1}", words, _GROUP_COLOR)


def event_markers(event: Event, at: otio.opentime.RationalTime) -> list[otio.schema.Marker]:
    """Return the markers of an event; ``at``: its first frame or sample in its source."""
    one = otio.opentime.TimeRange(at, otio.opentime.RationalTime(1, at.rate))
    return [_marker(note, one) for note in event_notes(event)]


def group_marker(group: GroupStart, plan: Layout) -> otio.schema.Marker:
    """Return the marker at which a group begins that nothing ties to the ones before."""
    fps = float(plan.rate.fps)
    at = otio.opentime.RationalTime(group.record - plan.origin, fps)
    return _marker(group_note(group), otio.opentime.TimeRange(at, otio.opentime.RationalTime(1, fps)))


def _marker(note: Note, marked: otio.opentime.TimeRange) -> otio.schema.Marker:
    return otio.schema.Marker(
        name=note.name,
        marked_range=marked,
        color=note.color,
        comment=note.words,
        metadata=nle_metadata.marker_keys(note.words),
    )
