"""Everything the user can do, as actions with words, an icon and keys; menus and sheets come from here."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from rushlock.gui.icons import icon

Keys = QKeySequence.StandardKey | str


class Actions(QObject):
    """All actions; the main window connects them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._make_for_projects()
        self._make_for_syncing()
        self._make_for_clips()
        self._make_for_window()
        self._give_roles()

    def _make_for_projects(self) -> None:
        tr = self.tr
        self.new = self._make(tr("&New project"), "add", QKeySequence.StandardKey.New)
        self.open = self._make(tr("&Open…"), "open", QKeySequence.StandardKey.Open, tr("Open a project"))
        self.save = self._make(tr("&Save"), "save", QKeySequence.StandardKey.Save)
        self.save_as = self._make(
            tr("Save &as…"),
            "save",
            "Ctrl+Shift+S",
            tr("Save the project under a name; every change is kept as it happens"),
        )
        self.add = self._make(
            tr("&Add folders…"), "add", "Ctrl+I", tr("Add folders of rushes, or drop them on the window")
        )
        self.add_files = self._make(tr("Add &files…"), "add", "Ctrl+Shift+I")
        self.import_timeline = self._make(
            tr("Import &timeline…"),
            "timeline",
            "Ctrl+T",
            tr("Add the media of a timeline, its tracks as cameras"),
        )
        self.relink = self._make(tr("Find &moved media…"), "relink", "Ctrl+Shift+F")
        self.export = self._make(
            tr("&Export…"), "export", "Ctrl+E", tr("Write the timeline for an editing system")
        )
        self.compare = self._make(
            tr("&Compare with a timeline…"),
            "timeline",
            "Ctrl+Shift+T",
            tr("Hold what was found against a timeline that you trust, clip by clip"),
        )
        self.quit = self._make(tr("&Quit"), "close", "Ctrl+Q")

    def _make_for_syncing(self) -> None:
        tr = self.tr
        self.sync = self._make(tr("S&ync"), "sync", "F5", tr("Find where every clip lies"))
        self.cancel = self._make(tr("&Cancel"), "cancel", "Esc", tr("Stop what runs"))
        self.models = self._make(
            tr("&Models…"), "models", "Ctrl+Shift+M", tr("Networks that also look: install, check, remove")
        )

    def _make_for_clips(self) -> None:
        tr = self.tr
        self.lock = self._make(
            tr("&Lock"),
            "locked",
            "Ctrl+L",
            tr("Keep the clips where they are, whatever is found later; they cannot be nudged either"),
        )
        self.reject = self._make(
            tr("Overlaps &nothing"),
            "rejected",
            "Backspace; Ctrl+Backspace",
            tr("Reject: the clips overlap nothing and are left unsynced"),
        )
        self.exclude = self._make(
            tr("E&xclude"), "excluded", "Del", tr("Leave the clips out of the timeline")
        )
        self.release = self._make(
            tr("&Unlock / take back"), "unlock", "Ctrl+Shift+L", tr("Forget what was decided about the clips")
        )
        self.find = self._make(tr("&Find clip"), "search", QKeySequence.StandardKey.Find)

    def _make_for_window(self) -> None:
        tr = self.tr
        self.fit = self._make(tr("&Fit timeline"), "fit", "Shift+Z", tr("Show the whole timeline"))
        self.zoom_in = self._make(tr("Zoom &in"), "zoom-in", QKeySequence.StandardKey.ZoomIn)
        self.zoom_out = self._make(tr("Zoom &out"), "zoom-out", QKeySequence.StandardKey.ZoomOut)

        self.palette = self._make(
            tr("&Command palette…"),
            "search",
            "Ctrl+Shift+P",
            tr("Find any command, camera or clip by some of its letters"),
        )
        self.preferences = self._make(tr("&Preferences…"), "preferences", "Ctrl+,")
        self.shortcuts = self._make(tr("&Keyboard shortcuts"), "info", "F1; ?")
        self.report = self._make(
            tr("&Report a problem…"),
            "report",
            "",
            tr("Put together what helps to find a fault; nothing that names you, your files or your shoot"),
        )
        self.about = self._make(tr("&About Rushlock"), "info", "")

    @property
    def all(self) -> list[QAction]:
        """Every action, in the order of the menus."""
        return [action for action in vars(self).values() if isinstance(action, QAction)]

    @property
    def decisions(self) -> list[QAction]:
        """What can be decided about chosen clips."""
        return [self.lock, self.reject, self.exclude, self.release]

    def fill_menus(
        self,
        bar: QMenuBar,
        undo: list[QAction],
        view: list[QAction],
        recent: QMenu,
        more: Mapping[str, Sequence[QAction]],
    ) -> None:
        """Put everything into menus; ``undo`` and ``view`` are made elsewhere.

        Args:
            bar: Where the menus go.
            undo: Undo and redo.
            view: What shows and hides panels.
            recent: The menu of projects last opened.
            more: Menus that the parts of the desk bring along, by title, with what they offer; they stand
                before Help; ``separator`` makes lines between them.
        """
        file = bar.addMenu(self.tr("&File"))
        file.addActions([self.new, self.open])
        file.addMenu(recent)
        file.addActions([self.save, self.save_as])
        file.addSeparator()
        file.addActions([self.add, self.add_files, self.import_timeline, self.relink])
        file.addSeparator()
        file.addActions([self.export, self.compare])
        file.addSeparator()
        file.addActions([self.quit])
        edit = bar.addMenu(self.tr("&Edit"))
        edit.addActions(undo)
        edit.addSeparator()
        edit.addActions([self.find, self.palette, self.preferences])
        clip = bar.addMenu(self.tr("&Clip"))
        clip.addActions(self.decisions)
        sync = bar.addMenu(self.tr("&Sync"))
        sync.addActions([self.sync, self.cancel])
        sync.addSeparator()
        sync.addActions([self.models])
        views = bar.addMenu(self.tr("&View"))
        views.addActions([self.fit, self.zoom_in, self.zoom_out])
        views.addSeparator()
        views.addActions(view)
        for title, actions in more.items():
            bar.addMenu(title).addActions(actions)
        help_menu = bar.addMenu(self.tr("&Help"))
        help_menu.addActions([self.shortcuts, self.report, self.about])

    def _make(self, text: str, drawing: str, keys: Keys, hint: str = "") -> QAction:
        return make_action(self._window, text, drawing, keys, hint)

    def _give_roles(self) -> None:
        """Tell macOS which actions belong into its application menu."""
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)


def make_action(window: QWidget, text: str, drawing: str = "", keys: Keys = "", hint: str = "") -> QAction:
    """Return an action that works wherever the focus is in a window.

    Args:
        window: It; the action is added to it.
        text: What menus say.
        drawing: Name of its icon, if any.
        keys: What triggers it; several, parted by "; ", all do.
        hint: What its tooltip says instead of ``text``; the first key is added.
    """
    action = QAction(icon(drawing), text, window) if drawing else QAction(text, window)
    plain = text.replace("&", "").rstrip("…")
    if keys:
        action.setShortcuts(QKeySequence.listFromString(keys) if isinstance(keys, str) else keys)
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{hint or plain} ({shown})" if shown else hint or plain)
    window.addAction(action)
    return action


def separator(window: QWidget) -> QAction:
    """Return a line between actions of a menu."""
    line = QAction(window)
    line.setSeparator(True)
    return line
