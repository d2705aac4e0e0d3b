"""Frame rates: standards, parsing, frames and seconds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.rate import STANDARD_RATES, FrameRate, RateError, parse_rate

rates = st.sampled_from(STANDARD_RATES)


@pytest.mark.parametrize("rate", STANDARD_RATES, ids=str)
def test_a_standard_rate_is_found_from_how_it_is_written_and_from_its_double(rate):
    assert FrameRate.parse(str(rate)) == rate
    assert FrameRate.nearest(float(rate.fps)) == rate
    assert FrameRate.parse(f"{rate.fps.numerator}/{rate.fps.denominator}") == rate


@pytest.mark.parametrize(
    ("text", "fps"),
    [
        ("23.98", Fraction(24000, 1001)),
        ("29.97", Fraction(30000, 1001)),
        ("2997/100", Fraction(30000, 1001)),
        ("25 fps", Fraction(25)),
        ("50p", Fraction(50)),
        ("119.88", Fraction(120000, 1001)),
        ("12.5", Fraction(25, 2)),
        ("23.97", Fraction(2397, 100)),
    ],
)
def test_what_people_write_is_understood(text, fps):
    assert FrameRate.parse(text).fps == fps


@given(rates, st.fractions(Fraction(-1, 4005), Fraction(1, 4005)))
def test_a_measurement_off_by_less_than_a_quarter_of_the_ntsc_gap_snaps(rate, error):
    assert FrameRate.nearest(rate.fps * (1 + error)) == rate


def test_a_rate_halfway_between_24_and_its_ntsc_sister_is_kept():
    halfway = (Fraction(24) + Fraction(24000, 1001)) / 2
    assert FrameRate.nearest(halfway).fps == halfway
    assert FrameRate.nearest(29.5).fps == Fraction(59, 2)


def test_drop_frame_is_heard_only_where_it_exists():
    assert parse_rate("29.97DF") == (FrameRate(Fraction(30000, 1001)), True)
    assert parse_rate("59.94 df") == (FrameRate(Fraction(60000, 1001)), True)
    assert parse_rate("29.97NDF") == (FrameRate(Fraction(30000, 1001)), False)
    assert [str(r) for r in STANDARD_RATES if r.allows_drop] == ["29.97", "59.94", "119.88"]
    with pytest.raises(RateError, match="no drop-frame"):
        parse_rate("23.976DF")


@pytest.mark.parametrize("text", ["", "fast", "0", "25/0", "-25", "25 25", "1e3", "29.97.1"])
def test_nonsense_is_refused_with_a_sentence(text):
    with pytest.raises(RateError):
        FrameRate.parse(text)


@pytest.mark.parametrize("value", [0.0, -25.0, float("nan"), float("inf")])
def test_impossible_measurements_are_refused(value):
    with pytest.raises(RateError):
        FrameRate.nearest(value)


@given(rates, st.integers(-(10**8), 10**8))
def test_frames_come_back_from_their_seconds(rate, frames):
    seconds = rate.seconds_of(frames)
    assert rate.frame_at(seconds) == frames
    assert rate.frame_at(seconds, "floor") == frames
    assert rate.frame_at(seconds + rate.frame_seconds * Fraction(999, 1000), "floor") == frames


@given(rates, st.fractions(-(10**6), 10**6))
def test_the_nearest_frame_is_within_half_a_frame(rate, seconds):
    assert abs(rate.seconds_of(rate.frame_at(seconds)) - seconds) <= rate.frame_seconds / 2


def test_timebase_and_ntsc_say_what_a_timecode_counts():
    assert [(r.timebase, r.ntsc) for r in map(FrameRate.parse, ("23.976", "24", "59.94", "119.88"))] == [
        (24, True),
        (24, False),
        (60, True),
        (120, True),
    ]
