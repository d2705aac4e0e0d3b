"""The dialog of all keys: what a search leaves, grouped by menus; double-click or Return changes keys."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rushlock.gui.icons import icon
from rushlock.gui.keys import Keys
from rushlock.gui.menu_walk import plain
from rushlock.gui.shortcuts.groups import Line

_SIZE = (680, 620)
_LINE = Qt.ItemDataRole.UserRole


class ShortcutsSheet(QDialog):
    """Shows every command with its keys and changes them.

    Attributes:
        search: Narrows the sheet.
        tree: The commands.
        capture: Takes the new keys of the chosen command.
    """

    def __init__(self, lines: Sequence[Line], keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._lines, self._keys = tuple(lines), keys
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search by words or keys"))
        self.search.setAccessibleName(self.tr("Search shortcuts"))
        self.search.setToolTip(self.tr("Show only commands with these words or keys"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._narrow)
        self.tree = self._made_tree()
        self.capture = QKeySequenceEdit(self)
        self.capture.setMaximumSequenceLength(1)
        self.capture.setClearButtonEnabled(True)
        self.capture.setAccessibleName(self.tr("New keys"))
        self.capture.setToolTip(self.tr("Press the new keys here"))
        self.capture.keySequenceChanged.connect(lambda _: self._consider())
        self.use = self._button(self.tr("Use"), self.tr("Give the chosen command these keys"), self._change)
        self.back = self._button(
            self.tr("Reset"), self.tr("Give the chosen command its first keys back"), self._reset
        )
        self.said = QLabel(self)
        self.said.setObjectName("complaint")
        self.said.setWordWrap(True)
        self._lay_out()
        self._fill()
        self.resize(*_SIZE)

    @property
    def shown(self) -> list[Line]:
        """The lines that the search leaves."""
        return [line for item, line in self._items if not item.isHidden()]

    def choose(self, words: str) -> None:
        """Choose a command by its words."""
        item = next(item for item, line in self._items if line.words == words)
        self.tree.setCurrentItem(item)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        for item, line in self._items:
            searched = f"{line.group} {line.words} {line.keys}".casefold()
            item.setHidden(not all(word in searched for word in wanted))
        shown = {line.group for line in self.shown}
        for title, group in self._groups.items():
            group.setHidden(title not in shown)

    @property
    def _chosen(self) -> Line | None:
        item = self.tree.currentItem()
        line = item.data(0, _LINE) if item is not None else None
        return line if isinstance(line, Line) and line.action in self._keys.actions else None

    def _consider(self) -> None:
        """Say what the typed keys would take from other commands."""
        line, keys = self._chosen, self.capture.keySequence()
        action = None if line is None else line.action
        self.use.setEnabled(action is not None and [keys] != action.shortcuts())
        self.back.setEnabled(action is not None and self._keys.changed(action))
        self.capture.setEnabled(action is not None)
        holders = [] if action is None or keys.isEmpty() else self._keys.holders(keys, action)
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        text = self.tr("{keys} belongs to “{command}” and would be taken from it.")
        names = ", ".join(plain(holder.text()) for holder in holders)
        self.said.setText(text.format(keys=native, command=names) if holders else "")

    def _choose(self) -> None:
        line = self._chosen
        keys = line.action.shortcut() if line is not None and line.action is not None else QKeySequence()
        self.capture.setKeySequence(keys)
        self._consider()

    def _change(self) -> None:
        line = self._chosen
        if line is not None and line.action is not None:
            self._keys.change(line.action, self.capture.keySequence())
            self._retell()

    def _reset(self) -> None:
        line = self._chosen
        if line is not None and line.action is not None:
            self._keys.reset(line.action)
            self._retell()

    def _reset_all(self) -> None:
        self._keys.reset_all()
        self._retell()

    def _retell(self) -> None:
        for item, line in self._items:
            self._tell(item, line)
        self._choose()

    def _tell(self, item: QTreeWidgetItem, line: Line) -> None:
        changed = line.action is not None and self._keys.changed(line.action)
        item.setText(1, line.keys)
        font = item.font(1)
        font.setBold(changed)
        item.setFont(1, font)
        item.setToolTip(1, self.tr("Changed") if changed else "")

    def _print(self) -> None:
        from rushlock.gui.shortcuts.printing import print_sheet

        print_sheet(self._lines, self)

    # Making.

    def _fill(self) -> None:
        self._items: list[tuple[QTreeWidgetItem, Line]] = []
        self._groups: dict[str, QTreeWidgetItem] = {}
        for line in self._lines:
            if line.group not in self._groups:
                self._groups[line.group] = group = QTreeWidgetItem(self.tree, [line.group])
                group.setFirstColumnSpanned(True)
                group.setExpanded(True)
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = group.font(0)
                font.setBold(True)
                group.setFont(0, font)
            item = QTreeWidgetItem(self._groups[line.group], [line.words])
            item.setData(0, _LINE, line)
            self._tell(item, line)
            self._items.append((item, line))
        self._choose()

    def _made_tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self.tr("Commands and their keys"))
        tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        tree.setRootIsDecorated(False)
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setStretchLastSection(False)
        tree.currentItemChanged.connect(lambda *_: self._choose())
        tree.activated.connect(self._activated)
        return tree

    def _activated(self, _: QModelIndex) -> None:
        if self._chosen is not None:
            self.capture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, text: str, hint: str, slot: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(hint)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("New keys"), self))
        row.addWidget(self.capture)
        row.addWidget(self.use)
        row.addWidget(self.back)
        row.addStretch()
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Close, self)
        roles = QDialogButtonBox.ButtonRole
        buttons.addButton(
            self._button(
                self.tr("Reset all"), self.tr("Give every command its first keys back"), self._reset_all
            ),
            roles.ResetRole,
        )
        buttons.addButton(
            self._button(self.tr("Print…"), self.tr("Print the sheet, or save it as PDF"), self._print),
            roles.ActionRole,
        )
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(buttons)
