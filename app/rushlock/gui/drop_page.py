"""What an empty window shows: where to drop folders, and the ways to begin."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from rushlock.gui.icons import icon, sign

_SIGN = 56
_MOST_RECENT = 5


class DropPage(QWidget):
    """The first page.

    Signals:
        add_asked, open_asked: A button was pressed.
        recent_asked: A recent project was chosen (Path).
    """

    add_asked = Signal()
    open_asked = Signal()
    recent_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = QFrame(self)
        self._frame.setObjectName("dropframe")
        self._frame.setMinimumSize(520, 330)
        self._recent_title = QLabel(self.tr("Recent projects"), self)
        self._recent_title.setObjectName("muted")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._fill_frame()
        below = QVBoxLayout()
        below.setSpacing(2)
        below.addWidget(self._recent_title)
        below.addLayout(self._recent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(18)
        column.addStretch(2)
        column.addWidget(self._frame, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(below)
        column.setAlignment(below, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_recent(self, projects: Sequence[Path]) -> None:
        """Offer these projects."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for path in projects[:_MOST_RECENT]:
            self._recent.addWidget(self._recent_button(path))
        self._recent_title.setVisible(bool(projects))

    def glow(self, hot: bool) -> None:
        """Show that what is dragged may be dropped here."""
        self._frame.setProperty("hot", hot)
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)

    def _fill_frame(self) -> None:
        drawing = QLabel(self._frame)
        drawing.setPixmap(sign("drop", _SIGN, "muted", self.devicePixelRatioF()))
        title = QLabel(self.tr("Drop folders of rushes here"), self._frame)
        title.setObjectName("title")
        hint = QLabel(
            self.tr("One folder for each camera or sound recorder works best.")
            + "\n"
            + self.tr("Nothing is ever written beside your media."),
            self._frame,
        )
        hint.setObjectName("muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        add = QPushButton(icon("add"), self.tr("Add folders…"), self._frame)
        add.setDefault(True)
        add.clicked.connect(self.add_asked)
        open_project = QPushButton(icon("open"), self.tr("Open project…"), self._frame)
        open_project.clicked.connect(self.open_asked)
        buttons.addWidget(add)
        buttons.addWidget(open_project)
        column = QVBoxLayout(self._frame)
        column.setSpacing(14)
        column.addStretch()
        for widget in (drawing, title, hint):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.setAlignment(buttons, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def _recent_button(self, path: Path) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("link")
        button.setIcon(icon("recent"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setText(f"{path.stem}    {path.parent}")
        button.clicked.connect(lambda: self.recent_asked.emit(path))
        return button
