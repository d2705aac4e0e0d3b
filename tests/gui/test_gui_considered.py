from dataclasses import replace

import pytest

from rushlock.base.clock import Clock, Piece
from rushlock.base.progress import Progress
from rushlock.gui.considered import Considered, own_time
from rushlock.gui.selection import Selection
from rushlock.gui.side_job import SideJob


@pytest.fixture
def considered(synced_window):
    return synced_window[0].considered


def placed(window):
    return next(row for row in window.document.shoot.rows[1:] if row.start is not None)


def test_a_clip_in_hand_is_held_against_its_strongest_witness_at_the_lag_of_their_places(
    considered, synced_window
):
    window, _ = synced_window
    row = placed(window)
    window.selection.choose([row.key])
    assert considered.node.key == row.key
    strongest = max(row.placement.evidence, key=lambda e: (e.used, e.probability))
    assert considered.master.key == strongest.other
    clock = considered.master.placement.clock
    assert clock.at(considered.lag) == pytest.approx(row.start, abs=1e-6)
    assert not considered.moved


def test_a_master_asked_for_holds_where_it_tells_something_and_for_the_clip_it_was_asked_for(
    make_shoot, snapshot
):
    shoot = make_shoot(2, 5)
    shoot.placements = [
        replace(p, group=1) if p.group == 0 and p.clip.startswith("0001") else p for p in shoot.placements
    ]
    shown = snapshot(shoot)
    rows = [row for row in shown.rows if row.start is not None]
    here, there = ([row.key for row in rows if row.placement.group == group] for group in (0, 1))
    selection = Selection()
    considered = Considered(selection)
    considered.show_shoot(shown)
    selection.choose([here[0]])
    considered.against(there[0])
    assert considered.master.key == there[0], "two groups may be held together, if it is asked for"
    selection.choose([here[1]])
    assert considered.lag_in_place is not None, "of a clip on another clock that master tells nothing"
    selection.choose([there[1]])
    assert considered.master.key == there[0]
    selection.choose([here[0]])
    assert considered.master.key == there[0]


def test_a_nudge_moves_the_lag_and_reset_brings_it_back(considered, synced_window, qtbot):
    window, _ = synced_window
    row = placed(window)
    window.selection.choose([row.key])
    before = considered.lag
    with qtbot.waitSignal(considered.lag_changed):
        considered.nudge(0.04)
    assert considered.lag == pytest.approx(before + 0.04)
    assert considered.moved
    considered.reset()
    assert considered.lag == before


def test_nothing_is_considered_where_nothing_is_chosen(qapp):
    considered = Considered(Selection())
    considered.nudge(1.0)
    assert (considered.master, considered.node, considered.lag) == (None, None, 0.0)


def test_own_time_undoes_a_clock_with_a_step():
    clock = Clock((Piece(0.0, 100.0, 1.0 + 40e-6), Piece(60.0, 100.5, 1.0 + 40e-6)))
    for t in (-3.0, 0.0, 59.0, 61.0, 1000.0):
        assert own_time(clock, clock.at(t)) == pytest.approx(t, abs=1e-9)


def test_of_two_errands_only_the_latest_is_handed_over(qtbot):
    job, taken = SideJob(), []

    def work(name):
        def stage(token):
            for step in range(3 if name == "second" else 10**9):
                token.check()
                yield Progress(name, step, 0)
            return name

        return stage

    with qtbot.waitSignal(job.ended):
        job.start(work("first"), taken.append)
        job.start(work("second"), taken.append)
    assert taken == ["second"]
    assert not job.busy
