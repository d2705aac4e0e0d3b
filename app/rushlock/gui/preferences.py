"""The preferences dialog, built from the fields of ``Settings``: a new option needs nothing here.

Pages to the left, what stands on the chosen one to the right; a search looks through all of them. The
window's own preferences (``Choice``) come first and can be seen while the dialog is open; Cancel takes
them back.
"""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rushlock.base.errors import UsageError
from rushlock.base.rate import parse_rate
from rushlock.base.settings import Page, Settings, default_of
from rushlock.gui.icons import icon
from rushlock.gui.preference_rows import Choice, Editor, PreferenceRow, choice_row, setting_row
from rushlock.gui.words import tr

_SIZE = (760, 520)
_PAGES_WIDTH = 190


class PreferencesDialog(QDialog):
    """Edits settings; ``settings`` are the accepted ones.

    Attributes:
        editors: Editors of the settings, by name.
        own: Editors of the window's own preferences, in the order in which they were given.
        search: Narrows what is shown to what matches.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None, own: Sequence[Choice] = ()) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.settings = settings
        self._choices = tuple(own)
        self._pages: dict[str, list[PreferenceRow]] = {}
        self._heads: dict[str, QLabel] = {}
        self._body = QVBoxLayout()
        own_rows = [choice_row(choice, self) for choice in own]
        if own_rows:
            self._add_page(self.tr("Window"), own_rows)
        rows = {spec.name: setting_row(spec, getattr(settings, spec.name), self) for spec in fields(Settings)}
        for page in Page:
            here = [rows[spec.name] for spec in fields(Settings) if spec.metadata["page"] is page]
            self._add_page(tr("settings", page.value), here)
        self.editors: dict[str, Editor] = {name: row.editor for name, row in rows.items()}
        self.own: list[Editor] = [row.editor for row in own_rows]
        self._list = QListWidget(self)
        self._list.setObjectName("pages")
        self._list.setAccessibleName(self.tr("Pages"))
        self._list.setFixedWidth(_PAGES_WIDTH)
        self._list.addItems(list(self._pages))
        self._list.currentRowChanged.connect(lambda _: self._narrow())
        self.search = _search_field(self)
        self.search.textChanged.connect(lambda _: self._narrow())
        self._complaint = QLabel(self)
        self._complaint.setObjectName("complaint")
        self._complaint.setWordWrap(True)
        self._complaint.hide()
        self._lay_out()
        self._list.setCurrentRow(0)
        self.resize(*_SIZE)

    def accept(self) -> None:
        """Close if everything holds, else say what does not."""
        try:
            self.settings = self._edited()
        except UsageError as error:
            self._complaint.setText(str(error))
            self._complaint.show()
            return
        for choice, editor in zip(self._choices, self.own, strict=True):
            choice.keep(editor.value())
        super().accept()

    def reject(self) -> None:
        """Close, and show the window again as it was."""
        for choice in self._choices:
            if choice.show is not None:
                choice.show(choice.current)
        super().reject()

    def _edited(self) -> Settings:
        settings = Settings(**{name: editor.value() for name, editor in self.editors.items()})
        if settings.timeline_rate != "auto":
            parse_rate(settings.timeline_rate)
        if settings.cache_place and not Path(settings.cache_place).is_absolute():
            raise UsageError(self.tr("The cache folder must be given from its drive or root on."))
        return settings

    def _restore_defaults(self) -> None:
        for spec in fields(Settings):
            self.editors[spec.name].show(default_of(spec))

    def _narrow(self) -> None:
        """Show what matches the search, from every page; without a search the chosen page."""
        wanted = self.search.text().strip()
        item = self._list.currentItem()
        self._list.setEnabled(not wanted)
        found = False
        for title, rows in self._pages.items():
            here = not wanted and item is not None and item.text() == title
            for row in rows:
                row.setVisible(here or bool(wanted and row.matches(wanted)))
            shown = any(not row.isHidden() for row in rows)
            self._heads[title].setVisible(shown)
            found = found or shown
        self._nothing.setVisible(not found)

    def _add_page(self, title: str, rows: list[PreferenceRow]) -> None:
        head = QLabel(title, self)
        head.setObjectName("heading")
        self._heads[title], self._pages[title] = head, rows
        for widget in (head, *rows):
            self._body.addWidget(widget)

    def _lay_out(self) -> None:
        self._nothing = QLabel(self.tr("No preference matches."), self)
        self._nothing.setObjectName("muted")
        self._body.addWidget(self._nothing)
        self._body.addStretch()
        self._body.setContentsMargins(4, 4, 14, 4)
        self._body.setSpacing(16)
        content = QWidget(self)
        content.setLayout(self._body)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.search)
        left.addWidget(self._list, 1)
        both = QHBoxLayout()
        both.setSpacing(18)
        both.addLayout(left)
        both.addWidget(area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        column.addLayout(both, 1)
        column.addWidget(self._complaint)
        column.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        restore = buttons.button(kinds.RestoreDefaults)
        restore.setToolTip(self.tr("Set every option of runs to its default; the window keeps its look"))
        restore.clicked.connect(self._restore_defaults)
        return buttons


def _search_field(dialog: PreferencesDialog) -> QLineEdit:
    search = QLineEdit(dialog)
    search.setPlaceholderText(dialog.tr("Search"))
    search.setAccessibleName(dialog.tr("Search preferences"))
    search.setToolTip(dialog.tr("Search the preferences of all pages"))
    search.setClearButtonEnabled(True)
    search.setFixedWidth(_PAGES_WIDTH)
    search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
    return search
