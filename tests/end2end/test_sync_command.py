"""``rushlock sync`` as a user and as a program sees it: files, table, JSON, exit codes, silence in a pipe."""

import json
import os
import sys
from subprocess import PIPE

import opentimelineio
import pytest

from rushlock.base.clock import Clock
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.project.document import Project

pytestmark = pytest.mark.slow

LAG = 4.321
BAR = 0.001
"""The bar for a heard offset on clean material, in seconds."""
PLACED, ATTENTION, USAGE, NO_MEDIA, PROJECT, DISK = 0, 3, 2, 4, 5, 6


def starts(document):
    """Return start in seconds by camera."""
    return {clip["camera"]: clip["start"] for clip in document["clips"].values()}


def test_two_cameras_are_placed_and_four_files_written(rushlock, rushes):
    done = rushlock("sync", rushes, "-o", "out")
    assert done.returncode == PLACED, done.stderr
    out = rushlock.folder / "out"
    assert {p.name for p in out.iterdir()} == {"shoot.otio", "shoot.rushlock", "sync.json", "report.html"}
    found = starts(json.loads((out / "sync.json").read_text()))
    assert found["CAM_B"] - found["CAM_A"] == pytest.approx(LAG, abs=BAR)
    timeline = opentimelineio.adapters.read_from_file(str(out / "shoot.otio"))
    assert {track.name for track in timeline.tracks} == {"CAM_A", "CAM_B"}


def test_a_project_finds_its_rushes_wherever_it_is_opened_from(rushlock, rushes):
    """Paths are typed relative to a folder that nobody remembers the next day."""
    done = rushlock("sync", rushes.name, "--camera", f"B={rushes.name}/CAM_B", "-o", "out")
    assert done.returncode == PLACED, done.stderr
    with Project.open(rushlock.folder / "out" / "shoot.rushlock") as project:
        sources = project.sources()
    assert {source.path for source in sources} == {rushes, rushes / "CAM_B"}


def test_a_pipe_sees_the_table_and_no_progress(rushlock, rushes):
    done = rushlock("sync", rushes, "-o", "out")
    text = done.stdout.decode()
    assert done.stderr == b""
    assert "2 clips: 2 synced" in text
    assert all(word in text for word in ("A001.wav", "B001.wav", "CAM_A", "CAM_B", "wrote out/shoot.otio"))
    assert "\r" not in text


def test_json_is_all_that_stdout_holds_and_equals_the_file(rushlock, rushes):
    done = rushlock("sync", rushes, "-o", "out", "--json")
    assert json.loads(done.stdout) == json.loads((rushlock.folder / "out" / "sync.json").read_text())


def test_json_survives_a_console_without_its_letters(rushlock, rushes):
    (rushes / "CAM_A").rename(rushes / "Kamera Ä")
    done = rushlock("sync", rushes, "-o", "out", "--json", env={"PYTHONIOENCODING": "ascii"})
    assert "Kamera Ä" in starts(json.loads(done.stdout))


def test_verbose_tells_reason_and_evidence_and_quiet_nothing(rushlock, rushes):
    loud = rushlock("sync", rushes, "-o", "out", "-v").stdout.decode()
    assert "B001.wav (CAM_B): synced:" in loud
    quiet = rushlock("sync", rushes, "-o", "out", "-q")
    assert (quiet.stdout, quiet.stderr) == (b"", b"")


def test_a_second_run_goes_by_the_cache_and_says_the_same(rushlock, rushes):
    first = rushlock("sync", rushes, "-o", "out", "--json")
    second = rushlock("sync", rushes, "-o", "out", "--json")
    assert json.loads(first.stdout) == json.loads(second.stdout)


def test_camera_names_given_override_folders(rushlock, rushes):
    done = rushlock("sync", rushes, "-o", "out", "--json", "--camera", f"Totale={rushes / 'CAM_A'}")
    assert set(starts(json.loads(done.stdout))) == {"Totale", "CAM_B"}


def test_a_clip_from_elsewhere_is_left_for_attention(rushlock, rushes, stray):
    stray(rushes / "CAM_C" / "C001.wav")
    done = rushlock("sync", rushes, "-o", "out", "--json")
    assert done.returncode == ATTENTION
    statuses = {clip["camera"]: clip["status"] for clip in json.loads(done.stdout)["clips"].values()}
    assert statuses["CAM_A"] == statuses["CAM_B"] == "synced"
    assert statuses["CAM_C"] in {"unsynced", "review"}


def test_a_locked_clip_stays_where_the_user_put_it(rushlock, rushes):
    rushlock("sync", rushes, "-o", "out")
    with Project.open(rushlock.folder / "out" / "shoot.rushlock") as project:
        clip = next(clip for clip in project.clips() if clip.camera == "CAM_B")
        project.decide(Decision(clip.key, DecisionKind.LOCKED, Clock.line(7.5), 0))
    done = rushlock("sync", rushes, "-o", "out", "--json")
    (locked,) = (c for c in json.loads(done.stdout)["clips"].values() if c["camera"] == "CAM_B")
    assert (locked["status"], locked["start"]) == ("locked", 7.5)


