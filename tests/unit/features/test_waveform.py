"""Sound at another rate lies where it lay: no shift, no seam."""

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rushlock.base.errors import MediaError
from rushlock.features.waveform import Waveform
from rushlock.media.clip import Clip
from rushlock.media.probe import probe

KIT = Path(__file__).resolve().parents[4] / "shared" / "kits" / "synchformer" / "fixtures"
RATE = 16000
CLICK_S = 1.23456


def write(path, samples, rate):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return probe(path)


def click(rate, seconds, at):
    """A bell of 0.5 ms: what every rate from 8 kHz up can hold."""
    return 0.9 * np.exp(-0.5 * ((np.arange(round(seconds * rate)) / rate - at) / 0.00025) ** 2)


def centre(samples, first):
    weight = np.square(samples.astype(np.float64))
    return float(np.sum(weight * (first + np.arange(samples.size))) / weight.sum()) / RATE


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 47999, 48000, 96000])
def test_a_click_stays_where_it_was(tmp_path, rate):
    clip = Clip("00", "A", (write(tmp_path / "a.wav", click(rate, 3, CLICK_S), rate),))
    with Waveform(clip, RATE) as sound:
        found = sound.read(12345, 16000)
    assert abs(centre(found, 12345) - CLICK_S) < 2e-6  # 16 bit leaves a thousandth of a sample


@pytest.mark.parametrize("rate", [16000, 44100, 48000])
def test_pieces_read_one_by_one_are_the_whole(tmp_path, rate):
    random = np.random.default_rng(1)
    noise = write(tmp_path / "a.wav", random.uniform(-0.5, 0.5, 2 * rate), rate)
    with Waveform(Clip("00", "A", (noise,)), RATE) as sound:
        whole = sound.read(0, 2 * RATE)
        pieces = [sound.read(at, min(777, 2 * RATE - at)) for at in range(0, 2 * RATE, 777)]
    assert np.allclose(np.concatenate(pieces), whole, atol=1e-6)
    assert whole.std() > 0.1


def test_chapters_join_without_a_seam(tmp_path):
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(2 * 48000) / 48000)
    one = write(tmp_path / "a.wav", tone[:48000], 48000)
    two = write(tmp_path / "b.wav", tone[48000:], 48000)
    with Waveform(Clip("00", "A", (one, two)), RATE) as sound:
        joined = sound.read(RATE // 2, RATE)
    expected = 0.5 * np.sin(2 * np.pi * 440 * (RATE // 2 + np.arange(RATE)) / RATE)
    assert np.allclose(joined, expected, atol=2e-3)  # the filter's ripple


def test_beyond_the_ends_is_silence(tmp_path):
    clip = Clip("00", "A", (write(tmp_path / "a.wav", click(48000, 1, 0.5), 48000),))
    with Waveform(clip, RATE) as sound:
        assert not sound.read(-500, 400).any()
        assert not sound.read(RATE + 100, 400).any()


def test_a_clip_without_sound_says_so(tmp_path):
    file = write(tmp_path / "a.wav", click(8000, 1, 0.5), 8000)
    with pytest.raises(MediaError, match="no sound"):
        Waveform(Clip("00", "A", (replace(file, sounds=()),)), RATE)


@pytest.mark.parametrize(("name", "path"), [("A", "3qesirWAGt4_20000_30000"), ("B", "ZYc410CE4Rg_0_10000")])
def test_published_examples_sound_as_the_reference_decodes_them(name, path):
    if not KIT.is_dir():
        pytest.skip("no kit of Synchformer beside this checkout")
    with np.load(KIT / f"prep_clip{name}.npz") as held:
        expected = held["waveform_decoded"].ravel()
    clip = Clip("00", "A", (probe(KIT / f"{path}.mp4"),))
    with Waveform(clip, RATE) as sound:
        found = sound.read(0, 10 * RATE)
    # The reference seeks first, which spoils the overlap of the first AAC packet (the kit's SPEC, 2.7).
    assert np.abs(found[1024:] - expected[1024 : found.size]).max() < 1e-5
