"""A run may be stopped at any moment: it ends at once, loses nothing, and goes on where it was."""

import json
import os
import pty
import signal
import subprocess
import sys
import time

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX"),
]

PLACED, CANCELLED = 0, 130
BAR_S = 2.0
"""A second, and as much again for a machine that runs other tests beside."""


class Terminal:
    """A terminal for a process's stderr, so that it shows progress."""

    def __init__(self):
        self.inside, self.outside = pty.openpty()
        self.text = ""

    def read_until(self, ready):
        """Read what the process shows until ``ready(text)``; False where it ended before."""
        while not ready(self.text):
            try:
                chunk = os.read(self.inside, 4096)
            except OSError:  # the process closed its end
                return False
            self.text += chunk.decode(errors="replace")
        return True

    def close_outside(self):
        os.close(self.outside)

    def close(self):
        os.close(self.inside)


@pytest.fixture
def terminal():
    terminal = Terminal()
    yield terminal
    terminal.close()


@pytest.fixture
def started(fresh_rushlock, many_rushes, terminal):
    """Return a running sync in a process group of its own, as a shell starts it."""
    process = fresh_rushlock.start(
        *("sync", many_rushes, "-o", "out", "--workers", "1"),
        stderr=terminal.outside,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    terminal.close_outside()
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def entries(cache):
    """Return the cache's finished tracks and their inodes: a file written anew has another."""
    return {path: path.stat().st_ino for path in cache.rglob("*.arrays")}


@pytest.mark.parametrize("stage", ["Looking", "Reading", "Listening", "Measuring"])
def test_ctrl_c_stops_within_a_second(stage, started, terminal, fresh_rushlock, many_rushes):
    assert terminal.read_until(lambda text: stage in text)
    asked = time.monotonic()
    os.killpg(started.pid, signal.SIGINT)  # as a terminal does: the workers get it too
    assert started.wait(timeout=30) == CANCELLED
    assert time.monotonic() - asked < BAR_S
    terminal.read_until(lambda _: False)
    assert "Stopping" in terminal.text
    assert "Traceback" not in terminal.text
    assert [path.name for path in (fresh_rushlock.folder / "out").iterdir()] == []


def test_sigterm_stops_as_ctrl_c_does(started, terminal):
    assert terminal.read_until(lambda text: "Listening" in text)
    started.send_signal(signal.SIGTERM)
    assert started.wait(timeout=30) == CANCELLED


def test_after_a_kill_the_same_command_redoes_only_what_was_in_hand(
    started, terminal, fresh_rushlock, many_rushes
):
    cache = fresh_rushlock.folder / "cache"
    assert terminal.read_until(lambda _: len(entries(cache)) >= 2)
    started.kill()
    started.wait()
    finished = entries(cache)
    again = fresh_rushlock("sync", many_rushes, "-o", "out", "--json")
    assert again.returncode == PLACED, again.stderr
    assert len(json.loads(again.stdout)["clips"]) == 12
    after = entries(cache)
    assert {path: after[path] for path in finished} == finished
