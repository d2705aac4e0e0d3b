"""Half-open ranges."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.ranges import TimeRange

times = st.fractions(-1000, 1000, max_denominator=1001)
ranges = st.tuples(times, times).map(lambda pair: TimeRange(min(pair), max(pair)))


@given(ranges, ranges, times)
def test_a_time_is_in_the_intersection_exactly_if_it_is_in_both(one, other, time):
    common = one.intersection(other)
    in_both = all(r.start <= time < r.end for r in (one, other))
    assert in_both == (common is not None and common.start <= time < common.end)
    assert common == other.intersection(one)


def test_neighbours_share_nothing():
    assert TimeRange(Fraction(0), Fraction(1)).intersection(TimeRange(Fraction(1), Fraction(2))) is None


@given(ranges)
def test_a_range_meets_itself_in_itself_unless_it_is_empty(one):
    assert one.intersection(one) == (one if one.duration else None)


def test_a_range_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        TimeRange(Fraction(1), Fraction(0))
