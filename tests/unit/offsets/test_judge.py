"""Probabilities: limits hold, and a low peak among many clips is worth less than among few."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import Clock
from rushlock.offsets.estimate import Candidate, Estimate
from rushlock.offsets.fine import Fit
from rushlock.offsets.judge import (
    SCORES,
    USUAL_CLIPS,
    among,
    judged,
    repetition,
    scores_of,
    shipped_calibration,
)
from rushlock.offsets.lines import Line

STEADY = Line(
    offset=0.0,
    drift_ppm=0.0,
    middle=10.0,
    error=1e-4,
    drift_error=1.0,
    votes=500.0,
    stack_z=20.0,
    heights=np.full(5, 12.0),
    agrees=np.ones(5, np.bool_),
    times=np.arange(5.0),
    residual=1e-4,
)


def heard_at(offset, score, chance=4.0):
    """A fit whose lag curve reached ``score`` at ``offset``."""
    return Fit(Candidate(offset, score, 20.0, chance), replace(STEADY, offset=offset))


def pair(node, fit, others=()):
    """An estimate of the pair ("LONG", node)."""
    return Estimate(
        "LONG",
        node,
        Clock.line(fit.line.offset),
        1e-4,
        1.0,
        fit.candidate.overlap,
        0.0,
        features=scores_of(fit, others),
    )


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


@pytest.mark.parametrize("name", ["coarse", "ahead", "margin"])
def test_a_better_match_is_never_less_likely(name):
    calibration = shipped_calibration()
    middle = {n: (calibration.low[n] + calibration.high[n]) / 2 for n in SCORES}
    better = middle | {name: calibration.high[name]}
    assert calibration.probability(better) >= calibration.probability(middle)


def test_of_two_places_the_one_with_the_clearly_higher_peak_is_the_likelier():
    calibration = shipped_calibration()
    higher, lower = heard_at(3.0, 30.0), heard_at(90.0, 26.0)
    concert = {"uncovered": 0.0, "covered": 0.0}
    right, wrong = scores_of(higher, [lower]) | concert, scores_of(lower, [higher]) | concert
    assert calibration.probability(right) > calibration.probability(wrong)
    assert scores_of(higher, [lower])["ahead"] == 3.0
    assert scores_of(lower, [higher])["behind"] == -4.0


def test_a_second_line_through_the_same_peak_is_no_rival_of_the_peak():
    only = heard_at(3.0, 30.0)
    second = Fit(only.candidate, replace(STEADY, offset=3.02))
    assert scores_of(only, [second])["ahead"] == scores_of(only, [])["ahead"]


def test_where_sound_comes_twice_a_clip_that_missed_half_of_it_proves_less():
    songs = []
    for number in range(8):
        first, again = heard_at(3.0, 30.0), heard_at(90.0, 29.5)
        songs += [pair(f"SONG_{number}", first, [again]), pair(f"SONG_{number}", again, [first])]
    lone = replace(pair("SHORT", heard_at(5.0, 12.0)), master="SHORTER")
    durations = {"LONG": 300.0, "SHORT": 60.0, "SHORTER": 30.0, **{f"SONG_{n}": 20.0 for n in range(8)}}
    among_songs = judged([*songs, lone], durations, shipped_calibration())[-1]
    alone = judged([lone], durations, shipped_calibration())[-1]
    assert repetition(songs) == 0.8
    assert among_songs.probability < alone.probability
    assert among_songs.features["uncovered"] == pytest.approx(8 / 11 * (1 - 60 / 300))


def test_two_clips_alone_are_not_called_a_shoot_that_repeats():
    first, again = heard_at(3.0, 30.0), heard_at(90.0, 29.5)
    assert repetition([pair("SONG", first, [again]), pair("SONG", again, [first])]) <= 1 / 3
