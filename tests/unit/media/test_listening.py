"""Sound by range: at 48 kHz, at its moment, over chapters, silence outside."""

import wave
from fractions import Fraction

import numpy as np
import pytest

from rushlock.media.clip import Clip
from rushlock.media.playing.listening import RATE, Listener
from rushlock.media.probe import probe


def scene(seconds):
    """A signal by time alone, the same at every rate: a chirp below 4 kHz."""
    return 0.5 * np.sin(2 * np.pi * (200 * seconds + 150 * seconds**2))


@pytest.fixture
def write(tmp_path):
    def write_(name, rate, begin=0.0, length=4.0, channels=1):
        samples = scene(begin + np.arange(round(rate * length)) / rate)
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setparams((channels, 2, rate, 0, "NONE", ""))
            file.writeframes(np.repeat((samples * 32767).astype("<i2"), channels).tobytes())
        return probe(tmp_path / name)

    return write_


@pytest.mark.parametrize(("rate", "channels"), [(48000, 2), (44100, 1), (16000, 1), (96000, 6)])
def test_a_range_is_what_was_recorded_then_at_any_rate(write, rate, channels):
    listener = Listener(Clip("a", "A", (write("a.wav", rate, channels=channels),)))
    for start in (0.5, 1.25, 3.0):
        heard = listener.read(start, 0.5)
        wanted = scene(start + np.arange(RATE // 2) / RATE)
        # Half a sample of the file is the most by which a range begins beside its grid; the chirp's slope
        # makes that an error of 2 pi f / (2 rate) at most.
        frequency = 200 + 300 * (start + 0.5)
        assert np.abs(heard - wanted).max() < 0.5 * np.pi * frequency / rate + 0.02
    listener.close()


def test_chapters_run_on_and_outside_is_silence(write):
    files = write("a.wav", 48000, 0.0, 2.0), write("b.wav", 48000, 2.0, 2.0)
    clip = Clip("a", "A", files)
    assert clip.duration == Fraction(4)
    listener = Listener(clip)
    heard = listener.read(1.5, 1.0)
    assert np.abs(heard - scene(1.5 + np.arange(RATE) / RATE)).max() < 0.01
    before = listener.read(-0.5, 1.0)
    assert not before[: RATE // 2].any()
    assert np.abs(before[RATE // 2 :] - scene(np.arange(RATE // 2) / RATE)).max() < 0.01
    assert not listener.read(4.5, 0.5).any()
    listener.close()


def test_a_file_that_is_gone_is_silent(write):
    file = write("a.wav", 48000)
    file.path.unlink()
    listener = Listener(Clip("a", "A", (file,)))
    assert not listener.read(1.0, 0.2).any()
    listener.close()
