from dataclasses import fields, replace

import pytest

from rushlock.base.errors import UsageError
from rushlock.base.settings import Settings, check, default_of

OPTIONS = {spec.name: spec for spec in fields(Settings)}
BOUNDED = [name for name, spec in OPTIONS.items() if spec.metadata["low"] is not None]


@pytest.mark.parametrize("name", OPTIONS)
def test_every_option_has_a_default_within_its_bounds_of_its_type_and_a_help(name):
    spec = OPTIONS[name]
    value = default_of(spec)
    check(spec, value)
    assert isinstance(value, spec.type)
    assert spec.metadata["help"]
    assert value == getattr(Settings(), name)


@pytest.mark.parametrize("name", BOUNDED)
def test_bounds_are_allowed_and_what_lies_beyond_is_refused_by_name(name):
    low, high = OPTIONS[name].metadata["low"], OPTIONS[name].metadata["high"]
    for value in (low, high):
        assert getattr(replace(Settings(), **{name: value}), name) == value
    for value in (low - 1, high + 1):
        with pytest.raises(UsageError, match=f"{name} must lie between"):
            replace(Settings(), **{name: value})


@pytest.mark.parametrize("word", ["auto", "off", "all"])
def test_a_setting_of_words_takes_those_alone(word):
    assert Settings(pictures=word).pictures == word
    with pytest.raises(UsageError, match="pictures must be auto, off, all, not"):
        Settings(pictures=f"{word}?")
