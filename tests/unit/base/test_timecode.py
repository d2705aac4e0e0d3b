"""Timecode labels: drop-frame, day wrap, conversion; opentime as a second opinion where it is valid."""

from fractions import Fraction

import opentimelineio as otio
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rushlock.base.errors import UsageError
from rushlock.base.rate import STANDARD_RATES, FrameRate
from rushlock.base.timecode import Timecode, TimecodeError

NTSC_30 = FrameRate.parse("29.97")
DROPPING = [rate for rate in STANDARD_RATES if rate.allows_drop]
COUNTINGS = [(rate, False) for rate in STANDARD_RATES] + [(rate, True) for rate in DROPPING]
KNOWN_TO_OPENTIME = [
    (rate, drop) for rate, drop in COUNTINGS if str(rate) not in {"47.952", "100", "119.88", "120"}
]


@st.composite
def timecodes(draw, countings=COUNTINGS):
    rate, drop = draw(st.sampled_from(countings))
    day = Timecode(0, rate, drop).frames_per_day
    return Timecode(draw(st.integers(0, day - 1)), rate, drop)


@given(timecodes())
def test_every_label_reads_back_as_its_frame(timecode):
    assert Timecode.parse(str(timecode), timecode.rate) == timecode
    assert timecode.days == 0
    assert timecode.wrapped() == timecode


@given(timecodes(KNOWN_TO_OPENTIME))
def test_labels_agree_with_opentime(timecode):
    # It wraps where a day of seconds ends, which at NTSC rates is before the labels of a day do.
    assume(timecode.seconds < 86400)
    theirs = otio.opentime.RationalTime(timecode.frames, float(timecode.rate.fps))
    assert otio.opentime.to_timecode(theirs, theirs.rate, timecode.drop) == str(timecode)


@pytest.mark.parametrize("rate", DROPPING, ids=str)
def test_drop_frame_skips_exactly_the_labels_of_the_standard_for_eleven_minutes(rate):
    frames_in_11_minutes = 11 * 60 * rate.timebase - 10 * rate.timebase // 15 + rate.timebase // 15
    written = [str(Timecode(n, rate, drop=True)) for n in range(frames_in_11_minutes)]
    digits = len(written[0].split(";")[1])
    left_out = {
        f"00:{minute:02}:00;{frame:0{digits}}"
        for minute in range(1, 11)
        if minute % 10
        for frame in range(rate.timebase // 15)
    }
    every = {
        f"00:{minute:02}:{second:02};{frame:0{digits}}"
        for minute in range(11)
        for second in range(60)
        for frame in range(rate.timebase)
    }
    assert len(set(written)) == len(written)
    assert every - left_out == set(written)


@pytest.mark.parametrize("rate", DROPPING, ids=str)
def test_a_drop_frame_day_is_shorter_by_the_labels_left_out_and_keeps_time_of_day(rate):
    day = Timecode(0, rate, drop=True).frames_per_day
    assert day == 86400 * rate.timebase - rate.timebase // 15 * 54 * 24
    assert abs(rate.seconds_of(day) - 86400) < Fraction(1, 10)


def test_ten_hours_at_each_rate():
    assert Timecode.parse("10:00:00;00", NTSC_30).frames == 1078920
    assert Timecode.parse("10:00:00:00", NTSC_30).frames == 1080000
    assert Timecode.parse("10:00:00:00", FrameRate.parse("23.976")).seconds == 36036
    assert Timecode.parse("10:00:00:00", FrameRate.parse("23.976")).label_seconds == 36000
    assert str(Timecode.parse("10:00:00;007", FrameRate.parse("119.88"))) == "10:00:00;007"


def test_separators_and_flags_say_drop_frame():
    assert Timecode.parse("10.00.00.00", NTSC_30).drop is False
    assert Timecode.parse("10:00:00,02", NTSC_30).drop is True
    assert Timecode.parse("10:00:00:02", NTSC_30, drop=True) == Timecode.parse("10:00:00;02", NTSC_30)


@pytest.mark.parametrize(
    ("label", "rate"),
    [
        ("00:01:00;00", "29.97"),
        ("00:01:00;01", "29.97"),
        ("00:11:00;03", "59.94"),
        ("10:00:00;00", "25"),
        ("10:00:00:25", "25"),
        ("24:00:00:00", "25"),
        ("10:60:00:00", "25"),
        ("10:00:60:00", "25"),
        ("-1:00:00:00", "25"),
        ("ten", "25"),
        ("", "25"),
    ],
)
def test_labels_that_do_not_exist_are_refused(label, rate):
    with pytest.raises(TimecodeError) as caught:
        Timecode.parse(label, FrameRate.parse(rate))
    assert isinstance(caught.value, UsageError)
    assert isinstance(caught.value, ValueError)


@given(timecodes(), st.integers(1, 3))
def test_beyond_midnight_nothing_wraps_unasked(timecode, days):
    later = timecode + days * timecode.frames_per_day
    assert later.days == days
    assert later.wrapped() == timecode
    assert int(str(later)[:2]) == int(str(timecode)[:2]) + 24 * days


def test_before_midnight_the_label_is_negative():
    earlier = Timecode(0, NTSC_30, drop=True) - 1800
    assert str(earlier) == "-00:01:00;02"
    assert str(earlier.wrapped()) == "23:58:59;28"


@given(timecodes(), st.sampled_from(COUNTINGS))
def test_another_rate_shows_the_nearest_frame(timecode, counting):
    rate, drop = counting
    converted = timecode.at_rate(rate, drop=drop)
    assert abs(converted.seconds - timecode.seconds) <= rate.frame_seconds / 2
    assert timecode.at_rate(timecode.rate, drop=timecode.drop) == timecode


@given(timecodes())
def test_label_seconds_are_what_the_label_shows(timecode):
    hours, minutes, rest = str(timecode).replace(";", ":").split(":", 2)
    seconds, frame = rest.split(":")
    shown = (
        int(hours) * 3600 + int(minutes) * 60 + int(seconds) + Fraction(int(frame), timecode.rate.timebase)
    )
    assert timecode.label_seconds == shown
