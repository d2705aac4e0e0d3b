"""Whose clip is whose."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rushlock.media.cameras import camera_names
from rushlock.media.naming import card_of, natural, skeleton

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)
ROOT = Path("/rushes")


def cameras(*files, overrides=()):
    """Return {path: camera} of recordings of one file each."""
    names = camera_names([(file,) for file in files], overrides)
    return {file.path.relative_to(ROOT).as_posix(): name for file, name in zip(files, names, strict=True)}


@pytest.mark.parametrize(
    ("folder", "card"),
    [
        ("/x/CARD_A/DCIM/100GOPRO", "/x/CARD_A"),
        ("/x/CARD_A/DCIM/100_PANA", "/x/CARD_A"),
        ("/x/B/PRIVATE/M4ROOT/CLIP", "/x/B"),
        ("/x/C/CONTENTS/VIDEO", "/x/C"),
        ("/x/C/Contents/CLIPS001/AA0001", "/x/C"),
        ("/x/D/BPAV/CLPR/835_0001_01", "/x/D"),
        ("/x/E/PRIVATE/AVCHD/BDMV/STREAM", "/x/E"),
        ("/x/VIDEO", "/x/VIDEO"),
        ("/x/CLIP", "/x/CLIP"),
        ("/x/DAY1/CAM_A", "/x/DAY1/CAM_A"),
        ("/DCIM/100GOPRO", "/"),
    ],
)
def test_folders_that_cameras_make_are_stripped_and_peoples_are_not(folder, card):
    assert card_of(Path(folder)) == Path(card)


def test_folders_are_cameras(media_file):
    found = cameras(
        media_file("CARD_A/DCIM/100GOPRO/GX010001.MP4"),
        media_file("CARD_A/DCIM/101GOPRO/GX010002.MP4"),
        media_file("CARD_B/PRIVATE/M4ROOT/CLIP/C0001.MP4"),
        media_file("SOUND/T001.wav", pictures=False),
    )
    assert list(found.values()) == ["CARD_A", "CARD_A", "CARD_B", "SOUND"]


def test_folders_of_one_name_get_different_names(media_file):
    found = cameras(
        media_file("DAY1/CAM_A/a.mov"), media_file("DAY2/CAM_A/a.mov"), media_file("DAY2/CAM_B/a.mov")
    )
    assert list(found.values()) == ["CAM_A", "DAY2/CAM_A", "CAM_B"]


def test_the_user_overrules_everything_and_the_closest_path_wins(media_file):
    files = [media_file("A/x.mov"), media_file("A/B/y.mov"), media_file("C/z.mov", camera_serial="1")]
    found = cameras(
        *files, overrides=[("Wide", ROOT / "A"), ("Close", ROOT / "A" / "B" / "y.mov"), ("Wide", ROOT / "C")]
    )
    assert list(found.values()) == ["Wide", "Close", "Wide"]


def test_no_other_camera_takes_a_name_the_user_gave(media_file):
    found = cameras(media_file("A/x.mov"), media_file("Wide/y.mov"), overrides=[("Wide", ROOT / "A")])
    assert len(set(found.values())) == 2


@pytest.mark.parametrize(
    "facts",
    [
        ({"camera_serial": "0001"}, {"camera_serial": "0002"}),
        ({"camera_model": "ILCE-7SM3"}, {"camera_model": "iPhone 15"}),
        ({}, {"pictures": False}),
    ],
)
def test_devices_in_one_folder_part(media_file, facts):
    found = cameras(
        media_file("ALL/x1.mov", **facts[0]), media_file("ALL/x2.mov", **facts[1]), media_file("B/y.mov")
    )
    assert len(set(found.values())) == 3


def test_a_clip_that_lost_its_metadata_stays_with_its_folder(media_file):
    found = cameras(
        media_file("A/C0001.MP4", camera_serial="7"), media_file("A/C0002.MP4"), media_file("B/y.mov")
    )
    assert list(found.values()) == ["A", "A", "B"]


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["A001C003_190506_R1AB.mov", "A001C004_190506_R1AB.mov", "B001C001_190506_R1CD.mov"], 2),
        (["camA_003.mp4", "camA_004.mp4", "camB_001.mp4"], 2),
        (["cam01.mp4", "cam02.mp4", "cam03.mp4"], 3),
        (["lpb.wav", "mic.wav"], 2),
        (["main.flac", "other1.flac", "other2.flac"], 3),
        (["C0001.MP4", "C0002.MP4", "MVI_0001.MP4"], 2),
        (["20240506_120000.mp4", "20240506_121500.mp4", "interview.mp4"], 2),
        (["clip001.mp4", "clip002.mp4"], 2),  # nothing ties them to one device
        (["GX010001.MP4", "GOPR0002.MP4", "C0001.MP4"], 2),
    ],
)
def test_names_part_cameras_where_there_is_but_one_folder(media_file, names, count):
    found = cameras(*(media_file(f"ALL/{name}", pictures=name.endswith(("4", "mov"))) for name in names))
    assert len(set(found.values())) == count


def test_dated_clips_of_one_name_in_one_folder_are_one_camera(media_file):
    clips = [media_file(f"ALL/C{n:04}.MP4", created=NOON + timedelta(minutes=5 * n)) for n in range(4)]
    assert set(cameras(*clips).values()) == {"ALL"}


def test_clips_that_overlap_by_timecode_cannot_be_one_cameras(media_file):
    found = cameras(
        media_file("ALL/C0001.MP4", start=36000),
        media_file("ALL/C0002.MP4", start=36030),
        media_file("ALL/C0003.MP4", start=36060),
        media_file("B/y.mov"),
    )
    assert found["ALL/C0001.MP4"] == found["ALL/C0003.MP4"] != found["ALL/C0002.MP4"]


def test_timecode_that_starts_over_with_every_clip_parts_nothing(media_file):
    clips = [media_file(f"ALL/C{n:04}.MP4", start=0, seconds=100 + n) for n in range(5)]
    assert len(set(cameras(*clips, media_file("B/y.mov")).values())) == 2


def test_dates_that_contradict_an_overlap_of_timecode_are_believed(media_file):
    found = cameras(
        media_file("ALL/C0001.MP4", start=36000, created=NOON),
        media_file("ALL/C0002.MP4", start=36030, created=NOON + timedelta(days=1)),
        media_file("B/y.mov"),
    )
    assert found["ALL/C0001.MP4"] == found["ALL/C0002.MP4"]


def test_equal_dates_do_not_excuse_an_overlap_of_timecode(media_file):
    found = cameras(
        media_file("ALL/C0001.MP4", start=36000, created=NOON),
        media_file("ALL/C0002.MP4", start=36030, created=NOON),
        media_file("B/y.mov"),
    )
    assert found["ALL/C0001.MP4"] != found["ALL/C0002.MP4"]


def test_exports_made_all_at_once_stay_with_their_folder(media_file):
    clips = [media_file(f"A/C{n:04}.MP4", created=NOON + timedelta(seconds=n)) for n in range(5)]
    assert len(set(cameras(*clips, media_file("B/y.mov")).values())) == 2


def test_tracks_of_one_take_are_cameras_of_their_own_across_takes(media_file):
    facts = {"pictures": False, "created": NOON, "start": 36000}
    later = {"pictures": False, "created": NOON + timedelta(minutes=9), "start": 36540}
    found = cameras(
        *(media_file(f"SOUND/T01_{n}.wav", **facts) for n in (1, 2)),
        *(media_file(f"SOUND/T02_{n}.wav", **later) for n in (1, 2)),
        media_file("A/x.mov"),
    )
    assert found["SOUND/T01_1.wav"] == found["SOUND/T02_1.wav"] == "SOUND tr1"
    assert found["SOUND/T01_2.wav"] == found["SOUND/T02_2.wav"] == "SOUND tr2"


def test_zoom_tracks_are_told_by_name_alone(media_file):
    found = cameras(
        *(media_file(f"SOUND/ZOOM0001_Tr{n}.WAV", pictures=False) for n in (1, 2)), media_file("A/x.mov")
    )
    assert sorted(found.values()) == ["A", "SOUND Tr1", "SOUND Tr2"]


def test_p2_sound_files_do_not_overlap_their_picture(media_file):
    found = cameras(
        media_file("P2/CONTENTS/VIDEO/0001AB.MXF", start=3600),
        *(media_file(f"P2/CONTENTS/AUDIO/0001AB0{n}.MXF", pictures=False, start=3600) for n in (0, 1)),
        media_file("B/y.mov"),
    )
    assert sorted(found.values()) == ["B", "P2", "P2 ch00", "P2 ch01"]


def test_cards_of_one_serial_number_are_one_camera(media_file):
    found = cameras(
        media_file("CARD1/C0001.MP4", camera_serial="77", start=36000),
        media_file("CARD2/C0001.MP4", camera_serial="77", start=40000),
        media_file("CARD3/C0001.MP4", camera_serial="78"),
    )
    assert list(found.values()) == ["CARD1 + CARD2", "CARD1 + CARD2", "CARD3"]


def test_cards_of_one_serial_that_overlap_are_not(media_file):
    found = cameras(
        media_file("CARD1/C0001.MP4", camera_serial="77", start=36000),
        media_file("CARD2/C0001.MP4", camera_serial="77", start=36030),
    )
    assert len(set(found.values())) == 2


def test_natural_order_is_peoples():
    names = ["clip10", "Clip2", "clip1", "a", "10", "9"]
    assert sorted(names, key=natural) == ["9", "10", "a", "clip1", "Clip2", "clip10"]


def test_skeleton_keeps_device_numbers_and_drops_counters():
    assert [
        skeleton(Path(n)) for n in ("mic2.wav", "DSC_0042.MOV", "VID_20240506_120000.mp4", "00007.MTS")
    ] == [
        "mic2",
        "DSC",
        "VID",
        "",
    ]
