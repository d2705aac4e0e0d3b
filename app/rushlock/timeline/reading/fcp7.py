"""FCP 7 XML read into rows: every sequence, nested sequences where they lie, the clips of multiclips."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path, PurePath

from rushlock.base.errors import UsageError
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.timeline.read import MediaSpan, TimelineRow
from rushlock.timeline.reading.xml import Element, rate_of, root_of, text, whole
from rushlock.timeline.uri import path_of

CAMERA_ATTRIBUTE = "Rushlock.Camera"
SYNCED_ATTRIBUTE = "Rushlock.Synced"
"""Attributes of a track in documents that Rushlock wrote; other programs ignore them."""

_KINDS = {"video": "Video", "audio": "Audio"}
_DEEPEST = 8


def fcp7_rows(path: Path) -> tuple[TimelineRow, ...]:
    """Return the clips of an xmeml document, sequence by sequence, track by track.

    Raises:
        UsageError: It cannot be read.
    """
    root = root_of(path, "xmeml")
    sequences = [
        s for s in root.iter("sequence") if not any(up.tag == "clipitem" for up in s.iterancestors())
    ]
    reader = _Reader(path, *(_told(root, tag) for tag in ("file", "multiclip", "clip")))
    return tuple(row for sequence in sequences for row in reader.sequence(sequence, None, 0))


def _told(root: Element, tag: str) -> dict[str, Element]:
    """Return the elements of a kind by identifier: each is told once, anywhere, and then referred to."""
    return {found.get("id"): found for found in root.iter(tag) if found.get("id") and len(found)}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one document; files, multiclips and clips by identifier."""

    path: Path
    files: dict[str, Element]
    multiclips: dict[str, Element]
    clips: dict[str, Element]

    def sequence(self, sequence: Element, start: Fraction | None, depth: int) -> Iterator[TimelineRow]:
        """Yield a sequence's rows, its first frame at a time (None: at its own timecode)."""
        rate = _rate(sequence)
        if rate is None or depth > _DEEPEST:
            raise UsageError(f"{self.path}: a sequence has no frame rate, or sequences lie too deep")
        first = _timecode(sequence.find("timecode"), rate)
        begins = start if start is not None else (first.seconds if first else Fraction(0))
        for kind, shown in _KINDS.items():
            for number, track in enumerate(sequence.findall(f"media/{kind}/track"), start=1):
                name = text(track, "name") or f"{kind[0].upper()}{number}"
                for item in track.findall("clipitem"):
                    yield from self._item(item, track, (name, shown), (begins, rate, depth))

    def _item(
        self,
        item: Element,
        track: Element,
        called: tuple[str, str],
        clock: tuple[Fraction, FrameRate, int],
    ) -> Iterator[TimelineRow]:
        begins, rate, depth = clock
        own_rate = _rate(item) or rate
        first, after = (whole(text(item, tag)) or 0 for tag in ("in", "out"))
        record, frames = _place(item, rate.frame_at(own_rate.seconds_of(max(0, after - first))))
        start = begins + rate.seconds_of(record)
        nested = item.find("sequence")
        if nested is not None and len(nested):
            yield from self.sequence(nested, start - own_rate.seconds_of(first), depth + 1)
            return
        shown = item.get(CAMERA_ATTRIBUTE) or track.get(CAMERA_ATTRIBUTE) or called[0]
        for camera, file, skipped in self._files(item, shown, own_rate):
            media = _media(file, own_rate)
            origin = media.start if media else Timecode(0, own_rate)
            yield TimelineRow(
                camera=camera,
                track=called[0],
                kind=called[1],
                name=text(item, "name"),
                path=_path(file),
                start=start,
                duration=rate.seconds_of(frames),
                source=origin + origin.rate.frame_at(own_rate.seconds_of(first) + skipped),
                synced=track.get(SYNCED_ATTRIBUTE) != "FALSE",
                media=media,
            )

    def _files(self, item: Element, camera: str, rate: FrameRate) -> Iterator[tuple[str, Element, Fraction]]:
        """Yield what an item shows: camera, file, and how many seconds of it lie before its first frame.

        That is its file, or one for each angle of its multiclip, where the angle's clip begins with its
        in-point.
        """
        for file in item.findall("file"):
            yield camera, self.files.get(file.get("id"), file), Fraction(0)
        multiclip = item.find("multiclip")
        if multiclip is None:
            return
        told = self.multiclips.get(multiclip.get("id"), multiclip)
        for number, found in enumerate(told.findall("angle/clip"), start=1):
            clip = self.clips.get(found.get("id"), found)
            file = next(clip.iter("file"), None)
            if file is None:
                continue
            skipped = (_rate(clip) or rate).seconds_of(max(0, whole(text(clip, "in")) or 0))
            angle = clip.get(CAMERA_ATTRIBUTE) or f"{camera} angle {number}"
            yield angle, self.files.get(file.get("id"), file), skipped


def _place(item: Element, lasting: int) -> tuple[int, int]:
    """Return an item's first frame and length; a transition hides one end, which is written -1."""
    start, end = whole(text(item, "start")), whole(text(item, "end"))
    if start is None or start < 0:
        return (max(0, end - lasting) if end is not None and end >= 0 else 0), lasting
    return start, (end - start if end is not None and end > start else lasting)


def _media(file: Element, rate: FrameRate) -> MediaSpan | None:
    file_rate = _rate(file) or rate
    length = whole(text(file, "duration"))
    start = _timecode(file.find("timecode"), file_rate)
    if length is None or length <= 0:
        return None
    return MediaSpan(
        start or Timecode(0, file_rate), file_rate.seconds_of(length), text(file, "timecode/reel/name")
    )


def _rate(element: Element) -> FrameRate | None:
    return rate_of(text(element, "rate/timebase"), text(element, "rate/ntsc"))


def _timecode(element: Element | None, rate: FrameRate) -> Timecode | None:
    """Return a timecode by its frame number, or by its label where only that is written."""
    if element is None:
        return None
    counted = _rate(element) or rate
    drop = text(element, "displayformat") == "DF" and counted.timebase % 30 == 0
    frame = whole(text(element, "frame"))
    if frame is not None:
        return Timecode(frame, counted, drop)
    try:
        return Timecode.parse(text(element, "string"), counted)
    except ValueError:
        return None


def _path(file: Element) -> PurePath | None:
    url = text(file, "pathurl")
    try:
        return path_of(url) if url else None
    except ValueError:
        return None
