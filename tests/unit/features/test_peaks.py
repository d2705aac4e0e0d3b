"""Peaks show every sample where it sounds, at any width, from the cache as well as from the media."""

import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.errors import MediaError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.cache.store import Cache
from rushlock.features.peaks import FACTOR, RATE, PeakTrack, held_peaks, peaks_of
from rushlock.media.clip import Clip
from rushlock.media.probe import probe


def write(path, samples, rate):
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return probe(path)


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 2**24)


def scene(rate, seconds):
    """Noise whose loudness changes every half second."""
    noise = np.random.default_rng(rate)
    loud = np.repeat(noise.uniform(0.05, 1, round(seconds * 2)), rate // 2)
    return (noise.uniform(-0.6, 0.6, loud.size) * loud).astype(np.float32)


@pytest.mark.parametrize("rate", [8000, 44100, 48000])
def test_each_hundredth_of_a_second_shows_its_own_extremes(tmp_path, cache, rate):
    samples = scene(rate, 12)
    clip = Clip("00", "A", (write(tmp_path / "a.wav", samples, rate),))
    track = drain(peaks_of(clip, cache, CancelToken()))
    assert len(track.levels[0]) == 12 * RATE
    cells = samples.reshape(12 * RATE, -1)  # every rate here has whole samples in a hundredth
    wanted = np.stack([cells.min(axis=1), cells.max(axis=1)], axis=1) * (127 / track.full)
    # Rounding to int8, to 16 bit before it, and full scale being 32767 to writers and 32768 to readers.
    tolerance = 0.5 + 0.5 * 127 / track.full / 32767 + 127 / 32768
    assert np.abs(track.levels[0] - wanted.clip(-127, 127)).max() <= tolerance


def test_chapters_lie_one_after_the_other(tmp_path, cache):
    hiss, click = scene(8000, 1) * 0.01, np.zeros(8000)
    click[4000] = 0.9
    files = (write(tmp_path / "a.wav", hiss, 8000), write(tmp_path / "b.wav", click, 8000))
    track = drain(peaks_of(Clip("00", "A", files), cache, CancelToken()))
    assert np.flatnonzero(track.levels[0][:, 1] > 60).tolist() == [150]


def test_what_was_made_once_is_in_the_cache(tmp_path, cache):
    clip = Clip("00", "A", (write(tmp_path / "a.wav", scene(8000, 30), 8000),))
    assert held_peaks(cache, clip) is None
    made = drain(peaks_of(clip, cache, CancelToken()))
    held = held_peaks(cache, clip)
    assert held.full == made.full
    assert len(held.levels) == len(made.levels) > 2
    assert all(np.array_equal(a, b) for a, b in zip(held.levels, made.levels, strict=True))


def test_a_quiet_camera_is_as_visible_as_a_loud_one(tmp_path, cache):
    loud = scene(8000, 20)
    spans = []
    for name, gain in (("a", 1.0), ("b", 0.01)):
        clip = Clip(name, "A", (write(tmp_path / f"{name}.wav", loud * gain, 8000),))
        spans.append(np.ptp(drain(peaks_of(clip, cache, CancelToken())).levels[0].astype(int)))
    assert min(spans) > 200


def test_nothing_to_hear_is_an_error_and_a_stop_is_noticed(tmp_path, cache):
    file = write(tmp_path / "a.wav", scene(8000, 12), 8000)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        drain(peaks_of(Clip("00", "A", (file,)), cache, token))
    silent = Clip(
        "01", "A", (file.__class__(**{f: getattr(file, f) for f in file.__slots__} | {"sounds": ()}),)
    )
    with pytest.raises(MediaError):
        drain(peaks_of(silent, cache, CancelToken()))


def pyramid(base):
    levels = [base]
    while len(levels[-1]) > 4:
        fine = levels[-1]
        groups = np.array_split(fine, range(FACTOR, len(fine), FACTOR))
        levels.append(np.array([(g[:, 0].min(), g[:, 1].max()) for g in groups], np.int8))
    return PeakTrack(tuple(levels), 1.0)


@given(
    seed=st.integers(0, 2**32 - 1),
    start=st.floats(-3, 12),
    seconds=st.floats(0.01, 20),
    count=st.integers(1, 300),
)
def test_a_column_shows_all_of_its_stretch_and_little_beside_it(seed, start, seconds, count):
    dice = np.random.default_rng(seed)
    base = np.sort(dice.integers(-127, 128, (900, 2)).astype(np.int8), axis=1)
    found = pyramid(base).columns(start, start + seconds, count)
    step = seconds / count
    slack = max(step, 1 / RATE)  # a level's own step is at most a column's
    for column in range(0, count, max(count // 10, 1)):
        left, right = start + column * step, start + (column + 1) * step
        inner = base[max(int(np.ceil(left * RATE)), 0) : max(int(right * RATE), 0)]
        outer = base[
            max(int((left - slack) * RATE) - 1, 0) : max(int(np.ceil((right + slack) * RATE)) + 1, 0)
        ]
        low, high = found[column]
        if inner.size and step * RATE >= FACTOR:
            inside = base[max(int(np.ceil((left + slack) * RATE)), 0) : max(int((right - slack) * RATE), 0)]
            assert not inside.size or (low <= inside[:, 0].min() and high >= inside[:, 1].max())
        if outer.size:
            assert min(outer[:, 0].min(), 0) <= low
            assert max(outer[:, 1].max(), 0) >= high
        else:
            assert (low, high) == (0, 0)
