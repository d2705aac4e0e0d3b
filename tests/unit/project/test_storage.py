import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from rushlock.base.errors import ProjectError, ProjectTooNewError
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.project import migrations, storage
from rushlock.project.document import Project
from rushlock.project.migrations import LATEST, migrate, version_of
from rushlock.project.records import written
from rushlock.project.storage import _address


def older(path, version):
    """Write a document as a Rushlock of an earlier version did, with one decision in it."""
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, version)
    decision = Decision("a", DecisionKind.REJECTED, note="from long ago")
    connection.execute("INSERT INTO decisions (clip, record) VALUES ('a', ?)", (written(decision),))
    connection.close()
    return decision


def tables(path):
    connection = sqlite3.connect(path)
    schema = sorted(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())
    version = version_of(connection)
    connection.close()
    return version, schema


@pytest.mark.parametrize("version", range(1, LATEST))
def test_a_document_of_any_older_version_opens_with_all_that_was_in_it(tmp_path, version):
    path = tmp_path / "old.rushlock"
    decision = older(path, version)
    assert tables(path)[0] == version
    with Project.open(path) as project:
        assert project.decisions() == {"a": decision}
        project.rename("new life")
        assert [change.words for change in project.history()] == ["Project called new life"]
    assert tables(path)[0] == LATEST


def test_a_document_brought_up_to_date_is_the_same_as_a_new_one(tmp_path):
    older(tmp_path / "old.rushlock", 1)
    Project.open(tmp_path / "old.rushlock").close()
    Project.create(tmp_path / "new.rushlock").close()
    assert tables(tmp_path / "old.rushlock") == tables(tmp_path / "new.rushlock")


def test_a_migration_that_fails_leaves_the_older_document_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "old.rushlock"
    older(path, 1)
    before = tables(path)
    broken = (*migrations._STEPS[:1], ("CREATE TABLE new (x)", "CREATE TABLE clips (x)"))
    monkeypatch.setattr(migrations, "_STEPS", broken)
    with pytest.raises(ProjectError):
        Project.open(path)
    assert tables(path) == before


def test_a_newer_document_is_refused_politely_and_left_alone(tmp_path):
    path = tmp_path / "next year.rushlock"
    Project.create(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ProjectTooNewError, match=r"next year\.rushlock.*newer Rushlock"):
        Project.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"", b"x" * 5000, b"SQLite format 3\x00", b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_no_project_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "holiday.rushlock"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match="not a Rushlock project"):
        Project.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_no_project(tmp_path):
    connection = sqlite3.connect(tmp_path / "mail.db")
    connection.execute("CREATE TABLE letters (x)")
    connection.close()
    with pytest.raises(ProjectError, match="not a Rushlock project"):
        Project.open(tmp_path / "mail.db")


def test_a_damaged_document_is_said_to_be_damaged(project, run):
    project.store_run(*run)
    project.close()
    content = bytearray(project.path.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    project.path.write_bytes(content)
    with pytest.raises(ProjectError, match="damaged"):
        Project.open(project.path)


def test_a_damaged_record_is_an_error_in_words(project, run):
    project.store_run(*run)
    project._storage._connection.execute("UPDATE clips SET record = '{' WHERE position = 2")
    with pytest.raises(ProjectError, match="damaged"):
        project.clips()


def test_a_missing_document_and_a_folder_are_said_to_be_no_project(tmp_path):
    for path in (tmp_path / "none.rushlock", tmp_path):
        with pytest.raises(ProjectError, match="no such project"):
            Project.open(path)


def test_a_new_project_never_takes_the_place_of_a_file(tmp_path):
    (tmp_path / "there.rushlock").write_text("precious")
    with pytest.raises(ProjectError, match="already"):
        Project.create(tmp_path / "there.rushlock")
    assert (tmp_path / "there.rushlock").read_text() == "precious"


def test_a_project_in_a_folder_that_is_missing_is_an_error_in_words(tmp_path):
    with pytest.raises(ProjectError, match="cannot be written"):
        Project.create(tmp_path / "missing" / "new.rushlock")


@pytest.mark.parametrize("version", [1, LATEST])
def test_what_may_only_be_read_opens_and_refuses_changes(tmp_path, monkeypatch, version):
    path = tmp_path / "old.rushlock"
    decision = older(path, version)
    before = path.read_bytes()
    monkeypatch.setattr(
        storage.os, "access", lambda where, _mode: where != tmp_path
    )  # a root's tests may all
    with Project.open(path) as project:
        assert project.read_only
        assert project.decisions() == {"a": decision}
        with pytest.raises(ProjectError, match="only be read"):
            project.undo_decision("a")
        project.save_copy(tmp_path / "copy.rushlock")
    assert path.read_bytes() == before
    monkeypatch.undo()
    with Project.open(tmp_path / "copy.rushlock") as copy:
        copy.undo_decision("a")


def test_two_programs_may_work_on_one_project_in_turn(project, run):
    with Project.open(project.path) as other:
        project.store_run(*run)
        assert other.clips() == run[0]
        other.decide(Decision(run[0][0].key, DecisionKind.EXCLUDED))
        assert run[0][0].key not in project.sync_map().by_clip


def test_a_writer_that_meets_another_gets_a_sentence_and_may_try_again(project):
    with Project.open(project.path) as other:
        with project._storage.change("a long one"), pytest.raises(ProjectError, match="another program"):
            other.rename("mine")
        other.rename("mine")
        assert project.name == "mine"


WRITER = """
import sys
from pathlib import Path
from rushlock.base.clock import Clock
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.sync_map import Placement, Status, SyncMap
from rushlock.project.document import Project
with Project.open(Path(sys.argv[1])) as project:
    clips = project.clips()
    for number in range(1_000_000):
        placed = tuple(Placement(c.key, 0, Clock.line(number), Status.SYNCED, 1.0, "x" * 2000) for c in clips)
        project.store_run(clips, (), SyncMap(placed, 1, (False,)))
        project.decide(Decision(f"clip {number}", DecisionKind.REJECTED))
        print(number, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 2, 4, 7])
def test_a_kill_in_the_midst_of_writing_loses_no_change_that_was_made(project, run, lines):
    project.store_run(*run)
    project.close()
    program = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(project.path)], stdout=subprocess.PIPE, text=True
    )
    with program:
        for _ in range(lines):
            made = int(program.stdout.readline())
        program.kill()
    with Project.open(project.path) as after:
        assert {f"clip {n}" for n in range(made + 1)} <= set(after.decisions())
        starts = {placement.start for placement in after.sync_map().placements}
        assert len(starts) == 1  # one run's placements, never a mixture
        assert starts.pop() >= made
        after.rename("goes on")


def test_addresses_of_odd_names_and_windows_shares_are_sqlites(tmp_path):
    name = "50% #1? ümlaut\udcff 📼.rushlock"
    Project.create(tmp_path / name).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]

    class Share:
        def absolute(self):
            return self

        def as_posix(self):
            return "//nas/Shows/Pilot 1.rushlock"

    assert _address(Share()) == "file:////nas/Shows/Pilot%201.rushlock"
    assert _address(Path("/a b")) == "file:///a%20b"


def test_a_project_can_be_read_by_the_people_that_the_folder_is_for(tmp_path):
    (tmp_path / "plain").touch()
    Project.create(tmp_path / "new.rushlock").close()
    assert (tmp_path / "new.rushlock").stat().st_mode == (tmp_path / "plain").stat().st_mode
