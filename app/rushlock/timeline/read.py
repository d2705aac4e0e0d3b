"""A timeline read back into plain rows: what lies where, for checks and against hand-made sync maps."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path, PurePath

import opentimelineio as otio

from rushlock.base.errors import UsageError
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.timeline.own_metadata import KEY
from rushlock.timeline.uri import path_of


@dataclass(frozen=True, slots=True)
class MediaSpan:
    """What a timeline knows of a file: timecode of its first frame or sample, exact seconds, reel."""

    start: Timecode
    duration: Fraction
    reel: str = ""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One clip of a timeline.

    Attributes:
        camera: Its camera, or its track's name where Rushlock did not write the timeline.
        track: Name of the track.
        kind: "Video" or "Audio".
        name: Of the clip.
        path: The media file, None where the timeline refers to none.
        start: Exact seconds on the project's clock; after the timeline's midnight if Rushlock did not
            write it.
        duration: Exact seconds on the timeline.
        source: Source timecode of the first frame, or sample where the source is counted in samples.
        synced: False for a clip that was laid after the end because its place is unknown.
        media: The whole file as the timeline knows it, None where it does not.
    """

    camera: str
    track: str
    kind: str
    name: str
    path: PurePath | None
    start: Fraction
    duration: Fraction
    source: Timecode
    synced: bool
    media: MediaSpan | None = None


def timeline_file(path: Path) -> tuple[TimelineRow, ...]:
    """Return the rows of an ``.otio`` file.

    Raises:
        UsageError: The file cannot be read as a timeline.
    """
    try:
        read = otio.schema.Timeline.from_json_file(str(path))
    except (otio.exceptions.OTIOError, ValueError, LookupError, OSError) as error:
        raise UsageError(f"{path} cannot be read as an OpenTimelineIO timeline: {error}") from error
    if not isinstance(read, otio.schema.Timeline):
        raise UsageError(f"{path} holds no timeline")
    return rows_of(read)


def rows_of(timeline: otio.schema.Timeline) -> tuple[TimelineRow, ...]:
    """Return the clips of a timeline, track by track."""
    origin = _origin(timeline)
    return tuple(_stack_rows(timeline.tracks, origin))


def _stack_rows(stack: otio.schema.Stack, start: Fraction) -> Iterator[TimelineRow]:
    """Yield the rows of a stack's tracks, nested stacks' where they lie."""
    for track in stack:
        if isinstance(track, otio.schema.Track):
            yield from _track_rows(track, start)


def _origin(timeline: otio.schema.Timeline) -> Fraction:
    """Return the project's time of the timeline's first frame."""
    own = timeline.metadata.get(KEY, {})
    if "origin" in own:
        return FrameRate.parse(own["rate"]).seconds_of(own["origin"])
    start = timeline.global_start_time
    return Fraction(0) if start is None else _seconds(start)


def _track_rows(track: otio.schema.Track, start: Fraction) -> Iterator[TimelineRow]:
    own = track.metadata.get(KEY, {})
    for item in track:
        if not isinstance(item, otio.core.Item):
            continue  # a transition takes no time of its own
        duration = _seconds(item.duration())
        if isinstance(item, otio.schema.Stack):
            inside = item.source_range.start_time if item.source_range else None
            yield from _stack_rows(item, start - (_seconds(inside) if inside else 0))
        if isinstance(item, otio.schema.Clip):
            yield TimelineRow(
                camera=own.get("camera", track.name),
                track=track.name,
                kind=track.kind,
                name=item.name,
                path=_path(item.media_reference),
                start=start,
                duration=duration,
                source=_source(item),
                synced=own.get("synced", True),
                media=_media(item),
            )
        start += duration


def _source(clip: otio.schema.Clip) -> Timecode:
    first = clip.trimmed_range().start_time
    drop = clip.metadata.get(KEY, {}).get("source_drop", False)
    return Timecode(round(first.value), _rate(first), drop)


def _media(clip: otio.schema.Clip) -> MediaSpan | None:
    available = clip.media_reference.available_range if clip.media_reference else None
    if available is None:
        return None
    own = clip.metadata.get(KEY, {})
    start = available.start_time
    first = Timecode(round(start.value), _rate(start), own.get("source_drop", False))
    return MediaSpan(first, _seconds(available.duration), own.get("reel", ""))


def _path(reference: otio.core.MediaReference) -> PurePath | None:
    url = getattr(reference, "target_url", None) or reference.metadata.get("original_target_url", "")
    if not url:
        return None
    try:
        return path_of(url)
    except ValueError:
        return None  # media somewhere on the net


def _rate(time: otio.opentime.RationalTime) -> FrameRate:
    return FrameRate.nearest(time.rate)


def _seconds(time: otio.opentime.RationalTime) -> Fraction:
    """Return a time without the rounding of its double rate; the value stays as it is."""
    return Fraction(time.value) / _rate(time).fps
