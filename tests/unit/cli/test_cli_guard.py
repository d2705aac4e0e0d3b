"""Whatever a command raises becomes one sentence and the documented exit code."""

import argparse
import os
import signal
from pathlib import Path

import pytest

from rushlock.base.errors import ExportError, MediaError, ProjectTooNewError, UsageError
from rushlock.base.paths import log_folder
from rushlock.base.progress import Cancelled, CancelToken
from rushlock.cli.codes import MEANINGS, Exit
from rushlock.cli.guard import guarded
from rushlock.cli.interrupt import stoppable


def outcome(error, capsys):
    def command(_arguments):
        raise error

    code = guarded(command, argparse.Namespace())
    out, err = capsys.readouterr()
    assert out == ""
    return code, err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("no such folder"), 2),
        (MediaError(Path("a.mov"), "is empty"), 4),
        (ProjectTooNewError("written by a newer Rushlock"), 5),
        (ExportError("disk full"), 6),
        (OSError(28, "No space left on device", "out/x.otio"), 6),
        (Cancelled(), 130),
        (KeyboardInterrupt(), 130),
    ],
)
def test_expected_trouble_is_one_sentence(error, code, capsys):
    seen, err = outcome(error, capsys)
    assert seen == code
    assert err.startswith("rushlock: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_bug_is_one_sentence_and_a_log_with_the_traceback(capsys):
    code, err = outcome(ZeroDivisionError("in\nthe middle"), capsys)
    (log,) = log_folder().glob("*.log")
    assert code == 70
    assert str(log) in err
    assert err.count("\n") == 1
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_bug_is_told_even_where_no_log_can_be_written(capsys, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("RUSHLOCK_LOG", str(tmp_path / "file" / "logs"))
    code, err = outcome(ZeroDivisionError("x"), capsys)
    assert code == 70
    assert "No log could be written" in err


def test_every_exit_code_is_explained_in_help_and_readme():
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    assert set(MEANINGS) == set(Exit)
    assert all(f"\n| {int(code)} |" in readme for code in Exit)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_cancels_and_the_old_handler_comes_back(number):
    before = signal.getsignal(number)
    token = CancelToken()
    with stoppable(token):
        os.kill(os.getpid(), number)
        assert token.cancelled
    assert signal.getsignal(number) is before


def test_a_signal_the_parent_ignores_stays_ignored():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        token = CancelToken()
        with stoppable(token):
            os.kill(os.getpid(), signal.SIGINT)
            assert not token.cancelled
    finally:
        signal.signal(signal.SIGINT, before)
