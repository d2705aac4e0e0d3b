"""What a person says of two clips becomes a place, whatever the two have so far."""

import pytest

from rushlock.base.clock import Clock, Piece
from rushlock.gui.considered import own_time
from rushlock.gui.review.placing import held_at, lag_of_marks, moved_by, placed_at
from rushlock.gui.shoot import Row
from rushlock.gui.standing import standing_of
from rushlock.placements.decisions import DecisionKind
from rushlock.placements.sync_map import Placement, Status
from rushlock.project.overlay import with_decisions


@pytest.fixture
def made(make_shoot):
    return make_shoot(3, 8)


@pytest.fixture
def shown(made, snapshot):
    return snapshot(made)


def placed(shown):
    return [row for row in shown.rows if row.start is not None]


def homeless(shown):
    return [row for row in shown.rows if row.start is None]


def test_two_clips_without_a_place_begin_a_group_of_their_own(made, shown):
    master, node = homeless(shown)[:2]
    decisions = placed_at(master, node, 4.0, shown)
    assert [(d.clip, d.group, d.clock.start) for d in decisions] == [(master.key, 1, 0.0), (node.key, 1, 4.0)]
    seen = with_decisions(made.sync_map, [c.key for c in made.clips], {d.clip: d for d in decisions})
    assert seen.groups == 2
    assert {seen.by_clip[d.clip].status for d in decisions} == {Status.MANUAL}


def test_a_clip_without_a_place_takes_its_cameras_rate(shown):
    node = homeless(shown)[0]
    others = [r for r in placed(shown) if r.clip.camera == node.clip.camera]
    rates = sorted(r.placement.rate for r in others)
    (decision,) = placed_at(placed(shown)[0], node, 1.0, shown)
    assert rates[0] <= decision.clock.rate <= rates[-1]
    assert decision.was == "unsynced"


def test_a_clip_whose_clock_steps_is_moved_as_a_whole(shown):
    row = placed(shown)[0]
    stepping = Clock((Piece(0.0, row.start, 1.00001), Piece(9.0, row.start + 0.5, 1.00001)))
    placement = Placement(row.key, 0, stepping, Status.SYNCED, 0.99, "sound")
    node = Row(row.clip, placement, None, standing_of(placement, None), stepping.start, stepping.at(30.0))
    (decision,) = moved_by(node, 2.0, None, shown)
    ((at, jump),) = decision.clock.steps()
    assert (at, jump) == pytest.approx((9.0, 0.5))
    assert decision.clock.start == pytest.approx(row.start + 2.0)


def test_marks_meet_on_the_groups_clock_whatever_the_rates(shown):
    master, node = (r for r in placed(shown)[:: len(placed(shown)) - 1])
    lag = lag_of_marks(master, 7.25, node, 3.5)
    (decision,) = placed_at(master, node, lag, shown)
    assert decision.clock.at(3.5) == pytest.approx(master.placement.clock.at(7.25), abs=1e-9)
    assert own_time(master.placement.clock, decision.clock.start) == pytest.approx(
        decision.tie.start, abs=1e-9
    )


def test_accepting_what_was_placed_by_hand_keeps_what_it_was_set_against(shown):
    master, node = placed(shown)[:2]
    (set_there,) = placed_at(master, node, 5.0, shown)
    there = Placement(node.key, set_there.group, set_there.clock, Status.MANUAL, 1.0, "by hand")
    row = Row(node.clip, there, set_there, standing_of(there, set_there), there.start, there.start + 1)
    kept = held_at(row, DecisionKind.LOCKED)
    assert (kept.against, kept.tie, kept.clock, kept.was) == (
        master.key,
        set_there.tie,
        set_there.clock,
        node.placement.status.value,
    )
    assert held_at(homeless(shown)[0], DecisionKind.ACCEPTED) is None
