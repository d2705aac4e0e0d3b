"""The block-wise correlation is the plain one, and its peaks are where they were planted."""

import numpy as np
import pytest

from rushlock.features.heard import BANDS, HOP_S
from rushlock.offsets import correlation
from rushlock.offsets.correlation import Correlator


def track(rng, frames):
    return rng.standard_normal((frames, BANDS)).astype(np.float16)


@pytest.mark.parametrize("lag", [-1500, -37, 0, 611, 2900])
def test_a_planted_lag_is_the_highest_peak_across_blocks(monkeypatch, lag):
    monkeypatch.setattr(correlation, "BLOCK_MOST", 512)
    monkeypatch.setattr(correlation, "BLOCK_LEAST", 512)
    rng = np.random.default_rng(5)
    world = track(rng, 9000)
    master, node = world[2000:5300], world[2000 + lag : 2000 + lag + 2100]
    node = (node + 2.0 * track(rng, len(node))).astype(np.float16)
    best = Correlator([master, node]).curve(0, 1).peaks(1)[0]
    assert abs(best.offset - lag * HOP_S) < HOP_S / 2
    assert best.score > 20


def test_small_blocks_and_one_block_tell_the_same_curve(monkeypatch):
    rng = np.random.default_rng(7)
    a, b = track(rng, 3000), track(rng, 1700)
    monkeypatch.setattr(correlation, "WHITENING", 0.0)
    whole = Correlator([a, b]).curve(0, 1)
    monkeypatch.setattr(correlation, "BLOCK_MOST", 256)
    monkeypatch.setattr(correlation, "BLOCK_LEAST", 256)
    pieces = Correlator([a, b]).curve(0, 1)
    assert whole.first == pieces.first
    # Products are float32 sums over 1,700 frames of 16 bands: relative rounding of some 1e-5 of the largest.
    np.testing.assert_allclose(whole.z, pieces.z, atol=2e-3)


def test_strangers_reach_no_height_that_a_match_would_have():
    rng = np.random.default_rng(11)
    tracks = [track(rng, 4000) for _ in range(8)]
    correlator = Correlator(tracks)
    heights = [correlator.curve(i, j).peaks(1, least=0.0)[0].score for i in range(8) for j in range(i)]
    # The largest of 8,000 normal values exceeds 6 once in a hundred thousand curves.
    assert max(heights) < 6.0


def test_curve_and_its_mirror_agree():
    rng = np.random.default_rng(13)
    a, b = track(rng, 1500), track(rng, 1200)
    correlator = Correlator([a, b])
    forth, back = correlator.curve(0, 1), correlator.curve(1, 0)
    np.testing.assert_allclose(forth.z, back.z[::-1], atol=2e-3)
    assert forth.first == -(back.first + back.z.size - 1)


def test_silence_has_no_peaks():
    empty = np.zeros((2000, BANDS), np.float16)
    rng = np.random.default_rng(17)
    assert Correlator([empty, track(rng, 2000)]).curve(0, 1).peaks(least=3.0) == []


def test_pauses_of_digital_silence_make_no_heights_of_their_own():
    rng = np.random.default_rng(19)
    sparse = np.zeros((5000, BANDS), np.float16)
    sparse[2000:2060] = track(rng, 60)
    short = np.zeros((400, BANDS), np.float16)
    short[100:130] = track(rng, 30)
    peaks = Correlator([sparse, short]).curve(0, 1).peaks()
    # Less than 0.8 s sounds in both at any lag: nothing to tell.
    assert peaks == []
