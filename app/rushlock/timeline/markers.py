"""Markers: what an editor should look at, with the reason where the NLE shows it."""

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


def event_markers(event: Event, at: otio.opentime.RationalTime) -> list[otio.schema.Marker]:
    """Return the markers of an event: its clip's status unless simply synced, and a step of its clock.

    Args:
        event: What is to be marked; the clip's status is told on its first event.
        at: First frame or sample of the event in its source.
    """
    one = otio.opentime.TimeRange(at, otio.opentime.RationalTime(1, at.rate))
    placement = event.placement
    markers = []
    if placement.status in COLORS and event.chapter == 0 and event.first == 0:
        note = f"{placement.reason} (confidence {placement.confidence:.0%})"
        markers.append(_marker(placement.status.value, note, COLORS[placement.status], one))
    if event.step:
        note = f"The clip's clock jumps by {event.step:+.3f} s here"
        markers.append(_marker("clock step", note, _STEP_COLOR, one))
    return markers


def group_marker(group: GroupStart, plan: Layout) -> otio.schema.Marker:
    """Return the marker at which a group begins that nothing ties to the ones before."""
    fps = float(plan.rate.fps)
    at = otio.opentime.RationalTime(group.record - plan.origin, fps)
    note = f"Nothing ties group {group.group + 1} to the ones before it: only its own clips are in sync"
    one = otio.opentime.TimeRange(at, otio.opentime.RationalTime(1, fps))
    return _marker(f"group {group.group + 1}", note, _GROUP_COLOR, one)


def _marker(name: str, note: str, color: str, marked: otio.opentime.TimeRange) -> otio.schema.Marker:
    note = printable(note)
    return otio.schema.Marker(
        name=name, marked_range=marked, color=color, comment=note, metadata=nle_metadata.marker_keys(note)
    )
