"""What the user can do, from the question to the result: each public method is behind an action or a drop."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QMainWindow

from rushlock.base.errors import RushlockError
from rushlock.export.dialect import Dialect
from rushlock.export.policy import Policy
from rushlock.gui import asking, stages
from rushlock.gui.asking import Button
from rushlock.gui.dialogs import exported_box, failure_box
from rushlock.gui.document import Document
from rushlock.gui.jobs import Jobs
from rushlock.gui.models_dialog import ModelsDialog
from rushlock.gui.preference_rows import Choice
from rushlock.gui.preferences import PreferencesDialog
from rushlock.gui.recovery import Shelter, discard, left_behind
from rushlock.gui.selection import Selection
from rushlock.gui.settings_store import load_settings, save_settings
from rushlock.gui.shoot import first_in_need
from rushlock.gui.state import WindowState
from rushlock.gui.timeline_import import TimelineImport
from rushlock.media.clip import MediaFile
from rushlock.project.document import SUFFIX, Source


class Flows(QObject):
    """The user's doings with one document.

    Attributes:
        sync_stage, look_stage: What Sync runs, and what lists the clips of added folders.
        imports: Brings timelines of NLEs in.

    Signals:
        said: A word to the user that needs no answer.
        named: Another project is the most recent one.
    """

    said = Signal(str)
    named = Signal()

    def __init__(
        self, window: QMainWindow, document: Document, jobs: Jobs, selection: Selection, state: WindowState
    ) -> None:
        super().__init__(window)
        self.sync_stage: stages.SyncStage = stages.pipeline_sync
        self.look_stage: stages.LookStage = stages.pipeline_look
        self._window = window
        self._document = document
        self._jobs = jobs
        self._selection = selection
        self._state = state
        self._models: ModelsDialog | None = None
        document.settings = load_settings()
        self.imports = TimelineImport(window, jobs, state, lambda: document.settings)
        self.imports.found.connect(self._add_sources)
        self.imports.failed.connect(self.show_failure)
        document.failed.connect(self.show_failure)

    # Rushes.

    def take(self, paths: Sequence[Path]) -> None:
        """Open a project or import a timeline that was dropped or named at the start; else add rushes."""
        project = next((path for path in paths if path.suffix == SUFFIX), None)
        if project is not None:
            self.open_project(project)
        elif not self.imports.take(paths):
            self._add(paths)

    def add_folders(self) -> None:
        """Ask for folders of rushes and add them."""
        self._add(asking.ask_folders(self._window, self._state.folder("rushes")))

    def add_files(self) -> None:
        """Ask for single files and add them."""
        self._add(asking.ask_files(self._window, self._state.folder("rushes")))

    def _add(self, paths: Sequence[Path]) -> None:
        if paths and not self._jobs.busy:
            self._state.note_folder("rushes", paths[0].parent)
            self._add_sources(map(Source, paths))

    def _add_sources(self, sources: Iterable[Source]) -> None:
        with self._shown_failures():
            if not self._document.begun:
                self._document.begin()
            if self._document.add(sources):
                self._look()
            else:
                self.said.emit(self.tr("That was added already."))

    def _look(self) -> None:
        """List the clips of the folders that were added."""
        document, stage = self._document, self.look_stage
        request, path, before = document.request(), document.path, document.contents.found
        self._jobs.start(
            self.tr("Reading"),
            lambda token: stages.looked(stage, request, path, before, token),
            document.take,
        )

    def sync(self) -> None:
        """Find where every clip lies."""
        document = self._document
        if not document.sources:
            self.said.emit(self.tr("Add folders of rushes first."))
            return
        if document.read_only:  # said now, not after an hour's work that cannot be written down
            text = self.tr("{path} may only be read. Save it elsewhere, then sync.")
            self.show_failure(RushlockError(text.format(path=document.path)))
            return
        request, path, stage = document.request(), document.path, self.sync_stage
        self._jobs.start(
            self.tr("Sync"),
            lambda token: stages.synced(stage, request, path, token),
            self._take_synced,
        )

    def _take_synced(self, contents: stages.Contents) -> None:
        self._document.take(contents)
        self._selection.choose(self._selection.keys or first_in_need(self._document.shoot.rows))

    # Projects.

    def new(self) -> None:
        """Put the project away and begin with an empty window."""
        if self.agrees_to_part():
            self._document.close()

    def open(self) -> None:
        """Ask for a project and open it."""
        kinds = self.tr("Rushlock projects (*{suffix})").format(suffix=SUFFIX)
        path = asking.ask_open(self._window, self.tr("Open project"), self._state.folder("project"), kinds)
        if path is not None:
            self.open_project(path)

    def open_project(self, path: Path) -> None:
        """Open a project in place of the one that is open."""
        if self._jobs.busy or not self.agrees_to_part():
            return
        self._load(path, lambda contents: self._opened(path, contents))

    def _load(self, path: Path, take: Callable[[stages.Contents], None]) -> None:
        rate = self._document.settings.timeline_rate
        self._jobs.start(self.tr("Opening"), lambda token: stages.loaded(path, rate, token), take)

    def _opened(self, path: Path, contents: stages.Contents) -> None:
        with self._shown_failures():
            self._document.adopt(path, contents)
            self._note_named(path)
            self._selection.choose(first_in_need(self._document.shoot.rows))
        self._jobs.after(self._look_at_media)

    def save(self) -> bool:
        """Give an unnamed project a name; a named one is saved already. Returns whether it has a name now."""
        if self._document.unnamed:
            return self.save_as()
        self.said.emit(self.tr("Every change is saved already."))
        return True

    def save_as(self) -> bool:
        """Ask for a name and go on under it. Returns whether that happened."""
        if not self._document.begun:
            return False
        suggestion = self._state.folder("project") / f"{self._document.title}{SUFFIX}"
        kinds = [self.tr("Rushlock projects (*{suffix})").format(suffix=SUFFIX)]
        answer = asking.ask_save(self._window, self.tr("Save project"), suggestion, kinds)
        if answer is None:
            return False
        path = answer[0] if answer[0].suffix == SUFFIX else answer[0].with_name(answer[0].name + SUFFIX)
        try:
            self._document.save_as(path)
        except RushlockError as error:
            self.show_failure(error)
            return False
        self._note_named(path)
        self.said.emit(self.tr("Saved as {name}.").format(name=path.name))
        return True

    def _note_named(self, path: Path) -> None:
        self._state.note_project(path)
        self._state.note_folder("project", path.parent)
        self.named.emit()

    def agrees_to_part(self) -> bool:
        """Return whether the open project may be put away; an unnamed one is saved if the user wishes."""
        if not self._document.begun or not self._document.unnamed or not self._document.sources:
            return True
        answer = asking.ask_choice(
            self._window,
            self.tr("Save this project?"),
            self.tr("Without a name its sync and your decisions are lost; your media are not touched."),
            Button.Save | Button.Discard | Button.Cancel,
            Button.Save,
        )
        return self.save_as() if answer == Button.Save else answer == Button.Discard

    def agrees_to_stop(self) -> bool:
        """Return whether what runs may be stopped to close the window."""
        answer = asking.ask_choice(
            self._window,
            self.tr("Stop and close?"),
            self.tr("Work is still running. What was analysed so far is kept and need not be done again."),
            Button.Close | Button.Cancel,
            Button.Cancel,
        )
        return answer == Button.Close

    def offer_recovery(self) -> None:
        """Offer the latest unnamed project that a crash left behind."""
        found = left_behind()
        if not found or self._document.begun or self._jobs.busy:
            return
        answer = asking.ask_choice(
            self._window,
            self.tr("Rushlock did not close properly. Recover the project that had no name yet?"),
            self.tr("Everything up to the last change is in it."),
            Button.Yes | Button.No | Button.Discard,
            Button.Yes,
        )
        if answer == Button.Discard:
            discard(found[0])
        elif answer == Button.Yes:
            shelter = Shelter(found[0])
            self._load(found[0], lambda contents: self._recovered(shelter, contents))

    def _recovered(self, shelter: Shelter, contents: stages.Contents) -> None:
        with self._shown_failures():
            self._document.adopt(shelter.path, contents, shelter)

    # Media that moved.

    def relink(self) -> None:
        """Look for media that are not where they were."""
        self._look_at_media(tell=True)

    def _look_at_media(self, tell: bool = False) -> None:
        files = [file for row in self._document.shoot.rows for file in row.clip.files]
        if files:
            self._jobs.start(
                self.tr("Looking at media"),
                lambda token: stages.missing_files(files, token),
                lambda gone: self._jobs.after(lambda: self._offer_relink(gone, tell)),
            )

    def _offer_relink(self, gone: tuple[MediaFile, ...], tell: bool) -> None:
        if not gone:
            if tell:
                self.said.emit(self.tr("All media are where they were."))
            return
        text = self.tr("1 media file is not where it was.")
        if len(gone) > 1:
            text = self.tr("{count} media files are not where they were.").format(count=len(gone))
        more = self.tr(
            "Show the folder or drive where they are now; renamed files are found by their content."
        )
        answer = asking.ask_choice(self._window, text, more, Button.Open | Button.Ignore, Button.Open)
        if answer != Button.Open:
            return
        folder = asking.ask_folder(
            self._window, self.tr("Where the media are now"), self._state.folder("rushes")
        )
        if folder is not None:
            path, rate = self._document.path, self._document.settings.timeline_rate
            self._jobs.start(
                self.tr("Relinking"),
                lambda token: stages.relinked(gone, folder, path, rate, token),
                self._take_relinked,
            )

    def _take_relinked(self, contents: stages.Contents) -> None:
        self._document.take(contents)
        self.said.emit(self.tr("Media found in their new place."))

    # Export.

    def export(self) -> None:
        """Ask what to write and how, then where, and write it."""
        from rushlock.gui.export_dialog import ExportDialog

        dialog = ExportDialog(self._document.delivery(), self._window)
        dialog.accepted.connect(lambda: self._export(dialog.dialects, dialog.policy))
        self._show(dialog)

    def _export(self, dialects: Sequence[Dialect], policy: Policy) -> None:
        folder, title = self._state.folder("export"), self._document.title
        targets = asking.ask_targets(self._window, dialects, folder, title)
        if not targets:
            return
        self._state.note_folder("export", targets[0][0].parent)
        delivery = replace(self._document.delivery(), policy=policy)
        self._jobs.start(
            self.tr("Exporting"),
            lambda token: stages.exported(delivery, targets, token),
            lambda written: self._show(exported_box(written, dialects, self._window)),
        )

    # The program.

    def edit_preferences(self, own: Sequence[Choice] = ()) -> None:
        """Show the preferences, among them the window's own, and keep what is changed."""
        dialog = PreferencesDialog(self._document.settings, self._window, own)
        dialog.accepted.connect(lambda: self._prefer(dialog))
        self._state.remember_size(dialog)
        self._show(dialog)

    def _prefer(self, dialog: PreferencesDialog) -> None:
        try:
            save_settings(dialog.settings)
        except OSError as error:
            self.show_failure(RushlockError(self.tr("Preferences cannot be kept: {why}").format(why=error)))
        self._document.prefer(dialog.settings)

    def show_models(self) -> None:
        """Show the list of models; it stays beside the window while work goes on."""
        if self._models is None:
            self._models = ModelsDialog(self._state, self._window)
        self._models.show()
        self._models.activateWindow()
        self._models.refresh()

    def models_stopped(self, then: Callable[[], object]) -> bool:
        """Return whether nothing runs in the list of models; else stop it and call something afterwards."""
        if self._models is None or not self._models.jobs.busy:
            return True
        self._models.stop(then)
        return False

    def show_failure(self, error: BaseException) -> None:
        """Show what went wrong."""
        self._show(failure_box(error, self._window))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @contextmanager
    def _shown_failures(self) -> Iterator[None]:
        try:
            yield
        except RushlockError as error:
            self.show_failure(error)
