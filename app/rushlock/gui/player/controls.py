"""The player's actions: keys, words, icons; the view connects them.

Letters and punctuation are the window's, so that one can nudge while the queue has the focus. Arrows, Home
and End belong to whatever has the focus and are the player's only there.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from rushlock.gui.icons import icon


class Controls(QObject):
    """All actions of the player."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        tr = self.tr
        self.play = self._make(tr("&Play / pause"), "play", "Space")
        self.back = self._make(tr("Shuttle &backwards"), "shuttle-back", "J", tr("Again: twice as fast"))
        self.stop = self._make(tr("&Stop"), "pause", "K")
        self.on = self._make(tr("Shuttle &forwards"), "shuttle-on", "L", tr("Again: twice as fast"))
        self.mark_master = self._make(
            tr("&Mark in the master"), "mark-in", "I", tr("Mark this moment in the master")
        )
        self.mark_node = self._make(
            tr("Mark in the &node"), "mark-out", "O", tr("Mark this moment in the node")
        )
        self.clear_marks = self._make(tr("&Clear marks"), "close-muted", "Shift+X")
        self.loop = self._make(
            tr("&Loop between marks"), "loop", "Shift+L", tr("Play round and round"), checkable=True
        )
        self.nudge = [
            self._make(tr("Node one frame earlier"), "", ","),
            self._make(tr("Node one frame later"), "", "."),
            self._make(tr("Node ten frames earlier"), "", "Shift+,"),
            self._make(tr("Node ten frames later"), "", "Shift+."),
            self._make(tr("Node 1 ms earlier"), "", "Alt+,"),
            self._make(tr("Node 1 ms later"), "", "Alt+."),
        ]
        self.nudge[2].setShortcuts([QKeySequence("Shift+,"), QKeySequence("<")])
        self.nudge[3].setShortcuts([QKeySequence("Shift+."), QKeySequence(">")])
        self.reset = self._make(tr("Node back to its &place"), "", "Shift+R")
        self.steps = [
            self._make(tr("One frame back"), "step-back", "Left", here=True),
            self._make(tr("One frame on"), "step-on", "Right", here=True),
            self._make(tr("One second back"), "", "Shift+Left", here=True),
            self._make(tr("One second on"), "", "Shift+Right", here=True),
            self._make(tr("To where both begin"), "", "Home", here=True),
            self._make(tr("To where both end"), "", "End", here=True),
        ]

    @property
    def menu(self) -> list[QAction]:
        """What belongs into a menu, in order."""
        playing = [self.play, self.back, self.stop, self.on, *self.steps]
        marks = [self.mark_master, self.mark_node, self.clear_marks, self.loop]
        return [*playing, _line(self), *marks, _line(self), *self.nudge, self.reset]

    def connect_all(self, slots: dict[QAction, Callable[[], object]]) -> None:
        """Call a slot for each action, without what Qt says of checks."""
        for action, slot in slots.items():
            action.triggered.connect(lambda _=False, slot=slot: slot())

    def _make(
        self,
        text: str,
        drawing: str,
        keys: str,
        hint: str = "",
        *,
        here: bool = False,
        checkable: bool = False,
    ) -> QAction:
        action = QAction(icon(drawing), text, self._view) if drawing else QAction(text, self._view)
        action.setShortcut(QKeySequence(keys))
        action.setCheckable(checkable)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut if here else Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(context)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        plain = text.replace("&", "")
        action.setToolTip(f"{plain}: {hint} ({shown})" if hint else f"{plain} ({shown})")
        self._view.addAction(action)
        return action


def _line(parent: QObject) -> QAction:
    line = QAction(parent)
    line.setSeparator(True)
    return line
