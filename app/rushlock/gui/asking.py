"""Questions to the user: which files and folders, yes or no. In one place, so that tests can answer them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QInputDialog,
    QListView,
    QMessageBox,
    QTreeView,
    QWidget,
)

from rushlock.export.dialect import Dialect
from rushlock.gui.words import tr

Button = QMessageBox.StandardButton


def ask_folders(parent: QWidget, folder: Path) -> list[Path]:
    """Return folders of rushes, several at once.

    Native dialogs choose only one folder, so this is Qt's own.
    """
    dialog = QFileDialog(parent, tr("asking", "Add folders of rushes"), str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    for kind in (QListView, QTreeView):
        for view in dialog.findChildren(kind):
            view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    if not dialog.exec():
        return []
    return [Path(name) for name in dialog.selectedFiles()]


def ask_files(parent: QWidget, folder: Path) -> list[Path]:
    """Return single media files."""
    names, _ = QFileDialog.getOpenFileNames(parent, tr("asking", "Add files"), str(folder))
    return [Path(name) for name in names]


def ask_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Return one folder."""
    name = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(name) if name else None


def ask_open(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """Return a file that exists. ``kinds`` as Qt writes file filters."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, suggestion: Path, kinds: Sequence[str]) -> tuple[Path, str] | None:
    """Return where to write a file and the chosen kind; the user has agreed to replace what is there."""
    name, kind = QFileDialog.getSaveFileName(parent, title, str(suggestion), ";;".join(kinds), kinds[0])
    return (Path(name), kind) if name else None


def ask_targets(
    parent: QWidget, dialects: Sequence[Dialect], folder: Path, name: str
) -> list[tuple[Path, Dialect]]:
    """Return where to write each dialect: one asks for a file, several for a folder; none if not to be."""
    if len(dialects) == 1:
        dialect = dialects[0]
        title, kind = tr("asking", "Export timeline"), f"{dialect.name} (*{dialect.suffix})"
        answer = ask_save(parent, title, folder / f"{name}{dialect.suffix}", [kind])
        if answer is None:
            return []
        path = answer[0]
        suffixed = path.name.lower().endswith(dialect.suffix)
        return [(path if suffixed else path.with_name(path.name + dialect.suffix), dialect)]
    place = ask_folder(parent, tr("asking", "Folder to export into"), folder)
    return [] if place is None else [(place / f"{name}{dialect.suffix}", dialect) for dialect in dialects]


def ask_choice(parent: QWidget, text: str, more: str, buttons: Button, default: Button) -> Button:
    """Return which button the user pressed."""
    box = QMessageBox(QMessageBox.Icon.Question, "Rushlock", text, buttons, parent)
    box.setInformativeText(more)
    box.setDefaultButton(default)
    return Button(box.exec())


def ask_item(parent: QWidget, title: str, text: str, items: Sequence[str], at_first: str) -> str | None:
    """Return one of some words, or another one that the user wrote."""
    place = items.index(at_first) if at_first in items else 0
    word, agreed = QInputDialog.getItem(parent, title, text, list(items), place, True)
    return word.strip() if agreed and word.strip() else None
