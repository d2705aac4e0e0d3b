import json
import math

import numpy as np
import pytest

from rushlock.base.progress import CancelToken, drain
from rushlock.evaluation.filmed import MEASURED, filmed_pair
from rushlock.evaluation.vote_cases import Case, Trial, gather_cases, try_searches
from rushlock.evaluation.vote_training import check_figures, fit, held_out, keep_votes, search_figures
from rushlock.offsets import pooling
from rushlock.offsets.pooling import UNMEASURED


def drawn_cases(apart, scenes=60):
    """Return cases whose evidence is normal with unit variance, ``apart`` more where they are right."""
    random = np.random.default_rng(5)
    return [
        Case(n, {"evidence": random.normal() + apart * right, "margin": 0.0, "belonging": 0.0}, bool(right))
        for n in range(scenes)
        for right in (1, 0, 0)
    ]


def test_the_ratio_fitted_is_the_one_that_the_cases_were_drawn_by():
    # Two normal classes ``d`` apart: the log-likelihood ratio is d * (x - d / 2).
    fitted = fit(drawn_cases(2.0, scenes=1500))
    assert fitted.weights["evidence"] == pytest.approx(2.0, rel=0.1)
    assert fitted.bias == pytest.approx(-2.0, rel=0.1)
    assert fitted.weights["margin"] == fitted.weights["belonging"] == 0.0


def test_figures_come_from_cases_left_out_and_tell_use_from_uselessness():
    good, useless = (check_figures(*held_out(drawn_cases(apart))) for apart in (3.0, 0.0))
    assert good["gain"] > 0.4
    assert good["auroc"] > 0.95
    assert abs(useless["gain"]) < 0.05


def test_searches_count_strangers_that_are_given_a_place_as_wrong():
    inf = math.inf
    trials = [Trial(True, 0.9, 0.05), Trial(True, 0.2, 0.1), Trial(False, 0.7, inf), Trial(False, 0.0, inf)]
    figures = search_figures(trials)
    assert (figures["given"], figures["wrong"], figures["found"]) == (2, 0.5, 0.5)


def test_an_entry_is_kept_beside_others_and_read_back_by_name_and_digest(tmp_path, monkeypatch):
    path = tmp_path / "votes.json"
    entry = {
        "digest": "d1",
        "weights": {"evidence": 0.7, "margin": 0.1, "belonging": 0.0},
        "bias": -0.5,
        "low": {"evidence": -3.0},
        "high": {"evidence": 9.0},
        "most": 0.98,
        "uses": ["search"],
    }
    keep_votes(path, "one", entry)
    keep_votes(path, "other", {**entry, "digest": "d2"})
    assert set(json.loads(path.read_text())["nets"]) == {"one", "other"}
    monkeypatch.setattr(pooling, "shipped", lambda name: tmp_path)
    pooling._read.cache_clear()
    read = pooling.shipped_reliability("one", "d1")
    assert read.ratio({"evidence": 20.0, "margin": 1.0, "belonging": 4.0}) == pytest.approx(
        9 * 0.7 + 0.1 - 0.5
    )
    assert read.uses == {"search"}
    assert pooling.shipped_reliability("one", "other weights") is UNMEASURED
    pooling._read.cache_clear()


def test_scenes_repeat_themselves_exactly_and_differ_by_camera(planted):
    layout = planted.net().layout
    one, other = filmed_pair(MEASURED, 2.0, layout)
    again, _ = filmed_pair(MEASURED, 2.0, layout)
    assert np.array_equal(one.pictures, again.pictures)
    assert np.array_equal(one.sound, again.sound)
    assert not np.array_equal(one.pictures, other.pictures)
    assert one.pictures.shape == (50, 16, 16, 3)
    assert one.sound.shape == (32000,)


@pytest.mark.slow
def test_cases_and_searches_run_on_generated_scenes(planted):
    net = planted.net()
    cases = drain(gather_cases(net, 2, CancelToken()))
    assert len(cases) == 8
    assert sum(c.right for c in cases) == 4
    trials = drain(try_searches(net, UNMEASURED, 1, CancelToken()))
    assert [t.belongs for t in trials] == [True, False]
