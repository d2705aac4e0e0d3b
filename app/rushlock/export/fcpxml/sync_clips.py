"""Synchronised clips: each picture with the sound that recorders took meanwhile, for editors without angles.

Inside such a clip time is the picture's own source timecode. A recorder that was already running begins at
the very sample that belongs to the picture's first frame; one that began later stands at the nearest
frame.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from rushlock.export.fcpxml.clips import ClipWriter, audio_role, source_start
from rushlock.export.fcpxml.times import tc_format, time
from rushlock.export.markup import Element, element
from rushlock.timeline.events import Event


def sync_clips(writer: ClipWriter) -> Iterator[Element]:
    """Yield ``sync-clip`` for each picture during which a recorder ran."""
    events = [event for row in writer.sequence.plan.rows if row.synced for event in row.events]
    recorders = [event for event in events if not event.source.picture]
    for event in events:
        if not event.source.picture:
            continue
        sounds = [sound for sound in recorders if sound.record < event.end and event.record < sound.end]
        if sounds:
            yield _sync_clip(writer, event, sounds)


def _sync_clip(writer: ClipWriter, event: Event, sounds: list[Event]) -> Element:
    start = source_start(event)
    connected = [
        clip
        for lane, sound in enumerate(sounds, start=1)
        if (clip := _connected(writer, event, sound, -lane)) is not None
    ]
    role = audio_role(event.clip.camera)
    own = [element("audio-role-source", role=role, active=0)] if event.source.sound else []
    return element(
        "sync-clip",
        writer.asset_clip(event, start, *connected),
        element("sync-source", *own, sourceID="storyline"),
        name=f"{event.file.path.stem} - Synchronized",
        start=time(start),
        duration=time(writer.sequence.plan.rate.seconds_of(event.frames)),
        format=writer.resources.format_of(event),
        tcFormat=tc_format(event.source.timecode),
    )


def _connected(writer: ClipWriter, event: Event, sound: Event, lane: int) -> Element | None:
    """Return a recorder's clip within a picture, None where less than a frame is common."""
    if event.place is None or sound.place is None:
        return None
    frame_rate, later = event.source.rate, sound.place - event.place
    missed = max(0, sound.source.rate.frame_at(-later))
    waited = max(0, frame_rate.frame_at(later))
    lasting = min(event.end, sound.end) - max(event.record, sound.record)
    heard = replace(sound, first=sound.first + missed, frames=lasting)
    if lasting <= 0 or missed >= sound.source.length:
        return None
    offset: Fraction = source_start(event) + frame_rate.seconds_of(waited)
    clip = writer.asset_clip(heard, offset)
    clip.set("lane", str(lane))
    return clip
