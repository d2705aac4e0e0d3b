"""The first word decides between command and window; settings become flags; names of projects are derived."""

import argparse
from dataclasses import fields

import pytest

from rushlock.base.errors import UsageError
from rushlock.base.settings import Settings
from rushlock.cli import system
from rushlock.cli.folders import check_name, opened_project, shoot_name
from rushlock.cli.main import COMMANDS, main, parser
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.system import debian_packages, missing_libraries
from rushlock.project.document import Project


class Window:
    def __init__(self):
        self.opened = []

    def __call__(self, words):
        self.opened.append(list(words))
        return 0


@pytest.fixture
def window(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return Window()


def test_no_word_opens_the_window(window):
    assert main([], window=window) == 0
    assert window.opened == [[]]


def test_paths_that_exist_open_the_window(window, tmp_path):
    (tmp_path / "shoot").mkdir()
    (tmp_path / "day.rushlock").touch()
    assert main(["shoot", "day.rushlock"], window=window) == 0
    assert window.opened == [["shoot", "day.rushlock"]]


def test_a_folder_called_like_a_command_is_opened_by_its_path(window, tmp_path):
    (tmp_path / "demo").mkdir()
    main(["./demo"], window=window)
    assert window.opened == [["./demo"]]


def test_a_mistyped_command_is_guessed_and_opens_nothing(window, capsys):
    assert main(["snyc", "."], window=window) == 2
    assert "did you mean sync?" in capsys.readouterr().err
    assert window.opened == []


def test_without_a_display_the_window_is_refused_in_words(window, monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main([], window=window) == 1
    assert "display" in capsys.readouterr().err
    assert window.opened == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_the_exit_codes(command, capsys):
    assert main([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert "exit codes:" in text
    assert len(text.splitlines()) > 8


def test_every_setting_is_a_flag_of_sync():
    given = vars(
        parser().parse_args(["sync", "x", "--rate", "25", "--max-drift-ppm", "50", "--workers", "3"])
    )
    assert {spec.name for spec in fields(Settings)} <= set(given)
    assert (given["timeline_rate"], given["max_drift_ppm"], given["workers"]) == ("25", 50.0, 3)


def test_flags_are_laid_over_the_projects_settings():
    words = argparse.ArgumentParser()
    add_settings(words)
    base = Settings(accept=0.8, workers=2)
    assert settings_from(words.parse_args(["--workers", "5"]), base) == Settings(accept=0.8, workers=5)
    with pytest.raises(UsageError, match="accept"):
        settings_from(words.parse_args(["--accept", "0.1"]), base)


def test_a_shoot_is_called_after_the_folder_that_holds_all_paths(tmp_path):
    for name in ("day1/CAM_A", "day1/CAM_B"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "day1" / "x.wav").touch()
    day = tmp_path / "day1"
    assert shoot_name([day / "CAM_A", day / "CAM_B"]) == "day1"
    assert shoot_name([day]) == "day1"
    assert shoot_name([day / "x.wav"]) == "x"
    assert shoot_name([tmp_path.__class__("/")]) == "timeline"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\0b"])
def test_a_name_that_no_file_can_have_is_refused(name):
    with pytest.raises(UsageError):
        check_name(name)


def test_a_new_project_without_clips_is_not_left_behind_but_an_old_one_is_kept(tmp_path):
    new, old = tmp_path / "new.rushlock", tmp_path / "old.rushlock"
    Project.create(old).close()
    for place in (new, old):
        with pytest.raises(ZeroDivisionError), opened_project(place):
            raise ZeroDivisionError
    assert (new.exists(), old.exists()) == (False, True)


def test_libraries_that_the_linker_misses_are_named_as_packages(monkeypatch, tmp_path):
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").touch()
    for file in system.FACES["offscreen"]:
        (tmp_path / "PySide6" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "PySide6" / file).touch()
    ldd = tmp_path / "bin" / "ldd"
    ldd.parent.mkdir()
    answer = r"\tlibEGL.so.1 => not found\n\tlibodd.so.3 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n"
    ldd.write_text(f"#!/bin/sh\nprintf '{answer}'\n")
    ldd.chmod(0o755)
    monkeypatch.setenv("PATH", str(ldd.parent))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: Spec(tmp_path / "PySide6" / "__init__.py"))
    missing = missing_libraries("offscreen")
    assert missing == ["libEGL.so.1", "libodd.so.3"]
    assert debian_packages(missing) == ["libegl1", "libodd.so.3"]


class Spec:
    def __init__(self, origin):
        self.origin = str(origin)
