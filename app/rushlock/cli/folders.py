"""The paths of a command line: whether they exist, what to call their timeline, the project to work in."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.base.errors import ProjectError, UsageError

if TYPE_CHECKING:
    from rushlock.project.document import Project

_NAMELESS = "timeline"


def check_paths(paths: Iterable[Path]) -> None:
    """Raise UsageError for the first path at which nothing lies."""
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110 - Path.exists() raises where permission is lacking
            raise UsageError(f"{path}: no such file or folder")


def shoot_name(paths: Sequence[Path]) -> str:
    """Return the name of the folder that holds all paths; of the path itself where it is the only one."""
    places = [path.resolve() for path in paths]
    if len(places) == 1 and places[0].is_file():
        return places[0].stem
    try:
        return Path(os.path.commonpath(places)).name or _NAMELESS
    except ValueError:  # on different drives
        return _NAMELESS


def check_name(name: str) -> None:
    """Raise UsageError for a name that cannot be a file's."""
    if Path(name).name != name or name in {"", ".", ".."} or "\0" in name:
        raise UsageError(f"{name!r} cannot be the name of a file")


@contextmanager
def opened_project(place: Path) -> Iterator["Project"]:
    """Open a project, or make it; one that was made and in which nothing was kept is not left behind.

    Raises:
        ProjectError: It cannot be opened or may not be written.
    """
    from rushlock.project.document import Project

    made = not place.exists()
    if made:
        place.parent.mkdir(parents=True, exist_ok=True)
    project = Project.create(place) if made else Project.open(place)
    kept = not made
    try:
        if project.read_only:
            raise ProjectError(f"{place}: it may only be read")
        yield project
        kept = kept or bool(project.clips())
    finally:
        project.close()
        if not kept:
            place.unlink(missing_ok=True)
