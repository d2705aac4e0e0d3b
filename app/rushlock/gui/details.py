"""The details of the clip in hand: where it lies, why, how sure, and what speaks for and against it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rushlock.gui import words
from rushlock.gui.evidence_model import EvidenceModel
from rushlock.gui.icons import standing_icon
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.tables import RowsTable

_SIGN = 20


class DetailsPanel(QWidget):
    """Shows one clip."""

    def __init__(self, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._shoot = Shoot()
        self._sign = QLabel(self)
        self._sign.setFixedSize(_SIGN, _SIGN)
        self._name = _wrapping(self, "heading")
        self._reason = _wrapping(self)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(4)
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._values = {title: self._fact(title) for title in _fact_titles(self)}
        self.evidence = EvidenceModel(self)
        self._table = _evidence_table(self.evidence, self)
        self._lay_out()
        selection.changed.connect(self._refresh)

    def show_shoot(self, shoot: Shoot) -> None:
        """Show the clip in hand as another snapshot knows it."""
        self._shoot = shoot
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_table"):
            self._refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._reason)
        column.addLayout(self._facts)
        column.addWidget(self._table, 1)
        column.addStretch()  # takes the room where there is no table; beside one it has no share

    def _fact(self, title: str) -> QLabel:
        label, value = QLabel(title, self), QLabel(self)
        label.setObjectName("muted")
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        value.setAccessibleName(title)
        value.setWordWrap(True)
        self._facts.addRow(label, value)
        return value

    def _refresh(self) -> None:
        row = self._shoot.by_key.get(self._selection.current)
        self.evidence.show(row, self._shoot)
        self._table.setVisible(row is not None and self.evidence.rowCount() > 0)
        for index in range(self._facts.rowCount()):
            self._facts.setRowVisible(index, row is not None)
        self._sign.setVisible(row is not None)
        if row is None:
            self._name.setText(self.tr("No clip chosen"))
            self._reason.setText(self.tr("Choose a clip to see where it lies and why."))
            return
        self._sign.setPixmap(standing_icon(row.standing).pixmap(_SIGN, _SIGN))
        self._sign.setAccessibleName(words.standing_word(row.standing))
        self._name.setText(row.clip.name.replace("\n", "⏎"))
        self._reason.setText(_sentence(words.reason_text(row)) or words.standing_word(row.standing))
        for index, (value, text) in enumerate(
            zip(self._values.values(), _facts(row, self._shoot), strict=True)
        ):
            value.setText(text)
            self._facts.setRowVisible(index, bool(text))


def _wrapping(parent: QWidget, name: str = "") -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


def _evidence_table(model: EvidenceModel, parent: QWidget) -> RowsTable:
    table = RowsTable(model, parent, air=9, several=True)
    table.setAccessibleName(parent.tr("Evidence"))
    table.horizontalHeader().setStretchLastSection(True)
    letter = table.fontMetrics().averageCharWidth()
    table.widen([letters * letter + 12 for letters in (31, 20, 9, 22)])
    return table


def _fact_titles(panel: DetailsPanel) -> list[str]:
    return [
        panel.tr("Camera"),
        panel.tr("Placed at"),
        panel.tr("Confidence"),
        panel.tr("Precision"),
        panel.tr("Drift"),
        panel.tr("Clock steps"),
        panel.tr("Own sound"),
        panel.tr("Start timecode"),
        panel.tr("Length"),
        panel.tr("Media"),
        panel.tr("Reel"),
        panel.tr("Notes"),
        panel.tr("File"),
    ]


def _facts(row: Row, shoot: Shoot) -> list[str]:
    """Return the values of the facts, empty where there is none."""
    clip, placement = row.clip, row.placement
    placed = placement is not None and row.start is not None
    clock = placement.clock if placement is not None and placed else None
    precision = placement.precision if placement is not None and placed else 0.0
    source = clip.files[0].timecode_source
    return [
        clip.camera,
        words.place_and_day(row, shoot),
        words.confidence_label(row),
        f"± {precision * 1000:.2f} ms" if precision > 0 else "",
        words.drift_label(row),
        ", ".join(f"{words.gap_label(jump, shoot.rate)}" for _, jump in clock.steps()) if clock else "",
        words.own_sound_fact(row, shoot),
        f"{clip.timecode} @ {words.rate_label(row)}" + (f" ({source})" if source else "")
        if clip.timecode
        else "",
        words.duration_label(row, shoot),
        words.media_summary(row),
        clip.files[0].reel,
        "; ".join(note for file in clip.files for note in file.notes),
        "\n".join(str(file.path) for file in clip.files),
    ]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
