"""What belongs to the program: the sheet of keys, the about box, the report of a problem."""

import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from rushlock import __version__
from rushlock.gui import asking
from rushlock.gui.about import AboutDialog
from rushlock.gui.keys import Keys
from rushlock.gui.menu_walk import keys_text, walked
from rushlock.gui.report_dialog import ReportDialog
from rushlock.gui.shortcuts.groups import lines
from rushlock.gui.shortcuts.printing import paper, print_on, sheet_html
from rushlock.gui.shortcuts.sheet import ShortcutsSheet
from rushlock.gui.state import WindowState
from rushlock.pipeline.versions import versions


@pytest.fixture
def sheet(window, qtbot):
    window.actions_.shortcuts.trigger()
    (shown,) = window.findChildren(ShortcutsSheet)
    yield shown
    shown.close()


@pytest.fixture
def commands(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)

    def made(text, keys):
        action = QAction(text, owner)
        action.setShortcuts(QKeySequence.listFromString(keys))
        action.setToolTip(f"{text} ({action.shortcut().toString()})")
        return action

    yield made("&Lock", "Ctrl+L"), made("&Next", "N"), made("Chord", "Ctrl+K, Ctrl+S")
    owner.close()


def test_the_sheet_lists_every_command_of_every_menu_with_its_keys(window, sheet):
    listed = {line.action: line.keys for line in sheet.shown if line.action is not None}
    for each in walked(window.menuBar()):
        if len(each.menu) == 1:
            assert listed[each.action] == keys_text(each.action)
    html = sheet_html(sheet._lines)
    assert all(line.keys in html for line in sheet.shown if line.keys.isalnum())


def test_the_sheet_is_searched_by_words_and_by_keys(sheet, qtbot):
    qtbot.keyClicks(sheet.search, "fit timeline")
    assert [line.words for line in sheet.shown] == ["Fit timeline"]
    sheet.search.setText("Ctrl+Shift+P")
    assert [line.words for line in sheet.shown] == ["Command palette"]


def test_new_keys_work_are_said_to_be_taken_and_are_there_at_the_next_start(window, sheet):
    lock, fit = window.actions_.lock, window.actions_.fit
    sheet.choose("Lock")
    sheet.capture.setKeySequence(QKeySequence("Shift+Z"))
    assert "Fit timeline" in sheet.said.text()
    sheet.use.click()
    assert keys_text(lock) == "Shift+Z"
    assert not fit.shortcuts()
    assert "(Shift+Z)" in lock.toolTip()
    assert "(" not in fit.toolTip()
    again = Keys(WindowState())
    for action, keys in ((lock, "Ctrl+L"), (fit, "Shift+Z")):
        action.setShortcut(keys)
    again.adopt([lock, fit])
    assert keys_text(lock) == "Shift+Z"
    assert not fit.shortcuts()
    sheet.back.click()
    assert keys_text(lock) == "Ctrl+L"
    sheet._reset_all()
    assert keys_text(fit) == "Shift+Z"
    assert "(Shift+Z)" in fit.toolTip()


def test_keys_that_begin_with_others_collide_with_them(commands):
    lock, following, chord = commands
    keys = Keys(WindowState())
    keys.adopt(commands)
    assert keys.holders(QKeySequence("Ctrl+K"), lock) == [chord]
    keys.change(following, QKeySequence("Ctrl+L"))
    assert not lock.shortcuts()
    keys.reset(lock)
    assert (keys_text(lock), following.shortcuts()) == ("Ctrl+L", [])
    keys.change(chord, QKeySequence())
    assert not chord.shortcuts()
    assert keys.changed(chord)
    keys.reset_all()
    assert not any(keys.changed(action) for action in commands)


def test_the_sheet_is_printed(window, tmp_path):
    printer = paper()
    printer.setOutputFileName(str(tmp_path / "keys.pdf"))
    print_on(printer, lines(walked(window.menuBar())))
    assert (tmp_path / "keys.pdf").read_bytes().startswith(b"%PDF")


def test_the_about_box_names_what_matters_and_copies_it(window):
    window.actions_.about.trigger()
    (box,) = window.findChildren(AboutDialog)
    box.copy()
    copied = QGuiApplication.clipboard().text()
    for word in (f"Rushlock: {__version__}", "Python: 3.", "Qt: 6.", "PyAV: ", "FFmpeg: ", "torch: "):
        assert word in copied
    assert "OpenTimelineIO: 0.18" in copied
    assert versions("cpu")["Networks run on"].startswith("cpu")
    box.close()


def test_a_report_is_shown_before_it_is_saved_and_holds_what_was_shown(
    synced_window, qtbot, monkeypatch, tmp_path
):
    window, shoot = synced_window
    window.actions_.report.trigger()
    (dialog,) = window.findChildren(ReportDialog)
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(dialog.save.isEnabled, timeout=20_000)
    shown = {dialog.tabs.tabText(n): dialog.tabs.widget(n).toPlainText() for n in range(dialog.tabs.count())}
    assert f'"clips": {len(shoot.clips)}' in shown["shoot.json"]
    assert "Sync: done" in shown["timings.txt"]
    assert shoot.clips[0].name not in "".join(shown.values())
    assert str(tmp_path) not in "".join(shown.values())
    monkeypatch.setattr(asking, "ask_save", lambda *_: (tmp_path / "mine", ""))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        assert {name: archive.read(name).decode().rstrip() for name in archive.namelist()} == {
            name: text.rstrip() for name, text in shown.items()
        }
    assert "mine.zip" in window.foot.message.text()


def test_a_report_that_is_closed_early_leaves_no_thread(window, qtbot):
    window.actions_.report.trigger()
    (dialog,) = window.findChildren(ReportDialog)
    dialog.reject()
    window.program.reporting.wait()


def test_a_dialog_has_the_size_again_that_it_was_given(window):
    window.actions_.about.trigger()
    (first,) = window.findChildren(AboutDialog)
    first.resize(777, 555)
    first.close()
    window.actions_.about.trigger()
    second = next(box for box in window.findChildren(AboutDialog) if box is not first)
    assert (second.width(), second.height()) == (777, 555)
    second.close()
