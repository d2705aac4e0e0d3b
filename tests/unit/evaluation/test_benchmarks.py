"""Benchmarks: rushes are rendered once, commands are measured with their children and can be stopped."""

import sys

import pytest

from rushlock.base.errors import WorkerDiedError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.evaluation.bench import GrowthReport, SpeedReport, rushes
from rushlock.evaluation.measuring import decode_plainly, measured
from rushlock.evaluation.scenarios import growth

_HOLD_64_MIB = "import time; held = bytearray(b'1') * (64 << 20); time.sleep(0.7)"
_IN_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_HOLD_64_MIB!r}], check=True)"


def test_rushes_are_rendered_once_and_again_only_when_something_is_missing(tmp_path):
    plan = growth(1, clips=2, seconds=2.0)
    truth = drain(rushes(plan, tmp_path, CancelToken()))
    files = [tmp_path / path for path in truth.clips]
    first = [path.stat().st_mtime_ns for path in files]
    assert drain(rushes(plan, tmp_path, CancelToken())) == truth
    assert [path.stat().st_mtime_ns for path in files] == first
    files[0].unlink()
    drain(rushes(plan, tmp_path, CancelToken()))
    assert files[0].is_file()
    assert decode_plainly(files[0], CancelToken()) == 2 * 48000


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory of a process tree is read from /proc")
def test_peak_memory_counts_children():
    run = drain(measured([sys.executable, "-c", _IN_A_CHILD], {}, CancelToken(), "hold"))
    assert run.peak_bytes > 64 << 20
    assert run.seconds > 0.7


def test_a_command_that_fails_says_what_it_said():
    with pytest.raises(WorkerDiedError, match="no such luck"):
        drain(measured([sys.executable, "-c", "raise SystemExit('no such luck')"], {}, CancelToken(), "fail"))


def test_a_cancelled_command_is_ended():
    token = CancelToken()
    with pytest.raises(Cancelled):
        drain(
            measured([sys.executable, "-c", "import signal; signal.pause()"], {}, token, "wait"),
            lambda step: token.cancel(),
        )


def test_reports_give_the_ratios_that_are_promised():
    speed = SpeedReport(120.0, 12, 2, 10.0, "ffmpeg", 14.0, 1.0, 800.0)
    assert speed.as_dict()["ratio"] == pytest.approx(1.4)
    assert speed.as_dict()["cached_ratio"] == pytest.approx(1 / 14)
    assert GrowthReport(20, 200, 3.0, 30.0, 500.0).as_dict()["factor"] == pytest.approx(10.0)
