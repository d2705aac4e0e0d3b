"""The command palette: what it offers, how it ranks, what Return does."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rushlock.gui.icons import icon
from rushlock.gui.menu_walk import walked
from rushlock.gui.palette.entries import Entry
from rushlock.gui.palette.fuzzy import match
from rushlock.gui.palette.model import MOST_SHOWN, PaletteModel


def best(query, *texts):
    answers = [(found.score, text) for text in texts if (found := match(query, text))]
    return [text for _, text in sorted(answers, key=lambda answer: -answer[0])]


def test_whole_words_go_before_beginnings_insides_and_scattered_letters():
    assert best("lock", "block out", "locked", "lock", "load clock") == [
        "lock",
        "locked",
        "block out",
        "load clock",
    ]
    assert best("zi", "zoom in", "zoom out", "authorize it") == ["zoom in", "authorize it"]


def test_each_word_must_be_found_in_any_order():
    assert match("timeline fit", "fit timeline view")
    assert match("fit timeline", "fit window") is None


@given(st.text("abc xyz", max_size=12), st.text("abc xyz", max_size=30))
def test_found_places_hold_the_querys_letters_and_nothing_else(query, text):
    found = match(query, text)
    if found is not None:
        assert set("".join(text[place] for place in found.places)) == set(query) - {" "}
        assert list(found.places) == sorted(set(found.places))


@given(st.text("abcdefg ", min_size=1, max_size=20))
def test_every_text_is_found_by_itself(text):
    assert match(text, text) is not None


@pytest.fixture
def palette(synced_window, qtbot):
    window, _ = synced_window
    window.actions_.palette.trigger()
    yield window.program.palette
    window.program.palette.hide()


def test_every_command_of_the_menus_that_can_be_given_is_offered(palette, synced_window):
    window, _ = synced_window
    offered = {entry.run for _, entry in palette.model._all}
    for listed in walked(window.menuBar()):
        able = listed.action.isEnabled() and listed.action.isVisible()
        assert (listed.action.trigger in offered) is able, listed.action.text()


def test_letters_and_return_run_a_command(palette, synced_window, qtbot):
    window, _ = synced_window
    key = window.document.shoot.rows[0].key
    window.selection.choose([key])
    window.actions_.palette.trigger()
    qtbot.keyClicks(palette.field, "lock")
    assert palette.model.shown[0].title == "Lock"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.document.shoot.by_key[key].standing == "locked"


def test_a_clip_and_a_camera_are_chosen_by_name(palette, synced_window, qtbot):
    window, _ = synced_window
    row = window.document.shoot.rows[3]
    qtbot.keyClicks(palette.field, f"{row.clip.name} {row.clip.camera}")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.selection.keys == {row.key}
    window.actions_.palette.trigger()
    qtbot.keyClicks(palette.field, "cam_02")
    qtbot.keyClick(palette.field, Qt.Key.Key_Enter)
    of_camera = {row.key for row in window.document.shoot.rows if row.clip.camera == "CAM_02"}
    assert window.selection.keys == of_camera


def test_the_arrows_move_in_the_list_while_the_field_is_typed_in(palette, qtbot):
    qtbot.keyClicks(palette.field, "zoom")
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    assert palette.field.text() == "zoom"
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_what_is_named_so_goes_before_what_only_stands_in_a_menu_of_that_name(palette):
    palette.field.setText("camera")
    titles = [entry.title for entry in palette.model.shown]
    assert titles.index("Rename camera") < titles.index("Reveal file")


def test_letters_that_answer_nothing_say_so(palette, qtbot):
    qtbot.keyClicks(palette.field, "qqqq")
    assert palette._nothing.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


@pytest.mark.latency
def test_a_letter_among_five_thousand_clips_costs_less_than_two_pictures_of_the_screen(qapp):
    model = PaletteModel()
    model.offer(
        Entry(f"A{n:05}C001_260101_R1AB.mov", f"CAM_{n % 100:02} · Synced", "", lambda: icon("sync"), int)
        for n in range(5000)
    )
    longest = 0.0
    for typed in ("a", "a0", "a04", "a042", "a0421"):
        begun = time.thread_time()
        model.ask(typed)
        longest = max(longest, time.thread_time() - begun)
    assert model.shown[0].title.startswith("A0421")
    assert model.rowCount() <= MOST_SHOWN
    assert longest < 0.04
