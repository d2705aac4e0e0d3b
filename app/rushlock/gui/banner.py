"""The banner of findings: what was noticed about whole cameras, said once, and put away when read."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from rushlock.gui.icons import icon, sign
from rushlock.placements.sync_map import Finding

_SIGN = 18


class FindingsBanner(QFrame):
    """Shows findings until they are dismissed; comes back when there are others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._dismissed: tuple[Finding, ...] = ()
        self._shown: tuple[Finding, ...] = ()
        drawing = QLabel(self)
        drawing.setPixmap(sign("review", _SIGN, "warning", self.devicePixelRatioF()))
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setAccessibleName(self.tr("Findings"))
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        close = QToolButton(self)
        close.setObjectName("flat")
        close.setIcon(icon("close"))
        close.setToolTip(self.tr("Dismiss"))
        close.setAccessibleName(self.tr("Dismiss findings"))
        close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(drawing)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings."""
        self._shown = tuple(findings)
        self._text.setText("\n".join(finding.words for finding in findings))
        self.setVisible(bool(findings) and self._shown != self._dismissed)

    def _dismiss(self) -> None:
        self._dismissed = self._shown
        self.hide()
