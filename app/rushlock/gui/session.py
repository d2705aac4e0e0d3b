"""What each running window has open, written down so that the next start can tell of a crash.

Unnamed projects are sheltered (``recovery``); a named one is safe in its own file, every change of it. What a
crash would still leave unsaid is that there was one, in which project, and what was running. One small file
each window, guarded by a lock that dies with its process: a file without a guard was left by a crash.
"""

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject

from rushlock.base.paths import config_folder
from rushlock.gui.document import Document
from rushlock.gui.jobs import Jobs

_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Left:
    """What a window had open when it was ended without being closed.

    Attributes:
        project: Its named project.
        running: The job that ran, in words; empty for none.
    """

    project: Path
    running: str


class Session(QObject):
    """Keeps the note of one window."""

    def __init__(self, document: Document, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._running = ""
        self._noted: tuple[str, str] | None = None
        self._path = _folder() / f"{os.getpid()}-{time.monotonic_ns()}{_SUFFIX}"
        self._lock: QLockFile | None = None
        document.changed.connect(self._note)
        jobs.began.connect(self._began)
        jobs.ended.connect(lambda: self._began(""))

    def end(self) -> None:
        """The window is closed as it should be: nothing is to be told."""
        self._noted = None
        self._path.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _began(self, name: str) -> None:
        self._running = name
        self._note()

    def _note(self) -> None:
        named = self._document.begun and not self._document.unnamed
        if not named:
            if self._noted is not None:
                self.end()
            return
        note = (str(self._document.path.absolute()), self._running)
        if note != self._noted:
            self._noted = note
            with suppress(OSError):  # a note that cannot be kept must not stop the work
                self._write(*note)

    def _write(self, project: str, running: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = _lock(self._path)
            self._lock.tryLock(0)
        draft = self._path.with_suffix(".tmp")
        draft.write_text(json.dumps({"project": project, "running": running}), encoding="utf-8")
        draft.replace(self._path)


def left_open() -> list[Left]:
    """Return what windows had open that were ended without being closed, and forget it."""
    found = []
    for path in sorted(_folder().glob(f"*{_SUFFIX}")):
        lock = _lock(path)
        if not lock.tryLock(0):
            continue
        with suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads(path.read_text(encoding="utf-8"))
            found.append(Left(Path(note["project"]), str(note["running"])))
        path.unlink(missing_ok=True)
        lock.unlock()
    return [left for left in found if left.project.is_file()]


def _lock(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # only a dead process makes it stale, never time
    return lock


def _folder() -> Path:
    return config_folder() / "open"