@pytest.mark.parametrize(
    "words",
    [
        ["sync"],
        ["sync", "nowhere"],
        ["sync", ".", "--rate", "24.5x"],
        ["sync", ".", "--accept", "2"],
        ["sync", ".", "--name", "a/b"],
        ["sync", ".", "--camera", "nameless"],
        ["snyc", "."],
        ["--nonsense"],
    ],
)
def test_nonsense_is_a_usage_error_and_writes_nothing(rushlock, words):
    done = rushlock(*words)
    assert done.returncode == USAGE
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()
    assert list(rushlock.folder.iterdir()) == []


def test_an_empty_folder_is_no_media_and_leaves_no_project(rushlock, tmp_path):
    (tmp_path / "empty").mkdir()
    done = rushlock("sync", "empty", "-o", "out")
    assert done.returncode == NO_MEDIA
    assert not (tmp_path / "out" / "empty.rushlock").exists()


def test_a_project_that_is_none_is_a_project_error(rushlock, rushes):
    (rushlock.folder / "x.rushlock").write_text("not a database")
    done = rushlock("sync", rushes, "--project", "x.rushlock")
    assert done.returncode == PROJECT
    assert done.stderr.count(b"\n") == 1


def test_a_place_that_cannot_be_written_is_a_disk_error(rushlock, rushes):
    (rushlock.folder / "out").write_text("a file, not a folder")
    done = rushlock("sync", rushes, "-o", "out")
    assert done.returncode == DISK
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110
def test_a_full_disk_under_stdout_is_one_sentence(rushlock, rushes):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        process = rushlock.start("probe", rushes / "CAM_A" / "A001.wav", stdout=full, stderr=PIPE)
        _, err = process.communicate(timeout=60)
    assert process.returncode == DISK
    assert b"Traceback" not in err


def test_a_reader_that_goes_away_is_no_error_message(rushlock, rushes):
    with rushlock.start("sync", rushes, "-o", "out", stdout=PIPE, stderr=PIPE) as process:
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
    assert process.returncode == 141


def test_a_project_is_exported_again_in_every_dialect(rushlock, rushes):
    rushlock("sync", rushes, "-o", "out")
    words = [word for suffix in ("otio", "json", "csv", "html") for word in ("-o", f"again/x.{suffix}")]
    done = rushlock("export", "out/shoot.rushlock", *words, "--rate", "29.97DF")
    assert done.returncode == PLACED, done.stderr
    assert len(list((rushlock.folder / "again").iterdir())) == 4
    assert json.loads((rushlock.folder / "again" / "x.json").read_text())["timeline"]["drop"] is True


def test_a_timeline_comes_back_from_the_nle_as_cameras_though_its_media_moved(rushlock, rushes):
    """Cut list in, synced sequence out: each timeline that we write is one that we read."""
    rushlock("sync", rushes, "-o", "out", "--format", "fcpxml", "--format", "xml")
    rushes.rename(rushlock.folder / "moved")
    for number, name in enumerate(("shoot.otio", "shoot.xml", "shoot.fcpxml")):
        done = rushlock("sync", "--from", f"out/{name}", "moved", "-o", f"again{number}")
        assert done.returncode == PLACED, done.stderr
        synced = json.loads((rushlock.folder / f"again{number}" / "sync.json").read_text())["clips"]
        starts = {clip["camera"]: clip["start"] for clip in synced.values()}
        assert starts["CAM_B"] - starts["CAM_A"] == pytest.approx(LAG, abs=0.001)


def test_export_says_what_is_lost_before_and_the_steps_after(rushlock, rushes):
    rushlock("sync", rushes, "-o", "out")
    only_said = rushlock("export", "out/shoot.rushlock", "--format", "fcpxml", "--losses")
    assert b"not carried" in only_said.stdout
    assert not (rushlock.folder / "out" / "shoot.fcpxml").exists()
    done = rushlock("export", "out/shoot.rushlock", "--format", "fcpxml")
    assert done.returncode == PLACED, done.stderr
    lost, wrote = done.stdout.index(b"not carried"), done.stdout.index(b"wrote ")
    assert lost < wrote < done.stdout.index(b"1. Final Cut Pro")
    assert (rushlock.folder / "out" / "shoot.fcpxml").is_file()


def test_nothing_to_sync_or_to_write_is_a_usage_error(rushlock, rushes):
    assert rushlock("sync").returncode == USAGE
    assert rushlock("sync", rushes, "--format", "vhs").returncode == USAGE
    assert rushlock("export", "x.rushlock").returncode == USAGE


def test_an_unknown_dialect_is_a_usage_error(rushlock, rushes):
    assert rushlock("export", "x.rushlock", "-o", "x.doc").returncode == USAGE


def test_probe_tells_good_from_bad(rushlock, rushes):
    (rushes / "notes.mp4").write_text("not a film")
    done = rushlock("probe", "--json", rushes / "CAM_A" / "A001.wav", rushes / "notes.mp4")
    good, bad = json.loads(done.stdout)
    assert done.returncode == ATTENTION
    assert good["sounds"][0]["sample_rate"] == 16000
    assert bad["error"]


def test_help_loads_nothing_heavy(rushlock):
    rushlock.command = [sys.executable, "-X", "importtime", "-m", "rushlock"]
    done = rushlock("--help")
    loaded = {line.rsplit(b"|")[-1].strip().decode().split(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert b"exit codes" in done.stdout
    assert "rushlock" in loaded
    assert loaded.isdisjoint({"numpy", "scipy", "torch", "av", "PySide6", "opentimelineio", "sqlite3"})
