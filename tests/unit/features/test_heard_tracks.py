"""What is heard does not depend on sample rate, gain or dead channels, and lies on the clip's own clock."""

import wave
from fractions import Fraction

import numpy as np
import pytest

from rushlock.features.channels import choose_mix
from rushlock.features.excerpt import TOP_HZ, Excerpts
from rushlock.features.heard import HOP_S, ORIGIN_S, HeardTrack, hear
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.media.sound import SoundReader
from rushlock.offsets.correlation import Correlator
from rushlock.offsets.phase import LAG_RATE, phase_curve


def voice(seconds, rate, seed=1):
    """Bursts of irregular length and colour, the same sound at any rate: sinusoids by time."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * rate)) / rate
    out = np.zeros_like(t)
    for begin in np.cumsum(rng.uniform(0.1, 0.4, int(seconds * 4))):
        if begin > seconds - 0.1:
            break
        length, part = rng.uniform(0.05, 0.2), slice(round(begin * rate), round((begin + 0.3) * rate))
        shape = np.exp(-(((t[part] - begin - 0.1) / length) ** 2) * 8)
        for hz in rng.uniform(150, 3800, 12):
            out[part] += shape * np.sin(2 * np.pi * hz * t[part] + hz)
    return 0.05 * out


def write(path, channels, rate):
    data = np.clip(np.stack(channels, axis=1) * 32767, -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(data.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(data.tobytes())
    return Clip(str(path), "A", (probe(path),))


def heard(clip):
    mix = choose_mix(clip.files[0])
    track = None
    for step in hear(clip, mix):
        track = step
    assert isinstance(track, HeardTrack)
    return track


@pytest.mark.parametrize("rate", [8000, 16000, 32000, 44100, 96000])
def test_the_same_sound_at_any_rate_gives_the_same_place(tmp_path, rate):
    a = heard(write(tmp_path / "a.wav", [voice(12, 48000)], 48000))
    b = heard(write(tmp_path / "b.wav", [0.2 * voice(12, rate)[round(2 * rate) :]], rate))
    best = Correlator([a.onsets, b.onsets]).curve(0, 1).peaks(1)[0]
    assert best.offset == pytest.approx(2.0, abs=HOP_S / 4)
    assert best.score > 10


def test_excerpts_of_different_rates_line_up_to_a_fraction_of_a_sample(tmp_path):
    a = write(tmp_path / "a.wav", [voice(8, 48000)], 48000)
    b = write(tmp_path / "b.wav", [voice(8, 44100)], 44100)
    excerpts = Excerpts()
    one = excerpts.read(a, choose_mix(a.files[0]), 2.0, 4.0)
    two = excerpts.read(b, choose_mix(b.files[0]), 1.5, 4.0)
    excerpts.close()
    assert one.spectrum.size == two.spectrum.size == round(2 * 4.0 * TOP_HZ) + 1
    curve = phase_curve(one, two, 0.6)
    found = float(curve.delta_at(float(np.argmax(curve.z))))
    assert found == pytest.approx(0.0, abs=1.0 / LAG_RATE)


def test_a_bang_lies_on_the_frame_of_its_time(tmp_path):
    rate = 48000
    x = 1e-4 * np.random.default_rng(3).standard_normal(6 * rate)
    x[round(3.217 * rate) : round(3.217 * rate) + 200] += 0.5
    track = heard(write(tmp_path / "bang.wav", [x], rate))
    frame = int(np.argmax(track.level))
    assert abs(ORIGIN_S + frame * HOP_S - 3.217) <= 0.0213 / 2 + HOP_S


def test_dead_tone_and_timecode_channels_are_told_from_sound(tmp_path):
    rate, seconds = 48000, 12
    t = np.arange(rate * seconds) / rate
    bits = np.random.default_rng(5).integers(0, 2, 2000 * seconds)
    timecode = 0.4 * np.sign(
        np.sin(np.cumsum(np.repeat(np.where(bits, 2000, 1000), 24)[: t.size]) * 2 * np.pi / rate)
    )
    channels = [voice(seconds, rate), np.zeros_like(t), 0.5 * np.sin(2 * np.pi * 1000 * t), timecode]
    mix = choose_mix(write(tmp_path / "poly.wav", channels, rate).files[0])
    assert [g != 0 for g in mix.gains[0]] == [True, False, False, False]
    assert (mix.dead, mix.steady) == (1, 2)


def test_a_pair_out_of_phase_does_not_cancel(tmp_path):
    x = voice(12, 48000)
    clip = write(tmp_path / "flip.wav", [x, -x], 48000)
    mix = choose_mix(clip.files[0])
    assert np.prod(mix.gains[0]) < 0
    with SoundReader(clip.files[0], clip.files[0].sounds[0]) as reader:
        mixed = reader.read(0.0, 12.0, mix.rows(0))[0]
    assert np.std(mixed) > 0.8 * np.std(x)


def test_digital_silence_leaves_no_edges(tmp_path):
    x = voice(20, 48000) + 1e-3 * np.random.default_rng(7).standard_normal(20 * 48000)
    x[6 * 48000 : 13 * 48000] = 0
    track = heard(write(tmp_path / "gap.wav", [x], 48000))
    inside = slice(round(5.98 / HOP_S), round(13.02 / HOP_S))
    assert not track.onsets[inside].any()
    assert track.sounding == pytest.approx(13.0, abs=0.5)


def test_chapters_are_one_track_on_one_clock(tmp_path):
    x = voice(16, 48000)
    whole = heard(write(tmp_path / "whole.wav", [x], 48000))
    parts = [write(tmp_path / f"{n}.wav", [p], 48000) for n, p in enumerate(np.split(x, [7 * 48000]))]
    joined = Clip("joined", "A", tuple(p.files[0] for p in parts))
    assert joined.duration == Fraction(16)
    best = Correlator([whole.onsets, heard(joined).onsets]).curve(0, 1).peaks(1)[0]
    assert best.offset == pytest.approx(0.0, abs=HOP_S / 10)
