"""What the published Synchformer is fed: pictures to the bit, sound to the rounding of its transform."""

import hashlib
import json
import math

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.nets.synchformer.config import PUBLISHED  # noqa: E402 - needs torch for what follows
from rushlock.nets.synchformer.preprocessing import Spectrograms, normalised_pictures  # noqa: E402

CLIPS = ("clipA", "clipB", "synclip")
STATED = 1e-6
"""README of the kit, for spectrograms from a float32 filterbank."""

UNIT_ROUNDOFF = 2.0**-24


@pytest.fixture(scope="module")
def spectrograms():
    return Spectrograms(PUBLISHED)


def facts_of(kit, clip):
    return json.loads((kit.fixtures / f"prep_{clip}.json").read_text())


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


@pytest.mark.parametrize("clip", CLIPS)
def test_pictures_agree_to_the_bit(kit, clip_segments, clip):
    facts = facts_of(kit, clip)
    cut = clip_segments(clip)
    assert [sha256(each.transpose(0, 3, 1, 2)) for each in cut] == facts["segments_uint8_sha256"]
    normalised = normalised_pictures(torch.from_numpy(cut))
    assert torch.equal(normalised.half().float(), normalised)
    assert sha256(normalised.half().numpy()) == facts["video_half_sha256"]


def test_filterbank_and_window_are_the_references(kit, spectrograms):
    known = np.load(kit.fixtures / "mel_constants.npz")
    np.testing.assert_array_equal(spectrograms.mel.mel_scale.fb, known["fb"])
    np.testing.assert_array_equal(spectrograms.mel.spectrogram.window, known["window"])


@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize(("kind", "dropped"), [("legacy", 1024), ("modern", 0)])
def test_spectrograms_agree_within_the_rounding_of_two_transforms(kit, spectrograms, clip, kind, dropped):
    facts, known = facts_of(kit, clip), np.load(kit.fixtures / f"prep_{clip}.npz")
    sound = segments_of(known["waveform_decoded"][dropped:], facts["v_start_i_sec"] + facts["offset_sec"])
    gap = np.abs(spectrograms(sound).numpy() - known[f"audio_{kind}"])
    assert np.all(gap <= STATED + rounding(sound, spectrograms).numpy())


def segments_of(waveform, start):
    """Return the 14 segments that the reference cut from a waveform from some seconds on."""
    window = waveform[int(start * 16000) :][:80000]
    return torch.from_numpy(np.stack([window[1280 + 5120 * k : 11520 + 5120 * k] for k in range(14)]))


def rounding(sound, spectrograms):
    """Return by how much two float32 Fourier transforms may differ in each value of the spectrogram.

    One of N points is off by at most u log2(N) of a bin's root mean square (Higham, Accuracy and Stability of
    Numerical Algorithms, theorem 24.2). An error d of an amplitude A is one of 2 d / A in its power's log;
    that tells where a band is quiet beside others, and there the stated limit cannot hold on every CPU.
    """
    transform = torch.stft(
        sound.double(),
        1024,
        160,
        400,
        torch.hann_window(400, dtype=torch.float64),
        return_complex=True,
    )
    power = transform.abs() ** 2
    bin_rms = ((2 * power.sum(1) - power[:, 0] - power[:, -1]) / 1024).sqrt()
    filters = spectrograms.mel.mel_scale.fb.double()
    heard = power.mT @ filters
    error = 2 * UNIT_ROUNDOFF * math.log2(1024) * bin_rms[..., None] * filters.sum(0).sqrt()
    in_logarithm = 2 * error / (heard + 1e-6).sqrt() / (2 * 4.5689974)
    return torch.nn.functional.pad(in_logarithm.mT, (0, 1))[:, None]


def test_the_column_of_padding_is_silence_of_one(spectrograms):
    sound = torch.randn(2, PUBLISHED.samples, generator=torch.Generator().manual_seed(1))
    found = spectrograms(sound)
    assert found.shape == (2, 1, 128, 66)
    np.testing.assert_allclose(found[..., -1], (0 + 4.2677393) / (2 * 4.5689974), rtol=1e-6)
