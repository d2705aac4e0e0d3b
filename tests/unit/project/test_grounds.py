"""A project keeps what its placements rest on, and knows whether they heed the decisions."""

from dataclasses import replace

from rushlock.base.clock import Clock
from rushlock.offsets.estimate import Candidate, Estimate
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.grounds import Grounds
from rushlock.project.document import Project, wishes


def grounds_of(clips):
    edge = Estimate(
        clips[0].key,
        clips[1].key,
        Clock.line(1 / 3, 1.00001),
        1e-4,
        0.5,
        41.0,
        0.99,
        features={"coarse": 4.2},
        rivals=(Candidate(7.0, 9.0, 12.0),),
    )
    return Grounds((edge,), {clip.key: "" for clip in clips} | {clips[2].key: "no sound"})


def test_grounds_come_back_whole_and_outlive_a_look_that_placed_nothing(project, run):
    assert project.grounds() is None
    grounds = grounds_of(run[0])
    project.store_run(*run, grounds)
    project.store_run(*run)
    with Project.open(project.path) as again:
        assert again.grounds() == grounds


def test_placements_are_settled_until_something_else_is_decided(project, run):
    assert project.settled, "nothing is known of an older run"
    project.store_run(*run, grounds_of(run[0]), wishes({}, {}, ""))
    assert project.settled
    decision = Decision(run[0][0].key, DecisionKind.REJECTED, was="review")
    project.decide(decision)
    assert not project.settled
    moved = replace(run[2].placements[1], reason="settled anew")
    settled = replace(run[2], placements=(run[2].placements[0], moved, *run[2].placements[2:]))
    project.store_settled(settled, wishes({decision.clip: decision}, {}, ""))
    assert project.settled
    assert project.found() == settled
    project.undo_decision(decision.clip)
    assert not project.settled


def test_what_is_wished_is_the_same_in_any_order_and_another_with_another_master():
    one, other = (Decision(key, DecisionKind.EXCLUDED) for key in "ab")
    assert wishes({"a": one, "b": other}, {"a": "X", "b": "Y"}, "") == wishes(
        {"b": other, "a": one}, {"b": "Y", "a": "X"}, ""
    )
    assert wishes({"a": one}, {}, "") != wishes({"a": one}, {}, "b")


def test_an_accepted_clip_keeps_its_place_and_what_it_was_set_against(project, run):
    project.store_run(*run)
    placed = run[2].placements[0]
    decision = Decision(
        placed.clip, DecisionKind.ACCEPTED, placed.clock, placed.group, "", "other", Clock.line(2.0), "review"
    )
    project.decide(decision)
    with Project.open(project.path) as again:
        assert again.decisions()[placed.clip] == decision
        assert again.sync_map().by_clip[placed.clip].reason == "Accepted by you"
