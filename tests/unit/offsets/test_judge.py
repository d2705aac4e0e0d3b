"""Probabilities: limits hold, and a low peak among many clips is worth less than among few."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.offsets.judge import SCORES, USUAL_CLIPS, among, shipped_calibration


@given(st.floats(0.01, 0.99), st.floats(1.0, 4.0), st.integers(USUAL_CLIPS, 5000))
def test_more_clips_never_make_an_estimate_more_likely(probability, coarse, clips):
    assert among(probability, coarse, clips + 100) <= among(probability, coarse, clips) + 1e-12
    assert among(probability, coarse, USUAL_CLIPS) == probability


def test_a_high_peak_is_worth_the_same_among_thousands():
    assert among(0.99, math.log(30), 5000) == pytest.approx(0.99)
    assert among(0.9, math.log(5), 1200) < 0.1


@given(st.lists(st.floats(-50, 50), min_size=len(SCORES), max_size=len(SCORES)))
def test_scores_beyond_training_count_as_the_nearest_met(values):
    calibration = shipped_calibration()
    scores = dict(zip(SCORES, values, strict=True))
    limited = {n: min(max(v, calibration.low[n]), calibration.high[n]) for n, v in scores.items()}
    assert calibration.probability(scores) == calibration.probability(limited)
    assert 0.0 <= calibration.probability(scores) <= 1.0


@pytest.mark.parametrize("name", ["coarse", "height", "margin"])
def test_a_better_match_is_never_less_likely(name):
    calibration = shipped_calibration()
    middle = {n: (calibration.low[n] + calibration.high[n]) / 2 for n in SCORES}
    better = middle | {name: calibration.high[name]}
    assert calibration.probability(better) >= calibration.probability(middle)
