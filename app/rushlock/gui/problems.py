"""The list of files that could not be used, each with its reason."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView, QWidget

from rushlock.gui.icons import icon
from rushlock.gui.remedies import remedy_for_file
from rushlock.gui.rows_model import Column, RowsModel
from rushlock.gui.tables import RowsTable
from rushlock.gui.words import tr
from rushlock.media.clip import Unreadable

_FOLDER = 3


class ProblemsModel(RowsModel[Unreadable]):
    """A row for each unreadable file: name, reason, what to do, folder."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(tr("problems", "File"), _name, 34, sign=lambda _: icon("unreadable")),
                Column(tr("problems", "Why it was left out"), lambda file: file.reason, 44),
                Column(tr("problems", "What to do"), lambda file: remedy_for_file(file.reason), 52),
                Column(tr("problems", "Folder"), lambda file: str(file.path.parent)),
            ),
            parent,
        )

    def tip(self, row: Unreadable) -> str:
        """Return all that is known of a file."""
        return f"{row.path}\n{row.reason}\n{remedy_for_file(row.reason)}"


class ProblemsView(RowsTable):
    """Shows the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        problems = ProblemsModel()
        super().__init__(problems, parent, framed=True, several=True)
        self.problems = problems
        self.setAccessibleName(self.tr("Files that could not be used"))
        self.horizontalHeader().setSectionResizeMode(_FOLDER, QHeaderView.ResizeMode.Stretch)


def _name(file: Unreadable) -> str:
    return file.path.name.replace("\n", "⏎")
