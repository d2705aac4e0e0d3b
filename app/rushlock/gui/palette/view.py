"""The palette as it is seen: a field and a list that lie above the desk; Return runs, Escape leaves.

A widget inside the window, not a window of its own: it needs no help from the window system, which would
grab keys and place it as it likes.
"""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from rushlock.gui.icons import icon
from rushlock.gui.palette.delegate import PaletteDelegate
from rushlock.gui.palette.entries import Entry
from rushlock.gui.palette.model import PaletteModel

_WIDTH, _HEIGHT = 620, 420
_FROM_TOP = 70
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class CommandPalette(QFrame):
    """Finds a command, camera or clip by some of its letters.

    Attributes:
        field: What is typed.
        model: What answers it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.setAccessibleName(self.tr("Command palette"))
        self._before: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Command, camera or clip"))
        self.field.setAccessibleName(self.tr("Command, camera or clip"))
        self.field.setToolTip(self.tr("Type some letters of what you look for; Return runs it"))
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.installEventFilter(self)
        self.model = PaletteModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("What matches"))
        self._nothing = QLabel(self.tr("Nothing matches."), self)
        self._nothing.setObjectName("muted")
        self._nothing.setMargin(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._ask)
        self.list.clicked.connect(self._run)
        self.hide()

    def open_with(self, entries: Iterable[Entry]) -> None:
        """Show the palette above the middle of its window."""
        self.model.offer(entries)
        self.field.clear()
        self._ask("")
        window = self.window()
        self.resize(min(_WIDTH, window.width() - 40), min(_HEIGHT, window.height() - _FROM_TOP))
        self.move((window.width() - self.width()) // 2, _FROM_TOP)
        self._before = window.focusWidget()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's keys move in the list and run what is chosen there."""
        if watched is not self.field:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # also as what might be a shortcut: it must not stop a job
            if event.type() == QEvent.Type.KeyPress:
                self._leave()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._keyed(event)
        return super().eventFilter(watched, event)

    def _keyed(self, event: QKeyEvent) -> bool:
        if event.key() in _MOVES:
            self.list.event(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        else:
            return False
        return True

    def _leave(self) -> None:
        """Close, and give the keys back to what had them."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _ask(self, text: str) -> None:
        self.model.ask(text)
        self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.scrollToTop()
        self._nothing.setVisible(not self.model.shown)
        self.list.setVisible(bool(self.model.shown))

    def _run(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is not None:
            self._leave()  # first: a command may ask where the focus is, or open a dialog
            entry.run()
