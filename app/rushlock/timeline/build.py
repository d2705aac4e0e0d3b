"""Sync map to OpenTimelineIO: a track per camera, the layout's whole frames written down.

Decisions:
    * Record lengths, gaps included, are counted at the timeline's rate, so that places add up exactly.
      Source starts and available ranges are counted at the clip's own rate (samples for sound alone) from
      its source timecode.
    * Rates are the doubles nearest to n/1001; ``opentime`` takes any other for a different rate.
    * No time warp is ever written: speed is not changed, and Premiere drops a clip's own settings for a
      warp of 1.
    * Pictures' tracks come first, in camera order, then sound in the same order: scratch under its picture.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count

import opentimelineio as otio

from rushlock.base.rate import FrameRate
from rushlock.media.clip import Clip, MediaFile
from rushlock.placements.sync_map import SyncMap
from rushlock.timeline import nle_metadata, own_metadata
from rushlock.timeline.events import Event
from rushlock.timeline.frame_rate import commonest_rate
from rushlock.timeline.layout import Layout, Row, layout
from rushlock.timeline.markers import event_markers, group_marker
from rushlock.timeline.own_metadata import KEY
from rushlock.timeline.printable import all_printable, printable
from rushlock.timeline.source import Source
from rushlock.timeline.uri import uri_of

_FALLBACK_PICTURE = (1920, 1080)
_FALLBACK_SAMPLE_RATE = 48000

_Linked = Sequence[tuple[int, Event]]


def timeline(
    clips: Sequence[Clip], sync_map: SyncMap, *, name: str, rate: FrameRate | None, drop: bool
) -> otio.schema.Timeline:
    """Return the sync map as an OTIO timeline.

    Args:
        clips: In track order: cameras come in the order of their first clips.
        sync_map: Clips that it does not mention are left out.
        name: Of the timeline.
        rate: Frames per second of the timeline; None: the commonest picture rate.
        drop: Whether the timeline counts drop-frame.

    Raises:
        TimecodeError: Drop-frame at a rate without it.
    """
    plan = layout(clips, sync_map, rate or commonest_rate(clips), drop)
    return timeline_of(plan, sync_map, name=name, muted=no_event)


def no_event(_event: Event) -> bool:
    """Return that an event is not meant, whichever it is."""
    return False


def timeline_of(
    plan: Layout, sync_map: SyncMap, *, name: str, muted: Callable[[Event], bool] = no_event
) -> otio.schema.Timeline:
    """Return a layout as an OTIO timeline.

    Args:
        plan: Where everything goes.
        sync_map: What groups and findings are told of.
        name: Of the timeline.
        muted: Says of which events the sound is there but switched off.
    """
    result = otio.schema.Timeline(
        name=printable(name),
        global_start_time=_at(plan.start.frames, plan.rate),
        metadata=nle_metadata.timeline_keys()
        | {KEY: all_printable(own_metadata.timeline_keys(plan, sync_map))},
    )
    result.tracks.name = printable(name)
    result.tracks.metadata.update(_stack_keys(plan))
    result.tracks.extend(_tracks(plan, muted))
    result.tracks.markers.extend(group_marker(group, plan) for group in plan.moved_groups)
    return result


def _stack_keys(plan: Layout) -> dict[str, object]:
    """Return Premiere's sequence settings: the largest picture and the highest sample rate."""
    width, height = picture_size(plan)
    return nle_metadata.stack_keys(plan.rate, width, height, sample_rate(plan))


def picture_size(plan: Layout) -> tuple[int, int]:
    """Return width and height of a layout's largest picture; of HD where there is none."""
    pictures = [(picture.width, picture.height) for file in _files(plan) for picture in file.pictures[:1]]
    return max(pictures, key=lambda size: size[0] * size[1], default=_FALLBACK_PICTURE)


def sample_rate(plan: Layout) -> int:
    """Return a layout's highest sample rate; 48000 where there is no sound."""
    rates = [sound.sample_rate for file in _files(plan) for sound in file.sounds]
    return max(rates, default=_FALLBACK_SAMPLE_RATE)


def _files(plan: Layout) -> Iterator[MediaFile]:
    return (event.file for row in plan.rows for event in row.events)


def _tracks(plan: Layout, muted: Callable[[Event], bool]) -> list[otio.schema.Track]:
    """Return the pictures' tracks, then those of sound."""
    links = count(1)
    linked = [(row, [(next(links), event) for event in row.events]) for row in plan.rows]
    pictures = [_picture_track(row, events, plan) for row, events in linked]
    sounds = [_sound_track(row, events, plan, muted) for row, events in linked]
    return [track for track in pictures + sounds if track is not None]


def _picture_track(row: Row, linked: _Linked, plan: Layout) -> otio.schema.Track | None:
    shown = [(link, event) for link, event in linked if event.source.picture]
    if not shown:
        return None
    items = [
        (event, _clip(event, plan, nle_metadata.picture_keys(link), marked=True)) for link, event in shown
    ]
    return _track(row, otio.schema.TrackKind.Video, items, plan)


def _sound_track(
    row: Row, linked: _Linked, plan: Layout, muted: Callable[[Event], bool]
) -> otio.schema.Track | None:
    heard = [(link, event) for link, event in linked if event.source.sound]
    if not heard:
        return None
    items = [
        (
            event,
            _clip(event, plan, nle_metadata.sound_keys(link, event.file), marked=not event.source.picture),
        )
        for link, event in heard
    ]
    for event, item in items:
        item.enabled = not muted(event)
    track = _track(row, otio.schema.TrackKind.Audio, items, plan)
    channels = max(nle_metadata.channels_of(event.file) for _, event in heard)
    track.metadata.update(nle_metadata.sound_track_keys(channels))
    return track


def _track(
    row: Row, kind: str, items: Iterable[tuple[Event, otio.schema.Clip]], plan: Layout
) -> otio.schema.Track:
    """Return a track on which every clip begins at its own frame, gaps between them."""
    track = otio.schema.Track(
        name=printable(row.name),
        kind=kind,
        metadata={KEY: {"camera": printable(row.camera), "synced": row.synced}},
    )
    at = plan.origin
    for event, item in items:
        if event.record > at:
            track.append(otio.schema.Gap(source_range=_range(0, event.record - at, plan.rate)))
        track.append(item)
        at = event.end
    return track


def _clip(event: Event, plan: Layout, keys: dict[str, object], *, marked: bool) -> otio.schema.Clip:
    """Return an event as a clip; the one of a linked pair that is ``marked`` carries markers and evidence."""
    source, own = event.source, own_metadata.clip_keys(event, plan)
    begins = _at(source.start + event.first, source.rate)
    if marked:
        own["evidence"] = own_metadata.evidence_keys(event)
    return otio.schema.Clip(
        name=printable(event.file.path.name),
        media_reference=_media(event, source),
        source_range=otio.opentime.TimeRange(begins, _at(event.frames, plan.rate)),
        metadata=keys | {KEY: all_printable(own)},
        markers=event_markers(event, begins) if marked else [],
    )


def _media(event: Event, source: Source) -> otio.schema.ExternalReference:
    reference = otio.schema.ExternalReference(
        target_url=uri_of(event.file.path), available_range=_range(source.start, source.length, source.rate)
    )
    reference.name = printable(event.file.path.name)
    return reference


def _at(frames: int, rate: FrameRate) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frames, float(rate.fps))


def _range(first: int, frames: int, rate: FrameRate) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(_at(first, rate), _at(frames, rate))
