"""What belongs to the program rather than to a shoot: its look, keys, palette, preferences, help."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, Qt, qVersion
from PySide6.QtWidgets import QDialog, QMainWindow

from rushlock.gui import asking
from rushlock.gui.about import AboutDialog
from rushlock.gui.appearance import Appearance
from rushlock.gui.asking import Button
from rushlock.gui.document import Document
from rushlock.gui.flows import Flows
from rushlock.gui.jobs import Jobs
from rushlock.gui.keys import Keys
from rushlock.gui.language import language_choice
from rushlock.gui.menu_walk import walked
from rushlock.gui.palette.entries import commands, of_shoot
from rushlock.gui.palette.view import CommandPalette
from rushlock.gui.reporting import Reporting
from rushlock.gui.selection import Selection
from rushlock.gui.session import Left, Session, left_open
from rushlock.gui.shortcuts.groups import lines
from rushlock.gui.shortcuts.sheet import ShortcutsSheet
from rushlock.gui.state import WindowState
from rushlock.pipeline.versions import versions


class Program(QObject):
    """The program's own dialogs, and what they change.

    Made when the window's menus are full: keys and palette know every command from them.

    Attributes:
        appearance: The look.
        session: Notes what is open, for after a crash.
        keys: The keys of every command.
        palette: Finds commands, cameras and clips.
        reporting: Makes reports of problems.
    """

    def __init__(
        self,
        window: QMainWindow,
        state: WindowState,
        document: Document,
        selection: Selection,
        flows: Flows,
        jobs: Jobs,
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._state = window, document, state
        self._selection, self._flows = selection, flows
        self.appearance = Appearance(state, self)
        self.session = Session(document, jobs, self)
        self.keys = Keys(state, self)
        self.keys.adopt(listed.action for listed in walked(window.menuBar()))
        self.palette = CommandPalette(window)
        self.reporting = Reporting(window, document, state)
        self.reporting.failed.connect(flows.show_failure)

    def begin(self, paths: Sequence[Path]) -> None:
        """Open what was named at the start; without it, offer what a crash left behind."""
        left = left_open()
        if paths:
            self._flows.take(paths)
            told = next((each for each in left if each.project in [path.absolute() for path in paths]), None)
            if told is not None:
                self._flows.said.emit(f"{self._crash_words(told)} {self.tr('Nothing of it is lost.')}")
        elif left:
            self._offer(left[-1])
        else:
            self._flows.offer_recovery()

    def _offer(self, left: Left) -> None:
        answer = asking.ask_choice(
            self._window,
            self._crash_words(left),
            self.tr("Everything up to the last change is in it, and what was analysed is kept. Open it?"),
            Button.Open | Button.Ignore,
            Button.Open,
        )
        if answer == Button.Open:
            self._flows.open_project(left.project)

    def _crash_words(self, left: Left) -> str:
        text = self.tr("Rushlock did not close properly while “{project}” was open.")
        if left.running:
            text = self.tr("Rushlock did not close properly while “{project}” was open and “{job}” ran.")
        return text.format(project=left.project.stem, job=left.running)

    def open_palette(self) -> None:
        """Show the palette with all that can be run or chosen now."""
        shoot = of_shoot(self._document.shoot, self._selection.choose)
        self.palette.open_with(chain(commands(walked(self._window.menuBar())), shoot))

    def edit_preferences(self) -> None:
        """Show the preferences."""
        self._flows.edit_preferences([self.appearance.choice(), language_choice(self._state)])

    def show_shortcuts(self) -> None:
        """Show every command with its keys."""
        self._show(ShortcutsSheet(lines(walked(self._window.menuBar())), self.keys, self._window))

    def report_problem(self) -> None:
        """Put a report together and show what is in it."""
        self.reporting.begin(self.versions)

    def show_about(self) -> None:
        """Show what this is and what it runs on."""
        self._show(AboutDialog(self.versions, self._window))

    @property
    def versions(self) -> dict[str, str]:
        """Versions of everything, by name."""
        return versions(self._document.settings.device) | {"Qt": qVersion()}

    def _show(self, dialog: QDialog) -> None:
        self._state.remember_size(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
