"""The preferences dialog, built from the fields of ``Settings``: a new option needs nothing here."""

from dataclasses import Field, fields
from typing import Any

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rushlock.base.errors import UsageError
from rushlock.base.rate import parse_rate
from rushlock.base.settings import Settings, default_of

_UNBOUNDED = 10**6


class PreferencesDialog(QDialog):
    """Edits settings; ``settings`` are the accepted ones."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.settings = settings
        self.editors = {
            spec.name: _editor(spec, getattr(settings, spec.name), self) for spec in fields(Settings)
        }
        self._complaint = QLabel(self)
        self._complaint.setWordWrap(True)
        self._complaint.hide()
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(18)
        for spec in fields(Settings):
            form.addRow(_caption(spec, self), self.editors[spec.name])
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.button(kinds.RestoreDefaults).clicked.connect(self._restore_defaults)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 14)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(self._complaint)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Close if everything holds, else say what does not."""
        try:
            self.settings = self._edited()
        except UsageError as error:
            self._complaint.setText(str(error))
            self._complaint.show()
            return
        super().accept()

    def _edited(self) -> Settings:
        settings = Settings(**{name: _value(editor) for name, editor in self.editors.items()})
        if settings.timeline_rate != "auto":
            parse_rate(settings.timeline_rate)
        return settings

    def _restore_defaults(self) -> None:
        for spec in fields(Settings):
            _show(self.editors[spec.name], default_of(spec))


def _caption(spec: Field[Any], dialog: PreferencesDialog) -> QLabel:
    text = spec.metadata["help"]
    label = QLabel(text[:1].upper() + text[1:], dialog)
    label.setWordWrap(True)
    label.setMinimumWidth(300)
    label.setBuddy(dialog.editors[spec.name])
    return label


def _editor(spec: Field[Any], value: Any, parent: QWidget) -> QWidget:  # noqa: ANN401 - a field of any type
    default = default_of(spec)
    editor: QWidget
    if isinstance(default, int):
        editor = QSpinBox(parent)
        editor.setRange(int(_bound(spec, "low")), int(_bound(spec, "high")))
    elif isinstance(default, float):
        editor = QDoubleSpinBox(parent)
        editor.setDecimals(4 if _bound(spec, "high") <= 1 else 1)
        editor.setSingleStep(0.01 if _bound(spec, "high") <= 1 else 1.0)
        editor.setRange(_bound(spec, "low"), _bound(spec, "high"))
    else:
        editor = QLineEdit(parent)
    if isinstance(editor, QSpinBox | QDoubleSpinBox) and spec.metadata["unit"]:
        editor.setSuffix(f" {spec.metadata['unit']}")
    editor.setAccessibleName(spec.metadata["help"])
    editor.setMinimumWidth(150)
    _show(editor, value)
    return editor


def _bound(spec: Field[Any], which: str) -> float:
    bound = spec.metadata[which]
    if bound is None:
        return float(-_UNBOUNDED if which == "low" else _UNBOUNDED)
    return float(bound)


def _show(editor: QWidget, value: Any) -> None:  # noqa: ANN401 - a field of any type
    if isinstance(editor, QSpinBox | QDoubleSpinBox):
        editor.setValue(value)
    elif isinstance(editor, QLineEdit):
        editor.setText(str(value))


def _value(editor: QWidget) -> Any:  # noqa: ANN401 - a field of any type
    if isinstance(editor, QSpinBox | QDoubleSpinBox):
        return editor.value()
    return editor.text().strip() if isinstance(editor, QLineEdit) else None
