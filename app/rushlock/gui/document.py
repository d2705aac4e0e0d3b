"""The project as the window sees it: the open document, a snapshot of it, the undo stack of decisions.

A project that has no name yet lives in a shelter in the config folder (see ``recovery``), so every change
is on disk from the first moment, named or not.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from rushlock.base.errors import RushlockError
from rushlock.base.settings import Settings
from rushlock.export.delivery import Delivery
from rushlock.gui.recovery import Shelter
from rushlock.gui.review.places import Places
from rushlock.gui.shoot import Shoot
from rushlock.gui.stages import Contents
from rushlock.gui.undo import Changes, Nudge, Step
from rushlock.pipeline.request import SyncRequest
from rushlock.placements.decisions import Decision
from rushlock.placements.sync_map import SyncMap
from rushlock.project.arrangement import Arrangement
from rushlock.project.document import Project, Source
from rushlock.timeline.frame_rate import chosen_rate


class Document(QObject):
    """At most one open project.

    Attributes:
        undo: Decisions that can be taken back.
        settings: Options of runs and of the timeline; the user's preferences.

    Signals:
        changed: There is another snapshot in ``shoot``.
        unsettled: The placements do not heed the decisions: they are to be settled (see ``review.settler``).
        recalled: They do again, because they were settled for these decisions before: to be written down.
        begun_anew: A run or a file brought other placements than were settled so far.
        leaving: The file is about to be closed or left for another.
        failed: A change could not be written (RushlockError).
    """

    changed = Signal()
    unsettled = Signal()
    recalled = Signal()
    begun_anew = Signal()
    leaving = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self.undo = QUndoStack(self)
        self.settings = settings or Settings()
        self.shoot = Shoot()
        self._project: Project | None = None
        self._shelter: Shelter | None = None
        self._contents = Contents()
        self._places = Places()

    @property
    def begun(self) -> bool:
        """Whether a project is open."""
        return self._project is not None

    @property
    def unnamed(self) -> bool:
        """Whether the project was not yet saved under a name."""
        return self._shelter is not None

    @property
    def read_only(self) -> bool:
        """Whether no change can be written, because of the file's or the folder's permissions."""
        return self._project is not None and self._project.read_only

    @property
    def path(self) -> Path:
        """The project's file."""
        return self._open_project().path

    @property
    def title(self) -> str:
        """What the project is called."""
        return self.tr("Untitled") if self.unnamed else self.path.stem

    @property
    def synced(self) -> bool:
        """Whether a run has placed anything."""
        return any(row.start is not None for row in self.shoot.rows)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Folders and files that the user added."""
        return self._contents.sources

    @property
    def sources_summary(self) -> str:
        """What was added, in words."""
        count = len(self.sources)
        if not count:
            return ""
        return (
            self.tr("1 folder or file added")
            if count == 1
            else self.tr("{count} folders and files added").format(count=count)
        )

    @property
    def contents(self) -> Contents:
        """Everything the document holds."""
        return self._contents

    def begin(self) -> None:
        """Begin a new project without a name.

        Raises:
            ProjectError: The config folder cannot be written.
        """
        shelter = Shelter()
        project = Project.create(shelter.path)
        self.close()
        self._hold(project, Contents(), shelter)

    def adopt(self, path: Path, contents: Contents, shelter: Shelter | None = None) -> None:
        """Take over a project that a stage has read; with its shelter where it has no name.

        Raises:
            ProjectError: It cannot be opened.
        """
        project = Project.open(path)
        self.close()
        self._hold(project, contents, shelter)

    def close(self) -> None:
        """Let go of the project; one without a name is gone for good."""
        self.leaving.emit()
        if self._project is not None:
            self._project.close()
        if self._shelter is not None:
            self._shelter.leave()
        self._project, self._shelter = None, None
        self.undo.clear()
        self._show(Contents())

    def save_as(self, path: Path) -> None:
        """Write the project under a name and go on with that file.

        Raises:
            ProjectError: It cannot be written.
        """
        self.leaving.emit()
        project = self._open_project()
        project.save_copy(path)
        named = Project.open(path)
        project.close()
        if self._shelter is not None:
            self._shelter.leave()
        self._project, self._shelter = named, None
        self.changed.emit()
        self._tell_settled()

    def add(self, added: Iterable[Source]) -> int:
        """Add folders and files, each once, and return how many are new.

        Raises:
            ProjectError: The change cannot be written.
        """
        known = {source.path for source in self.sources}
        whole = {source.path.absolute(): replace(source, path=source.path.absolute()) for source in added}
        fresh = [source for path, source in whole.items() if path not in known]
        if fresh:
            sources = (*self.sources, *fresh)
            self._open_project().set_sources(sources)
            self._show(replace(self._contents, sources=sources))
        return len(fresh)

    def take(self, contents: Contents) -> None:
        """Show what a stage has written into the document."""
        self._begin(contents)

    def settle(self, found: SyncMap, shoot: Shoot | None = None) -> None:
        """Show placements settled anew for the decisions as they are; ``shoot``: what is shown then."""
        self._places.remember(self._contents.wishes, found, settled=True)
        self._show(replace(self._contents, found=found, settled=True, shoot=shoot))

    def prefer(self, settings: Settings) -> None:
        """Go on with other preferences."""
        self.settings = settings
        self._show(self._contents, recount=True)

    def request(self) -> SyncRequest:
        """Return what a run is asked for."""
        return SyncRequest(
            paths=tuple(source.path for source in self.sources),
            cameras=tuple((source.camera, source.path) for source in self.sources if source.camera),
            decisions=dict(self._contents.decisions),
            settings=self.settings,
            moved=dict(self._contents.arrangement.moved),
            master=self._contents.arrangement.master,
        )

    def delivery(self) -> Delivery:
        """Return what an export writes."""
        return Delivery(
            clips=self._contents.clips,
            unreadable=self._contents.unreadable,
            sync_map=self._contents.decided,
            name=self.title,
            rate=self.shoot.rate,
            drop=self.shoot.drop,
            settings=self.settings,
        )

    def decide(self, text: str, changes: Changes) -> None:
        """Make decisions (None: take them back) as one step that can be undone."""
        before = {key: self._contents.decisions.get(key) for key in changes}
        if before != changes and self.keep(changes):
            self.undo.push(Step(text, self.keep, before, changes))

    def nudge(self, words: Callable[[float], str], decision: Decision, seconds: float) -> None:
        """Move a clip by hand; nudges of one clip that follow each other are one step.

        Args:
            words: What the step is called, by how far the clip was moved in seconds.
            decision: Where the clip is now.
            seconds: How far that is from where it was.
        """
        changes = {decision.clip: decision}
        before = {decision.clip: self._contents.decisions.get(decision.clip)}
        if before != changes and self.keep(changes):
            self.undo.push(Nudge(words, self.keep, before, changes, seconds))

    def keep(self, changes: Changes) -> bool:
        """Write decisions and show them; returns whether that was possible."""
        try:
            self._write(changes)
        except RushlockError as error:
            self.failed.emit(error)
            return False
        decisions = {**self._contents.decisions, **changes}
        kept = {key: decision for key, decision in decisions.items() if decision is not None}
        self._show_wished(replace(self._contents, decisions=kept))
        return True

    def arrange(self, text: str, arrangement: Arrangement) -> None:
        """Say something else of cameras as one step that can be undone."""
        before = self._contents.arrangement
        keep = partial(self._keep_arrangement, text)
        if arrangement != before and keep(arrangement):
            self.undo.push(Step(text, keep, before, arrangement))

    def _keep_arrangement(self, words: str, arrangement: Arrangement) -> bool:
        try:
            self._open_project().arrange(arrangement, words)
        except RushlockError as error:
            self.failed.emit(error)
            return False
        self._show_wished(self._contents.arranged(arrangement))
        return True

    def _write(self, changes: Changes) -> None:
        project = self._open_project()
        project.decide(*(decision for decision in changes.values() if decision is not None))
        for key, decision in changes.items():
            if decision is None:
                project.undo_decision(key)

    def _show(self, contents: Contents, recount: bool = False) -> None:
        """Show other contents; how places are counted is looked up only for other clips, or if asked."""
        counting = self.shoot.rate, self.shoot.drop
        if contents.shoot is None and (recount or contents.clips is not self._contents.clips):
            counting = chosen_rate(self.settings.timeline_rate, contents.clips)
        self.shoot = contents.shoot or contents.shown(counting, self.shoot)
        self._contents = replace(contents, shoot=None)
        self.changed.emit()

    def _hold(self, project: Project, contents: Contents, shelter: Shelter | None) -> None:
        self._project, self._shelter = project, shelter
        self._begin(contents)

    def _begin(self, contents: Contents) -> None:
        """Show what a run or a file brought: other placements than were settled so far."""
        self._places = Places()
        self._places.remember(contents.wishes, contents.found, contents.settled)
        self.begun_anew.emit()
        self._show(contents)
        self._tell_settled()

    def _show_wished(self, contents: Contents) -> None:
        """Show other wishes, with the neighbours where they were when these were last wished."""
        if contents.wishes == self._contents.wishes:
            self._show(contents)
            return
        self._places.remember(self._contents.wishes, self._contents.found, self._contents.settled)
        found, settled = self._places.recall(contents.wishes, contents.found)
        self._show(replace(contents, found=found, settled=settled))
        self._tell_settled(recalled=True)

    def _tell_settled(self, recalled: bool = False) -> None:
        if not self._contents.settled:
            self.unsettled.emit()
        elif recalled:
            self.recalled.emit()

    def _open_project(self) -> Project:
        if self._project is None:
            raise RushlockError(self.tr("No project is open."))
        return self._project
