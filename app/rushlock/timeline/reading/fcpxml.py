"""FCPXML read into rows: multicams by angle, compound clips and projects by lane, an event's loose clips.

A multicam or compound clip is read once, from the resources, not where projects use it: what is looked for
is the media and the camera they belong to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path, PurePath

from rushlock.base.errors import UsageError
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.timeline.read import MediaSpan, TimelineRow
from rushlock.timeline.reading.xml import Element, root_of
from rushlock.timeline.uri import path_of

_TIME = re.compile(r"(-?\d{1,30})(?:/(\d{1,30}))?s")
_HOLDERS = {"clip", "sync-clip", "spine", "gap", "asset-clip", "audition", "audio", "video"}
_SHOWN = {"asset-clip", "video", "audio"}
_ANGLE = "com.apple.proapps.studio.angle"
_REEL = "com.apple.proapps.studio.reel"
_SAMPLES = FrameRate(Fraction(48_000))
_DEEPEST = 32


def fcpxml_rows(path: Path) -> tuple[TimelineRow, ...]:
    """Return the clips of an FCPXML document.

    Raises:
        UsageError: It cannot be read.
    """
    place = path / "Info.fcpxml" if path.is_dir() else path
    root = root_of(place, "fcpxml")
    reader = _Reader(
        place,
        {asset.get("id"): asset for asset in root.iterfind("resources/asset")},
        {form.get("id"): form for form in root.iterfind("resources/format")},
    )
    return tuple(reader.rows(root))


@dataclass(frozen=True, slots=True)
class _Held:
    """Where a container's children lie: the camera (None: by lane), record time of its local time 0."""

    camera: str | None
    shift: Fraction
    synced: bool = True


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one document; assets and formats by identifier."""

    path: Path
    assets: dict[str, Element]
    formats: dict[str, Element]

    def rows(self, root: Element) -> Iterator[TimelineRow]:
        """Yield all rows."""
        for angle in root.iterfind("resources/media/multicam/mc-angle"):
            yield from self._children(angle, _Held(angle.get("name") or angle.get("angleID"), Fraction(0)), 0)
        spines = [*root.iterfind("resources/media/sequence/spine"), *root.iter("project")]
        for spine in spines:
            inner = spine.find("sequence/spine") if spine.tag == "project" else spine
            if inner is not None:
                yield from self._children(inner, _Held(None, Fraction(0)), 0)
        for event in (*root.iter("event"), *(root,)):
            yield from self._children(event, _Held(None, Fraction(0), synced=False), 0)

    def _children(self, parent: Element, held: _Held, depth: int) -> Iterator[TimelineRow]:
        if depth > _DEEPEST:
            raise UsageError(f"{self.path}: clips lie too deep in each other")
        for child in parent:
            if child.tag not in _HOLDERS:
                continue
            start = self._time(child.get("start")) or Fraction(0)
            offset = self._time(child.get("offset"))
            record = held.shift + (offset if offset is not None else start)
            asset = self.assets.get(child.get("ref")) if child.tag in _SHOWN else None
            if asset is not None:
                row = self._row(child, asset, held, record)
                start = row.source.seconds if child.get("start") is None else start
                yield row
            inside = held.shift if child.tag == "spine" and offset is None else record - start
            yield from self._children(child, _Held(held.camera, inside, held.synced), depth + 1)

    def _row(self, clip: Element, asset: Element, held: _Held, record: Fraction) -> TimelineRow:
        media = self._media(asset)
        rate = media.start.rate
        start = self._time(clip.get("start"))
        source = media.start.seconds if start is None else start
        duration = self._time(clip.get("duration"))
        drop = clip.get("tcFormat") == "DF" and rate.timebase % 30 == 0
        camera = held.camera or _metadata(asset, _ANGLE) or f"Lane {clip.get('lane') or 0}"
        return TimelineRow(
            camera=camera,
            track=held.camera or f"Lane {clip.get('lane') or 0}",
            kind="Video" if asset.get("hasVideo") == "1" else "Audio",
            name=clip.get("name") or asset.get("name") or "",
            path=_path(asset),
            start=record,
            duration=media.duration if duration is None else duration,
            source=Timecode(rate.frame_at(source), rate, drop),
            synced=held.synced,
            media=MediaSpan(Timecode(media.start.frames, rate, drop), media.duration, media.reel),
        )

    def _media(self, asset: Element) -> MediaSpan:
        rate = self._rate(asset)
        start = rate.frame_at(self._time(asset.get("start")) or Fraction(0))
        duration = self._time(asset.get("duration")) or Fraction(0)
        return MediaSpan(Timecode(start, rate), duration, _metadata(asset, _REEL))

    def _rate(self, asset: Element) -> FrameRate:
        """Return what an asset counts: frames of its format, or samples."""
        form = self.formats.get(asset.get("format"))
        frame = self._time(form.get("frameDuration")) if form is not None else None
        if asset.get("hasVideo") == "1" and frame is not None and frame > 0:
            return FrameRate(1 / frame)
        written = asset.get("audioRate") or ""
        return FrameRate(Fraction(int(written))) if written.isdecimal() and int(written) else _SAMPLES

    def _time(self, written: str | None) -> Fraction | None:
        """Return seconds of "1001/30000s"; None where nothing is written."""
        if written is None:
            return None
        match = _TIME.fullmatch(written.strip())
        if match is None or (match[2] is not None and int(match[2]) == 0):
            raise UsageError(f'{self.path}: "{written[:40]}" is not a time')
        return Fraction(int(match[1]), int(match[2] or 1))


def _metadata(asset: Element, key: str) -> str:
    return next((md.get("value") or "" for md in asset.iter("md") if md.get("key") == key), "")


def _path(asset: Element) -> PurePath | None:
    original = (rep for rep in asset.iter("media-rep") if rep.get("kind") != "proxy-media")
    url = asset.get("src") or next((rep.get("src") for rep in original), None)
    try:
        return path_of(url) if url else None
    except ValueError:
        return None
