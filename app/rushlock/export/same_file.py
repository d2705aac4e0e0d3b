"""Which file of a project a row of somebody else's timeline means.

By its path; else by its name, else by its name without the suffix (editors cut with proxies). Where several
files are called so, timecode and length decide, then the folders above them. Where still several fit, none is
taken: a wrong file would be compared rightly, with the wrong clip.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePath

from rushlock.media.clip import Clip, MediaFile
from rushlock.timeline.read import TimelineRow
from rushlock.timeline.source import source_of


@dataclass(frozen=True, slots=True)
class Known:
    """A file of the project: its clip and which chapter of it."""

    clip: Clip
    chapter: int

    @property
    def file(self) -> MediaFile:
        """The file itself."""
        return self.clip.files[self.chapter]


class KnownFiles:
    """The files of some clips."""

    def __init__(self, clips: Iterable[Clip]) -> None:
        self._paths: dict[PurePath, Known] = {}
        self._names: defaultdict[str, list[Known]] = defaultdict(list)
        self._stems: defaultdict[str, list[Known]] = defaultdict(list)
        for clip in clips:
            for chapter, file in enumerate(clip.files):
                known = Known(clip, chapter)
                self._paths[file.path] = known
                self._names[file.path.name.casefold()].append(known)
                self._stems[file.path.stem.casefold()].append(known)

    def found(self, row: TimelineRow) -> Known | str:
        """Return the file that a row shows, or why none can be named."""
        path = row.path
        if path is None:
            return "the timeline names no file"
        if path in self._paths:
            return self._paths[path]
        called = self._names[path.name.casefold()] or self._stems[path.stem.casefold()]
        fitting = [known for known in called if _fits(known.file, row)] if len(called) > 1 else called
        nearest = _nearest(path, fitting)
        if len(nearest) == 1:
            return nearest[0]
        if not called:
            return "no file of the project is called so"
        return f"{len(called)} files of the project are called so, and nothing tells which is meant"


def _fits(file: MediaFile, row: TimelineRow) -> bool:
    """Return whether timecode and length are those that the timeline knows, within a frame."""
    if row.media is None or not (file.pictures or file.sounds):
        return True
    source = source_of(file)
    a_frame = max(source.rate.frame_seconds, row.media.start.rate.frame_seconds)
    if abs(source.rate.seconds_of(source.length) - row.media.duration) > a_frame:
        return False
    return abs(source.timecode.seconds - row.media.start.seconds) <= a_frame


def _nearest(path: PurePath, files: list[Known]) -> list[Known]:
    """Return the files that share most of the folders above them with a path."""
    shared = [_shared(path, known.file.path) for known in files]
    return [known for known, folders in zip(files, shared, strict=True) if folders == max(shared)]


def _shared(one: PurePath, other: PurePath) -> int:
    """Return how many names at the end of two paths are the same, the file's own left out."""
    pairs = zip(reversed(one.parts[:-1]), reversed(other.parts[:-1]), strict=False)
    return len(list(takewhile(lambda pair: pair[0].casefold() == pair[1].casefold(), pairs)))
