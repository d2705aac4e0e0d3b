"""One preference each: a short name, its editor, and below them in small letters what it is for.

Editors of every kind answer to one face, ``Editor``, so that the dialog need not know what it edits.
"""

from collections.abc import Callable, Sequence
from dataclasses import Field, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rushlock.base.settings import default_of
from rushlock.gui import asking
from rushlock.gui.icons import icon
from rushlock.gui.words import tr

_UNBOUNDED = 10**6
_MARGIN = 5
_LABEL_WIDTH, _EDITOR_WIDTH, _FOLDER_WIDTH = 190, 170, 300


@dataclass(frozen=True, slots=True)
class Choice:
    """A preference of the window alone, kept beside its layout and not among the settings of runs.

    Attributes:
        label, help: What it is called, what it is for.
        words: What can be chosen: (word that is kept, what the user reads).
        current: The word that holds now.
        show: Tries a word out while the dialog is open; None where it shows at the next start only.
        keep: Keeps a word.
    """

    label: str
    help: str
    words: Sequence[tuple[str, str]]
    current: str
    show: Callable[[str], object] | None
    keep: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Editor:
    """A widget that edits one value."""

    widget: QWidget
    value: Callable[[], Any]
    show: Callable[[Any], object]


class PreferenceRow(QWidget):
    """A preference as the dialog shows it."""

    def __init__(self, label: str, hint: str, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = editor
        self._words = f"{label} {hint}".casefold()
        name = QLabel(label, self)
        name.setBuddy(editor.widget)
        name.setFixedWidth(_LABEL_WIDTH)
        told = QLabel(hint, self)
        told.setObjectName("muted")
        told.setWordWrap(True)
        editor.widget.setAccessibleName(label)
        editor.widget.setAccessibleDescription(hint)
        editor.widget.setToolTip(hint)
        line = QHBoxLayout()
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(editor.widget)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(line)
        column.addWidget(told)

    def matches(self, text: str) -> bool:
        """Return whether each of a search's words occurs in the name or the help."""
        return all(word in self._words for word in text.casefold().split())


def choice_row(choice: Choice, parent: QWidget) -> PreferenceRow:
    """Return the row of one of the window's own preferences."""
    box = QComboBox(parent)
    for word, title in choice.words:
        box.addItem(title, word)
    box.setFixedWidth(_EDITOR_WIDTH)
    editor = Editor(box, box.currentData, lambda word: box.setCurrentIndex(max(box.findData(word), 0)))
    editor.show(choice.current)
    show = choice.show
    if show is not None:
        box.currentIndexChanged.connect(lambda _: show(box.currentData()))
    return PreferenceRow(choice.label, choice.help, editor, parent)


def setting_row(spec: Field[Any], value: Any, parent: QWidget) -> PreferenceRow:  # noqa: ANN401 - any type
    """Return the row of a setting, with the editor that its type and its words call for."""
    hint = tr("settings", spec.metadata["help"])
    editor = _editor(spec, parent)
    editor.show(value)
    label = tr("settings", spec.metadata["label"] or spec.name)
    return PreferenceRow(label, hint[:1].upper() + hint[1:], editor, parent)


def _editor(spec: Field[Any], parent: QWidget) -> Editor:
    default = default_of(spec)
    if spec.metadata["choices"] or spec.metadata["usual"]:
        return _word_editor(spec, parent)
    if spec.metadata["folder"]:
        return _folder_editor(parent)
    if isinstance(default, int | float):
        return _number_editor(spec, isinstance(default, int), parent)
    line = QLineEdit(parent)
    line.setFixedWidth(_EDITOR_WIDTH)
    return Editor(line, lambda: line.text().strip(), line.setText)


def _number_editor(spec: Field[Any], whole: bool, parent: QWidget) -> Editor:
    low, high = (_bound(spec, which) for which in ("low", "high"))
    box: QSpinBox | QDoubleSpinBox
    if whole:
        box = QSpinBox(parent)
        box.setRange(int(low), int(high))
    else:
        box = QDoubleSpinBox(parent)
        box.setDecimals(4 if high <= 1 else 1)
        box.setSingleStep(0.01 if high <= 1 else 1.0)
        box.setRange(low, high)
    if spec.metadata["unit"]:
        box.setSuffix(f" {spec.metadata['unit']}")
    box.setFixedWidth(_EDITOR_WIDTH)
    box.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)  # which a style sheet's padding does not reach
    return Editor(box, box.value, box.setValue)


def _word_editor(spec: Field[Any], parent: QWidget) -> Editor:
    box = QComboBox(parent)
    box.addItems(spec.metadata["choices"] or spec.metadata["usual"])
    box.setEditable(not spec.metadata["choices"])
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setFixedWidth(_EDITOR_WIDTH)
    return Editor(box, lambda: box.currentText().strip(), box.setCurrentText)


def _folder_editor(parent: QWidget) -> Editor:
    whole = QWidget(parent)
    line = QLineEdit(whole)
    line.setFixedWidth(_FOLDER_WIDTH)
    line.setPlaceholderText(tr("settings", "usual place"))
    line.setClearButtonEnabled(True)
    browse = QToolButton(whole)
    browse.setObjectName("flat")
    browse.setIcon(icon("open"))
    browse.setToolTip(tr("settings", "Choose a folder"))
    browse.setAccessibleName(tr("settings", "Choose a folder"))
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(line)
    row.addWidget(browse)
    whole.setFocusProxy(line)

    def ask() -> None:
        now = Path(line.text()) if line.text() else Path.home()
        chosen = asking.ask_folder(whole, tr("settings", "Choose a folder"), now)
        if chosen is not None:
            line.setText(str(chosen))

    browse.clicked.connect(ask)
    return Editor(whole, lambda: line.text().strip(), line.setText)


def _bound(spec: Field[Any], which: str) -> float:
    bound = spec.metadata[which]
    if bound is None:
        return float(-_UNBOUNDED if which == "low" else _UNBOUNDED)
    return float(bound)
