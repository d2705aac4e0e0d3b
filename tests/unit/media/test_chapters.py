"""Joining files: on proof, never on a guess."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.media.chapters import gap_between, recordings

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)


def shape(files):
    return [[file.path.name for file in recording] for recording in recordings(files)]


def test_gopro_chapters_join_in_order_and_takes_stay_apart(media_file):
    names = ["GX020042.MP4", "GX010043.MP4", "GX010042.MP4", "GX030042.MP4"]
    files = [media_file(f"CAM/DCIM/100GOPRO/{name}") for name in names]
    assert shape(files) == [["GX010042.MP4", "GX020042.MP4", "GX030042.MP4"], ["GX010043.MP4"]]


def test_old_gopro_names_join(media_file):
    files = [media_file(f"DCIM/100GOPRO/{name}") for name in ("GP010042.MP4", "GOPR0042.MP4", "GP020042.MP4")]
    assert shape(files) == [["GOPR0042.MP4", "GP010042.MP4", "GP020042.MP4"]]


def test_chapters_spread_over_a_cards_folders_join(media_file):
    files = [media_file("A/DCIM/100GOPRO/GX010042.MP4"), media_file("A/DCIM/101GOPRO/GX020042.MP4")]
    assert len(shape(files)) == 1


def test_chapters_on_different_cards_do_not(media_file):
    files = [media_file("A/GX010042.MP4"), media_file("B/GX020042.MP4")]
    assert len(shape(files)) == 2


def test_a_missing_chapter_parts_a_recording(media_file):
    files = [media_file("GX010042.MP4"), media_file("GX030042.MP4")]
    assert len(shape(files)) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"start": 36000}, {"start": 36000 + 65}),
        ({"created": NOON}, {"created": NOON + timedelta(hours=2)}),
        ({"created": NOON}, {"created": NOON - timedelta(minutes=5)}),
        ({"camera_serial": "1"}, {"camera_serial": "2"}),
        ({"rate": 25}, {"rate": 50}),
        ({"notes": ("cut off: the last 2 MB are missing",)}, {}),
    ],
)
def test_gopro_chapters_that_time_or_kind_contradict_stay_apart(media_file, first, second):
    assert len(shape([media_file("GX010042.MP4", **first), media_file("GX020042.MP4", **second)])) == 2


def test_gopro_chapters_may_carry_their_own_or_the_recordings_creation_time(media_file):
    for later in (0, 60):
        created = NOON + timedelta(seconds=later)
        files = [media_file("GX010042.MP4", created=NOON), media_file("GX020042.MP4", created=created)]
        assert len(shape(files)) == 1


def test_recorders_split_joins_to_the_sample_and_not_a_millisecond_beside(media_file):
    first = media_file("SOUND/T_001.wav", pictures=False, start=36000)
    on_time = media_file("SOUND/T_002.wav", pictures=False, start=36060)
    late = media_file("SOUND/T_002.wav", pictures=False, start=Fraction(3606001, 100))
    assert len(shape([first, on_time])) == 1
    assert len(shape([first, late])) == 2


def test_record_run_timecode_alone_never_joins_takes(media_file):
    files = [media_file("C0001.MP4", start=3600), media_file("C0002.MP4", start=3660)]
    assert len(shape(files)) == 2
    pause = [
        media_file("C0001.MP4", start=3600, created=NOON, size=4 << 30),
        media_file("C0002.MP4", start=3660, created=NOON + timedelta(minutes=9)),
    ]
    assert len(shape(pause)) == 2


def test_camera_files_split_for_size_join_when_timecode_and_date_agree(media_file):
    files = [
        media_file("CLIP_001.MP4", start=3600, created=NOON, size=4 << 30),
        media_file("CLIP_002.MP4", start=3660, created=NOON + timedelta(seconds=60)),
    ]
    assert len(shape(files)) == 1


def test_camcorder_spans_need_a_timecode_that_runs_on(media_file):
    folder = "CONTENTS/CLIPS001/AA0001"
    first = media_file(f"{folder}/AA000101.MXF", start=3600)
    assert len(shape([first, media_file(f"{folder}/AA000102.MXF", start=3660)])) == 1
    assert len(shape([first, media_file(f"{folder}/AA000102.MXF")])) == 2


def test_spans_of_one_p2_shot_join_whatever_their_names(media_file):
    files = [
        media_file("CONTENTS/VIDEO/0009ZZ.MXF", start=3600, container="mxf", family="shot"),
        media_file("CONTENTS/VIDEO/0001AB.MXF", start=3660, container="mxf", family="shot"),
        media_file("CONTENTS/VIDEO/0002CD.MXF", start=3720, container="mxf", family="other"),
    ]
    assert shape(files) == [["0002CD.MXF"], ["0009ZZ.MXF", "0001AB.MXF"]]


def test_a_gap_is_measured_across_midnight(media_file):
    before = media_file("GX010042.MP4", start=86_370, seconds=60)
    after = media_file("GX020042.MP4", start=30)
    assert gap_between(before, after) == 0
    assert len(shape([before, after])) == 1


@given(st.permutations(range(6)))
def test_order_of_discovery_does_not_matter(media_file, order):
    files = [media_file(f"GX0{n % 3 + 1}00{40 + n // 3}.MP4") for n in range(6)]
    assert shape([files[n] for n in order]) == shape(files)


def test_every_file_is_in_exactly_one_recording(media_file):
    names = ["a.mov", "b2.mov", "b3.mov", "GX010001.MP4", "GX020001.MP4", "T_001.wav", "GOPR0001.MP4"]
    files = [media_file(name) for name in names]
    assert sorted(name for recording in shape(files) for name in recording) == sorted(names)
