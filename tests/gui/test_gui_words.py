"""What the window says: all of it can be translated, German is there, every control has a name and a hint."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QWidget

import rushlock.gui
from rushlock.gui.actions import Actions
from rushlock.gui.language import Language, available, language_choice
from rushlock.gui.report_dialog import ReportDialog
from rushlock.gui.shortcuts.sheet import ShortcutsSheet
from rushlock.gui.standing import Standing
from rushlock.gui.state import WindowState
from rushlock.gui.words import standing_word

ROOT = Path(rushlock.gui.__file__).parent
SAYING = {
    *("setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName", "addTab"),
    *("setInformativeText", "setTitle", "addMenu", "setStatusTip", "setWhatsThis", "setLabelText"),
    *("QLabel", "QPushButton", "QAction", "QCheckBox", "QGroupBox", "QRadioButton", "QDockWidget"),
}
NAMES_OF_ITS_OWN = {"Rushlock"}


def said_plainly(tree):
    """Yield (line, text) of what is shown without being translated."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SAYING:
            for argument in node.args:
                parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                for part in parts:
                    text = getattr(part, "value", None)
                    if isinstance(text, str) and re.search(r"[^\W\d_]{3}", text):
                        yield node.lineno, text.strip()


def test_nothing_is_shown_that_cannot_be_translated():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted(ROOT.rglob("*.py"))
        for line, text in said_plainly(ast.parse(path.read_text(encoding="utf-8")))
        if text not in NAMES_OF_ITS_OWN
    ]
    assert found == []


def test_the_search_for_untranslated_words_finds_them():
    bad = 'QLabel("Lock it", self)\nb.setToolTip(f"Press {key} now")\nQLabel(self.tr("fine"))\nQLabel("—")'
    assert [text for _, text in said_plainly(ast.parse(bad))] == ["Lock it", "Press", "now"]


@pytest.fixture(scope="module")
def tool():
    path = ROOT.parent.parent.parent / "tools" / "translations.py"
    if not path.is_file():
        pytest.skip("tools are not part of an installation")
    spec = importlib.util.spec_from_file_location("translations", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_translations_keep_every_place_where_something_is_filled_in(tool):
    for (context, source), text in tool.read(tool.TRANSLATIONS / "rushlock_de.ts").items():
        if text:
            here, there = (sorted(re.findall(r"\{[^}]*\}", words)) for words in (source, text))
            assert here == there, (context, source)
            assert ("&" in source) >= ("&" in text), (context, source)


def test_menus_and_standings_are_all_translated(tool):
    texts = tool.read(tool.TRANSLATIONS / "rushlock_de.ts")
    wanted = [key for key in tool.collected() if key[0] in ("Actions", "standing", "settings", "shortcuts")]
    assert len(wanted) > 80
    assert [key for key in wanted if not texts.get(key)] == []


def test_updating_keeps_what_is_translated_and_drops_what_is_said_no_more(tool, tmp_path):
    before = {("A", "Lock"): "Sperren", ("A", "Gone"): "Fort"}
    after = tool.merged([("A", "Lock"), ("B", "Lock"), ("B", "New")], before)
    assert after == {("A", "Lock"): "Sperren", ("B", "Lock"): "Sperren", ("B", "New"): ""}
    tool.write(tmp_path / "rushlock_xx.ts", after)
    assert tool.read(tmp_path / "rushlock_xx.ts") == after


@pytest.fixture
def german(qapp):
    state = WindowState()
    language_choice(state).keep("de")
    language = Language(state)
    yield language
    language.silence()


def test_the_window_speaks_german_where_it_is_asked_to(german, qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = Actions(owner)
    assert german.spoken == "de"
    assert actions.sync.text() == "S&ynchronisieren"
    assert actions.lock.text() == "&Sperren"
    assert standing_word(Standing.REVIEW) == "Zu prüfen"
    assert {"en", "de"} <= set(available())
    german.silence()
    assert standing_word(Standing.REVIEW) == "Review"


def test_an_unknown_language_is_english(qapp):
    state = WindowState()
    language_choice(state).keep("tlh")
    assert Language(state).spoken == "en"


def nameless(widget):
    face = QAccessible.queryAccessibleInterface(widget)
    return not (face and face.text(QAccessible.Text.Name).strip())


def controls(parent):
    """Yield what a user can press, choose or type in; not what Qt makes inside of its own widgets."""
    for widget in parent.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QAbstractSpinBox):
            continue
        owner = widget.parentWidget()
        inner = isinstance(owner, QAbstractSpinBox | QComboBox | QLineEdit | QTabBar)
        if widget.isVisible() and not inner and not widget.objectName().startswith("qt_"):
            yield widget


def described(widget):
    return f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"


def test_every_control_of_the_desk_has_a_hint_and_a_name(synced_window, qtbot):
    window, _ = synced_window
    for name in ("viewer", "compare", "details"):
        window.panels.bring(name)
        for number in range(window.tabs.count()):
            window.tabs.setCurrentIndex(number)
            seen = list(controls(window))
            assert len(seen) >= 8  # the toolbar at least; panels behind others are hidden
            assert [described(widget) for widget in seen if nameless(widget)] == []
            plain = [w for w in seen if not w.toolTip()]
            assert [described(widget) for widget in plain] == []


@pytest.mark.parametrize(("action", "kind"), [("shortcuts", ShortcutsSheet), ("report", ReportDialog)])
def test_every_control_of_a_dialog_has_a_name(window, qtbot, action, kind):
    getattr(window.actions_, action).trigger()
    (dialog,) = window.findChildren(kind)
    assert [described(widget) for widget in controls(dialog) if nameless(widget)] == []
    dialog.close()
    window.program.reporting.wait()
