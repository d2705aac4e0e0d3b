"""EDL and ALE, read back by others' readers: places, labels, reels, names."""

from dataclasses import replace
from fractions import Fraction

import opentimelineio as otio
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rushlock.base.rate import STANDARD_RATES
from rushlock.base.timecode import Timecode
from rushlock.export import ale, edl
from rushlock.export.delivery import Delivery
from rushlock.export.policy import Policy, Scratch
from rushlock.export.reels import LONGEST, legal, reel_names
from rushlock.placements.sync_map import Status

RATES = [rate for rate in STANDARD_RATES if rate.fps <= 60]
COUNTINGS = [(rate, False) for rate in RATES] + [(rate, True) for rate in RATES if rate.allows_drop]
ODD_NAMES = ["A 1.mov", "Dä & <b> \"q\" 'x'.mov", "E\n🎬.mov", "BL.mov", "x" * 60 + ".mov", "...mov"]


def counting_name(counting):
    return f"{counting[0]}{'DF' if counting[1] else ''}"


def read_edl(text, rate):
    adapter = pytest.importorskip("otio_cmx3600_adapter.cmx_3600", reason="no independent reader of EDL here")
    return adapter.read_from_string(text, rate=float(rate.fps))


def events_of(text, rate):
    """Return (clip, record frame) of an EDL's pictures as OpenTimelineIO's own reader understands it."""
    track = read_edl(text, rate).tracks[0]
    at = round(-track.source_range.start_time.value) if track.source_range else 0
    for item in track:
        if isinstance(item, otio.schema.Clip):
            yield item, at
        at += round(item.duration().value)


@st.composite
def one_camera(draw):
    """Draw clips of one camera that follow each other, as (label frame, frames, start in seconds)."""
    clip_rate, drop = draw(st.sampled_from(COUNTINGS))
    at = Fraction(draw(st.floats(3600, 80_000)))
    clips = []
    for _ in range(draw(st.integers(1, 3))):
        frames = draw(st.integers(clip_rate.timebase, 60 * clip_rate.timebase))
        label = draw(st.integers(0, Timecode(0, clip_rate, drop).frames_per_day - 120 * clip_rate.timebase))
        clips.append((label, frames, at))
        at = Fraction(float(at + clip_rate.seconds_of(frames) + draw(st.fractions(Fraction(1, 5), 5))))
    return clip_rate, drop, clips


@pytest.mark.parametrize("counting", COUNTINGS, ids=counting_name)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(camera=one_camera())
def test_an_edl_says_to_another_reader_where_everything_lies(counting, camera, made_up):
    rate, drop = counting
    clip_rate, clip_drop, drawn = camera
    clips, placements = [], []
    for number, (label, frames, start) in enumerate(drawn):
        file = made_up.picture_file(
            f"/c/{number}.mov", clip_rate, frames, Timecode(label, clip_rate, clip_drop)
        )
        clips.append(made_up.clip("CAM", file))
        placements.append(made_up.placement(clips[-1], start))
    delivery = Delivery(tuple(clips), (), made_up.sync_map(*placements), "day", rate, drop)
    ((apart, text),) = list(edl.render(delivery))
    # the reader takes a semicolon for 29.97 and 59.94 alone
    assume(not clip_drop or rate.timebase % 30 != 0 or rate.allows_drop)

    read = list(events_of(text, rate))

    assert apart == "CAM"
    assert ("FCM: DROP FRAME" in text) == drop
    assert [clip.name for clip, _ in read] == [clip.name for clip in clips]
    for (item, record), (label, frames, start) in zip(read, drawn, strict=True):
        shown = Timecode(label, clip_rate, clip_drop)
        lies = Fraction(record) - start * rate.fps
        first = round(item.source_range.start_time.value)
        if clip_rate == rate:
            assert first == label
            assert abs(lies) <= Fraction(1, 2)
        else:
            # a label of another rate is one in this rate's frames, and both ends are rounded as one
            exact = shown.label_seconds * rate.timebase
            if clip_drop and rate.timebase % 30 == 0:
                exact = Fraction(label * rate.timebase, clip_rate.timebase)
            assert abs((first - exact) - lies) <= Fraction(1, 2)
            assert f"* SOURCE TIMECODE: {shown} AT {clip_rate}" in text
        length = clip_rate.seconds_of(frames) * rate.fps
        assert length - 2 < item.duration().value <= max(length, 1)


def test_every_list_of_the_shoot_is_what_was_reviewed(delivery, golden):
    for name, dialect in (("edl", edl), ("ale", ale)):
        text = "\n".join(f"[{apart}]\n{content}" for apart, content in dialect.render(delivery))
        golden(f"day.{name}", text.replace("\r\n", "\n"))


def test_each_camera_gets_a_list_and_clips_without_a_place_get_none(delivery, tmp_path):
    main = edl.DIALECT.write(tmp_path / "Day 3.edl", delivery)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert main.name == "Day 3 CAM_A.edl"
    assert names == [f"Day 3 {camera}.edl" for camera in ("CAM_A", "CAM_B", "GOPRO", "MIX", "PHONE")]
    assert "1 clip without a place: in no list" in edl.shoot_losses(delivery)


def test_more_than_999_events_go_to_a_further_list(made_up):
    rate = made_up.rate("25")
    clips = [made_up.clip("CAM", made_up.picture_file(f"/{n}.mov", rate, 10)) for n in range(1001)]
    placements = [made_up.placement(clip, n) for n, clip in enumerate(clips)]
    delivery = Delivery(tuple(clips), (), made_up.sync_map(*placements), "day", rate)
    lists = dict(edl.render(delivery))
    assert list(lists) == ["CAM", "CAM part 2"]
    assert [sum(line[:3].isdigit() for line in text.splitlines()) for text in lists.values()] == [999, 2]


