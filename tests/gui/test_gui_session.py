"""After a crash the user is told what was open and what ran, and that nothing is lost."""

import json
import os
import subprocess
import sys

import pytest

from rushlock.base.paths import config_folder
from rushlock.gui import asking
from rushlock.gui.asking import Button
from rushlock.gui.session import left_open

_DIES = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QObject, Signal
from rushlock.gui.session import Session
class Document(QObject):
    changed = Signal()
    begun, unnamed, path = True, False, Path(sys.argv[1])
class Jobs(QObject):
    began, ended = Signal(str), Signal()
app = QCoreApplication([])
document, jobs = Document(), Jobs()
session = Session(document, jobs, app)
document.changed.emit()
jobs.began.emit("Sync")
os._exit(9)
"""


@pytest.fixture
def named(synced_window, monkeypatch, tmp_path):
    window, _ = synced_window
    path = tmp_path / "day one.rushlock"
    monkeypatch.setattr(asking, "ask_save", lambda *_: (path, ""))
    assert window.flows.save_as()
    return window, path


def crashed_on(path):
    """Have a process open a project and die in the middle of a sync."""
    subprocess.run([sys.executable, "-c", _DIES, str(path)], env=dict(os.environ), check=False, timeout=60)


def test_a_killed_window_leaves_word_of_its_project_and_its_job_once(qapp, tmp_path):
    project = tmp_path / "day one.rushlock"
    project.touch()
    crashed_on(project)
    (left,) = left_open()
    assert (left.project, left.running) == (project, "Sync")
    assert left_open() == []


def test_a_window_that_is_open_is_nobodys_crash_and_a_closed_one_leaves_nothing(named):
    window, path = named
    notes = list((config_folder() / "open").glob("*.json"))
    assert [json.loads(note.read_text())["project"] for note in notes] == [str(path)]
    assert left_open() == []
    assert window.close()
    assert not list((config_folder() / "open").glob("*.json"))


def test_the_next_start_says_what_ran_and_opens_the_project(named, window, monkeypatch, idle, qtbot):
    shown, path = named
    shown.document.close()
    shown.program.session.end()
    crashed_on(path)
    asked = []

    def choose(_, *told):
        asked.append(told)
        return Button.Open if len(asked) == 1 else Button.Ignore

    monkeypatch.setattr(asking, "ask_choice", choose)
    shown.program.begin([])
    idle(shown)
    assert "“day one”" in asked[0][0]
    assert "“Sync” ran" in asked[0][0]
    assert shown.document.path == path


def test_a_project_opened_by_name_after_a_crash_says_so_in_passing(named, idle, monkeypatch):
    shown, path = named
    shown.document.close()
    shown.program.session.end()
    crashed_on(path)
    monkeypatch.setattr(asking, "ask_choice", lambda *_: Button.Ignore)
    said = []
    shown.flows.said.connect(said.append)
    shown.program.begin([path])
    idle(shown)
    assert any("day one" in words and "Nothing of it is lost" in words for words in said)


def test_a_project_that_is_gone_is_not_offered(qapp, tmp_path):
    crashed_on(tmp_path / "gone.rushlock")
    assert left_open() == []
