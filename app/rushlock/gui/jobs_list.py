"""The list of jobs that opens above the strip: the last ones, how each ended, what to do about failures."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rushlock.gui.icons import icon
from rushlock.gui.jobs_history import OUTCOME, JobsHistory
from rushlock.gui.tables import RowsTable

_SIZE = QSize(720, 260)


class JobsButton(QToolButton):
    """Opens and closes the list.

    Attributes:
        list: It.
    """

    def __init__(self, history: JobsHistory, window: QWidget) -> None:
        super().__init__(window)
        self.list = JobsList(history, window)
        self.setObjectName("flat")
        self.setCheckable(True)
        self.setText(self.tr("Jobs"))
        self.setIcon(icon("recent"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip(self.tr("What ran, how it ended, and what to do about failures"))
        self.setAccessibleName(self.tr("List of jobs"))
        self.toggled.connect(self._show)
        self.list.closed.connect(lambda: self.setChecked(False))

    def _show(self, shown: bool) -> None:
        if shown:
            window = self.window()
            corner = self.mapTo(window, QPoint(self.width(), -4))
            self.list.move(corner - QPoint(self.list.width(), self.list.height()))
            self.list.raise_()
        self.list.setVisible(shown)
        if shown:
            self.list.table.setFocus()


class JobsList(QFrame):
    """The last jobs, the latest on top; lies over the window, Escape closes it.

    Signals:
        closed: The user wants it away.
    """

    closed = Signal()

    def __init__(self, history: JobsHistory, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.resize(_SIZE)
        self._history = history
        self.table = RowsTable(history, self, framed=True, several=True)
        self.table.setAccessibleName(self.tr("Jobs of this session"))
        self.table.horizontalHeader().setSectionResizeMode(OUTCOME, QHeaderView.ResizeMode.Stretch)
        nothing = QLabel(self.tr("Nothing ran yet."), self)
        nothing.setObjectName("muted")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(nothing)
        self._pages.addWidget(self.table)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        title = QLabel(self.tr("Jobs of this session"), self)
        title.setContentsMargins(10, 6, 10, 6)
        box.addWidget(title)
        box.addWidget(self._pages)
        history.modelReset.connect(self._turn)
        self._turn()
        self.hide()

    def _turn(self) -> None:
        self._pages.setCurrentIndex(int(self._history.rowCount() > 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
