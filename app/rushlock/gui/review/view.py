"""The review queue as a tab: how far one is, the list worst first, and what is under consideration."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rushlock.gui.considered import Considered
from rushlock.gui.review.model import WHY, ReviewModel, why
from rushlock.gui.review.queue import Queue, queue_of
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Shoot
from rushlock.gui.standing import Standing
from rushlock.gui.tables import RowsTable
from rushlock.gui.words import amount_of_clips, shift_words


class ReviewView(QWidget):
    """What needs a person. Choosing a line chooses the clip everywhere.

    Attributes:
        queue: What is shown.
        table: The list.
    """

    def __init__(self, selection: Selection, considered: Considered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.queue = Queue()
        self._selection = selection
        self._considered = considered
        self._shoot = Shoot()
        self._model = ReviewModel(self)
        self.table = self._make_table()
        self._head = QWidget(self)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2)
        self._said = QLabel(self)
        self._bar = QProgressBar(self)
        self._make_head()
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setObjectName("muted")
        self._empty.setContentsMargins(40, 20, 40, 20)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self._foot = QLabel(self)
        self._foot.setObjectName("muted")
        self._foot.setContentsMargins(10, 4, 10, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)
        selection.changed.connect(self._follow_selection)
        considered.lag_changed.connect(self._say)
        considered.pair_changed.connect(self._say)
        self.show_shoot(self._shoot)

    def offer(self, actions: Sequence[QAction], steps: Sequence[QAction]) -> None:
        """Put actions beside the progress, as buttons; those that step through the list as icons alone."""
        for action in (*actions, *steps):
            button = QToolButton(self._head)
            button.setDefaultAction(action)
            button.setObjectName("chip")
            if action not in steps:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text().replace("&", ""))
            self._buttons.addWidget(button)

    def show_shoot(self, shoot: Shoot) -> None:
        """Go on with another snapshot."""
        self._shoot, self.queue = shoot, queue_of(shoot)
        self._model.show(self.queue, shoot)
        total = len(self.queue.items)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(self.queue.done)
        text = self.tr("{done} of {total} reviewed")
        self._said.setText(text.format(done=f"{self.queue.done:,}", total=f"{total:,}"))
        self._head.setVisible(total > 0)
        self._pages.setCurrentIndex(int(total == 0))
        self._empty.setText(self._why_empty())
        self._follow_selection()

    @property
    def progress(self) -> str:
        """What is said of how far one is."""
        return self._said.text()

    def _why_empty(self) -> str:
        counts = self._shoot.counts
        if not self._shoot.rows or counts[Standing.WAITING] == len(self._shoot.rows):
            return self.tr("After a sync, clips that need you are listed here, worst first.")
        placed = sum(row.start is not None for row in self._shoot.rows)
        text = self.tr("Nothing needs you: {clips} placed with confidence.")
        return text.format(clips=amount_of_clips(placed))

    def _say(self) -> None:
        """Say at the foot what is under consideration, else in full why the clip in hand is listed."""
        text = self._considered_words() if self._considered.touched else self._why()
        self._foot.setText(text)
        self._foot.setVisible(bool(text))

    def _considered_words(self) -> str:
        node, master, was = self._considered.node, self._considered.master, self._considered.lag_in_place
        if node is None or master is None:
            return ""
        far = shift_words(self._considered.lag - (was or 0.0), self._shoot.rate)
        text = self.tr("{clip} moved by {far} against {master}: Return keeps it, Shift+R puts it back.")
        if was is None:
            text = self.tr("{clip} starts {far} after {master}: Return keeps it, Shift+R puts it back.")
        return text.format(clip=node.clip.name, far=far, master=master.clip.name)

    def _why(self) -> str:
        number = self._model.row_of(self._selection.current)
        return "" if number < 0 else why(self.queue.items[number])

    def _follow_selection(self) -> None:
        self._say()
        number = self._model.row_of(self._selection.current)
        chosen = self.table.selectionModel()
        if number < 0:
            chosen.clear()
            return
        index = self._model.index(number, 0)
        if chosen.currentIndex().row() != number or not chosen.isRowSelected(number):
            flags = QItemSelectionModel.SelectionFlag
            blocked = chosen.blockSignals(True)
            chosen.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            chosen.blockSignals(blocked)
            self.table.viewport().update()
        self.table.scrollTo(index)

    def _choose(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._selection.choose([self.queue.items[index.row()].key])

    def _make_head(self) -> None:
        self._said.setAccessibleName(self.tr("Progress of the review"))
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(60)
        self._bar.setMaximumWidth(160)
        self._bar.setAccessibleName(self.tr("Clips reviewed"))
        row = QHBoxLayout(self._head)
        row.setContentsMargins(10, 5, 6, 5)
        row.setSpacing(10)
        row.addWidget(self._said)
        row.addWidget(self._bar, 1)
        row.addStretch(0)
        row.addLayout(self._buttons)

    def _make_table(self) -> RowsTable:
        table = RowsTable(self._model, self, framed=True)
        table.setAccessibleName(self.tr("Clips that need you, worst first"))
        table.setWordWrap(False)
        table.horizontalHeader().setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._choose)
        return table
