"""Planted paths in noise must come back: offset, drift, and no confidence where nothing is planted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.offsets.lines import best_line
from rushlock.offsets.phase import LAG_RATE, PhaseCurve


def windows(seed, offset, ppm, times, height, hidden=(), reach_s=0.1):
    """Curves of Gaussian noise with a peak of some height where the line passes, except in hidden windows."""
    rng = np.random.default_rng(seed)
    reach = round(reach_s * LAG_RATE)
    curves = []
    for number, time in enumerate(times):
        z = np.abs(rng.standard_normal(2 * reach + 1)).astype(np.float32)
        base = round(offset, 2)
        if number not in hidden:
            at = (offset + ppm * 1e-6 * time - base) * LAG_RATE + reach
            lags = np.arange(z.size)
            z += (height * np.maximum(1 - np.abs(lags - at) / 2, 0)).astype(np.float32)
        curves.append(PhaseCurve(z, base, float(time)))
    return curves


@given(
    seed=st.integers(0, 10_000),
    offset=st.floats(-500, 500),
    ppm=st.floats(-100, 100),
    hidden=st.sets(st.integers(0, 9), max_size=3),
)
def test_a_planted_line_comes_back_to_a_fraction_of_a_lag_through_empty_windows(seed, offset, ppm, hidden):
    times = np.linspace(2, 598, 10)
    curves = windows(seed, offset, ppm, times, 30.0, hidden)
    middle = offset + ppm * 1e-6 * 300
    line = best_line(curves, middle, 0.08, 1000.0)
    # A peak is a triangle two lags wide: its vertex is known to a fraction of one lag.
    assert abs(line.delta(300) - middle) < 0.5 / LAG_RATE
    assert abs(line.drift_ppm - ppm) < 1e6 * (1 / LAG_RATE) / 596
    assert line.agrees.sum() >= 10 - len(hidden)


def test_peaks_too_weak_to_see_in_any_one_window_add_up():
    times = np.linspace(2, 58, 16)
    curves = windows(3, 0.004, 0.0, times, 4.0)
    line = best_line(curves, 0.0, 0.08, 1000.0)
    assert abs(line.delta(30) - 0.004) < 0.001


def test_noise_alone_is_drawn_to_the_coarse_answer_and_says_that_it_is_not_sure():
    for seed in range(20):
        curves = windows(seed, 0.0, 0.0, np.linspace(2, 58, 10), 0.0)
        line = best_line(curves, 0.01, 0.08, 1000.0)
        assert abs(line.delta(30) - 0.01) < 0.012
        assert line.error > 0.002
        assert line.agrees.sum() <= 3


def test_no_windows_give_no_line():
    assert best_line([], 0.0, 0.08, 1000.0) is None


@pytest.mark.parametrize("ppm", [-900.0, -300.0, 300.0, 900.0])
def test_clocks_far_off_are_found_too(ppm):
    times = np.linspace(2, 118, 10)
    curves = windows(1, 0.0, ppm, times, 30.0)
    line = best_line(curves, ppm * 1e-6 * 60, 0.08, 1000.0)
    assert abs(line.drift_ppm - ppm) < 2.0
