"""What is known of one model: what it adds, under which licence, from where, and how surely it is that."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from rushlock.gui.words import tr
from rushlock.nets.registry import Digest, size_words
from rushlock.nets.store import Listed

_LONGEST_CHECKSUM = 16


class ModelDetails(QWidget):
    """Shows one line of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = _text(self, "heading")
        self._adds = _text(self)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(5)
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._values = [self._fact(title) for title in _titles()]
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addWidget(self._adds)
        column.addLayout(self._facts)
        column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Return the height that the texts take at the present width; Qt's own guess is for narrow ones."""
        return QSize(0, self._column.heightForWidth(self.width()))

    def show_line(self, line: Listed | None) -> None:
        """Show another model."""
        self.setVisible(line is not None)
        if line is None:
            return
        self._name.setText(line.entry.name)
        self._adds.setText(line.entry.adds)
        for row, (value, text) in enumerate(zip(self._values, _told(line), strict=True)):
            value.setText(text)
            self._facts.setRowVisible(row, bool(text))

    def _fact(self, title: str) -> QLabel:
        label, value = QLabel(title, self), _text(self)
        label.setObjectName("muted")
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        value.setAccessibleName(title)
        self._facts.addRow(label, value)
        return value


def _titles() -> list[str]:
    return [
        tr("models", "Licence"),
        tr("models", "Source"),
        tr("models", "Checksum"),
        tr("models", "Here"),
    ]


def _told(line: Listed) -> list[str]:
    entry = line.entry
    return [entry.licence, entry.url, _checksum_words(entry.digests) if entry.url else "", _here_words(line)]


def _checksum_words(digests: tuple[Digest, ...]) -> str:
    """Return what is published to check a download with, the strongest only."""
    if not digests:
        return tr("models", "None is published: a download can only be checked for completeness.")
    best = digests[0]
    if best.proves:
        text = tr("models", "{algorithm} {digits}…, published in full")
        return text.format(algorithm=best.algorithm, digits=best.digits[:_LONGEST_CHECKSUM])
    text = tr("models", "{algorithm} {digits}…, no more is published: tells damage, proves nothing")
    return text.format(algorithm=best.algorithm, digits=best.digits)


def _here_words(line: Listed) -> str:
    if line.stored is not None:
        return f"{line.stored.path}\n{line.stored.proof}"
    if line.fetched:
        text = tr("models", "{size} fetched; Resume goes on from there")
        return text.format(size=size_words(line.fetched))
    return ""


def _text(parent: QWidget, name: str = "") -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
