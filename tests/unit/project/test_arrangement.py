"""What the user says of cameras lies over every run and can be taken back wholly."""

from dataclasses import replace

import pytest

from rushlock.base.errors import ProjectError
from rushlock.placements.sync_map import SyncMap
from rushlock.project.arrangement import Arrangement
from rushlock.project.document import Project


def cameras(project):
    return [clip.camera for clip in project.clips()]


def give(project, clips, camera):
    said = project.arrangement().given(clips, camera, project.found_cameras())
    project.arrange(said, f"moved to {camera}")
    return said


@pytest.fixture
def keys(run):
    return [clip.key for clip in run[0]]


def test_a_clip_given_to_another_camera_stays_there_in_later_runs_and_after_opening(project, run, keys):
    project.store_run(*run)
    assert cameras(project) == ["CAM_A", "CAM_A", "CAM_B", "CAM_B"]
    give(project, keys[:1], "CAM_B")
    project.store_run(*run)
    with Project.open(project.path) as again:
        assert cameras(again) == ["CAM_B", "CAM_A", "CAM_B", "CAM_B"]
        assert again.arrangement().moved == {keys[0]: "CAM_B"}
    project.arrange(Arrangement(), "taken back")
    assert cameras(project) == ["CAM_A", "CAM_A", "CAM_B", "CAM_B"]


def test_what_a_run_needs_to_know_are_its_own_names(project, run, keys):
    project.store_run(*run)
    project.rename_camera("CAM_B", "Jib")
    assert give(project, keys[:1], "Jib").moved == {keys[0]: "CAM_B"}
    assert cameras(project) == ["Jib", "CAM_A", "Jib", "Jib"]


def test_a_clip_given_back_is_moved_no_more(project, run, keys):
    project.store_run(*run)
    give(project, keys[:1], "CAM_B")
    assert give(project, keys[:1], "CAM_A").moved == {}


def test_a_new_camera_takes_no_name_under_which_another_is_kept(project, run, keys):
    project.store_run(*run)
    project.rename_camera("CAM_A", "Wide")
    give(project, keys[2:3], "CAM_A")
    assert cameras(project) == ["Wide", "Wide", "CAM_A", "CAM_B"]
    project.rename_camera("CAM_A", "Jib")
    assert cameras(project) == ["Wide", "Wide", "Jib", "CAM_B"]
    with pytest.raises(ProjectError, match="taken"):
        project.rename_camera("Jib", "Wide")
    with pytest.raises(ProjectError, match="must have a name"):
        give(project, keys[:1], "  ")


def test_the_master_is_the_users_as_long_as_it_has_a_place(project, run, keys):
    clips, unreadable, sync_map = run
    project.store_run(*run)
    project.arrange(Arrangement(master=keys[1]), "master set")
    assert project.sync_map().master == keys[1]
    lost = tuple(replace(p, clock=None, group=None) for p in sync_map.placements if p.clip == keys[1])
    rest = tuple(p for p in sync_map.placements if p.clip != keys[1])
    project.store_run(clips, unreadable, SyncMap((*rest, *lost), 1, (False,), (), keys[0]))
    assert project.sync_map().master == keys[0]
