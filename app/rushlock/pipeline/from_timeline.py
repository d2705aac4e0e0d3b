"""A timeline of an NLE as what is to be synced: its media, its tracks as cameras.

Media that are not where the timeline says are looked for by name below some folders. A file counts as found
if it has the name and, where the timeline tells them, the same start timecode and the same length within a
frame; of several that fit none is taken: a wrong file would be synced rightly, to the wrong clip.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path, PurePath

from rushlock.base.errors import MediaError, UsageError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.store import open_default
from rushlock.media.clip import MediaFile
from rushlock.pipeline.probing import cached_probe
from rushlock.timeline.read import MediaSpan, TimelineRow
from rushlock.timeline.reading.any import timeline_rows

STAGE = "Looking for media"
ProbeOne = Callable[[Path], MediaFile]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file that a timeline uses.

    Attributes:
        path: Where the timeline says it lies.
        camera: Of the first video track that shows it, else of the first sound track.
        media: What the timeline knows of it.
    """

    path: PurePath
    camera: str
    media: MediaSpan | None


@dataclass(frozen=True, slots=True)
class TimelineMedia:
    """What was found.

    Attributes:
        files: (camera, path) of each file, in the timeline's order.
        lost: What was not, with the reason in words.
    """

    files: tuple[tuple[str, Path], ...]
    lost: tuple[tuple[Wanted, str], ...] = field(default=())

    @property
    def at_least_one(self) -> "TimelineMedia":
        """The same, for whoever cannot go on with nothing.

        Raises:
            UsageError: None of the files was found.
        """
        if not self.files:
            reason = self.lost[0][1]
            raise UsageError(f"none of the timeline's {len(self.lost)} media files is found: {reason}")
        return self


def media_of_timeline(
    timeline: Path, folders: Sequence[Path], settings: Settings, token: CancelToken
) -> Stage[TimelineMedia]:
    """Read a timeline of any kind and find its media; ``folders`` as for ``media_of``.

    Raises:
        UsageError: The timeline cannot be read, or uses no media.
    """
    yield Progress(STAGE, 0, 0, timeline.name, "files")
    rows = timeline_rows(timeline)
    return (yield from media_of(rows, folders, cached_probe(open_default(settings)), token))


def wanted_media(rows: Sequence[TimelineRow]) -> tuple[Wanted, ...]:
    """Return each file that a timeline uses, once."""
    first: dict[PurePath, TimelineRow] = {}
    for row in sorted(rows, key=lambda row: row.kind != "Video"):
        if row.path is not None:
            first.setdefault(row.path, row)
    ordered = dict.fromkeys(row.path for row in rows if row.path is not None)
    return tuple(Wanted(path, first[path].camera or first[path].track, first[path].media) for path in ordered)


def media_of(
    rows: Sequence[TimelineRow], folders: Sequence[Path], probe_one: ProbeOne, token: CancelToken
) -> Stage[TimelineMedia]:
    """Find the media of a timeline.

    Args:
        rows: Of the timeline.
        folders: Where to look for what is not where the timeline says.
        probe_one: Reads one file; raises MediaError where it cannot be used.
        token: Checked between folders and files.

    Raises:
        UsageError: The timeline uses no media.
    """
    wanted = wanted_media(rows)
    if not wanted:
        raise UsageError("the timeline refers to no media files")
    away = [want for want in wanted if not _is_there(want.path)]
    named = yield from _by_name({want.path.name.casefold() for want in away}, folders, token)
    files, lost = [], []
    for done, want in enumerate(wanted):
        token.check()
        yield Progress(STAGE, done, len(wanted), want.path.name, "files")
        candidates = named[want.path.name.casefold()] if want in away else [Path(want.path)]
        fitting = candidates if want not in away else [p for p in candidates if _fits(p, want, probe_one)]
        if len(fitting) == 1:
            files.append((want.camera, fitting[0].absolute()))
        else:
            lost.append((want, _why(candidates, fitting)))
    return TimelineMedia(tuple(files), tuple(lost))


def _is_there(path: PurePath) -> bool:
    try:
        return isinstance(path, type(PurePath())) and Path(path).is_file()
    except (OSError, ValueError):
        return False


def _by_name(
    names: set[str], folders: Sequence[Path], token: CancelToken
) -> Stage[defaultdict[str, list[Path]]]:
    """Return the files of some names below folders, each file once."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    seen: set[Path] = set()
    for folder in folders if names else ():
        for place, _, files in os.walk(folder):
            token.check()
            yield Progress(STAGE, len(seen), 0, Path(place).name, "files")
            for name in files:
                path = Path(place, name).resolve()
                if name.casefold() in names and path not in seen:
                    seen.add(path)
                    found[name.casefold()].append(path)
    return found


def _fits(path: Path, want: Wanted, probe_one: ProbeOne) -> bool:
    """Return whether a file of the right name can be the one wanted."""
    try:
        file = probe_one(path)
    except MediaError:
        return False
    if want.media is None:
        return True
    a_frame = max(want.media.start.rate.frame_seconds, _frame_seconds(file))
    if abs(file.duration - want.media.duration) > a_frame:
        return False
    if file.timecode is None:
        return True
    return abs(file.timecode.seconds - want.media.start.seconds) <= a_frame


def _frame_seconds(file: MediaFile) -> Fraction:
    return file.pictures[0].rate.frame_seconds if file.pictures else Fraction(0)


def _why(candidates: Sequence[Path], fitting: Sequence[Path]) -> str:
    if len(fitting) > 1:
        return f"{len(fitting)} files fit equally well, such as {fitting[0]} and {fitting[1]}"
    if candidates:
        return f"{candidates[0]} has its name, but another timecode or length"
    return "no file of its name"
