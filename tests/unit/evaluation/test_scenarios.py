"""Named shoots: what their names promise, before and after rendering."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import signal

from rushlock.base.progress import CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.evaluation.clocks import read_between
from rushlock.evaluation.pictures import Scene, SceneCamera, frame_times
from rushlock.evaluation.plan import SourcePlan
from rushlock.evaluation.rooms import SPEED_OF_SOUND, Room, impulse_response
from rushlock.evaluation.scenarios import SCENARIOS, demo, growth, small
from rushlock.evaluation.scene.blocks import BlockSource
from rushlock.evaluation.scene.catalogue import KINDS, source
from rushlock.evaluation.scene.music import Song
from rushlock.evaluation.shoot import clip_truths, overlap, render


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_a_plan_depends_on_its_seed_alone_and_no_camera_records_twice_at_once(name):
    plan = SCENARIOS[name](3)
    assert plan == SCENARIOS[name](3)
    assert plan != SCENARIOS[name](4)
    paths = [plan.relative_path(clip) for clip in plan.clips]
    assert len(set(paths)) == len(paths)
    for camera in plan.cameras:
        mine = sorted((c.start, plan.clock(c).at(c.seconds)) for c in plan.clips if c.camera == camera.name)
        assert mine
        assert all(end <= begin for (_, end), (begin, _) in pairwise(mine))


@pytest.mark.parametrize("seed", range(20))
def test_small_shoots_have_clips_that_overlap_and_clips_that_overlap_nothing(seed):
    plan = small(seed)
    truths = clip_truths(plan, {})
    assert sum(truth.overlaps for truth in truths.values()) >= 2
    strays = [clip for clip in plan.clips if clip.event == "there"]
    assert strays
    assert not any(truths[plan.relative_path(clip)].overlaps for clip in strays)
    assert all(abs(camera.ppm) <= 50 for camera in plan.cameras)


def test_demo_has_the_faults_that_it_promises():
    plan = demo(1)
    assert plan.camera("CAM_B").timecode_error == 3600.0
    assert sum(clip.silent for clip in plan.clips) == 1
    assert sum(clip.event == "street" for clip in plan.clips) == 1
    rates = {str(c.picture.rate) for c in plan.cameras if c.picture}
    assert rates == {"25", "29.97", "23.976", "50"}
    assert plan.seconds < 400


def test_growth_has_as_many_clips_as_asked_all_of_one_length():
    plan = growth(1, 50, 7.0)
    assert len(plan.clips) == 50
    assert {clip.seconds for clip in plan.clips} == {7.0}
    assert all(any(overlap(plan, a, b) > 1 for b in plan.clips) for a in plan.clips)


def test_a_small_shoot_renders_every_clip_at_its_length(tmp_path):
    plan = small(2, hardness=1.0)
    plan = replace(plan, clips=tuple(replace(clip, seconds=8.0) for clip in plan.clips))
    shoot = drain(render(plan, tmp_path, CancelToken()))
    assert len(shoot.truth.clips) == len(plan.clips)
    for path, truth in shoot.truth.clips.items():
        assert (tmp_path / path).stat().st_size > 10_000
        assert truth.event == "there" or 0.002 < truth.travel < 0.1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_stretch_sounds_the_same_however_it_is_asked_for(kind):
    plan = SourcePlan(kind, 5, (0.0, 0.0, 0.0), songs=((1.0, 3, 20.0),))
    whole = source(plan).sound(0, 2 * BlockSource.block)
    begin = BlockSource.block - 5000
    part = source(plan).sound(begin, 10000)
    assert np.abs(part - whole[begin : begin + 10000]).max() < 1e-4
    assert np.isfinite(whole).all()
    assert whole.std() > 0.05


def test_a_song_repeats_its_bars_sample_for_sample():
    song = Song(9, seconds=30.0)
    phrase = 4 * song.bar
    np.testing.assert_array_equal(song.samples[:phrase], song.samples[phrase : 2 * phrase])
    assert np.abs(song.samples[:phrase] - song.samples[2 * phrase : 3 * phrase]).max() > 0.5


def test_sound_arrives_after_its_way_and_a_far_microphone_hears_more_room():
    room, near, far = Room((20.0, 15.0, 6.0), 0.9), (8.0, 7.0, 1.5), (18.0, 7.0, 1.5)
    ratios = []
    for place in (near, far):
        response = impulse_response(room, (7.0, 7.0, 1.5), place, 1)
        first = int(np.argmax(np.abs(response)))
        assert first == pytest.approx((place[0] - 7.0) / SPEED_OF_SOUND * 48000, abs=1)
        direct = np.sum(response[first - 20 : first + 20] ** 2)
        ratios.append(direct / (np.sum(response**2) - direct))
    assert ratios[0] > 20 * ratios[1]


def test_reading_between_samples_is_exact_to_a_fraction_of_a_thousandth_of_a_sample():
    time = np.arange(4000)
    positions = np.linspace(50, 3900, 1777)
    for frequency in (300.0, 3000.0, 12000.0):
        wave = np.sin(2 * np.pi * frequency / 48000 * time).astype(np.float32)
        found = read_between(wave, positions)
        wanted = np.sin(2 * np.pi * frequency / 48000 * positions)
        # Half a phase step of the table, 1/2048 sample, moves this wave by at most as much as its slope.
        assert np.abs(found - wanted).max() < 2 * np.pi * frequency / 48000 / 2048 + 2e-4


def test_two_cameras_see_the_same_movement_and_the_same_flash():
    plan = demo(1)
    scene = Scene(plan.events[0])
    cameras = [SceneCamera(scene, plan.cameras[n].microphone.position, 96, 54, n) for n in (0, 2)]
    times = np.arange(0.0, 20.0, 0.08)
    seen = [np.array([camera.picture(t).astype(int) for t in times]) for camera in cameras]
    moved = [np.abs(np.diff(pictures, axis=0)).mean(axis=(1, 2, 3)) for pictures in seen]
    first, second = (np.minimum(m, 3 * np.median(m)) - np.median(m) for m in moved)
    curve = signal.correlate(first, second)
    assert abs(int(np.argmax(curve)) - (len(first) - 1)) <= 1
    flash = next(t for t in np.arange(0.0, 600.0, 0.02) if scene.flash(t) > 0.5)
    for camera in cameras:
        assert camera.picture(flash).mean() > camera.picture(flash - 0.1).mean() + 40


def test_frames_at_a_constant_rate_are_even_and_at_a_variable_rate_are_not():
    rate = FrameRate.parse("29.97")
    even = frame_times(rate, 2.0, None)
    assert {b - a for a, b in pairwise(even)} == {rate.frame_seconds}
    uneven = frame_times(rate, 2.0, np.random.default_rng(1))
    assert len({b - a for a, b in pairwise(uneven)}) > 2
    assert uneven[-1] < 2
