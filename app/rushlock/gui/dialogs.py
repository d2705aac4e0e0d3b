"""The small dialogs: what was exported, and what is said when something failed."""

import traceback
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from rushlock.base.errors import RushlockError
from rushlock.base.paths import log_folder
from rushlock.export.dialect import Dialect
from rushlock.gui.words import tr

_MOST_FILES = 12
_MOST_EXPLAINED = 3


def exported_box(written: Sequence[Path], dialects: Sequence[Dialect], parent: QWidget) -> QMessageBox:
    """Return the box that says what was written, how to bring it into an NLE, and shows the folder."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("exported", "Exported"))
    box.setIcon(QMessageBox.Icon.Information)
    more = ["…"] if len(written) > _MOST_FILES else []
    box.setText("\n".join([*map(str, written[:_MOST_FILES]), *more]))
    parts = []
    for dialect in dialects:
        steps = [f"{number}. {step}" for number, step in enumerate(dialect.steps, start=1)]
        parts += [dialect.name, *steps, ""] if steps else []
    steps_in_all = "\n".join(parts).strip()
    if len(dialects) > _MOST_EXPLAINED:
        box.setDetailedText(steps_in_all)  # it scrolls: the box would be taller than a screen
    else:
        box.setInformativeText(steps_in_all)
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