def test_muted_sound_is_not_in_the_list(delivery):
    quiet = replace(delivery, policy=Policy(scratch=Scratch.MUTED))
    lists = dict(edl.render(quiet))
    assert " V     C  " in lists["CAM_A"]
    assert "AA/V" not in lists["CAM_A"]
    assert "AA" in lists["MIX"]


def test_a_recorders_sample_and_its_label_stay_together(made_up):
    # Begins 0.4 frames after its label and belongs 0.6 frames after a record frame: rounding each alone
    # would lay it a whole frame late.
    rate = made_up.rate("25")
    recorder = made_up.clip(
        "MIX", made_up.sound_file("/t.wav", 48_000 * 4, Fraction(36_000) + Fraction(4, 250))
    )
    placed = made_up.placement(recorder, 36_000 + 100.6 / 25)
    delivery = Delivery((recorder,), (), made_up.sync_map(placed), "day", rate)
    ((_, text),) = edl.render(delivery)
    ((item, record),) = events_of(text, rate)
    sample_lies = record + (Fraction(36_000 * 25) + Fraction(4, 10) - item.source_range.start_time.value)
    assert abs(float(sample_lies) - (36_000 * 25 + 100.6)) <= 0.5


def test_a_reel_has_one_name_and_two_cameras_reels_two(made_up):
    rate = made_up.rate("25")
    files = [
        ("A", "/1.mov", "A001"),
        ("A", "/2.mov", "A001"),
        ("B", "/3.mov", "A001"),
        ("B", "/4.mov", ""),
        ("B", "/x/4.mov", ""),
        ("B", "/ax.mov", ""),
        ("B", f"/{'y' * 50}.mov", ""),
        ("B", f"/{'y' * 50}z.mov", ""),
        ("B", "/Æ é.mov", ""),
    ]
    clips = [made_up.clip(cam, made_up.picture_file(path, rate, 50, reel=reel)) for cam, path, reel in files]
    names = reel_names(clips)
    assert list(names.values()) == [
        "A001",
        "A001_2",
        "4",
        "4_2",
        "AX_2",
        "Y" * 32,
        "Y" * 30 + "_2",
        "E",
    ]


@given(st.text())
def test_any_name_becomes_legal(name):
    made = legal(name)
    assert 1 <= len(made) <= LONGEST
    assert all(mark in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_" for mark in made)


@pytest.mark.parametrize("counting", COUNTINGS, ids=counting_name)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(camera=one_camera())
def test_a_log_keeps_each_clips_own_timecode_and_says_where_it_belongs(counting, camera, made_up):
    adapter = pytest.importorskip("otio_ale_adapter.ale", reason="no independent reader of ALE here")
    rate, drop = counting
    clip_rate, clip_drop, drawn = camera
    assume(clip_rate.allows_drop or not clip_drop)
    clips, placements = [], []
    for number, (label, frames, start) in enumerate(drawn):
        path = f"/cards/{number} {ODD_NAMES[number]}"
        file = made_up.picture_file(
            path, clip_rate, frames, Timecode(label, clip_rate, clip_drop), reel="R 1"
        )
        clips.append(made_up.clip("CAM", file))
        placements.append(made_up.placement(clips[-1], start, status=Status.REVIEW))
    delivery = Delivery(tuple(clips), (), made_up.sync_map(*placements), "day", rate, drop)
    ((_, text),) = list(ale.render(delivery))

    read = list(adapter.read_from_string(text, fps=float(clip_rate.fps)).find_clips())

    assert len(read) == len(clips)
    for item, clip, (label, frames, start) in zip(read, clips, drawn, strict=True):
        columns = item.metadata["ALE"]
        assert item.name == clip.name.replace("\n", " ")
        assert round(item.source_range.start_time.value) == label
        assert round(item.source_range.duration.value) == frames
        assert columns["Tape"] == "R 1"
        assert columns["FPS"] == str(clip_rate)
        auxiliary = Timecode.parse(columns["Auxiliary TC1"], clip_rate)
        shown = Timecode(rate.frame_at(start), rate, drop)
        # half a frame of each rate, and the labels (2 of 30) that drop-frame may leave out between the two
        left_out = Fraction(2, 30) if drop else 0
        off = abs(auxiliary.label_seconds - shown.label_seconds)
        assert (
            min(off, 86_400 - off)
            <= Fraction(1, 2 * rate.timebase) + Fraction(1, 2 * clip_rate.timebase) + left_out
        )
        if clip_rate == rate:
            assert auxiliary.frames == rate.frame_at(start)


def test_recorders_are_logged_in_frames_of_the_timeline(made_up):
    recorder = made_up.clip("MIX", made_up.sound_file("/t.wav", 48_000 * 10, Fraction(36_036), channels=3))
    camera = made_up.clip("A", made_up.picture_file("/a.mov", made_up.rate("50"), 100))
    plan = made_up.sync_map(made_up.placement(recorder, 36_036.5), made_up.placement(camera, None))
    logs = dict(ale.render(Delivery((recorder, camera), (), plan, "day", made_up.rate("23.976"))))
    assert list(logs) == ["23.976", "50"]
    row = logs["23.976"]
    assert "t.wav\tA1A2A3\t10:00:00:00\t10:00:10:00" in row
    assert "\t10:00:00:12\t" in row
