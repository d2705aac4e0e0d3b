from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rushlock.base.clock import Clock
from rushlock.base.errors import ProjectError
from rushlock.base.settings import Settings
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.sync_map import Placement, Status, SyncMap
from rushlock.project.document import Project, Source


def reopened(project):
    project.close()
    return Project.open(project.path)


def test_a_new_project_is_empty_and_called_after_its_file(project):
    assert project.name == "épisode #3"
    assert project.clips() == project.sources() == project.unreadable() == ()
    assert project.decisions() == {}
    assert project.sync_map() == SyncMap(())
    assert project.settings() == Settings()
    assert not project.read_only


def test_everything_is_there_again_when_the_project_is_opened_the_next_day(project, run):
    clips, unreadable, sync_map = run
    sources = (Source(Path("/cards/CAM_A")), Source(Path("/sound/né\udcff"), "BOOM"))
    decision = Decision(clips[1].key, DecisionKind.PLACED, Clock.line(21.25, 1.00001), 0, "by the clap")
    project.rename("Pilot")
    project.set_settings(Settings(accept=0.9, timeline_rate="29.97DF"))
    project.set_sources(sources)
    project.store_run(*run)
    project.decide(decision)
    with reopened(project) as later:
        assert later.name == "Pilot"
        assert later.settings() == Settings(accept=0.9, timeline_rate="29.97DF")
        assert later.sources() == sources
        assert later.clips() == clips
        assert [clip.given for clip in later.clips()] == ["cards"] * 4
        assert later.unreadable() == unreadable
        assert later.decisions() == {clips[1].key: decision}
        undecided = [p for p in later.sync_map().placements if p.clip != clips[1].key]
        assert undecided == [p for p in sync_map.placements if p.clip != clips[1].key]
        assert later.sync_map().findings == sync_map.findings
        assert (later.sync_map().groups, later.sync_map().time_of_day) == (2, (True, False))


def test_without_decisions_the_map_comes_back_equal(project, run):
    project.store_run(*run)
    assert project.sync_map() == run[2]


def test_a_second_run_replaces_what_was_found_and_leaves_what_was_decided(project, run):
    clips, _unreadable, sync_map = run
    project.store_run(*run)
    project.decide(
        Decision(clips[0].key, DecisionKind.LOCKED),
        Decision(clips[1].key, DecisionKind.REJECTED),
        Decision(clips[2].key, DecisionKind.EXCLUDED),
    )
    elsewhere = [replace(p, clock=Clock.line(500.0), group=0) for p in sync_map.placements]
    project.store_run(clips, (), replace(sync_map, placements=tuple(elsewhere)))
    placed = project.sync_map().by_clip
    assert placed[clips[0].key].clock == sync_map.placements[0].clock
    assert placed[clips[0].key].status is Status.LOCKED
    assert placed[clips[1].key].status is Status.UNSYNCED
    assert clips[2].key not in placed
    assert placed[clips[3].key].clock == Clock.line(500.0)
    assert project.found().placements == tuple(elsewhere)
    assert project.unreadable() == ()


def test_a_decision_outlives_a_run_without_its_clip(project, run):
    clips, _unreadable, sync_map = run
    project.store_run(*run)
    project.decide(Decision(clips[0].key, DecisionKind.LOCKED))
    project.store_run(clips[1:], (), replace(sync_map, placements=sync_map.placements[1:], master=""))
    assert clips[0].key not in project.sync_map().by_clip
    project.store_run(*run)
    assert project.sync_map().by_clip[clips[0].key].status is Status.LOCKED


def test_undoing_a_decision_brings_back_what_the_run_found(project, run):
    clips, _, sync_map = run
    project.store_run(*run)
    project.decide(Decision(clips[0].key, DecisionKind.EXCLUDED))
    project.undo_decision(clips[0].key)
    project.undo_decision(clips[0].key)
    assert project.sync_map() == sync_map
    assert [change.words for change in project.history()][-1] == "C0000.mov no longer decided"


def test_a_clip_placed_by_hand_and_then_locked_stays_where_the_hand_put_it(project, run):
    key = run[0][0].key
    project.store_run(*run)
    project.decide(Decision(key, DecisionKind.PLACED, Clock.line(33.0), 1))
    project.decide(Decision(key, DecisionKind.LOCKED))
    locked = project.sync_map().by_clip[key]
    assert (locked.status, locked.clock, locked.group) == (Status.LOCKED, Clock.line(33.0), 1)


