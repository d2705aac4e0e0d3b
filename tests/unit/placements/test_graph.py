"""Groups grow by pooled evidence; a camera never runs twice at a time."""

import pytest

from rushlock.base.clock import Clock
from rushlock.offsets.estimate import Estimate
from rushlock.placements.decisions import Held
from rushlock.placements.graph import Span, grow


def span(key, camera, duration=60.0):
    return Span(key, camera, duration)


def edge(master, node, offset, probability, overlap=30.0):
    return Estimate(master, node, Clock.line(offset), 0.0002, 1.0, overlap, probability)


def spans(*given):
    return {s.key: s for s in given}


def test_agreeing_weak_ties_outweigh_one_strong_wrong_one():
    clips = spans(*(span(k, f"cam {k}") for k in "abcd"))
    edges = [edge("a", "b", 1, 0.99), edge("b", "c", 1, 0.99), edge("a", "c", 2, 0.99)]
    wrong = edge("a", "d", 40, 0.9)
    right = [edge("a", "d", 5, 0.8), edge("b", "d", 4, 0.8), edge("c", "d", 3, 0.85)]
    forest = grow(clips, [*edges, wrong, *right], Held())
    assert len(forest.groups) == 1
    starts = forest.groups[0].starts
    assert starts["d"] - starts["a"] == pytest.approx(5)
    assert forest.tied["d"] < forest.tied["b"]


def test_a_place_where_its_camera_already_runs_is_not_taken():
    clips = spans(span("a", "A", 300), span("b1", "B", 60), span("b2", "B", 60))
    edges = [edge("a", "b1", 10, 0.99), edge("a", "b2", 20, 0.9), edge("a", "b2", 200, 0.7)]
    forest = grow(clips, edges, Held())
    starts = forest.groups[0].starts
    assert starts["b2"] - starts["a"] == pytest.approx(200)


def test_two_equally_good_places_are_no_place():
    clips = spans(span("a", "A", 300), span("b", "B", 60))
    forest = grow(clips, [edge("a", "b", 10, 0.6), edge("a", "b", 150, 0.6)], Held())
    assert len(forest.groups) == 2
    assert forest.rivals["b"].against == pytest.approx(forest.rivals["b"].weight)


def test_what_the_user_placed_stays_and_draws_others_to_it():
    clips = spans(span("a", "A", 300), span("b", "B", 60))
    forest = grow(clips, [edge("a", "b", 10, 0.99)], Held({"b": Clock.line(1000.0)}, {"b": 0}))
    assert forest.groups[0].starts == pytest.approx({"b": 1000.0, "a": 990.0})


def test_unrelated_events_stay_apart():
    clips = spans(*(span(k, f"cam {k}") for k in "abcd"))
    forest = grow(clips, [edge("a", "b", 1, 0.99), edge("c", "d", 2, 0.99), edge("b", "c", 9, 0.3)], Held())
    assert sorted(sorted(g.starts) for g in forest.groups) == [["a", "b"], ["c", "d"]]


def test_two_groups_are_joined_on_strong_evidence_alone():
    clips = spans(*(span(k, f"cam {k}") for k in "abcd"))
    within = [edge("a", "b", 1, 0.999), edge("c", "d", 2, 0.999)]
    assert len(grow(clips, [*within, edge("b", "c", 9, 0.9)], Held()).groups) == 2
    assert len(grow(clips, [*within, edge("b", "c", 9, 0.98)], Held()).groups) == 1
