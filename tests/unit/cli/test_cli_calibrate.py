"""Calibration's words: which shoots are meant, and the reliability curve as a table."""

import pytest

from rushlock.base.errors import UsageError
from rushlock.cli.calibrate import chosen_shoots, reliability_words


def test_shoots_have_seeds_of_their_own():
    shoots = chosen_shoots(["small=3", "concert=2"])
    assert [name for name, _ in shoots] == ["small"] * 3 + ["concert"] * 2
    assert len(set(shoots)) == 5
    assert min(seed for _, seed in shoots) >= 10_000


@pytest.mark.parametrize("word", ["small", "small=", "small=-1", "nothing=3", "small=x"])
def test_what_is_no_shoot_is_refused(word):
    with pytest.raises(UsageError):
        chosen_shoots([word])


def test_the_reliability_curve_is_a_line_for_each_bin():
    points = [
        {"confidence": 0.5, "right": 0.55, "cases": 40},
        {"confidence": 0.9951, "right": 1.0, "cases": 160},
    ]
    text = reliability_words({"cases": 200, "brier": 0.01, "auroc": 0.98, "reliability": points})
    lines = [line.split() for line in text.splitlines()]
    assert lines[1] == ["50.0", "%", "55.0", "%", "40", "#" * 11]
    assert lines[2] == ["99.5", "%", "100.0", "%", "160", "#" * 20]
    assert lines[3][:2] == ["200", "cases,"]