def test_a_clip_without_a_place_cannot_be_locked_and_nothing_of_that_decision_is_kept(project, run):
    clips = run[0]
    project.store_run(*run)
    with pytest.raises(ProjectError, match=r"C0003\.mov has no place"):
        project.decide(
            Decision(clips[0].key, DecisionKind.LOCKED), Decision(clips[3].key, DecisionKind.LOCKED)
        )
    assert project.decisions() == {}


def test_a_clip_that_no_run_placed_yet_is_in_the_map_as_unsynced(project, run):
    project.store_run(run[0], (), SyncMap(()))
    assert [p.status for p in project.sync_map().placements] == [Status.UNSYNCED] * 4


def test_a_run_that_fails_halfway_leaves_the_earlier_run_whole(project, run):
    clips, _unreadable, sync_map = run
    project.store_run(*run)
    twice = (clips[0], clips[0])
    with pytest.raises(ProjectError):
        project.store_run(twice, (), SyncMap(()))
    assert project.clips() == clips
    assert project.sync_map() == sync_map
    project.rename("still writable")


def test_a_renamed_camera_keeps_its_name_in_later_runs_and_in_findings(project, run):
    project.store_run(*run)
    project.rename_camera("CAM_B", "Jib")
    project.store_run(*run)
    project.rename_camera("Jib", "Crane")
    assert [clip.camera for clip in project.clips()] == ["CAM_A", "CAM_A", "Crane", "Crane"]
    (finding,) = project.sync_map().findings
    assert (finding.camera, finding.words) == ("Crane", "Crane timecode is 12 f ahead")
    project.rename_camera("Crane", "CAM_B")
    assert project.clips() == run[0]


@pytest.mark.parametrize("name", ["CAM_B", "", "  "])
def test_a_camera_cannot_take_anothers_name_or_none(project, run, name):
    project.store_run(*run)
    with pytest.raises(ProjectError, match="taken or empty"):
        project.rename_camera("CAM_A", name)
    with pytest.raises(ProjectError, match="no camera CAM_Z"):
        project.rename_camera("CAM_Z", "x")


def test_two_cameras_may_swap_names_by_way_of_a_third(project, run):
    project.store_run(*run)
    for camera, name in [("CAM_A", "x"), ("CAM_B", "CAM_A"), ("x", "CAM_B")]:
        project.rename_camera(camera, name)
    assert [clip.camera for clip in project.clips()] == ["CAM_B", "CAM_B", "CAM_A", "CAM_A"]


def test_the_history_says_what_was_done_and_when(project, run):
    before = datetime.now(UTC).replace(microsecond=0)
    project.store_run(*run)
    project.decide(Decision(run[0][0].key, DecisionKind.LOCKED))
    project.rename("bad \udcff name")
    changes = project.history()
    assert [change.words for change in changes] == [
        "Synced: 3 of 4 clips have a place",
        "C0000.mov locked",
        r"Project called bad \udcff name",
    ]
    assert before <= changes[0].at <= changes[-1].at <= datetime.now(UTC)


def test_deciding_nothing_changes_nothing(project):
    project.decide()
    assert project.history() == ()


def test_a_copy_is_whole_and_its_own(project, run, tmp_path):
    project.store_run(*run)
    copy_path = tmp_path / "copy.rushlock"
    copy_path.write_text("an older file")
    project.save_copy(copy_path)
    project.rename("changed later")
    with Project.open(copy_path) as copy:
        assert copy.sync_map() == run[2]
        assert copy.name == "copy"
        copy.rename("its own")
    assert project.name == "changed later"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".rushlock", ".rushlock"]


def test_a_project_is_not_copied_onto_itself_nor_into_a_folder_that_is_missing(project, tmp_path):
    with pytest.raises(ProjectError, match="onto itself"):
        project.save_copy(tmp_path / "." / project.path.name)
    with pytest.raises(ProjectError, match="cannot be written"):
        project.save_copy(tmp_path / "missing" / "x.rushlock")


def test_ten_thousand_clips_are_stored_and_read_in_seconds(project, run):
    clips, _, sync_map = run
    many = tuple(replace(clips[0], key=f"{n:040x}") for n in range(10_000))
    placed = tuple(replace(sync_map.placements[0], clip=clip.key) for clip in many)
    project.store_run(many, (), SyncMap(placed, 1, (True,)))
    assert project.sync_map().placements == placed
    assert len(project.clips()) == 10_000
    assert isinstance(project.sync_map().placements[0], Placement)
