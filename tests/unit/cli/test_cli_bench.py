"""Which suites a bench command means."""

import pytest

from rushlock.base.errors import UsageError
from rushlock.cli.bench import chosen_suites


def names(*words):
    return [(name, size) for name, size, _ in chosen_suites(words)]


def test_a_suite_has_the_size_asked_for_or_its_usual_one():
    assert names("small=3", "speed", "demo") == [("small", 3), ("speed", 20), ("demo", 1)]


def test_all_is_every_usual_suite():
    usual = {"small", "day", "concert", "noise", "hour", "speed", "growth", "help"}
    assert dict(names("all")).keys() == usual


@pytest.mark.parametrize("word", ["nope", "small=x", "small=-2", "=3"])
def test_what_is_no_suite_is_refused(word):
    with pytest.raises(UsageError):
        names(word)
