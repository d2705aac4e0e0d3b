"""What is counted of a file: frames from the source timecode, samples since midnight."""

from fractions import Fraction

import pytest

from rushlock.base.timecode import Timecode
from rushlock.timeline.source import source_of


@pytest.mark.parametrize(
    ("label", "counted_at", "picture", "shown"),
    [
        ("10:00:00:12", "25", "25", "10:00:00:12"),
        ("10:00:00;02", "29.97", "29.97", "10:00:00;02"),
        ("10:00:00;02", "29.97", "59.94", "10:00:00;04"),
        ("10:00:00;02", "29.97", "119.88", "10:00:00;008"),
        ("10:00:00:12", "25", "50", "10:00:00:24"),
        ("10:00:00:12", "30", "29.97", "10:00:00:12"),
        ("10:00:00:30", "50", "25", "10:00:00:15"),
    ],
)
def test_the_label_stays_the_label_when_it_counts_coarser_or_finer_than_the_picture(
    made_up, label, counted_at, picture, shown
):
    timecode = Timecode.parse(label, made_up.rate(counted_at))
    source = source_of(made_up.picture_file("/a.mov", made_up.rate(picture), 100, timecode))
    assert str(source.timecode) == shown
    assert source.length == 100


def test_a_file_without_timecode_counts_from_zero(made_up):
    assert source_of(made_up.picture_file("/a.mov", made_up.rate("25"), 100)).start == 0
    assert source_of(made_up.sound_file("/a.wav", 100)).start == 0


def test_sound_alone_is_counted_in_samples_since_midnight(made_up):
    stamped = source_of(made_up.sound_file("/a.wav", 96_001, Fraction(3600), sample_rate=96_000))
    assert (stamped.start, stamped.length, stamped.rate.fps) == (3600 * 96_000, 96_001, 96_000)
    r24 = made_up.rate("23.976")
    by_label = made_up.sound_file("/a.wav", 1, timecode=Timecode.parse("10:00:00:00", r24))
    assert source_of(by_label).start == 36_036 * 48_000


def test_a_variable_rate_is_counted_by_its_duration_not_its_frames(made_up):
    r30 = made_up.rate("30")
    steady = made_up.picture_file("/a.mp4", r30, 300)
    picture = steady.pictures[0]
    varying = type(picture)(0, "h264", 1920, 1080, r30, True, 251, Fraction(0), Fraction(10))
    assert source_of(made_up.picture_file("/a.mp4", r30, 300, pictures=(varying,))).length == 300
