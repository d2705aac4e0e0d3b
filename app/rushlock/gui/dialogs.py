"""The small dialogs: about, shortcuts, and what is said when something failed."""

import platform
import traceback
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from rushlock import __version__
from rushlock.base.errors import RushlockError
from rushlock.base.paths import log_folder
from rushlock.export.dialect import Dialect
from rushlock.gui.icons import picture
from rushlock.gui.words import tr

_LIBRARIES = ("PySide6-Essentials", "numpy", "scipy", "av", "torch", "torchaudio", "opentimelineio")
_PER_COLUMN = 14
_MOST_FILES = 12


def about_box(parent: QWidget) -> QMessageBox:
    """Return the box that says what this is and which versions of what it runs on."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("about", "About Rushlock"))
    box.setIconPixmap(picture("rushlock", 64))
    box.setText(f"Rushlock {__version__}")
    lines = [
        tr("about", "Every clip of a multi-camera shoot on one clock, with a confidence and a reason."),
        "",
    ]
    lines += [f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"]
    lines += [f"{library} {found}" for library in _LIBRARIES if (found := _version(library))]
    box.setInformativeText("\n".join(lines))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return box


def shortcuts_sheet(actions: Iterable[QAction], parent: QWidget) -> QDialog:
    """Return a sheet of everything that has a key."""
    sheet = QDialog(parent)
    sheet.setWindowTitle(tr("shortcuts", "Keyboard shortcuts"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    entries = [_entry(action) for action in actions if action.shortcuts()] + _view_keys()
    for number, (words, keys) in enumerate(entries):
        column, row = divmod(number, _PER_COLUMN)
        label = QLabel(keys, sheet)
        label.setObjectName("muted")
        grid.addWidget(QLabel(words, sheet), row, 2 * column)
        grid.addWidget(label, row, 2 * column + 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, sheet)
    buttons.rejected.connect(sheet.reject)
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(20, 18, 20, 14)
    outer.setSpacing(16)
    outer.addLayout(grid)
    outer.addWidget(buttons)
    return sheet


def exported_box(written: Sequence[Path], dialects: Sequence[Dialect], parent: QWidget) -> QMessageBox:
    """Return the box that says what was written, how to bring it into an NLE, and shows the folder."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("exported", "Exported"))
    box.setIcon(QMessageBox.Icon.Information)
    box.setText("\n".join(str(path) for path in written[:_MOST_FILES]))
    parts = []
    for dialect in dialects:
        steps = [f"{number}. {step}" for number, step in enumerate(dialect.steps, start=1)]
        parts += [dialect.name, *steps, ""] if steps else []
    box.setInformativeText("\n".join(parts).strip())
    reveal = box.addButton(tr("exported", "Show in folder"), QMessageBox.ButtonRole.ActionRole)
    folder = QUrl.fromLocalFile(str(written[0].parent))
    reveal.clicked.connect(lambda: QDesktopServices.openUrl(folder))
    box.addButton(QMessageBox.StandardButton.Close)
    return box


def failure_box(error: BaseException, parent: QWidget | None) -> QMessageBox:
    """Return the box for a failure: one we know as its sentence, any other as the bug it is."""
    box = QMessageBox(parent)
    box.setWindowTitle("Rushlock")
    if isinstance(error, RushlockError):
        box.setIcon(QMessageBox.Icon.Warning)
        sentence, *rest = str(error).split("\n", 1)
        box.setText(sentence)
        if rest:
            box.setDetailedText(rest[0])
        return box
    box.setIcon(QMessageBox.Icon.Critical)
    box.setText(tr("failure", "Something went wrong that should not: this is a fault in Rushlock."))
    kept = tr("failure", "Your project is saved up to the last change. The details are in {folder}.")
    box.setInformativeText(f"{kept.format(folder=log_folder())}\n\n{_short(error)}")
    box.setDetailedText("".join(traceback.format_exception(error)))
    return box


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _entry(action: QAction) -> tuple[str, str]:
    native = QKeySequence.SequenceFormat.NativeText
    keys = " / ".join(keys.toString(native) for keys in action.shortcuts())
    return action.text().replace("&", "").rstrip("…"), keys


def _view_keys() -> list[tuple[str, str]]:
    return [
        (tr("shortcuts", "Clip before / after in the lane"), tr("shortcuts", "Left / Right in the timeline")),
        (
            tr("shortcuts", "Nearest clip in the lane above / below"),
            tr("shortcuts", "Up / Down in the timeline"),
        ),
        (tr("shortcuts", "First / last clip of the lane"), tr("shortcuts", "Home / End in the timeline")),
        (tr("shortcuts", "Zoom about the cursor"), tr("shortcuts", "Ctrl+wheel in the timeline")),
        (tr("shortcuts", "Pan"), tr("shortcuts", "Shift+wheel or middle button in the timeline")),
        (tr("shortcuts", "Choose several clips"), tr("shortcuts", "Drag a frame around them, Ctrl+click")),
        (tr("shortcuts", "Nudge a clip"), tr("shortcuts", "Ctrl+drag it (Shift: without snapping)")),
        (tr("shortcuts", "Playhead"), tr("shortcuts", "Drag in the ruler (Shift: without snapping)")),
    ]
