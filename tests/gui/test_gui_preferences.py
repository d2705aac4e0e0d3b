"""The preferences: their pages, their search, and what the window shows while they are open."""

from dataclasses import fields

import pytest
from PySide6.QtWidgets import QComboBox

from rushlock.base.paths import cache_folder
from rushlock.base.settings import Page, Settings
from rushlock.cache.store import open_default
from rushlock.gui.appearance import Appearance, Theme
from rushlock.gui.looks import DARK, LIGHT
from rushlock.gui.preference_rows import PreferenceRow
from rushlock.gui.preferences import PreferencesDialog
from rushlock.gui.state import WindowState
from rushlock.gui.theme import dress, worn


@pytest.fixture
def looks(qapp):
    dress(qapp, DARK)
    yield Appearance(WindowState())
    dress(qapp, DARK)


@pytest.fixture
def dialog(looks, qtbot):
    made = PreferencesDialog(Settings(), None, [looks.choice()])
    qtbot.addWidget(made)
    made.show()
    return made


def shown(dialog):
    return [row for row in dialog.findChildren(PreferenceRow) if row.isVisible()]


def test_every_option_has_a_label_and_stands_on_one_page(dialog):
    assert all(spec.metadata["label"] for spec in fields(Settings))
    seen = []
    for number in range(dialog._list.count()):
        dialog._list.setCurrentRow(number)
        seen += shown(dialog)
    assert dialog._list.count() == len(Page) + 1
    assert len(seen) == len(set(seen)) == len(fields(Settings)) + 1


def test_a_search_finds_options_of_all_pages_by_name_and_help(dialog):
    dialog.search.setText("cache")
    assert {row.editor for row in shown(dialog)} == {
        dialog.editors["cache_gib"],
        dialog.editors["cache_place"],
    }
    dialog.search.setText("network doubt")
    assert [row.editor for row in shown(dialog)] == [dialog.editors["embeddings"]]
    dialog.search.setText("zebra")
    assert not shown(dialog)
    assert dialog._nothing.isVisible()
    dialog.search.clear()
    assert shown(dialog)


def test_a_theme_is_seen_at_once_kept_by_ok_and_taken_back_by_cancel(dialog, looks):
    dialog.own[0].show(Theme.LIGHT)
    assert worn() is LIGHT
    dialog.reject()
    assert worn() is DARK
    dialog.own[0].show(Theme.LIGHT)
    dialog.accept()
    assert worn() is LIGHT
    assert Appearance(WindowState()).theme is Theme.LIGHT


def test_words_are_chosen_from_a_list_and_others_may_be_typed_where_they_will_do(dialog):
    strict, free = dialog.editors["pictures"].widget, dialog.editors["embeddings"].widget
    assert isinstance(strict, QComboBox)
    assert not strict.isEditable()
    assert free.isEditable()
    dialog.editors["embeddings"].show("mine")
    dialog.accept()
    assert dialog.settings == Settings(embeddings="mine")


def test_the_cache_lies_where_it_is_asked_for(dialog, tmp_path):
    dialog.editors["cache_place"].show("somewhere")
    dialog.accept()
    assert dialog.isVisible(), "a relative folder would be another one at each start"
    dialog.editors["cache_place"].show(str(tmp_path / "cache"))
    dialog.accept()
    assert open_default(dialog.settings).folder == tmp_path / "cache"
    assert open_default(Settings()).folder == cache_folder()
