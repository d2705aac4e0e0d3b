"""A timeline read back into plain rows: what lies where, for checks and against hand-made sync maps."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from pathlib import Path, PurePath
from typing import Any

import opentimelineio as otio

from rushlock.base.errors import UsageError
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.timeline.own_metadata import KEY
from rushlock.timeline.uri import path_of

_MARKER = re.compile(r'"OTIO_SCHEMA"\s*:\s*"Marker\.(\d{1,9})"')


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
        read = otio.schema.Timeline.from_json_string(_of_known_versions(path.read_text(encoding="utf-8")))
    except (otio.exceptions.OTIOError, ValueError, LookupError, OSError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read as an OpenTimelineIO timeline: {error}") from error
    if not isinstance(read, otio.schema.Timeline):
        raise UsageError(f"{path} holds no timeline")
    return rows_of(read)


def rows_of(timeline: otio.schema.Timeline) -> tuple[TimelineRow, ...]:
    """Return the clips of a timeline, track by track."""
    origin = _origin(timeline)
    return tuple(
        _rows(timeline.tracks, _Lane(timeline.name, timeline.name, otio.schema.TrackKind.Video), origin)
    )


def _of_known_versions(text: str) -> str:
    """Return a timeline without its markers where they are newer than the installed OpenTimelineIO.

    It would refuse the whole timeline, and rows need no markers.
    """
    known = otio.core.type_version_map()["Marker"]
    if all(int(version) <= known for version in _MARKER.findall(text)):
        return text
    return json.dumps(json.loads(text, object_hook=_unmarked))


def _unmarked(held: dict[str, Any]) -> dict[str, Any]:
    return held | {"markers": []} if "OTIO_SCHEMA" in held and "markers" in held else held


@dataclass(frozen=True, slots=True)
class _Lane:
    """The track that a clip lies on, as its rows name it."""

    camera: str
    name: str
    kind: str
    synced: bool = True

    @classmethod
    def of(cls, track: otio.schema.Track) -> "_Lane":
        """Premiere names no tracks; two without a name are still two cameras: "V1", "V2"."""
        own = track.metadata.get(KEY, {})
        name = track.name or f"{track.kind[:1]}{_number(track)}"
        return cls(own.get("camera", name), name, track.kind, own.get("synced", True))


def _number(track: otio.schema.Track) -> int:
    """Return which track of its kind this is in its stack, from 1."""
    stack = track.parent()
    if stack is None:
        return 1
    before = takewhile(lambda one: one is not track, stack)
    return 1 + len([one for one in before if isinstance(one, otio.schema.Track) and one.kind == track.kind])


def _rows(item: otio.core.Composable, lane: _Lane, start: Fraction) -> Iterator[TimelineRow]:
    """Yield the rows of whatever begins at a time on a lane, nested stacks' and tracks' where they lie."""
    if isinstance(item, otio.schema.Clip):
        yield _row(item, lane, start)
    elif isinstance(item, otio.core.Composition):
        inside = item.source_range.start_time if item.source_range else None
        begins = start - (_seconds(inside) if inside else 0)
        if isinstance(item, otio.schema.Track):
            yield from _track_rows(item, begins)
        else:
            for child in item:
                yield from _rows(child, lane, begins)


def _origin(timeline: otio.schema.Timeline) -> Fraction:
    """Return the project's time of the timeline's first frame."""
    own = timeline.metadata.get(KEY, {})
    if "origin" in own:
        return FrameRate.parse(own["rate"]).seconds_of(own["origin"])
    start = timeline.global_start_time
    return Fraction(0) if start is None else _seconds(start)


def _track_rows(track: otio.schema.Track, start: Fraction) -> Iterator[TimelineRow]:
    lane = _Lane.of(track)
    for item in track:
        if isinstance(item, otio.core.Item):  # a transition takes no time of its own
            yield from _rows(item, lane, start)
            start += _seconds(item.duration())


def _row(clip: otio.schema.Clip, lane: _Lane, start: Fraction) -> TimelineRow:
    return TimelineRow(
        camera=lane.camera,
        track=lane.name,
        kind=lane.kind,
        name=clip.name,
        path=_path(clip.media_reference),
        start=start,
        duration=_seconds(clip.duration()),
        source=_source(clip),
        synced=lane.synced,
        media=_media(clip),
    )


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
