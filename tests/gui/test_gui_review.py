"""The review desk: the queue, decisions as undoable steps, what settles behind them."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from rushlock.base.clock import Clock
from rushlock.base.progress import Progress
from rushlock.gui.review.queue import queue_of
from rushlock.gui.standing import Standing
from rushlock.offsets.estimate import Estimate
from rushlock.pipeline.request import SyncResult
from rushlock.placements.decisions import DecisionKind
from rushlock.placements.place import place
from rushlock.placements.sync_map import Status
from rushlock.project.document import Project

FRAME = 0.04


DOUBTFUL = ("A004.mov", "B004.mov", "C004.mov", "D002.mov")
LONELY = "B006.mov"
PARTNERS = 12  # heard by each clip at most


def grounds_of(shoot):
    """Return estimates of a made-up shoot: the doubtful are heard weakly by one clip, the lonely one well."""
    at = {c.key: float(c.timecode.seconds) for c in shoot.clips}
    edges = []
    for one in shoot.clips:
        for other in shoot.clips:
            lag = at[other.key] - at[one.key]
            overlap = min(float(one.duration), lag + float(other.duration)) - max(0.0, lag)
            if other.camera > one.camera and overlap > 20:
                edges.append((overlap, one, other, lag))
    edges.sort(key=lambda edge: -edge[0])
    found, told, heard = [], set(), Counter()
    for overlap, one, other, lag in edges:
        special = {one.name, other.name} & {*DOUBTFUL, LONELY}
        if len(special) < 2 and not special & told and max(heard[one.key], heard[other.key]) < PARTNERS:
            told |= special
            heard.update((one.key, other.key))
            chance = 0.7 if special & set(DOUBTFUL) else 0.999
            found.append(Estimate(one.key, other.key, Clock.line(lag), 3e-4, 0.5, overlap, chance))
    return tuple(found)


def staged(window, shoot):
    """Give a window stages that find a shoot and place it from its estimates; returns what starts a sync."""
    estimates, unheard = grounds_of(shoot), {c.key: "" for c in shoot.clips}

    def look(request, token):
        yield Progress("Reading", 1, 1)
        return tuple(shoot.clips), shoot.unreadable

    def sync(request, token):
        yield Progress("Placing", 1, 1)
        placed = place(shoot.clips, unheard, estimates, request.decisions, request.settings)
        return SyncResult(tuple(shoot.clips), shoot.unreadable, placed, {}, estimates, unheard)

    window.flows.look_stage, window.flows.sync_stage = look, sync
    return window.actions_.sync.trigger


@pytest.fixture
def desk(window, make_shoot, idle, tmp_path):
    """A window on a shoot that was really placed, from estimates; some clips are in doubt."""
    sync = staged(window, make_shoot())
    window.flows.take([tmp_path])
    idle(window)
    sync()
    idle(window)
    yield window
    window.reviewing.settler.finish()


@pytest.fixture
def settled(qtbot):
    """Wait until nothing is left to settle."""
    return lambda window: qtbot.waitUntil(lambda: not window.reviewing.settler.busy, timeout=10_000)


def in_doubt(window):
    return [item.key for item in window.reviewing.view.queue.open]


def row(window, key):
    return window.document.shoot.by_key[key]


def press(window, key, keys=Qt.KeyboardModifier.NoModifier):
    window.activateWindow()
    window.reviewing.view.table.setFocus()
    QTest.keyClick(window.reviewing.view.table, key, keys)


def test_the_queue_lists_the_doubtful_worst_first_then_the_unsynced(desk):
    items = queue_of(desk.document.shoot).items
    standings = [item.row.standing for item in items]
    assert Standing.REVIEW in standings
    assert standings == sorted(standings, key=[Standing.REVIEW, Standing.UNSYNCED].index)
    doubtful = [item for item in items if item.row.standing is Standing.REVIEW]
    assert doubtful == sorted(doubtful, key=lambda item: (not item.against, -item.risk))
    for item in doubtful:
        chance = item.row.placement.confidence
        assert item.risk >= (1 - chance) * float(item.row.clip.duration)


def test_return_accepts_and_goes_on_backspace_rejects_and_the_count_survives_reopening(
    desk, idle, settled, tmp_path
):
    queue = in_doubt(desk)
    assert len(queue) >= 3
    desk.selection.choose([queue[0]])
    press(desk, Qt.Key.Key_Return)
    assert row(desk, queue[0]).standing is Standing.ACCEPTED
    assert row(desk, queue[0]).placement.reason in ("Accepted by you", "accepted by you")
    assert desk.selection.current == queue[1]
    press(desk, Qt.Key.Key_Backspace)
    assert row(desk, queue[1]).standing is Standing.UNSYNCED
    settled(desk)
    total = len(desk.reviewing.view.queue.items)
    assert desk.reviewing.view.progress == f"2 of {total} reviewed"
    desk.document.save_as(tmp_path / "kept.rushlock")
    settled(desk)
    desk.document.close()
    assert desk.reviewing.view.progress == "0 of 0 reviewed"
    desk.flows.open_project(tmp_path / "kept.rushlock")
    idle(desk)
    assert desk.reviewing.view.progress == f"2 of {total} reviewed"


def test_next_and_previous_walk_the_queue_round(desk):
    queue = in_doubt(desk)
    desk.selection.choose([queue[0]])
    press(desk, Qt.Key.Key_N)
    assert desk.selection.current == queue[1]
    press(desk, Qt.Key.Key_P)
    press(desk, Qt.Key.Key_P)
    assert desk.selection.current == queue[-1]


def test_typing_in_the_search_field_decides_nothing(desk):
    desk.selection.choose([in_doubt(desk)[0]])
    desk.activateWindow()
    field = desk.bin.search
    field.setFocus()
    for key in (Qt.Key.Key_N, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace):
        QTest.keyClick(field, key)
    assert not desk.document.contents.decisions
    assert field.text() == ""


def placed_row(window):
    """Return a clip that was placed with confidence and whose place others share."""
    return next(
        r
        for r in window.document.shoot.rows
        if r.standing is Standing.SYNCED and len(r.placement.evidence) > 1
    )


def test_nudges_of_one_clip_are_one_step_with_words_and_stay_after_the_neighbours_settled(desk, settled):
    before = placed_row(desk)
    desk.selection.choose([before.key])
    for _ in range(2):
        desk.considered.nudge(FRAME)
        desk.reviewing.deciding.accept_action.trigger()
        settled(desk)
    after = row(desk, before.key)
    assert after.start - before.start == pytest.approx(2 * FRAME, abs=1e-6)
    assert after.placement.rate == before.placement.rate
    assert after.standing is Standing.MANUAL
    assert after.decision.against == desk.considered.master.key
    assert desk.document.undo.undoText() == f"Nudge {before.clip.name} by 2 frames"
    assert desk.document.undo.count() == 1
    others = {r.key: r.start for r in desk.document.shoot.rows if r.key != before.key}
    desk.document.undo.undo()
    assert row(desk, before.key).start == before.start
    assert {k: row(desk, k).start for k in others} == others, "no neighbour had to move"


def test_what_hangs_on_a_clip_moves_with_it_is_told_and_comes_back_with_its_undo(desk, settled, qtbot):
    """A clip that only one other hears follows that one."""
    shoot = desk.document.shoot
    lonely = next(r for r in shoot.rows if r.clip.name == LONELY).key
    (host,) = {e.other for e in row(desk, lonely).placement.evidence}
    heard = (e.other for e in row(desk, host).placement.evidence if e.used and e.other != lonely)
    against = next(k for k in heard if row(desk, k).standing is Standing.SYNCED)
    before = {r.key: r.start for r in shoot.rows}
    desk.selection.choose([host])
    desk.considered.against(against)
    desk.considered.nudge(10 * FRAME)
    with qtbot.waitSignal(desk.reviewing.moved) as told:
        desk.reviewing.deciding.accept()
    assert row(desk, lonely).start - before[lonely] == pytest.approx(10 * FRAME, abs=2e-3)
    assert told.args[0] == pytest.approx({lonely: before[lonely]})
    assert "1 clip moved with it" in desk.reviewing.banner.text
    settled(desk)
    with Project.open(desk.document.path) as second:
        assert second.found().by_clip[lonely].start == row(desk, lonely).start
        assert second.settled
    desk.document.undo.undo()
    assert {r.key: r.start for r in desk.document.shoot.rows} == before
    assert not desk.reviewing.banner.isVisible()
    settled(desk)
    with Project.open(desk.document.path) as second:
        assert second.found().by_clip[lonely].start == before[lonely]


def test_a_locked_clip_is_not_nudged_until_it_is_unlocked(desk, qtbot):
    key = placed_row(desk).key
    desk.selection.choose([key])
    desk.actions_.lock.trigger()
    start = row(desk, key).start
    desk.considered.nudge(FRAME)
    with qtbot.waitSignal(desk.reviewing.said):
        desk.reviewing.deciding.accept()
    assert row(desk, key).start == start
    desk.considered.reset()
    desk.actions_.release.trigger()
    desk.considered.nudge(FRAME)
    desk.reviewing.deciding.accept()
    assert row(desk, key).start == pytest.approx(start + FRAME)


def test_an_unsynced_clip_joins_its_masters_group_by_marks_and_nothing_is_accepted_without_a_place(
    desk, qtbot
):
    key = next(r.key for r in desk.document.shoot.rows if r.clip.camera == "CAM_01")
    master = placed_row(desk)
    desk.selection.choose([key])
    desk.actions_.reject.trigger()
    desk.actions_.release.trigger()
    desk.actions_.reject.trigger()
    desk.considered.against(master.key)
    desk.reviewing.deciding.accept()
    assert row(desk, key).standing is Standing.UNSYNCED
    desk.reviewing.deciding.set_by_marks(12.0, 2.0)
    placed = row(desk, key)
    assert placed.placement.group == master.placement.group
    assert placed.start + 2.0 * placed.placement.rate == pytest.approx(
        master.placement.clock.at(12.0), abs=1e-9
    )
    assert desk.document.undo.undoText() == f"Place {placed.clip.name} against {master.clip.name}"


def test_a_clip_that_found_no_place_is_reviewed_once_it_is_said_to_overlap_nothing(desk, settled):
    view = desk.reviewing.view
    homeless = next(item.row for item in view.queue.open if item.row.start is None)
    done = view.queue.done
    desk.tabs.setCurrentWidget(view)
    desk.selection.choose([homeless.key])
    press(desk, Qt.Key.Key_Backspace)
    settled(desk)
    assert row(desk, homeless.key).standing is Standing.UNSYNCED
    assert view.queue.done == done + 1
    desk.selection.choose([homeless.key])
    assert not desk.actions_.reject.isEnabled(), "it was said"
    desk.document.undo.undo()
    assert view.queue.done == done


def test_a_clip_without_a_place_is_offered_its_masters_start_not_midnight(desk):
    from rushlock.gui.review.timecode_dialog import TimecodeDialog

    node = next(r for r in desk.document.shoot.rows if r.start is None)
    master = placed_row(desk)
    dialog = TimecodeDialog(node, master, desk.document.shoot, desk)
    assert dialog.lag == pytest.approx(0.0, abs=float(1 / desk.document.shoot.rate.fps))
    dialog.deleteLater()


def test_a_timecode_that_equals_the_masters_places_a_clip_and_nonsense_cannot_be_confirmed(desk):
    from rushlock.gui.review.timecode_dialog import TimecodeDialog

    node, master = (r for r in desk.document.shoot.rows if r.clip.name in ("A002.mov", "B001.mov"))
    dialog = TimecodeDialog(node, master, desk.document.shoot, desk)
    dialog.by_match.setChecked(True)
    dialog.own.setText(str(node.clip.timecode + 50))
    dialog.other.setText(str(master.clip.timecode + 125))
    dialog._follow()
    assert dialog.lag == pytest.approx(5.0 - 2.0, abs=1e-3)
    dialog.other.setText("10:61:00:00")
    dialog._follow()
    assert dialog.lag is None
    assert not dialog._buttons.button(dialog._buttons.StandardButton.Ok).isEnabled()
    dialog.by_start.setChecked(True)
    dialog.start.setText("10:00:10:05")
    dialog._follow()
    assert master.placement.clock.at(dialog.lag) == pytest.approx(36010.2, abs=1e-6)
    dialog.deleteLater()


def test_a_project_of_an_older_rushlock_says_that_neighbours_cannot_follow(synced_window, qtbot):
    window, shoot = synced_window
    window.selection.choose([shoot.of(Status.SYNCED)[0]])
    with qtbot.waitSignal(window.reviewing.said):
        window.actions_.lock.trigger()
    window.reviewing.settler.finish()


def test_a_decision_whose_settling_was_cut_off_is_settled_when_the_project_is_opened(
    desk, idle, settled, tmp_path
):
    key = placed_row(desk).key
    path = tmp_path / "cut off.rushlock"
    desk.document.save_as(path)
    settled(desk)
    desk.selection.choose([key])
    desk.actions_.reject.trigger()
    desk.document.close()  # stops what settles
    with Project.open(path) as second:
        assert second.decisions()[key].kind is DecisionKind.REJECTED
    desk.flows.open_project(path)
    idle(desk)
    settled(desk)
    with Project.open(path) as second:
        assert second.settled


def test_an_empty_queue_says_so(window, desk, settled):
    for key in in_doubt(desk):
        desk.selection.choose([key])
        desk.actions_.exclude.trigger()
    settled(desk)
    assert not desk.reviewing.view.queue.open
    done = len(desk.reviewing.view.queue.items)
    assert desk.reviewing.view.progress == f"{done} of {done} reviewed"


@pytest.mark.latency
def test_the_loop_turns_on_while_a_decision_about_a_thousand_clips_is_kept_shown_and_settled(
    window, idle, longest_gap, make_shoot, settled, tmp_path
):
    shoot = make_shoot(100, 10)
    sync = staged(window, shoot)
    window.flows.take([tmp_path])
    idle(window)
    sync()
    idle(window)
    window.tabs.setCurrentWidget(window.reviewing.view)
    window.selection.choose([placed_row(window).key])
    window._paint_now()
    window.reviewing.deciding.accept()
    assert longest_gap(2.0) < 0.05
    settled(window)


def test_a_clip_dragged_on_the_timeline_is_set_against_a_clip_of_its_group(desk, settled):
    before = placed_row(desk)
    desk.timeline.move_asked.emit(before.key, -1.5)
    settled(desk)
    after = row(desk, before.key)
    assert after.start == pytest.approx(before.start - 1.5, abs=1e-9)
    assert row(desk, after.decision.against).placement.group == after.placement.group
    assert desk.document.undo.undoText().startswith(f"Nudge {before.clip.name} by ")


def test_no_key_means_two_things(window):
    meant = Counter()
    for action in window.findChildren(QAction):
        if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut:
            meant.update({keys.toString() for keys in action.shortcuts()})
    assert [keys for keys, count in meant.items() if count > 1] == []
