"""The lean transforms say what SciPy's say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.fft import next_fast_len
from scipy.ndimage import binary_dilation, uniform_filter1d

from rushlock.features.transform import fast_length, running_mean, spectra, upper_median, widened


@given(st.integers(1, 5000))
def test_fast_lengths_are_those_of_scipy(least):
    assert fast_length(least) == next_fast_len(least, real=True)


@pytest.mark.parametrize("size", [255, 256, 360])
def test_spectra_stay_in_single_precision_and_are_divided_by_the_length(size):
    rows = np.random.default_rng(size).standard_normal((3, 200)).astype(np.float32)
    found = spectra(rows, size)
    exact = np.fft.rfft(rows.astype(np.float64), size) / size
    assert found.dtype == np.complex64
    assert np.abs(found - exact).max() < 8 * np.finfo(np.float32).eps * np.abs(exact).max()


@given(st.integers(1, 60), st.integers(1, 200), st.integers(0, 99))
def test_running_means_are_those_of_scipy(width, size, seed):
    values = np.random.default_rng(seed).standard_normal(size).astype(np.float32)
    exact = uniform_filter1d(values.astype(np.float64), width, mode="nearest")
    assert np.allclose(running_mean(values, width), exact, rtol=0, atol=1e-6)


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(1, 8))
def test_marks_widen_as_in_scipy(marks, reach):
    marks = np.array(marks)
    assert np.array_equal(widened(marks, reach), binary_dilation(marks, iterations=reach))


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=50))
def test_the_upper_median_is_the_middle_of_the_sorted_values(values):
    assert upper_median(np.array(values, np.float32)) == sorted(values)[len(values) // 2]
