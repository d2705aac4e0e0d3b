"""Errors in frames are counted as the paper counts them, on pairs whose length tells nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.evaluation.frame_error import equal_stretches, frame_error


@pytest.mark.parametrize("case", [f"m{number}" for number in range(6)])
def test_mean_and_margin_are_those_of_the_reference(kits, case):
    known = np.load(kits / "videosync" / "fixtures" / "metric.npz")
    found = frame_error(known[f"{case}_errors"])
    assert found.mean == pytest.approx(float(known[f"{case}_mean"]), abs=1e-12)
    assert found.margin == pytest.approx(float(known[f"{case}_moe"]), abs=1e-9)
    assert found.pairs == known[f"{case}_errors"].size


def test_errors_to_both_sides_count_the_same_and_one_pair_has_no_margin():
    assert frame_error([-3, 3]) == frame_error([3, 3])
    assert frame_error([-4]).margin == 0.0
    with pytest.raises(ValueError, match="no pairs"):
        frame_error([])


@given(st.integers(0, 200), st.integers(0, 200), st.integers(-60, 60))
def test_pairs_have_equal_length_the_planted_lag_and_all_that_is_left(master, node, lag):
    one, other = equal_stretches(master, node, lag)
    length = one.stop - one.start
    assert other.stop - other.start == length
    if length:
        assert other.start - one.start == lag
        assert min(one.start, other.start) == 0
        assert one.stop <= master
        assert other.stop <= node
        assert one.stop == master or other.stop == node
