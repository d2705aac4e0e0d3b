"""What this is and what it runs on, in words that can be copied into a mail."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from rushlock import __version__
from rushlock.gui.icons import picture
from rushlock.gui.theme import digits_font

_SIGN = 64
_COPIED_MS = 2000


class AboutDialog(QDialog):
    """Says what Rushlock is and which versions of what it runs on.

    Attributes:
        versions: Them, as they are shown and copied.
    """

    def __init__(self, versions: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Rushlock"))
        self.versions = "\n".join(f"{name}: {found}" for name, found in versions.items())
        sign = QLabel(self)
        ratio = self.devicePixelRatioF()
        drawn = picture("rushlock", round(_SIGN * ratio)).copy()
        drawn.setDevicePixelRatio(ratio)
        sign.setPixmap(drawn)
        sign.setAccessibleName("Rushlock")
        title = QLabel(f"Rushlock {__version__}", self)
        title.setObjectName("title")
        told = QLabel(
            self.tr("Every clip of a multi-camera shoot on one clock, with a confidence and a reason."), self
        )
        told.setWordWrap(True)
        words = QVBoxLayout()
        words.addWidget(title)
        words.addWidget(told)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 14)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._list(), 1)
        column.addWidget(self._buttons())
        self.resize(520, 460)

    def copy(self) -> None:
        """Put the versions on the clipboard."""
        QGuiApplication.clipboard().setText(f"{self.versions}\n")
        self._copy.setText(self.tr("Copied"))
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.setText(self.tr("Copy")))

    def _list(self) -> QPlainTextEdit:
        text = QPlainTextEdit(self.versions, self)
        text.setReadOnly(True)
        text.setFrameShape(QFrame.Shape.NoFrame)
        text.setFont(digits_font(self.font()))
        text.setAccessibleName(self.tr("Versions"))
        return text

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setToolTip(self.tr("Put the versions on the clipboard"))
        self._copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        return buttons
