"""The look of the window, changed while it is shown."""

from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from rushlock.gui import words
from rushlock.gui.appearance import Appearance, Theme
from rushlock.gui.icons import app_icon, icon, sign, standing_icon
from rushlock.gui.looks import DARK, LIGHT
from rushlock.gui.standing import Standing
from rushlock.gui.state import WindowState
from rushlock.gui.theme import colour, dress, worn


@pytest.fixture(autouse=True)
def dark_again(qapp):
    yield
    dress(qapp, DARK)


def luminance(ink):
    """Relative luminance as in WCAG 2.2."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(ink).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])
def test_words_can_be_read_and_signs_be_seen(look):
    for ink, ground in product(("text", "muted"), ("window", "panel", "raised", "stripe", "banner")):
        assert contrast(look.colours[ink], look.colours[ground]) >= 4.5, (ink, ground)
    for standing, ground in product(Standing, ("window", "panel")):
        assert contrast(look.standings[standing], look.colours[ground]) >= 3, (standing, ground)
    assert contrast(look.colours["pressed-text"], look.colours["pressed"]) >= 4.5
    assert contrast("#ffffff", look.colours["accent-deep"]) >= 4.5


def test_both_looks_name_the_same_colours():
    assert set(DARK.colours) == set(LIGHT.colours)
    assert set(DARK.standings) == set(LIGHT.standings) == set(Standing)


def test_what_is_shown_changes_with_the_look_and_back(window):
    button = next(b for b in window.findChildren(QToolButton) if b.defaultAction() is window.actions_.add)
    label = QLabel(window)
    label.setPixmap(sign("review", 18, "warning", 1.0))

    def state():
        return (
            window.palette().window().color().name(),
            button.icon().pixmap(20, 20).toImage(),
            window.actions_.lock.icon().pixmap(20, 20).toImage(),
            label.pixmap().toImage(),
        )

    before = state()
    window.program.appearance.choose(Theme.LIGHT)
    after = state()
    assert all(new != old for new, old in zip(after, before, strict=True))
    assert window.palette().window().color() == colour("window")
    window.program.appearance.choose(Theme.DARK)
    assert state() == before


def test_the_look_is_worn_again_at_the_next_start(qapp):
    Appearance(WindowState()).choose(Theme.LIGHT)
    dress(qapp, DARK)
    assert Appearance(WindowState()).theme is Theme.LIGHT
    assert worn() is LIGHT
    state = WindowState()
    state.keep_word("appearance/theme", "plaid")
    assert Appearance(state).theme is Theme.DARK


def test_a_look_that_is_only_shown_is_not_kept(qapp):
    Appearance(WindowState()).show(Theme.LIGHT)
    assert Appearance(WindowState()).theme is Theme.DARK


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2, 3])
def test_icons_are_drawn_for_every_usual_scale_and_never_stretched(qapp, scale):
    for made, size in product((icon("sync"), standing_icon(Standing.REVIEW)), (16, 20)):
        wanted = round(size * scale)
        assert QSize(wanted, wanted) in made.availableSizes()
        assert made.pixmap(QSize(size, size), scale).width() == wanted
    assert sign("drop", 48, "muted", scale).width() == round(48 * scale)
    assert not app_icon().isNull()
    assert QApplication.style().objectName() == "fusion" or worn() is DARK


def test_a_place_beyond_midnight_is_a_time_of_day_and_says_the_day(make_shoot, snapshot):
    shown = snapshot(make_shoot(2, 2))
    rate = shown.rate
    late = 86_400 + 2 + 7 / float(rate.fps)
    assert words.clock_label(late, shown, 0) == "00:00:02:07"
    assert words.day_words(late, shown, 0) == "the day after"
    assert words.day_words(-5.0, shown, 0) == "the day before"
    assert words.day_words(3 * 86_400.0, shown, 0) == "day +3"
    assert words.day_words(36_000.0, shown, 0) == ""
    row = replace(shown.rows[0], start=late)
    assert words.place_label(row, shown) == "00:00:02:07"
    assert "the day after" in words.hover(row, shown)
    adrift = replace(shown, time_of_day=(False,))
    assert words.clock_label(late, adrift, 0) == "+24:00:02:07"
    assert words.day_words(late, adrift, 0) == ""
