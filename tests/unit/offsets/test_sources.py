"""Talkers at different distances take turns: drift and centre must come back, and how unsure they are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rushlock.offsets.lines import best_line
from rushlock.offsets.phase import LAG_RATE, PhaseCurve
from rushlock.offsets.sources import through_sources

HOUR = np.linspace(2, 3598, 32)
MIDDLE = float(HOUR.mean())
LAG = 1 / LAG_RATE
HALF = float(np.ptp(HOUR)) / 2


def turns(lags, ppm, seed=0, height=14.0, times=HOUR):
    """Curves of windows in noise, each with the peak of one source; ``lags`` in seconds, one per window."""
    rng = np.random.default_rng(seed)
    reach = round(0.1 * LAG_RATE)
    curves = []
    for lag, time in zip(lags, times, strict=True):
        z = np.abs(rng.standard_normal(2 * reach + 1)).astype(np.float32)
        drifted = ppm * 1e-6 * (time - MIDDLE)
        at = (lag + drifted - round(drifted, 3)) * LAG_RATE + reach
        z += (height * np.maximum(1 - np.abs(np.arange(z.size) - at) / 3, 0)).astype(np.float32)
        curves.append(PhaseCurve(z, round(drifted, 3), float(time)))
    return curves


def both_lines(curves):
    line = best_line(curves, 0.0, 0.08, 1000.0)
    return line, through_sources(line, curves)


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), ppm=st.floats(-60, 60))
def test_who_speaks_when_does_not_move_the_drift_of_an_hour(seed, ppm):
    rng = np.random.default_rng(seed)
    lags = rng.choice([-0.0012, 0.0003, 0.0021], HOUR.size, p=[0.25, 0.5, 0.25])
    _, line = both_lines(turns(lags, ppm, seed))
    # Ends are tilted in whole lags, windows shifted to the nearest: one lag at the ends of the hour.
    assert abs(line.drift_ppm - ppm) < 1.5e6 * LAG / HALF
    # What lies far off weighs less: the centre is near the mean of the lags, not at it.
    assert abs(line.delta(MIDDLE) - lags.mean()) < 0.5 * lags.std()


def test_a_talker_of_the_beginning_and_one_of_the_end_do_not_pass_for_drift_while_others_speak_all_along():
    lags = np.where(np.arange(HOUR.size) % 2 == 0, 0.0, np.where(HOUR < MIDDLE, -0.0015, 0.0015))
    _, line = both_lines(turns(lags, 40.0))
    assert abs(line.drift_ppm - 40.0) < 1.5e6 * LAG / HALF


def test_the_farther_sources_lie_apart_the_less_sure_is_the_line():
    together = both_lines(turns(np.zeros(HOUR.size), 20.0))[1]
    apart = both_lines(turns(np.resize([-0.002, 0.0, 0.002], HOUR.size), 20.0))[1]
    assert together.error < 2 * LAG
    assert apart.error > 4 * together.error


def test_sources_that_walk_leave_a_straight_line_through_all_and_a_drift_that_is_not_sure():
    rng = np.random.default_rng(1)
    curves = turns(rng.uniform(-0.002, 0.002, HOUR.size), 10.0)
    _, line = both_lines(curves)
    # Least squares through lags that are uniform over 4 ms: 0.004 / sqrt(12) / (half * sqrt(32 / 3)).
    assert abs(line.drift_ppm - 10.0) < 3e6 * 0.004 / np.sqrt(12) / (HALF * np.sqrt(32 / 3))
    assert line.drift_error > 0.02


def test_windows_far_from_the_line_are_no_sources_of_it():
    lags = np.where(HOUR < 2400, 0.0, 0.03)
    line, found = both_lines(turns(lags, 10.0))
    assert abs(found.delta(1200.0) - line.delta(1200.0)) < 2 * LAG
    assert found.agrees.sum() == np.sum(lags == 0.0)


@pytest.mark.parametrize("height", [0.0, 3.0])
def test_where_no_window_has_a_peak_near_it_the_line_is_left_alone(height):
    line, found = both_lines(turns(np.zeros(HOUR.size), 0.0, height=height))
    assert found is line
