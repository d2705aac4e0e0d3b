"""Timecode: the majority gives the time of day, the odd one out is named, silent clips get an offer."""

from fractions import Fraction
from pathlib import Path

import pytest

from rushlock.base.rate import FrameRate
from rushlock.base.settings import Settings
from rushlock.base.timecode import Timecode
from rushlock.media.clip import Clip, MediaFile, SoundStream
from rushlock.placements.wall import findings, place_by_wall, read_wall, wrapped
from rushlock.placements.words import duration_words


def clip_at(camera, name, day):
    """Return a clip of ten seconds of sound whose label says some second of the day."""
    rate = FrameRate(Fraction(25))
    file = MediaFile(
        Path(name),
        1,
        0,
        name,
        "wav",
        Fraction(0),
        Fraction(10),
        sounds=(SoundStream(0, "pcm", 48000, 1, "mono", Fraction(0), Fraction(10)),),
        timecode=None if day is None else Timecode(int(day * 25), rate),
        day_seconds=day,
    )
    return Clip(name, camera, (file,))


def shoot(errors, starts=(0.0, 100.0, 250.0), base=36000.0):
    """Clips of cameras whose labels are off by some seconds; the shoot begins at ``base`` of the day."""
    placed = []
    for camera, error in errors.items():
        for n, start in enumerate(starts):
            day = Fraction(base + start + error).limit_denominator(10**6) % 86400
            placed.append((clip_at(camera, f"{camera}{n}", day), start))
    return placed


def test_the_camera_that_is_an_hour_ahead_is_named_and_the_rest_give_the_time_of_day():
    wall = read_wall(shoot({"A": 0.0, "B": 3600 + 12 / 25, "C": 0.02}))
    assert wall.anchor == pytest.approx(36000, abs=0.05)
    said = findings(wall)
    assert [f.words for f in said] == ["B timecode is 1 h 00 m 00 s 12 f ahead"]
    assert said[0].seconds == pytest.approx(3600.48, abs=0.02)


def test_timecode_across_midnight_is_no_day_off():
    wall = read_wall(shoot({"A": 0.0, "B": 0.0}, base=86390.0))
    assert findings(wall) == []
    assert wrapped(86399.5) == pytest.approx(-0.5)


def test_a_camera_that_records_run_by_run_is_said_to_be_unsteady():
    placed = shoot({"A": 0.0, "B": 0.0})
    record_run = [(clip_at("R", f"R{n}", Fraction(60 * n)), s) for n, s in enumerate((0.0, 100.0, 250.0))]
    said = findings(read_wall(placed + record_run))
    assert [f.kind for f in said] == ["timecode unsteady"]


def test_a_silent_clip_is_offered_its_place_with_its_cameras_error_taken_out():
    wall = read_wall(shoot({"A": 0.0, "B": 3600.0, "C": 0.0}))
    offer = place_by_wall(clip_at("B", "silent", Fraction(36000 + 3600 + 400)), wall)
    assert offer.start == pytest.approx(400.0, abs=0.01)
    assert offer.confidence < Settings().accept
    assert "agrees with sound on 3 clips" in offer.words
    assert place_by_wall(clip_at("D", "bare", None), wall) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3600.48, "1 h 00 m 00 s 12 f"), (0.48, "12 f"), (61.0, "1 m 01 s"), (5.04, "5 s 1 f")],
)
def test_lengths_read_as_editors_write_them(seconds, words):
    assert duration_words(seconds, 1 / 25) == words


def test_frames_are_counted_at_the_cameras_own_rate():
    frame = float(1 / FrameRate(Fraction(30000, 1001)).fps)
    assert duration_words(0.5005, frame) == "15 f"
    assert duration_words(3599.996, frame) == "1 h 00 m 00 s"
