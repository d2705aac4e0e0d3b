"""The export dialog: dialects to choose, policies, and what these would lose of this shoot.

Losses are counted by a job of the dialog's own: a shoot of ten thousand clips takes a moment to lay out.
"""

from dataclasses import Field, fields, replace
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from rushlock.base.settings import default_of
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect
from rushlock.export.policy import Policy
from rushlock.gui import stages
from rushlock.gui.jobs import Jobs

_SIZE = QSize(820, 620)
_EDGE = 18
_CAPTION_WIDTH = 330
_LOSSES_HEIGHT = 130


class ExportDialog(QDialog):
    """Asks what to write and how; ``dialects`` and ``policy`` are what was chosen."""

    def __init__(self, delivery: Delivery, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        from rushlock.export.registry import DIALECTS

        self._delivery = delivery
        self._jobs = Jobs(self)
        self._stale = False
        self.list = self._dialect_list(list(DIALECTS.values()))
        self.editors = {spec.name: self._editor(spec) for spec in fields(Policy)}
        self._losses = QPlainTextEdit(self)
        self._losses.setReadOnly(True)
        self._losses.setFixedHeight(_LOSSES_HEIGHT)
        self._losses.setAccessibleName(self.tr("What is not carried"))
        self._buttons = self._button_box()
        self._lay_out()
        self._jobs.ended.connect(self._count_if_stale)
        self._jobs.failed.connect(lambda error: self._losses.setPlainText(str(error)))
        self.list.itemChanged.connect(self._changed)
        self._changed()

    @property
    def dialects(self) -> list[Dialect]:
        """The dialects that are ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    @property
    def policy(self) -> Policy:
        """The policies as they stand."""
        return Policy(**{spec.name: _value(spec, self.editors[spec.name]) for spec in fields(Policy)})

    @property
    def losses_text(self) -> str:
        """What is said of losses at the moment."""
        return self._losses.toPlainText()

    @property
    def nothing_lost(self) -> str:
        """What is said where nothing is lost."""
        return self.tr("Nothing that these formats can say.")

    @property
    def can_export(self) -> bool:
        """Whether anything is ticked."""
        return self._buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()

    def choose(self, *keys: str) -> None:
        """Tick the dialects of some keys ("fcpxml") and no others."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            ticked = item.data(Qt.ItemDataRole.UserRole).key in keys
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def done(self, result: int) -> None:
        """Close; what is still being counted no longer matters."""
        self._stale = False
        self._jobs.cancel()
        self._jobs.wait()
        super().done(result)

    def _dialect_list(self, dialects: list[Dialect]) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(self.tr("Formats"))
        for number, dialect in enumerate(dialects):
            item = QListWidgetItem(f"{dialect.name} (*{dialect.suffix})", made)
            item.setData(Qt.ItemDataRole.UserRole, dialect)
            item.setToolTip(f"{dialect.readers}\n{dialect.carries}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if number else Qt.CheckState.Checked)
        return made

    def _editor(self, spec: Field[Any]) -> QWidget:
        default = default_of(spec)
        if isinstance(default, StrEnum):
            combo = QComboBox(self)
            for choice in type(default):
                combo.addItem(str(choice))
            combo.setCurrentText(str(default))
            combo.currentIndexChanged.connect(self._changed)
            combo.setAccessibleName(spec.metadata["help"])
            return combo
        box = QDoubleSpinBox(self)
        box.setRange(spec.metadata["low"], spec.metadata["high"])
        box.setValue(default)
        box.setSpecialValueText(self.tr("whole clips"))  # shown at the lowest value
        box.setSuffix(f" {spec.metadata['unit']}")
        box.setAccessibleName(spec.metadata["help"])
        box.valueChanged.connect(self._changed)
        return box

    def _button_box(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        buttons.button(kinds.Ok).setText(self.tr("Export…"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        for spec in fields(Policy):
            words = spec.metadata["help"]
            caption = QLabel(words[:1].upper() + words[1:], self)
            caption.setWordWrap(True)
            caption.setFixedWidth(_CAPTION_WIDTH)
            form.addRow(caption, self.editors[spec.name])
        upper = QHBoxLayout()
        upper.setSpacing(_EDGE)
        upper.addWidget(self.list, 1)
        upper.addLayout(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addLayout(upper, 1)
        column.addWidget(QLabel(self.tr("What is not carried of this shoot:"), self))
        column.addWidget(self._losses)
        column.addWidget(self._buttons)
        self.resize(_SIZE)

    def _changed(self, *_: object) -> None:
        """Count losses anew: now, or as soon as the count that runs has ended."""
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.dialects))
        self._stale = True
        self._jobs.cancel()
        self._count_if_stale()

    def _count_if_stale(self) -> None:
        if self._stale and not self._jobs.busy:
            self._stale = False
            delivery = replace(self._delivery, policy=self.policy)
            self._jobs.start("", partial(stages.losses, delivery, self.dialects), self._show)

    def _show(self, sentences: tuple[str, ...]) -> None:
        self._losses.setPlainText("\n".join(sentences) or self.nothing_lost)


def _value(spec: Field[Any], editor: QWidget) -> Any:  # noqa: ANN401 - a field of any type
    if isinstance(editor, QComboBox):
        return type(default_of(spec))(editor.currentText())  # Qt makes plain texts of a StrEnum's members
    return editor.value() if isinstance(editor, QDoubleSpinBox) else None
