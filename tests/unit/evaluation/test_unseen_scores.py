"""Heads scored on unseen clips: what is counted is what was planted, in frames of the files."""

import numpy as np
import pytest

from rushlock.base.progress import CancelToken, drain
from rushlock.evaluation.matrix_training.recordings import WatchedSet, watched_sets
from rushlock.evaluation.video_pair.answers import CURVE
from rushlock.evaluation.video_pair.unseen import Trial, generated_trials, recorded_trials, score_unseen
from rushlock.features.motion import RATE

TOKEN = CancelToken()


def test_generated_pairs_are_scored_by_every_head_and_guessing_by_what_was_planted():
    trials = list(generated_trials(4, 6.0))
    lags = [trial.lag for trial in trials if trial.lag is not None]
    assert len(lags) == 4
    assert sum(trial.lag is None for trial in trials) == 4
    scores = {(each.evidence, each.head): each for each in drain(score_unseen(iter(trials), 8, [], TOKEN))}
    assert {head for _, head in scores} >= {"diagonals", "votes", "free path", "argmax", "DTW", CURVE}
    guess = scores["both", "always 0"]
    # Two cameras' first moments lie up to one apart.
    assert guess.error.mean == pytest.approx(np.mean(np.abs(lags)), abs=1.0)
    assert guess.auroc is None
    assert guess.strangers == 4
    assert scores["both", CURVE].auroc is not None


def test_recorded_sets_give_every_pair_of_cameras_and_strangers_of_other_sets():
    trials = list(generated_trials(2, 4.0))
    tracks = [trials[0].master, trials[0].node, trials[2].master, trials[2].node]
    sets = {"one": WatchedSet((*tracks[:2], tracks[1]), 30.0), "other": WatchedSet(tuple(tracks[2:]), 60.0)}
    drawn = list(recorded_trials(sets, lags=5))
    by_set = {name: [t for t in drawn if t.group == name] for name in sets}
    assert [sum(t.lag is not None for t in each) for each in by_set.values()] == [15, 5]
    assert max(abs(t.lag) for t in by_set["one"] if t.lag is not None) > 15
    assert max(abs(t.lag) for t in by_set["other"] if t.lag is not None) <= 15  # 30 frames at 60 a second
    strangers = [t for t in by_set["one"] if t.lag is None]
    own = sets["one"].tracks
    assert not any(np.shares_memory(t.node.light, each.light) for t in strangers for each in own)


def test_errors_count_in_the_files_own_frames():
    pair = next(generated_trials(1, 4.0))
    counted = (Trial("one", pair.master, pair.node, 12, rate) for rate in (30.0, 60.0))
    at_30, at_60 = (drain(score_unseen(iter([trial]), 1, [], TOKEN)) for trial in counted)
    for slow, fast in zip(at_30, at_60, strict=True):
        if slow.head == "always 0":
            assert slow.error.mean == pytest.approx(12, abs=1)
            assert fast.error.mean == pytest.approx(2 * slow.error.mean)


def test_a_set_of_recordings_is_watched_with_its_rate(public_media):
    folder = public_media / "multicam_video"
    if not folder.is_dir():
        pytest.skip("no multi-view clips here")
    found = drain(watched_sets(folder, ["pose2sim_single"], TOKEN))
    assert list(found) == ["pose2sim_single"]
    assert len(found["pose2sim_single"].tracks) == 4
    assert found["pose2sim_single"].rate == 60
    assert all(1.5 * RATE <= len(track) <= 2 * RATE for track in found["pose2sim_single"].tracks)
