"""What the window remembers from one start to the next: its geometry, folders last used, recent projects.

Kept in an INI file of our own in the config folder, never in the registry or the platform's defaults store,
so that it can be read, copied and deleted.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QDialog

from rushlock.base.paths import config_folder

_MOST_RECENT = 10


class WindowState:
    """Reads and writes the remembered things."""

    def __init__(self) -> None:
        folder = config_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def remember_layout(self, geometry: QByteArray, docks: QByteArray) -> None:
        """Remember where the window and its docks are."""
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/docks", docks)
        self._store.sync()

    @property
    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Geometry and docks as remembered; None at the first start."""
        geometry, docks = self._store.value("window/geometry"), self._store.value("window/docks")
        if isinstance(geometry, QByteArray) and isinstance(docks, QByteArray):
            return geometry, docks
        return None

    @property
    def recent(self) -> list[Path]:
        """Projects last opened or saved, the latest first; those that are gone are left out."""
        stored = self._store.value("recent/projects", [])
        names = [stored] if isinstance(stored, str) else stored
        if not isinstance(names, list):
            return []
        return [Path(str(name)) for name in names if name and Path(str(name)).is_file()]

    def note_project(self, path: Path) -> None:
        """Put a project on top of the recent ones."""
        path = path.absolute()
        others = [other for other in self.recent if other != path]
        self._store.setValue("recent/projects", [str(p) for p in [path, *others][:_MOST_RECENT]])
        self._store.sync()

    def folder(self, purpose: str) -> Path:
        """Return the folder last used for a purpose ("project", "rushes", "export"), home at first."""
        kept = Path(str(self._store.value(f"folders/{purpose}", "")))
        return kept if str(kept) != "." and kept.is_dir() else Path.home()

    def note_folder(self, purpose: str, folder: Path) -> None:
        """Remember the folder used for a purpose."""
        self._store.setValue(f"folders/{purpose}", str(folder))

    def remember_size(self, dialog: QDialog) -> None:
        """Give a dialog the size that it had when it was last closed, and remember the next one."""
        name = f"dialogs/{type(dialog).__name__}"
        size = self._store.value(name)
        if isinstance(size, QSize) and size.isValid():
            dialog.resize(size.expandedTo(dialog.minimumSizeHint()))
        dialog.finished.connect(lambda _: self._store.setValue(name, dialog.size()))

    def word(self, name: str) -> str:
        """Return a word kept under a name like "appearance/theme"; empty where none was."""
        kept = self._store.value(name, "")
        return kept if isinstance(kept, str) else ""

    def keep_word(self, name: str, word: str) -> None:
        """Keep a word under a name."""
        self._store.setValue(name, word)
        self._store.sync()

    def keep(self, name: str, content: QByteArray | bytes) -> None:
        """Remember how a part of the window was laid out, by a name like "bin/columns"."""
        self._store.setValue(name, QByteArray(content))

    def kept(self, name: str) -> QByteArray | None:
        """Return what was kept under a name; None where nothing was."""
        content = self._store.value(name)
        return content if isinstance(content, QByteArray) else None
