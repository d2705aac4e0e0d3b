"""All cameras at once settle what one pair cannot."""

import numpy as np
import pytest

from rushlock.base.progress import CancelToken, drain
from rushlock.evaluation.matrix_training.recordings import WatchedSet
from rushlock.evaluation.seen_filming import filmed_track
from rushlock.evaluation.video_pair.together import KINDS, MOST, agreed, pair_chances, score_together
from rushlock.offsets.heads.matrix.diagonals import centred
from rushlock.offsets.heads.matrix.unbiased import Diagonals
from rushlock.similarity.posterior import LagPosterior

REACH = 6


def peaks(*lags):
    """Return chances in which some lags are equally good."""
    chances = np.full(2 * REACH + 1, 0.01)
    chances[[lag + REACH for lag in lags]] = 1.0
    return chances / chances.sum()


def test_a_pair_with_two_equally_good_lags_is_settled_by_the_others():
    starts = (0, 2, -1)
    pairs = {(0, 1): peaks(2, -4), (0, 2): peaks(-1, 5), (1, 2): peaks(-3)}
    assert tuple(agreed(pairs, 3)) == starts


@pytest.mark.parametrize("cameras", [2, 3, MOST])
def test_pairs_that_are_all_sure_give_their_own_lags(cameras):
    starts = [0, *np.random.default_rng(cameras).integers(-REACH // 2, REACH // 2 + 1, cameras - 1)]
    pairs = {
        (one, other): peaks(starts[other] - starts[one])
        for one in range(cameras)
        for other in range(one + 1, cameras)
    }
    assert list(agreed(pairs, cameras)) == starts


def test_a_pair_that_knows_nothing_says_the_same_of_all_lags():
    offsets = np.arange(-20, 21) / 30
    nothing = pair_chances(LagPosterior(offsets, np.zeros(41), 1.0, np.zeros(41)), 0.0, REACH)
    np.testing.assert_allclose(nothing, 1 / (2 * REACH + 1))
    one = np.zeros(41)
    one[24] = 0.75
    told = pair_chances(LagPosterior(offsets, one, 0.25, one), 2 / 30, REACH)
    assert int(np.argmax(told)) - REACH == 2
    assert told.sum() == pytest.approx(1.0)


class Summed:
    """A head that adds layers up."""

    name = "summed"

    def posterior(self, layers, grid):
        return Diagonals(least=20).posterior(centred(layers).mean(axis=0), grid)


def test_cameras_of_one_scene_are_cut_and_counted_in_the_files_frames():
    tracks = tuple(filmed_track(61, view, seconds=6.0) for view in range(3))
    sets = {"scene": WatchedSet(tracks, 60.0), "pair": WatchedSet(tracks[:2], 30.0)}
    scores = drain(score_together(sets, Summed(), 2, CancelToken()))
    assert list(scores) == ["scene"]  # two cameras have nothing to agree on
    alone, joined, guess = (scores["scene"][kind] for kind in KINDS)
    assert alone.pairs == joined.pairs == guess.pairs == 6
    assert joined.median <= 2  # a moment is two frames
    assert guess.mean > 2
