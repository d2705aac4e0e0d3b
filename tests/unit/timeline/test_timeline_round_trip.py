"""Every pair of clip rate and timeline rate, written to a file and read back from it."""

from fractions import Fraction
from pathlib import PurePosixPath

import opentimelineio as otio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rushlock.base.errors import UsageError
from rushlock.base.rate import STANDARD_RATES
from rushlock.base.timecode import Timecode
from rushlock.timeline.build import timeline
from rushlock.timeline.read import rows_of, timeline_file

COUNTINGS = [(rate, False) for rate in STANDARD_RATES] + [(r, True) for r in STANDARD_RATES if r.allows_drop]
NAMES = ["A 1.mov", "B#2.mov", "C%20.mov", "Dä.mov", "E\n🎬.mov"]


def counting_name(counting):
    return f"{counting[0]}{'DF' if counting[1] else ''}"


@st.composite
def shoots(draw):
    """Draw a camera for each counting: clips that follow one another as (label frame, frames, start)."""
    cameras = []
    for rate, drop in COUNTINGS:
        at = Fraction(draw(st.floats(0, 86400 * 1.2, allow_nan=False)))
        clips = []
        for _ in range(draw(st.integers(1, 3))):
            frames = draw(st.integers(rate.timebase // 4, 100 * rate.timebase))
            day = Timecode(0, rate, drop).frames_per_day
            clips.append((draw(st.integers(0, day - 1)), frames, at))
            pause = draw(st.sampled_from([Fraction(0), Fraction(1, 997), Fraction(70, 3)]))
            at = Fraction(float(at + rate.seconds_of(frames) + pause))
        cameras.append(clips)
    return cameras


@pytest.mark.parametrize("counting", COUNTINGS, ids=counting_name)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shoot=shoots())
def test_places_timecode_and_names_survive_the_file(counting, shoot, made_up, tmp_path):
    rate, drop = counting
    truth, clips, placements = {}, [], []
    for (clip_rate, clip_drop), camera in zip(COUNTINGS, shoot, strict=True):
        for number, (first, frames, start) in enumerate(camera):
            path = f"/cards/{counting_name((clip_rate, clip_drop))}/{number} {NAMES[number]}"
            timecode = Timecode(first, clip_rate, clip_drop)
            clips.append(
                made_up.clip(path.split("/")[2], made_up.picture_file(path, clip_rate, frames, timecode))
            )
            placements.append(made_up.placement(clips[-1], start))
            truth[PurePosixPath(path)] = (clips[-1], start, frames, timecode)
    written = tmp_path / "day.otio"
    timeline(clips, made_up.sync_map(*placements), name="day", rate=rate, drop=drop).to_json_file(
        str(written)
    )

    rows = timeline_file(written)

    assert sorted(str(row.path) for row in rows if row.kind == "Video") == sorted(map(str, truth))
    for row in rows:
        clip, start, frames, timecode = truth[row.path]
        assert row.camera == clip.camera
        assert row.name == clip.name
        assert abs(row.start - start) <= rate.frame_seconds / 2
        assert row.source == timecode
        # cut short to whole timeline frames, by a collision of one frame at most besides
        assert rate.frame_seconds / 2 <= row.duration <= max(clip.duration, rate.frame_seconds)
        assert row.duration > clip.duration - 2 * rate.frame_seconds


@pytest.mark.parametrize("counting", COUNTINGS, ids=counting_name)
def test_opentime_agrees_on_every_place_and_wraps_nothing(counting, made_up):
    rate, drop = counting
    begin = Timecode.parse("23:59:58;00" if drop else "23:59:58:00", rate).frames
    starts = [rate.seconds_of(begin + n * 7 * rate.timebase) for n in range(4)]
    clips = [
        made_up.clip(
            "A", made_up.picture_file(f"/a{n}.mov", rate, 5 * rate.timebase, Timecode(n, rate, drop))
        )
        for n in range(4)
    ]
    placements = [made_up.placement(c, s) for c, s in zip(clips, starts, strict=True)]
    built = timeline(clips, made_up.sync_map(*placements), name="night", rate=rate, drop=drop)

    assert built.global_start_time == otio.opentime.RationalTime(begin, float(rate.fps))
    for child, number in zip(built.find_clips(), range(4), strict=False):
        assert child.range_in_parent().start_time.value == number * 7 * rate.timebase
        assert child.range_in_parent().duration.value == 5 * rate.timebase
        assert child.source_range == child.available_range()


def test_a_sound_recorders_samples_since_midnight_survive(made_up, tmp_path):
    sample = 36_000 * 48_000 + 12_345
    recorder = made_up.clip("MIX", made_up.sound_file("/mix/T01.wav", 480_001, Fraction(sample, 48_000)))
    plan = made_up.sync_map(made_up.placement(recorder, 36_000.26))
    built = timeline([recorder], plan, name="t", rate=made_up.rate("23.976"), drop=False)
    built.to_json_file(str(tmp_path / "t.otio"))

    (row,) = timeline_file(tmp_path / "t.otio")

    assert (row.kind, row.source.frames, row.source.rate.fps) == ("Audio", sample, 48_000)
    (only,) = built.find_clips()
    assert only.available_range().duration == otio.opentime.RationalTime(480_001, 48_000)


def test_a_file_that_is_no_timeline_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "a.otio").write_text("{ half a", encoding="utf-8")
    (tmp_path / "b.otio").write_text('{"OTIO_SCHEMA": "Clip.2", "name": "x"}', encoding="utf-8")
    for name in ("a.otio", "b.otio", "missing.otio"):
        with pytest.raises(UsageError, match=name):
            timeline_file(tmp_path / name)


def test_a_timeline_that_others_made_is_read_from_its_own_start():
    time, span = otio.opentime.RationalTime, otio.opentime.TimeRange
    track = otio.schema.Track("V1", kind="Video")
    track.append(otio.schema.Gap(source_range=span(time(0, 25), time(50, 25))))
    track.append(otio.schema.Transition(in_offset=time(5, 25), out_offset=time(5, 25)))
    for url in ("file:///C:/a.mov", "https://example.com/b.mov", None):
        media = otio.schema.ExternalReference(url) if url else otio.schema.MissingReference()
        track.append(otio.schema.Clip("x", media, span(time(7, 25), time(100, 25))))
    made = otio.schema.Timeline("by hand", [track], time(90_000, 25))

    rows = rows_of(made)

    assert [(row.camera, row.start, str(row.path), str(row.source)) for row in rows] == [
        ("V1", 3602, "C:\\a.mov", "00:00:00:07"),
        ("V1", 3606, "None", "00:00:00:07"),
        ("V1", 3610, "None", "00:00:00:07"),
    ]
