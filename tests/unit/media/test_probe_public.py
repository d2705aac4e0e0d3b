"""Real files of cameras and recorders against what their manifest says."""

import json
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from rushlock.base.rate import FrameRate
from rushlock.media.probe import probe


@pytest.fixture(scope="module")
def camera_files(public_media):
    folder = public_media / "camera_metadata"
    items = json.loads((folder / "manifest.json").read_text())["items"]
    return [
        (folder / entry["file"], entry["media"])
        for item in items
        for entry in item["files"]
        if "media" in entry
    ]


@pytest.fixture(scope="module")
def probed(public_media):
    return lambda name: probe(public_media / "camera_metadata" / name)


def test_streams_lengths_and_starts_of_every_file_are_as_the_manifest_says(camera_files):
    assert len(camera_files) > 15
    for path, truth in camera_files:
        file = probe(path)
        assert [(p.codec, p.width, p.height) for p in file.pictures] == [
            (v["codec"], v["width"], v["height"]) for v in truth.get("video") or []
        ]
        assert [(s.codec, s.sample_rate, s.channels) for s in file.sounds] == [
            (a["codec"], a["sample_rate"], a["channels"]) for a in truth.get("audio") or []
        ]
        # The manifest rounds to 0.1 ms; a frame's length is open to opinion in transport streams alone.
        assert float(file.duration) == pytest.approx(truth["duration_s"], abs=1e-4)
        assert float(file.start) == pytest.approx(truth.get("start_time_s", 0.0), abs=1e-4)
        for sound, stated in zip(file.sounds, truth.get("audio") or [], strict=True):
            assert float(sound.duration) == pytest.approx(stated["duration_s"], abs=1e-4)


def test_timecode_of_every_file_is_as_the_manifest_says(camera_files):
    labels = [
        (str(probe(path).timecode), truth["timecode"]) for path, truth in camera_files if "timecode" in truth
    ]
    assert labels
    assert all(found == stated for found, stated in labels)


@pytest.mark.parametrize(
    ("name", "rate", "variable"),
    [
        ("gopro_hero7/hero7.mp4", "29.97", False),
        ("delayed_start/delayed_start.mp4", "25", False),
        ("delayed_start/counter.mp4", "10", False),
        ("odd_rates/one_frame_per_5s.mp4", "1/5", False),
        ("sony_a7m3_mts/Sony ILCE-7M3.mts", "25", False),
        ("xdcam_proxy_mxf/C0023S01.mxf", "25", False),
        ("iphone6s_mov/right.MOV", "29.97", True),
        ("iphone6s_mov/stop11.MOV", "29.97", True),
        ("quicktime_gps/with-gps.mov", "29.97", True),
        ("phone_hevc_vfr/sample-5s_h265.mp4", "29.97", True),
        ("phone_vfr_fire/fire2.mp4", "750000/71393", True),
        ("flir_vfr/FLIR Thermal.mp4", "12600/1703", True),
    ],
)
def test_rate_is_nominal_and_uneven_frames_are_told(probed, name, rate, variable):
    picture = probed(name).pictures[0]
    assert picture.rate == FrameRate.parse(rate)
    assert picture.variable is variable


def test_gopro_tells_model_serial_hash_and_zone(probed):
    file = probed("gopro_hero7/hero7.mp4")
    assert (file.camera_make, file.camera_model) == ("GoPro", "HERO7")
    assert len(file.camera_serial) == 32
    assert file.created == datetime(2019, 5, 6, 11, 13, 28, tzinfo=UTC)
    assert file.day_seconds == Fraction(((11 * 60 + 12) * 60 + 47) * 30 + 22) * 1001 / 30000


def test_iphone_prefers_the_date_that_knows_its_zone(probed):
    file = probed("iphone6s_mov/right.MOV")
    assert (file.camera_make, file.camera_model) == ("Apple", "iPhone 6s")
    assert file.created == datetime(2017, 3, 9, 11, 19, 22, tzinfo=timezone(-timedelta(hours=8)))


def test_rotation_is_read_without_decoding(probed):
    assert probed("quicktime_gps/with-gps.mov").pictures[0].rotation == 90
    assert probed("phone_vfr_fire/fire2.mp4").pictures[0].rotation == 180


def test_transport_stream_begins_with_its_earliest_picture_in_presentation_order(probed):
    file = probed("sony_a7m3_mts/Sony ILCE-7M3.mts")
    assert file.start == file.pictures[0].start == Fraction(26, 25)
    assert file.pictures[0].field_order == "tff"


def test_sound_that_begins_after_the_picture_keeps_its_place(probed):
    file = probed("flir_vfr/FLIR Thermal.mp4")
    assert file.start == 0
    assert file.sounds[0].start == Fraction(8297, 44100)


@pytest.mark.parametrize(
    ("name", "timecode", "samples", "rate", "reel", "scene", "take"),
    [
        ("bwf_sounddevices/A101_1_1.WAV", "12:39:59:00", 2190940753, "23.976", "18Y12M31", "A101", "1"),
        ("bwf_sounddevices/A101_3.WAV", "12:40:14:00", 2191661476, "23.976", "18Y12M31", "A101", "3"),
        (
            "bwf_zoom_f8/Scene_1_2AG-T001_Tr1.WAV",
            "22:40:10:00",
            3917280000,
            "25",
            "WINFO",
            "Scene_1_2AG",
            "001",
        ),
        ("bwf_metacorder/Sr001-2C-01_01.WAV", "13:37:30:07", 2354414956, "25", "Sr001", "2C", "01"),
    ],
)
def test_recorders_tell_time_of_day_and_slate(probed, name, timecode, samples, rate, reel, scene, take):
    file = probed(name)
    assert file.day_seconds == Fraction(samples, 48000)
    assert (str(file.timecode), file.timecode.rate) == (timecode, FrameRate.parse(rate))
    assert (file.reel, file.scene, file.take, file.timecode_source) == (reel, scene, take, "bext")


def test_recorder_names_its_tracks_and_itself(probed):
    file = probed("bwf_sounddevices/A101_3.WAV")
    assert file.sounds[0].names == ("MKH516 A", "Boom")
    assert (file.camera_model, file.camera_serial) == ("Sound Dev: 702T", "GR1112089007")
    assert file.created == datetime(2018, 12, 31, 12, 40, 6)


def test_split_tracks_of_one_take_share_family_and_time(probed):
    first, second = probed("bwf_sounddevices/A101_1_1.WAV"), probed("bwf_sounddevices/A101_1_2.WAV")
    assert first.family == second.family != ""
    assert first.day_seconds == second.day_seconds


def test_rf64_and_bw64_are_read(probed):
    assert probed("bwf_misc/rf64.wav").duration == Fraction(1, 2)
    assert probed("bwf_misc/bw64_bext.wav").camera_model == "REAPER"


def test_bext_that_contradicts_the_clock_is_recorded_as_it_stands(public_media):
    folder = public_media / "audio_pairs" / "qtm_ltc_bwf_drummer"
    first, second = probe(folder / "MIC1.wav"), probe(folder / "MIC1-02.wav")
    assert second.day_seconds - first.day_seconds == Fraction(1249232, 48000)
    assert (second.created - first.created).total_seconds() == 303
