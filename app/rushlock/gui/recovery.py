"""Projects that have no name yet, kept so that a crash before the first save loses nothing.

They lie in the config folder. Each is guarded by a lock file that dies with its process; an unguarded one
was left behind by a crash and is offered again.
"""

import os
import time
from pathlib import Path

from PySide6.QtCore import QLockFile

from rushlock.base.paths import config_folder

SUFFIX = ".rushlock"
_SIDE_FILES = ("", "-wal", "-shm", "-journal")


class Shelter:
    """A place for one unnamed project, ours until ``leave``."""

    def __init__(self, path: Path | None = None) -> None:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        self.path = (
            path
            or folder
            / f"unsaved-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{time.monotonic_ns()}{SUFFIX}"
        )
        self._lock = QLockFile(str(_lock_path(self.path)))
        self._lock.setStaleLockTime(0)  # only a dead process makes it stale, never time
        self.ours = self._lock.tryLock(0)

    def leave(self) -> None:
        """Give the place up and remove what is in it."""
        for end in _SIDE_FILES:
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        self._lock.unlock()


def left_behind() -> list[Path]:
    """Return unnamed projects that no running program holds, the latest first."""
    found = []
    for path in sorted(_folder().glob(f"*{SUFFIX}"), reverse=True):
        lock = QLockFile(str(_lock_path(path)))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            lock.unlock()
            found.append(path)
    return found


def discard(path: Path) -> None:
    """Remove an unnamed project that was left behind."""
    shelter = Shelter(path)
    if shelter.ours:
        shelter.leave()


def _folder() -> Path:
    return config_folder() / "unsaved"


def _lock_path(path: Path) -> Path:
    return path.with_name(path.name + ".lock")
