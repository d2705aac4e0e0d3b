"""From one clip that needs a person to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from rushlock.gui.actions import make_action
from rushlock.gui.review.deciding import Deciding
from rushlock.gui.review.view import ReviewView
from rushlock.gui.selection import Selection


class Walking(QObject):
    """Goes through the queue: by key, and by itself once something was decided about the clip in hand."""

    def __init__(
        self, window: QMainWindow, view: ReviewView, deciding: Deciding, selection: Selection
    ) -> None:
        super().__init__(window)
        self._view = view
        self._selection = selection
        self._queue = view.queue
        tr = self.tr
        self.next_action = make_action(
            window, tr("&Next in doubt"), "next", "N", tr("Go to the next clip that needs you")
        )
        self.previous_action = make_action(
            window, tr("&Previous in doubt"), "previous", "P", tr("Go to the clip before that needs you")
        )
        self.next_action.triggered.connect(lambda: self.go(1))
        self.previous_action.triggered.connect(lambda: self.go(-1))
        deciding.beginning.connect(self._note)
        deciding.decided.connect(self._go_on)

    @property
    def actions(self) -> list[QAction]:
        """What menus offer."""
        return [self.next_action, self.previous_action]

    def refresh(self) -> None:
        """Follow the view's queue."""
        for action in self.actions:
            action.setEnabled(bool(self._view.queue.open))

    def go(self, step: int) -> None:
        """Choose the next open clip, or the one before."""
        key = self._view.queue.after(self._selection.current, step)
        if key:
            self._selection.choose([key])

    def _note(self) -> None:
        self._queue = self._view.queue

    def _go_on(self, keys: Sequence[str]) -> None:
        """Go to the clip that followed the one decided about; stay after several, or one not in doubt."""
        before = self._queue
        if len(keys) != 1 or not before.holds(keys[0]) or self._view.queue.holds(keys[0]):
            return
        wanted = before.after(keys[0])
        if not self._view.queue.holds(wanted):
            wanted = self._view.queue.after("")
        if wanted:
            self._selection.choose([wanted])
