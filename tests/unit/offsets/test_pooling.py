import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import Clock
from rushlock.base.paths import shipped
from rushlock.base.settings import Settings
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.pooling import (
    EXPERIMENTAL_MOST,
    UNMEASURED,
    UNMEASURED_MOST,
    Reliability,
    found_chances,
    pooled,
    shipped_reliability,
)

MEASURED = Reliability({"evidence": 1.0, "margin": 0.0, "belonging": 0.0}, most=1.0)
chances = st.lists(st.floats(0.001, 0.999), min_size=1, max_size=4)


def estimate(probability, start=0.0):
    return Estimate("m", "n", Clock.line(start), 0.001, 1.0, 30.0, probability, features={"coarse": 3.0})


def scores(evidence):
    return {"evidence": evidence, "margin": 0.0, "belonging": 0.0}


@given(chances=chances, data=st.data())
def test_places_of_a_pair_share_one_chance_with_no_overlap(chances, data):
    told = [scores(data.draw(st.floats(-20, 20))) for _ in chances]
    found = pooled([estimate(p) for p in chances], told, MEASURED)
    assert sum(e.probability for e in found) <= 1 + 1e-9
    assert all(0 <= e.probability <= 1 for e in found)


@given(chance=st.floats(0.01, 0.98), evidence=st.floats(-3, 3))
def test_a_vote_multiplies_the_odds_by_its_likelihood_ratio(chance, evidence):
    (found,) = pooled([estimate(chance)], [scores(evidence)], MEASURED)
    odds = chance / (1 - chance) * math.exp(evidence)
    assert found.probability == pytest.approx(min(odds / (1 + odds), 0.9995), rel=1e-6)
    assert found.method == "sound+picture"
    assert found.features["coarse"] == 3.0
    assert found.features["net_evidence"] == evidence


def test_a_vote_for_one_place_is_a_vote_against_the_others():
    pair = [estimate(0.45), estimate(0.45, 9.0)]
    one, other = pooled(pair, [scores(4.0), scores(0.0)], MEASURED)
    assert one.probability > 0.95
    assert other.probability < 0.05


def test_a_network_never_measured_makes_nothing_sure_and_takes_nothing_sound_is_sure_of():
    (lifted,) = pooled([estimate(0.5)], [scores(50.0)], UNMEASURED)
    assert lifted.probability == UNMEASURED_MOST
    (sure,) = pooled([estimate(0.97)], [scores(50.0)], UNMEASURED)
    assert sure.probability == pytest.approx(0.97)


@given(evidence=st.floats(-5, 30), tried=st.floats(1, 1e5), more=st.floats(1.5, 100))
def test_the_more_places_were_tried_the_less_the_best_is_worth(evidence, tried, more):
    few = found_chances(MEASURED, [scores(evidence)], tried)[0]
    many = found_chances(MEASURED, [scores(evidence)], tried * more)[0]
    assert many <= few
    odds = math.exp(evidence) / tried
    assert few == pytest.approx(min(odds / (1 + odds), 0.9995), rel=1e-6)


def test_two_places_as_good_as_each_other_are_no_place():
    assert found_chances(MEASURED, [scores(20.0), scores(20.0)], 10.0) == pytest.approx([0.5, 0.5], abs=1e-6)


def test_scores_beyond_what_training_met_count_as_its_limits():
    limited = replace(MEASURED, low={"evidence": -2.0}, high={"evidence": 5.0})
    assert limited.ratio(scores(100.0)) == 5.0
    assert limited.ratio(scores(-100.0)) == -2.0


def test_the_shipped_experimental_network_never_makes_a_place_sure():
    told = json.loads((shipped("models") / "votes.json").read_text(encoding="utf-8"))["nets"]["standin"]
    assert told["experimental"]
    trusted = shipped_reliability("standin", told["digest"])
    assert trusted.most == EXPERIMENTAL_MOST < Settings().accept
    glowing = {"evidence": 100.0, "margin": 100.0, "belonging": 10.0}
    (lifted,) = pooled([estimate(0.5)], [glowing], trusted)
    assert lifted.probability == EXPERIMENTAL_MOST
