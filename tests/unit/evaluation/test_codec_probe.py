"""Can a network tell the codec: the probe finds what is planted, and nothing where there is nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from rushlock.base.progress import CancelToken, drain
from rushlock.evaluation.av.artefacts import codings
from rushlock.evaluation.av.codec_probe import (
    Finding,
    Probed,
    as_dict,
    binomial_tail,
    probe_net,
    ridge_scores,
)
from rushlock.nets.protocol import SegmentLayout


class Looking:
    """Embeds brightness by height, and loudness by pitch: time that is told on purpose shows in both."""

    name, digest, experimental = "looking", "0", False
    layout = SegmentLayout(
        frame_rate=10,
        sample_rate=16000,
        frames=20,
        samples=32000,
        hop_frames=20,
        picture=48,
        shorter_side=48,
        window=1,
        classes=(-1.0, -0.5, 0.0, 0.5, 1.0),
    )

    def __init__(self, tells=False):
        self.tells = tells

    def embed_pictures(self, segments):
        rows = segments[..., ::6, :, 1].mean(axis=-1, dtype=np.float32)
        return rows.reshape(len(segments), 1, -1)

    def embed_sound(self, segments):
        power = np.abs(np.fft.rfft(segments.reshape(len(segments), -1, 1600), axis=-1))[..., :80] ** 2
        bands = np.log(power.reshape(*power.shape[:2], 20, 4).sum(-1) + 1e-9)
        return bands.reshape(len(segments), 1, -1).astype(np.float32)

    def offset_logits(self, pictures, sound):
        return np.random.default_rng(1).standard_normal((len(pictures), 5)).astype(np.float32)

    def belonging_logits(self, pictures, sound):
        return None


def test_planted_time_is_found_and_lossless_noise_tells_nothing():
    found = drain(probe_net(Looking(), CancelToken(), clips=6))
    assert found.proves
    assert not found.passes
    assert not found.traces
    read = {f.about: f for f in found.findings if f.question == "read"}
    assert set(read) == {coding.name for coding in codings()}
    assert read["sound, planted"].right > 5 * read["PCM 16 kHz"].right
    assert all(f.items == 50 and f.constant == pytest.approx(1 / 50) for f in read.values())
    asked = [f for f in found.findings if f.question == "asked"]
    assert len(asked) == 6
    assert as_dict(found)["passes"] == []


def finding(question, about, chance, planted=False):
    return Finding(question, about, 100, 9, 9, 20, 0.02, 0.1, chance, 1.0, planted)


def test_what_can_be_read_is_a_trace_and_only_an_answer_that_tells_is_a_pass():
    found = Probed(
        "net",
        "digest",
        1e-3,
        (
            finding("read", "sound, planted", 1e-9, planted=True),
            finding("read", "AAC 44.1 kHz", 1e-6),
            finding("read", "H.264", 0.2),
            finding("asked", "PCM with H.264", 0.2),
        ),
    )
    assert [f.about for f in found.traces] == ["AAC 44.1 kHz"]
    assert not found.passes
    told = replace(found, findings=(*found.findings, finding("asked", "AAC with MPEG-4", 1e-6)))
    assert [f.about for f in told.passes] == ["AAC with MPEG-4"]


def test_a_codec_comes_back_as_long_as_it_went_in_and_where_it_was():
    layout = Looking.layout
    for coding in codings():
        whole = coding.clip(np.random.default_rng(1), 3.0, layout)
        assert len(whole) == (30 if coding.pictures else 48000), coding.name
    went, back = (c.clip(np.random.default_rng(2), 2.0, layout) for c in codings()[:2])
    lags = np.correlate(back[8000:24000], went[10000:22000], "valid")
    assert lags.argmax() == 2000  # the codec's delay is not left in


@given(st.integers(1, 3000), st.floats(0.01, 0.9), st.data())
def test_the_binomial_tail_is_exact(items, chance, data):
    right = data.draw(st.integers(0, items))
    assert binomial_tail(right, items, chance) == pytest.approx(
        binom.sf(right - 1, items, chance), rel=1e-6, abs=1e-290
    )


def test_ridge_regression_names_places_that_features_tell():
    random = np.random.default_rng(3)
    places = np.arange(200) % 10
    features = np.eye(10)[places] + 0.1 * random.standard_normal((200, 10))
    scores = ridge_scores(
        features[:150].astype(np.float32), places[:150], features[150:].astype(np.float32), 10
    )
    assert (scores.argmax(axis=1) == places[150:]).mean() > 0.95
