"""The whole shoot tells whose sound is off: differences of all pairs, solved for each clip."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.offsets.av_offset import AvEvidence, weighed
from rushlock.placements.own_sound import KIND, DoubleTie, shoot_evidence, with_own_sound
from rushlock.placements.sync_map import Status


def ties_of(lags, noise=0.0, seed=0):
    random = np.random.default_rng(seed)
    return [
        DoubleTie(a, b, lags[a] - lags[b] + noise * random.standard_normal(), 0.005, 0.95)
        for a, b in combinations(lags, 2)
    ]


def cameras_of(lags):
    return {key: f"CAM_{key}" for key in lags}


@given(st.integers(0, 1000), st.floats(0.08, 1.5), st.booleans(), st.integers(4, 9))
def test_the_odd_one_out_is_the_late_one(seed, late, early, cameras):
    lags = {str(n): 0.0 for n in range(cameras)} | {"0": -late if early else late}
    found = shoot_evidence(ties_of(lags, 0.003, seed), cameras_of(lags), {})
    for key, lag in lags.items():
        # Ties err by 3 ms each; the camera's own lag rests on three of them at least.
        assert found[key].seconds == pytest.approx(lag, abs=0.015)
        assert found[key].chance > 0.9


def test_a_tie_that_contradicts_the_others_is_not_believed():
    lags = {str(n): 0.0 for n in range(5)}
    ties = ties_of(lags)
    ties[0] = DoubleTie("0", "1", 0.7, 0.005, 0.95)
    found = shoot_evidence(ties, cameras_of(lags), {})
    assert max(abs(e.seconds) for e in found.values()) < 0.01


def test_of_two_cameras_nobody_can_tell_which_is_off_until_onsets_do():
    lags = {"a": 0.2, "b": 0.0}
    found = shoot_evidence(ties_of(lags), cameras_of(lags), {})
    assert all(e.chance <= 0.5 for e in found.values())
    own = AvEvidence("onsets", 0.0, 0.01, 0.95, "")
    found = shoot_evidence(ties_of(lags), cameras_of(lags), {"b": own})
    assert found["a"].seconds == pytest.approx(0.2, abs=0.01)
    assert found["a"].chance > 0.7
    assert found["b"].chance <= 0.5  # its own onsets do not speak for themselves twice


def told_of(seconds, chance):
    return weighed([AvEvidence("shoot", seconds, 0.008, chance, "")], None)


def test_what_is_off_is_for_review_with_a_reason_unless_sure_and_the_camera_gets_a_line(made_up):
    clips = [
        made_up.clip("CAM_A", made_up.picture_file(f"/a/{n}.mov", made_up.rate("25"), 500)) for n in range(3)
    ]
    before = made_up.sync_map(*(made_up.placement(clip, 10.0) for clip in clips))
    told = dict(
        zip(
            [c.key for c in clips],
            [told_of(0.083, 0.97), told_of(0.083, 0.995), told_of(0, 0.9)],
            strict=True,
        )
    )
    after = with_own_sound(before, told, {c.key: c.camera for c in clips})
    doubtful, sure, fine = after.placements
    assert doubtful.status is Status.REVIEW
    assert doubtful.reason == "as planted; its own sound is 83 ms late"
    assert sure.status is Status.SYNCED
    assert (fine.status, fine.reason) == (Status.SYNCED, "as planted")
    (finding,) = after.findings
    assert (finding.kind, finding.words) == (KIND, "CAM_A: its own sound is 83 ms late in 2 of 3 clips")
    assert with_own_sound(after, told, {c.key: c.camera for c in clips}) == after
