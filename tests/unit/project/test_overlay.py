from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import Clock
from rushlock.placements.decisions import HOLDS_PLACE, Decision, DecisionKind
from rushlock.placements.sync_map import Evidence, Placement, Status, SyncMap
from rushlock.project.overlay import with_decisions

KEYS = "abcdef"
starts = st.floats(-1e5, 1e5)
lines = st.builds(Clock.line, starts, st.floats(0.999, 1.001))


@st.composite
def maps(draw):
    groups = draw(st.integers(1, 3))
    found = []
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True)):
        clock = draw(st.none() | lines)
        group = None if clock is None else draw(st.integers(0, groups - 1))
        evidence = (Evidence("sound", "z", draw(starts), 0.0, 0.9, True, ""),)
        status = Status.UNSYNCED if clock is None else draw(st.sampled_from([Status.SYNCED, Status.REVIEW]))
        found.append(Placement(key, group, clock, status, 0.5, "found", 0.01, evidence))
    times = tuple(draw(st.booleans()) for _ in range(groups))
    return SyncMap(tuple(found), groups, times, (), draw(st.sampled_from(KEYS)))


@st.composite
def decided(draw):
    chosen = {}
    for key in draw(st.lists(st.sampled_from(KEYS + "xy"), unique=True)):
        kind = draw(st.sampled_from(DecisionKind))
        placed = kind in HOLDS_PLACE
        group = draw(st.none() | st.integers(0, 4)) if placed else None
        chosen[key] = Decision(
            key, kind, draw(lines) if placed else None, group, draw(st.sampled_from(["", "sure"]))
        )
    return chosen


@given(maps(), decided())
def test_decided_clips_are_as_decided_and_all_others_as_found(found, decisions):
    seen = with_decisions(found, KEYS, decisions)
    excluded = {d.clip for d in decisions.values() if d.kind is DecisionKind.EXCLUDED}
    assert [p.clip for p in seen.placements] == [key for key in KEYS if key not in excluded]
    for placement in seen.placements:
        decision = decisions.get(placement.clip)
        if decision is None and placement.clip in found.by_clip:
            assert placement == found.by_clip[placement.clip]
        elif decision is None or decision.kind is DecisionKind.REJECTED:
            assert (placement.status, placement.clock, placement.group) == (Status.UNSYNCED, None, None)
            assert placement.reason
        else:
            wanted = Status.LOCKED if decision.kind is DecisionKind.LOCKED else Status.MANUAL
            assert (placement.status, placement.clock) == (wanted, decision.clock)
            assert placement.reason.endswith(decision.note)


@given(maps(), decided())
def test_every_group_that_a_placement_names_exists_and_the_master_is_placed(found, decisions):
    seen = with_decisions(found, KEYS, decisions)
    assert len(seen.time_of_day) == seen.groups
    assert all(0 <= p.group < seen.groups for p in seen.placements if p.group is not None)
    assert all((p.group is None) == (p.clock is None) for p in seen.placements)
    assert seen.time_of_day[: found.groups] == found.time_of_day
    assert seen.master == "" or seen.by_clip[seen.master].clock is not None


@given(maps(), decided())
def test_laying_decisions_over_a_map_twice_changes_nothing_more(found, decisions):
    once = with_decisions(found, KEYS, decisions)
    assert with_decisions(once, [p.clip for p in once.placements], decisions) == once


def test_evidence_says_how_far_it_is_from_the_place_chosen_and_is_dropped_in_another_group():
    heard = Evidence("sound", "b", 10.0, 0.5, 0.9, True, "")
    silent = Evidence("creation time", "", None, 0.0, 0.2, False, "")
    found = SyncMap((Placement("a", 1, Clock.line(9.5), Status.REVIEW, 0.5, "", 0.0, (heard, silent)),), 2)

    def seen(group):
        choice = Decision("a", DecisionKind.PLACED, Clock.line(12.0), group)
        return with_decisions(found, ["a"], {"a": choice}).placements[0]

    assert [e.residual for e in seen(1).evidence] == [-2.0, 0.0]
    assert seen(None).group == 1
    assert seen(0).evidence == ()


def test_a_run_that_heeded_the_decision_may_number_its_group_anew():
    held = Placement("a", 1, Clock.line(3.0), Status.LOCKED, 1.0, "Locked", 0.0)
    decision = Decision("a", DecisionKind.LOCKED, Clock.line(3.0), 4)
    assert with_decisions(SyncMap((held,), 2, (False, True)), ["a"], {"a": decision}).placements == (held,)
