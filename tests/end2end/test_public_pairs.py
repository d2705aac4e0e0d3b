"""Real recordings with published offsets: found as exactly as the offsets are known."""

import json

import pytest

from rushlock.base.clock import Clock
from rushlock.base.progress import CancelToken, drain
from rushlock.pipeline.request import SyncRequest
from rushlock.pipeline.run import sync
from rushlock.placements.sync_map import Status

pytestmark = pytest.mark.slow


def truth_of(folder, item, a, b):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found = next(i for i in manifest["items"] if i["id"] == item)
    return next(p for p in found["ground_truth"]["pairs"] if (p["a"], p["b"]) == (a, b))


def synced(tmp_path, folder, *names):
    """Sync files as one camera each and return their placements by name."""
    for name in names:
        (tmp_path / name.split(".")[0]).mkdir()
        (tmp_path / name.split(".")[0] / name).symlink_to(folder / name)
    result = drain(sync(SyncRequest((tmp_path,)), CancelToken()))
    assert not result.unreadable
    return {c.name: result.sync_map.by_clip[c.key] for c in result.clips}


def offset_of(placements, a, b):
    """Return (offset, drift ppm) of b on a's clock."""
    master, node = placements[a].clock, placements[b].clock
    inverse = Clock.line(-master.start / master.rate, 1 / master.rate)
    seen = node.through(inverse)
    return seen.start, seen.drift_ppm


@pytest.mark.parametrize("item", ["derived_meeting_drift", "derived_music_drift"])
def test_offset_and_drift_of_two_recorders_are_within_tolerance(tmp_path, public_media, item):
    folder = public_media / "audio_pairs"
    truth = truth_of(folder, item, "A.flac", "B.m4a")
    placed = synced(tmp_path, folder / item, "A.flac", "B.m4a")
    offset, ppm = offset_of(placed, "A.flac", "B.m4a")
    assert {p.status for p in placed.values()} == {Status.SYNCED}
    assert abs(offset - truth["start_b_minus_start_a"]) <= truth["tolerance_s"]
    assert abs(ppm - truth["drift_ppm"]) <= 2 * truth["drift_tolerance_ppm"]


def test_a_cut_in_the_middle_becomes_a_step_of_the_clock(tmp_path, public_media):
    folder = public_media / "audio_pairs" / "visqol_cut_in_middle"
    whole, cut = "guitar48_stereo.flac", "guitar48_stereo_middle_2sec_cut.flac"
    clock = synced(tmp_path, folder, whole, cut)[cut].clock
    before, after = clock.pieces
    assert after.start - before.start == pytest.approx(2.0, abs=0.0005)
    assert 4.9 < after.since < 5.5


def test_pulses_that_repeat_are_not_placed_for_good(tmp_path, public_media):
    folder = public_media / "audio_pairs" / "google_audio_sync_kit"
    placed = synced(tmp_path, folder, "latency_ref_2.wav", "latency_act_2.wav")
    assert Status.SYNCED not in {p.status for p in placed.values()}


STRANGERS = (
    "sounds/robin/456440__inspectorj__bird-whistling-robin-single-13.hq.ogg",
    "sounds/esc50_two/1-100032-A-0.wav",
    "sounds/esc50_two/2-100648-A-43.wav",
    "sounds/music_vibe_ace/Kevin_MacLeod_-_Vibe_Ace.ogg",
    "sounds/speech_barnett/198-209-0000.hq.ogg",
    "sounds/noise_and_rooms/rir2.wav",
    "av_clips/auto_editor_example/example.mp4",
    "av_clips/grid_speech/lbbc2a.mpg",
    "camera_metadata/gopro_hero7/hero7.mp4",
)


def test_strangers_with_pauses_clicks_and_a_second_of_sound_are_not_tied(tmp_path, public_media):
    for number, name in enumerate(STRANGERS):
        (tmp_path / f"camera {number}").mkdir()
        (tmp_path / f"camera {number}" / name.split("/")[-1]).symlink_to(public_media / name)
    result = drain(sync(SyncRequest((tmp_path,)), CancelToken()))
    assert len(result.clips) == len(STRANGERS)
    assert Status.SYNCED not in {p.status for p in result.sync_map.placements}
