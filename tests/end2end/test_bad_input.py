"""Bad input ends in a listed reason, with everything else done."""

import json
import os
import shutil

import pytest

from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.project.document import Project

pytestmark = pytest.mark.slow

ATTENTION, NO_MEDIA = 3, 4


@pytest.fixture
def bad_rushes(rushes):
    """Return good rushes among everything that cards bring along."""
    good = rushes / "CAM_A" / "A001.wav"
    bad = rushes / "CAM_C"
    bad.mkdir()
    (bad / "empty.mov").touch()
    (bad / "text.mp4").write_text("this is no film")
    (bad / "cut.wav").write_bytes(good.read_bytes()[:30])
    (bad / "noise.mxf").write_bytes(bytes(range(256)) * 64)
    (bad / "loop").symlink_to(rushes, target_is_directory=True)
    (bad / "dangling.mov").symlink_to(rushes / "nowhere.mov")
    (rushes / "notes.txt").write_text("call sheet")
    (rushes / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    return rushes


def test_each_bad_file_is_listed_with_a_reason_and_the_rest_is_placed(rushlock, bad_rushes):
    done = rushlock("sync", bad_rushes, "-o", "out", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == ATTENTION
    assert b"Traceback" not in done.stderr
    reasons = {os.path.basename(file["path"]): file["reason"] for file in found["unreadable"]}  # noqa: PTH119
    assert {"empty.mov", "text.mp4", "cut.wav", "noise.mxf"} <= set(reasons)
    assert "notes.txt" not in reasons
    assert all(reasons.values())
    statuses = [(clip["camera"], clip["status"]) for clip in found["clips"].values()]
    assert sorted(statuses) == [("CAM_A", "synced"), ("CAM_B", "synced")]


def test_only_bad_files_are_no_media_and_each_is_told(rushlock, bad_rushes):
    (bad_rushes / "CAM_C" / "loop").unlink()
    done = rushlock("sync", bad_rushes / "CAM_C", "-o", "out")
    assert done.returncode == NO_MEDIA
    assert done.stderr.count(b"not read: ") >= 4


def test_a_folder_given_twice_counts_once(rushlock, rushes):
    done = rushlock("sync", rushes, rushes, rushes / "CAM_A", "-o", "out", "--json")
    assert len(json.loads(done.stdout)["clips"]) == 2


def test_names_from_hell_are_placed_and_printed_on_one_line(rushlock, rushes):
    hell = "new\nline 🎬 \x1b[31m#%20 ü.wav"
    (rushes / "CAM_B" / "B001.wav").rename(rushes / "CAM_B" / hell)
    raw = os.fsencode(rushes) + b"/CAM_A/no\xfftext.wav"
    os.rename(rushes / "CAM_A" / "A001.wav", raw)  # noqa: PTH104
    done = rushlock("sync", rushes, "-o", "out")
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert r"new\nline 🎬 \x1b[31m#%20 ü.wav" in text
    assert "\x1b" not in text
    again = json.loads(rushlock("sync", rushes, "-o", "out", "--json").stdout)
    assert any(path.endswith(hell) for path in again["clips"])


def test_a_truncated_recording_is_used_as_far_as_it_goes(rushlock, rushes):
    clip = rushes / "CAM_B" / "B001.wav"
    content = clip.read_bytes()
    clip.write_bytes(content[: len(content) * 2 // 3 | 1])
    done = rushlock("sync", rushes, "-o", "out", "--json")
    statuses = {clip["camera"]: clip["status"] for clip in json.loads(done.stdout)["clips"].values()}
    assert statuses == {"CAM_A": "synced", "CAM_B": "synced"}


def test_a_cache_that_cannot_be_written_costs_only_the_cache(rushlock, rushes, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the cache should be")
    done = rushlock("sync", rushes, "-o", "out", "--json", env={"RUSHLOCK_CACHE": str(blocked)})
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["clips"]) == 2


def test_rushes_that_moved_keep_their_decisions(rushlock, rushes):
    rushlock("sync", rushes, "-o", "out", "--name", "day1")
    with Project.open(rushlock.folder / "out" / "day1.rushlock") as project:
        project.decide(Decision(project.clips()[1].key, DecisionKind.REJECTED))
    moved = shutil.move(rushes, rushes.parent / "archive")
    done = rushlock("sync", moved, "-o", "out", "--name", "day1", "--json")
    found = json.loads(done.stdout)["clips"]
    assert all("archive" in path for path in found)
    assert [clip["status"] for clip in found.values() if "overlapping nothing" in clip["reason"]] == [
        "unsynced"
    ]
