"""Report a problem: what helps to find a fault is put together, shown wholly, and saved only then.

Nothing is sent. The user sees every word that will be in the file, and decides to whom it goes.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from rushlock.gui.theme import digits_font
from rushlock.pipeline.problem_report import Part

_SIZE = (780, 580)


class ReportDialog(QDialog):
    """Shows the parts of a report.

    Attributes:
        tabs: The parts, one on each; empty while they are put together.

    Signals:
        save_asked: The user wants to save what is shown.
    """

    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report a problem"))
        told = QLabel(
            self.tr(
                "This is what will be in the report: no media, and no names of yours, of files, folders or "
                "cameras; each is replaced by a word and a number. Nothing is sent. Save the report, add in "
                "your own words what you did and what happened, and pass both on."
            ),
            self,
        )
        told.setWordWrap(True)
        self._state = QLabel(self.tr("Putting it together…"), self)
        self._state.setObjectName("muted")
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Contents of the report"))
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Save | kinds.Cancel, self)
        self.save = self._buttons.button(kinds.Save)
        self.save.setText(self.tr("Save report…"))
        self.save.setToolTip(self.tr("Save what is shown as a zip"))
        self.save.setEnabled(False)
        self._buttons.accepted.connect(self.save_asked)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        for widget in (told, self._state, self.tabs, self._buttons):
            column.addWidget(widget)
        column.setStretchFactor(self.tabs, 1)
        self.resize(*_SIZE)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show what was put together."""
        for part in parts:
            text = QPlainTextEdit(part.text, self.tabs)
            text.setReadOnly(True)
            text.setFont(digits_font(self.font()))
            text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            text.setAccessibleName(part.name)
            self.tabs.addTab(text, part.name)
        self._state.hide()
        self.save.setEnabled(True)

    def show_failure(self, error: BaseException) -> None:
        """Say why there is no report."""
        self._state.setText(str(error) or type(error).__name__)
