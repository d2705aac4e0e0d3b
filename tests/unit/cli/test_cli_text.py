"""Names are printed safely, tables and times line up."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.cli.table import Column, table
from rushlock.cli.text import clock_words, padded, percent, printable, shortened, time_left, width

any_text = st.text(st.characters(codec=None))


@given(any_text)
def test_nothing_a_terminal_obeys_is_printed(text):
    shown = printable(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in shown)
    assert "\u202e" not in shown
    shown.encode("utf-8")


def test_escapes_are_readable_and_emoji_stay():
    assert printable("a\nb\x1b[31m\udcff 🎬👩‍🚀") == r"a\nb\x1b[31m\udcff 🎬👩‍🚀"


@given(any_text, st.integers(0, 40))
def test_shortened_text_keeps_within_its_cells(text, cells):
    text = printable(text)
    assert width(shortened(text, cells)) <= cells
    if width(text) <= cells:
        assert shortened(text, cells) == text


def test_shortened_text_keeps_both_ends():
    assert shortened("CARD_A_0001_20240101_C0042.MP4", 11) == "CARD_…2.MP4"


def test_wide_letters_take_two_cells():
    assert width("東京🎬") == 6
    assert width("e\u0301") == 1
    assert padded("東", 4) == "東  "


@given(st.lists(st.tuples(any_text, any_text), max_size=5), st.integers(25, 60))
def test_every_row_of_a_table_is_one_line_within_the_terminal(rows, cells):
    columns = (Column("name", shrinks=True), Column("camera", shrinks=True))
    lines = table(columns, rows, cells).split("\n")
    assert len(lines) == len(rows) + 1
    assert all(width(line) <= cells for line in lines)


def test_numbers_stand_at_the_right():
    text = table((Column("clip"), Column("ppm", right=True)), [("a.wav", "7"), ("b.wav", "-12")])
    assert text == "clip   ppm\na.wav    7\nb.wav  -12"


@pytest.mark.parametrize(
    ("seconds", "of_day", "words"),
    [
        (37421.12, True, "10:23:41.120"),
        (-0.0004, False, "+00:00:00.000"),
        (-1.5, False, "-00:00:01.500"),
        (59.9996, False, "+00:01:00.000"),
        (90000, True, "25:00:00.000"),
    ],
)
def test_starts_read_as_clocks(seconds, of_day, words):
    assert clock_words(seconds, time_of_day=of_day) == words


def test_nothing_but_certainty_reads_hundred_percent():
    assert percent(0.99999) == "99.9 %"
    assert percent(1.0) == "100.0 %"


def test_time_left_has_hours_only_where_needed():
    assert (time_left(41.4), time_left(3723), time_left(-3)) == ("0:41", "1:02:03", "0:00")
