"""Clip items and tracks as xmeml elements."""

from rushlock.export.fcp7.counting import FALSE, TRUE, frames_of, rate_element
from rushlock.export.fcp7.files import Files
from rushlock.export.fcp7.tracks import AUDIO, Item, Track, Tracks
from rushlock.export.markup import Element, carried, element
from rushlock.export.sequences import Sequence
from rushlock.export.source_frames import elapsed_frames
from rushlock.timeline.markers import Note, event_notes
from rushlock.timeline.reading.fcp7 import CAMERA_ATTRIBUTE, SYNCED_ATTRIBUTE

_LABELS = {"ORANGE": "Mango", "RED": "Rose", "CYAN": "Caribbean", "GREEN": "Forest", "YELLOW": "Yellow"}
"""Premiere's names of the nearest colours."""


def track_element(track: Track, tracks: Tracks, sequence: Sequence, files: Files) -> Element:
    """Return ``track`` with its items."""
    items = [item_element(item, tracks, sequence, files) for item in track.items]
    made = element(
        "track",
        element("name", track.name),
        *items,
        element("enabled", TRUE),
        element("locked", FALSE),
    )
    made.set(CAMERA_ATTRIBUTE, carried(track.camera))
    if not track.synced:
        made.set(SYNCED_ATTRIBUTE, FALSE)
    if track.kind == AUDIO:
        made.append(element("outputchannelindex", (track.half or 0) + 1))
        made.set("currentExplodedTrackIndex", str(track.half or 0))
        made.set("totalExplodedTrackCount", "1" if track.half is None else "2")
        made.set("premiereTrackType", "Mono" if track.half is None else "Stereo")
    return made


def item_element(item: Item, tracks: Tracks, sequence: Sequence, files: Files) -> Element:
    """Return ``clipitem``."""
    event, plan = item.event, sequence.plan
    first, lasting = elapsed_frames(event, plan.rate)
    start = event.record - plan.origin
    notes = event_notes(event) if item.marked else []
    return element(
        "clipitem",
        element("masterclipid", f"masterclip-{files.number(event)}"),
        element("name", event.file.path.name),
        element("enabled", FALSE if item.kind == AUDIO and sequence.is_muted(event) else TRUE),
        element("duration", frames_of(event.source, plan.rate)),
        rate_element(plan.rate),
        element("start", start),
        element("end", start + event.frames),
        element("in", first),
        element("out", first + lasting),
        files.file(event),
        _source_track(item),
        *(_link(other, len(tracks.linked[item.number])) for other in tracks.linked[item.number]),
        *(marker_element(note, first) for note in notes),
        element("logginginfo", element("description", event.clip.camera)),
        element("comments", element("mastercomment1", event.placement.reason)),
        _label(notes),
        id_=item.name,
    )


def _source_track(item: Item) -> Element | None:
    if item.channel is None:
        return None
    return element("sourcetrack", element("mediatype", AUDIO), element("trackindex", item.channel.number))


def _link(item: Item, together: int) -> Element | None:
    """Return ``link``; an item that is alone is linked to nothing."""
    if together == 1:
        return None
    return element(
        "link",
        element("linkclipref", item.name),
        element("mediatype", item.kind),
        element("trackindex", item.track),
        element("clipindex", item.place),
        element("groupindex", 1) if item.kind == AUDIO else None,
    )


def marker_element(note: Note, at: int) -> Element:
    """Return ``marker`` at a frame counted from its clip's or sequence's first."""
    return element(
        "marker",
        element("comment", note.words),
        element("name", note.name),
        element("in", at),
        element("out", -1),
    )


def _label(notes: list[Note]) -> Element | None:
    colors = [_LABELS[note.color] for note in notes if note.color in _LABELS]
    return element("labels", element("label2", colors[0])) if colors else None
