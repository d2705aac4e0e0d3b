"""Find media again that moved or was renamed: by size first, then by fingerprint.

Names identify nothing; they only say which files to look at first and which of two copies to take.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.media.clip import MediaFile
from rushlock.media.fingerprint import fingerprint
from rushlock.project.document import Project, Source

_STAGE = "Looking for moved media"


@dataclass(frozen=True, slots=True)
class RelinkResult:
    """What a search found.

    Attributes:
        moved: Old path to the file in its new place.
        missing: Files that were not found.
    """

    moved: dict[Path, MediaFile]
    missing: tuple[MediaFile, ...]


def missing(project: Project) -> tuple[MediaFile, ...]:
    """Return the project's files that are not where they were, or that something else lies in place of."""
    files = (file for clip in project.clips() for file in clip.files)
    return tuple(file for file in files if _size(file.path) != file.size)


def relink(project: Project, folders: Sequence[Path], token: CancelToken) -> Stage[RelinkResult]:
    """Search folders for a project's missing files and keep where they lie now.

    Runs in the thread that the project belongs to; a window searches in another thread with ``search``
    and calls ``accept`` with the result.
    """
    result = yield from search(missing(project), folders, token)
    accept(project, result)
    return result


def accept(project: Project, result: RelinkResult) -> None:
    """Keep what a search found: the files' new places, and those of the sources that moved with them."""
    if result.moved:
        project.move_files(result.moved, moved_sources(project.sources(), result.moved))


def search(wanted: Sequence[MediaFile], folders: Sequence[Path], token: CancelToken) -> Stage[RelinkResult]:
    """Search folders, and all below them, for files with the content of those wanted."""
    candidates = yield from _of_right_size(wanted, folders, token)
    found = yield from _identified(wanted, candidates, token)
    return _matched(wanted, found)


def _of_right_size(
    wanted: Sequence[MediaFile], folders: Iterable[Path], token: CancelToken
) -> Stage[list[Path]]:
    """Return all files that are as long as a wanted one, those first that are called alike."""
    sizes = {file.size for file in wanted}
    names = {file.path.name for file in wanted}
    candidates, seen = [], 0
    for folder in folders:
        for place, _, files in os.walk(folder):
            yield Progress(_STAGE, seen, 0, Path(place).name, unit="files")
            for path in (Path(place, name) for name in files):
                token.check()
                if _size(path) in sizes:
                    candidates.append(path)
            seen += len(files)
            token.check()
    return sorted(candidates, key=lambda path: path.name not in names)


def _identified(
    wanted: Sequence[MediaFile], candidates: Sequence[Path], token: CancelToken
) -> Stage[dict[str, list[Path]]]:
    """Return candidates by fingerprint; those called otherwise are read only until everything is found."""
    names = {file.path.name for file in wanted}
    lacking = {file.fingerprint for file in wanted}
    found: dict[str, list[Path]] = defaultdict(list)
    for done, path in enumerate(candidates):
        token.check()
        yield Progress(_STAGE, done, len(candidates), path.name, unit="files")
        if not lacking and path.name not in names:
            break
        content = _fingerprint(path)
        found[content].append(path)
        lacking.discard(content)
    return found


def moved_sources(sources: Sequence[Source], moved: Mapping[Path, MediaFile]) -> tuple[Source, ...]:
    """Return sources, those whose files all moved together under their new paths."""
    return tuple(replace(source, path=_moved_source(source.path, moved)) for source in sources)


def _moved_source(source: Path, moved: Mapping[Path, MediaFile]) -> Path:
    below = {old: new.path for old, new in moved.items() if old.is_relative_to(source)}
    places = {_without_tail(new, old.relative_to(source)) for old, new in below.items()}
    place = places.pop() if len(places) == 1 else None
    return place if place is not None and not source.exists() else source


def _without_tail(path: Path, tail: Path) -> Path | None:
    """Return a path less the parts that it ends with, None where it does not end with them."""
    count = len(tail.parts)
    if count == 0:
        return path
    return Path(*path.parts[:-count]) if path.parts[-count:] == tail.parts else None


def _matched(wanted: Sequence[MediaFile], found: Mapping[str, Sequence[Path]]) -> RelinkResult:
    """Return which file lies where; of several copies the one with the old name."""
    moved: dict[Path, MediaFile] = {}
    lost = []
    for file in wanted:
        copies = sorted(found.get(file.fingerprint, ()), key=lambda path: path.name != file.path.name)
        if copies:
            moved[file.path] = replace(file, path=copies[0])
        else:
            lost.append(file)
    return RelinkResult(moved, tuple(lost))


def _size(path: Path) -> int | None:
    """Return a file's size in bytes, None where there is none."""
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def _fingerprint(path: Path) -> str:
    """Return a file's fingerprint, empty where it cannot be read."""
    try:
        return fingerprint(path)
    except MediaError:
        return ""
