"""What a motion track keeps of a clip, and what it must be blind to."""

import numpy as np
import pytest

from rushlock.base.progress import CancelToken
from rushlock.features.aspects import ASPECTS, View
from rushlock.features.likeness import on_grid, patches, plain_distances, still_distances
from rushlock.features.motion import HOP_S, SPANS, MotionTrack, track_of, watch
from rushlock.media.clip import Clip
from rushlock.media.opening import open_container
from rushlock.media.probe import probe

SIDE = 48


def blob(at, size=5.0):
    """Return a picture, 48 x 48, with a bright blob at (x, y)."""
    y, x = np.mgrid[:SIDE, :SIDE]
    return (90 + 100 * np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / 2 / size**2)).astype(np.float32)


def wander(time):
    """Return a place that never repeats itself."""
    return 24 + 9 * np.sin(2.1 * time) + 4 * np.sin(5.3 * time), 24 + 8 * np.sin(3.7 * time + 1)


def filmed(times):
    return track_of(((float(t), blob(wander(t))) for t in times), None)


def moments(track):
    """Return each moment's number."""
    return set(range(track.first, track.first + len(track)))


def test_moments_reach_from_the_first_frame_to_the_last_and_no_further():
    track = filmed(np.arange(61) / 30)
    assert (track.first, len(track)) == (0, 61)
    late = filmed(0.51 + np.arange(61) / 30)
    assert late.start >= 0.51
    assert late.start + (len(late) - 1) * HOP_S <= 2.51 + 1e-6


def test_any_frame_rate_even_a_varying_one_gives_the_same_track():
    even = filmed(np.arange(0, 4, 1 / 30))
    random = np.random.default_rng(3)
    uneven = np.cumsum(random.choice([0.5, 1.0, 1.0, 1.5], 150)) / 30
    for times in (np.arange(0, 4, 1 / 25), np.arange(0, 4, 1001 / 24000), np.arange(0, 4, 1 / 60), uneven):
        other = filmed(times)
        common = sorted(moments(even) & moments(other))[: -SPANS - 2]
        one, two = (t.shape[np.array(common) - t.first].astype(np.float32) for t in (even, other))
        for span in (2, 4, SPANS - 1):
            assert np.corrcoef(one[:, span], two[:, span])[0, 1] > 0.97


def test_a_long_clip_is_the_same_worked_through_in_blocks():
    times = np.arange(0, 21, 1 / 25)
    whole = filmed(times)
    tail = filmed(times[times >= 9.0])
    shared = sorted(moments(whole) & moments(tail))[: -SPANS - 1]
    np.testing.assert_allclose(
        whole.shape[np.array(shared) - whole.first].astype(np.float32),
        tail.shape[np.array(shared) - tail.first].astype(np.float32),
        atol=0.05,  # half precision at distances of some tens of grey steps
    )


def test_a_shaking_camera_and_changing_light_hardly_show():
    random = np.random.default_rng(1)
    still = random.normal(size=(80, 80))
    spectrum = np.fft.fft2(still) * np.exp(
        -(np.hypot(*np.meshgrid(np.fft.fftfreq(80), np.fft.fftfreq(80))) ** 2) * 800
    )
    world = np.fft.ifft2(spectrum).real
    world = 110 + 50 * world / np.abs(world).max()
    shifts = random.uniform(-0.7, 0.7, (20, 2))
    frequency = np.fft.fftfreq(80)
    seen = [
        np.fft.ifft2(
            np.fft.fft2(world) * np.exp(-2j * np.pi * (frequency[:, None] * dy + frequency * dx))
        ).real
        for dy, dx in shifts
    ]
    frames = np.array(
        [(f * g)[20:44, 20:44] for f, g in zip(seen, random.uniform(0.9, 1.1, 20), strict=True)]
    )
    vectors, moves = patches(frames)
    left, plain = still_distances(vectors, moves, 3)[:-3, 1:], plain_distances(vectors, 3)[:-3, 1:]
    assert np.median(left) < 0.15 * np.median(plain)


def test_a_gap_in_the_recording_is_marked():
    times = np.concatenate([np.arange(0, 2, 1 / 30), np.arange(4, 6, 1 / 30)])
    track = filmed(times)
    at = track.start + np.arange(len(track)) * HOP_S
    assert not track.present[(at > 2.1) & (at < 3.9)].any()
    assert track.present[(at < 1.9) | (at > 4.1)].all()


def test_no_aspect_says_anything_of_a_clips_ends():
    random = np.random.default_rng(5)
    noise = track_of(
        ((n / 30, random.uniform(0, 255, (SIDE, SIDE)).astype(np.float32)) for n in range(90)), None
    )
    for aspect in ASPECTS:
        power = View(noise, aspect).power
        assert not power[: aspect.reach].any()
        assert aspect.kind == "light" or not power[len(power) - aspect.reach :].any()
        inner = power[aspect.reach : len(power) - aspect.reach]
        if aspect.kind == "pattern":
            assert 0.5 < inner[:5].mean() / inner.mean() < 2
            assert 0.5 < inner[-5:].mean() / inner.mean() < 2


def test_what_lies_beyond_the_last_frame_is_zero_and_interpolation_meets_the_frames():
    times = np.array([0.0, 0.1, 0.3])
    distances = np.array([[0, 1.0, 3.0], [0, 2.0, np.nan], [0, np.nan, np.nan]], np.float32)
    out = on_grid(times, distances, np.array([0.0, 0.1]), 3, 0.1)
    np.testing.assert_allclose(out[0], [1.0, 2.0, 3.0], atol=1e-6)
    assert np.isnan(out[1, 2])


@pytest.mark.parametrize("count", [0, 1, 2])
def test_almost_nothing_gives_almost_nothing(count):
    track = filmed(np.arange(count) / 30)
    assert isinstance(track, MotionTrack)
    assert len(track) == count


def test_tracks_are_the_same_whichever_way_pictures_are_decoded(public_media, monkeypatch):
    path = public_media / "multicam_video" / "handpose_2cam" / "cam0.mp4"
    if not path.is_file():
        pytest.skip("no multi-view clips here")
    asked = []

    def accelerated(path):
        asked.append(path)
        return open_container(path)  # what a machine without a graphics card comes to

    monkeypatch.setattr("rushlock.media.frame_reader.open_accelerated", accelerated)
    clip = Clip("00", "A", (probe(path),))
    plain, by_hardware = watch(clip, CancelToken()), watch(clip, CancelToken(), hardware=True)
    assert asked == [path]
    for name in ("shape", "flow", "rise", "light", "present"):
        assert np.array_equal(getattr(plain, name), getattr(by_hardware, name))
