"""A timeline of an NLE as what is to be synced: the window's way of ``rushlock sync --from``."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from rushlock.base.errors import RushlockError
from rushlock.base.settings import Settings
from rushlock.gui import asking, stages
from rushlock.gui.asking import Button
from rushlock.gui.jobs import Jobs
from rushlock.gui.state import WindowState
from rushlock.project.document import Source
from rushlock.timeline.reading import SUFFIXES

if TYPE_CHECKING:
    from rushlock.pipeline.from_timeline import TimelineMedia


class TimelineImport(QObject):
    """Reads a timeline and finds its media; asks for a folder where some are not where they were.

    Signals:
        found: Its media, cameras by tracks (list of Source); nothing runs any more.
        failed: What the user should hear (RushlockError).
    """

    found = Signal(list)
    failed = Signal(object)

    def __init__(
        self, window: QMainWindow, jobs: Jobs, state: WindowState, settings: Callable[[], Settings]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._state = state
        self._settings = settings

    def ask(self) -> None:
        """Ask for a timeline and import it."""
        kinds = self.tr("Timelines ({suffixes})").format(
            suffixes=" ".join(f"*{suffix}" for suffix in SUFFIXES)
        )
        folder = self._state.folder("timeline")
        path = asking.ask_open(self._window, self.tr("Import timeline"), folder, kinds)
        if path is not None:
            self._begin(path, ())

    def take(self, paths: Sequence[Path]) -> bool:
        """Import one timeline, alone or with folders where its media may lie; returns whether it is that.

        Among other files an ``.xml`` is a camera's notes, which lie beside the clips of most cards.
        """
        timelines = [path for path in paths if path.suffix.lower() in SUFFIXES]
        folders = [path for path in paths if path not in timelines]
        if len(timelines) != 1 or not all(folder.is_dir() for folder in folders):
            return False
        self._begin(timelines[0], folders)
        return True

    def _begin(self, timeline: Path, folders: Sequence[Path]) -> None:
        self._state.note_folder("timeline", timeline.parent)
        settings = self._settings()
        self._jobs.start(
            self.tr("Importing"),
            lambda token: stages.timeline_media(timeline, folders, settings, token),
            lambda media: self._jobs.after(lambda: self._take(timeline, media, searched=bool(folders))),
        )

    def _take(self, timeline: Path, media: "TimelineMedia", searched: bool) -> None:
        """Hand on what was found; where nobody has said yet where to look for the rest, ask."""
        folder = None if searched or not media.lost else self._ask_where(timeline, len(media.lost))
        if folder is not None:
            self._begin(timeline, [folder])
            return
        try:
            files = media.at_least_one.files
        except RushlockError as error:
            self.failed.emit(error)
            return
        if media.lost:
            self.failed.emit(self._lost(timeline, media))
        self.found.emit([Source(path, camera) for camera, path in files])

    def _ask_where(self, timeline: Path, lost: int) -> Path | None:
        text = self.tr("{count} media of {name} are not where it says.").format(
            count=lost, name=timeline.name
        )
        more = self.tr(
            "Show the folder or drive where they are now; they are known by name, timecode, length."
        )
        answer = asking.ask_choice(self._window, text, more, Button.Open | Button.Ignore, Button.Open)
        if answer != Button.Open:
            return None
        title = self.tr("Where the media are now")
        return asking.ask_folder(self._window, title, self._state.folder("rushes"))

    def _lost(self, timeline: Path, media: "TimelineMedia") -> RushlockError:
        """Return one sentence, with a line for each file after it."""
        text = self.tr("{count} media of {name} were not found; the others are added.")
        lines = [f"{want.path}: {reason}" for want, reason in media.lost]
        return RushlockError("\n".join([text.format(count=len(media.lost), name=timeline.name), *lines]))
