"""Rendered recordings against their truth: what a microphone hears lies where the truth says it does."""

from dataclasses import replace

import av
import numpy as np
import pytest
from scipy import signal

from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.evaluation.plan import CameraPlan, ClipPlan, EventPlan, MicrophonePlan, ShootPlan, SourcePlan
from rushlock.evaluation.rooms import Room
from rushlock.evaluation.shoot import render
from rushlock.evaluation.truth import read_truth

OUTDOORS = Room((60.0, 60.0, 20.0), 0.0)


def a_camera(name, x, **other):
    """A clean microphone some metres from a stream, high above the ground so that its echo comes apart."""
    microphone = MicrophonePlan((x, 20.0, 15.0), snr_db=50.0, band=(20.0, 20000.0))
    return CameraPlan(name, microphone, **other)


def a_shoot(first, second, steps=()):
    stream = SourcePlan("water", 7, (20.0, 20.0, 15.0))
    clips = (
        ClipPlan(first.name, "one", "yard", 1.234567, 40.0),
        ClipPlan(second.name, "two", "yard", 3.3456789, 36.0, steps=steps),
    )
    return ShootPlan("stream", 11, (EventPlan("yard", OUTDOORS, (stream,)),), (first, second), clips)


def decoded(path):
    """Return (samples of the first channel, sample rate), the first presented sample first."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        rate = stream.rate
        parts = [(frame.pts * frame.time_base, frame.to_ndarray()) for frame in container.decode(stream)]
    rows = [part[0] if part.shape[0] > 1 else part.reshape(-1, stream.channels)[:, 0] for _, part in parts]
    scale = 32768.0 if rows[0].dtype == np.int16 else 1.0
    return np.concatenate(rows).astype(float) / scale, rate


def delay_by_sound(x, y, rate):
    """Return by how many seconds the sound in y lies later than in x, by the peak of their correlation."""
    curve = signal.correlate(y, x, method="fft")
    peak = int(np.argmax(curve))
    left, middle, right = curve[peak - 1 : peak + 2]
    return (peak + 0.5 * (left - right) / (left - 2 * middle + right) - (len(x) - 1)) / rate


def clip_time_at(clock, true_time):
    """Return the clip time of a true time, by the last piece that reaches it."""
    times = ((piece, (true_time - piece.start) / piece.rate) for piece in reversed(clock.pieces))
    return next(clip_time for piece, clip_time in times if clip_time >= piece.since)


def errors_along(shoot, rate=48000):
    """Return by how many seconds sound misses the truth at several places, in windows of 2 s about each."""
    clips = [(decoded(shoot.folder / path), truth) for path, truth in shoot.truth.clips.items()]
    assert all(found == rate for (_, found), _ in clips)
    errors = []
    for true_time in np.arange(6.0, 36.0, 4.0):
        windows, rests = [], []
        for (samples, _), truth in clips:
            position = clip_time_at(truth.clock, true_time + truth.travel) * rate
            windows.append(samples[int(position) - rate : int(position) + rate])
            rests.append((position - int(position)) / rate)
        errors.append(delay_by_sound(*windows, rate) - (rests[1] - rests[0]))
    return np.array(errors)


@pytest.mark.parametrize(
    ("ppm", "suffix"),
    [((0.0, 0.0), ".wav"), ((37.0, -42.0), ".wav"), ((20.0, -20.0), ".m4a"), ((0.0, 30.0), ".mp3")],
)
def test_sound_lies_where_the_truth_says_within_a_twentieth_of_a_millisecond(tmp_path, ppm, suffix):
    plan = a_shoot(
        a_camera("NEAR", 22.0, ppm=ppm[0], suffix=suffix), a_camera("FAR", 31.0, ppm=ppm[1], suffix=suffix)
    )
    shoot = drain(render(plan, tmp_path, CancelToken()))
    far = shoot.truth.clips[f"FAR/two{suffix}"]
    assert far.travel == pytest.approx(11.0 / 343.0)
    assert np.abs(errors_along(shoot)).max() < 0.05e-3


def test_sound_follows_a_step_of_the_clock(tmp_path):
    plan = a_shoot(a_camera("NEAR", 22.0), a_camera("FAR", 25.0, ppm=10.0), steps=((15.0, 0.068),))
    shoot = drain(render(plan, tmp_path, CancelToken()))
    assert np.abs(errors_along(shoot)).max() < 0.05e-3


def test_the_same_plan_gives_the_same_sound_and_truth(tmp_path):
    plan = a_shoot(a_camera("NEAR", 22.0, ppm=9.0), a_camera("FAR", 31.0, suffix=".flac"))
    for folder in ("a", "b"):
        drain(render(plan, tmp_path / folder, CancelToken()))
    for name in ("NEAR/one.wav", "FAR/two.flac", "truth.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert read_truth(tmp_path / "a").clips["NEAR/one.wav"].start == 1.234567


def test_a_cancelled_shoot_leaves_no_half_written_clip(tmp_path):
    token = CancelToken()
    plan = a_shoot(a_camera("NEAR", 22.0), a_camera("FAR", 31.0, suffix=".m4a"))
    plan = replace(plan, clips=(*plan.clips, ClipPlan("NEAR", "later", "yard", 60.0, 5.0)))
    with pytest.raises(Cancelled):
        drain(render(plan, tmp_path, token), lambda step: token.cancel())
    assert not list(tmp_path.rglob("*.part"))
