"""Qt's switches and fixtures: a Qt warning or a thread left running fails the test."""

import importlib.util
import random
from fractions import Fraction
from pathlib import Path

import pytest

from rushlock.base.clock import Clock
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.media.clip import Clip, MediaFile, PictureStream, SoundStream, Unreadable
from rushlock.placements.sync_map import Evidence, Finding, Placement, Status, SyncMap

if importlib.util.find_spec("PySide6") is None:
    collect_ignore_glob = ["test_*.py"]

RATE = FrameRate(Fraction(25))
OFFSCREEN_CANNOT = "This plugin does not support propagateSizeHints"


def pytest_collection_modifyitems(items):
    for item in items:
        if "gui" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_CANNOT))


@pytest.fixture(autouse=True)
def no_thread_left_running(monkeypatch):
    from PySide6.QtCore import QThread

    started = []
    start = QThread.start

    def remember(self, *args):
        started.append(self)
        start(self, *args)

    monkeypatch.setattr(QThread, "start", remember)
    yield
    left = [thread for thread in started if thread.isRunning() and not thread.wait(1000)]
    assert not left, "a thread outlived its test"


@pytest.fixture(autouse=True)
def nobody_to_ask(monkeypatch):
    """Let no test wait for an answer: unnamed projects may be thrown away, everything else is a mistake."""
    from rushlock.gui import asking

    def unexpected(*_):
        raise AssertionError("the window asks something that the test does not answer")

    for name in ("ask_folders", "ask_files", "ask_folder", "ask_open", "ask_save", "ask_item"):
        monkeypatch.setattr(asking, name, unexpected)
    monkeypatch.setattr(asking, "ask_choice", lambda *_: asking.Button.Discard)


@pytest.fixture(scope="session")
def qapp(qapp_args):
    from rushlock.gui.app import application

    return application()


@pytest.fixture
def window(qtbot):
    """A window that is shown; what it runs is waited for at the end."""
    from rushlock.gui.main_window import MainWindow

    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.jobs.cancel()
    for worker in shown.background:
        worker.stop()
    for running in (shown.jobs, *shown.background):
        running.wait()
    shown.document.close()


@pytest.fixture
def idle(qtbot):
    """Wait until a window runs nothing, and nothing that was to follow."""

    def wait(shown):
        qtbot.waitUntil(lambda: not shown.jobs.busy, timeout=20_000)

    return wait


class Shoot:
    """A made-up shoot: clips, unreadable files, sync map."""

    def __init__(self, cameras, clips_each, folder):
        self.dice = random.Random(f"{cameras} {clips_each}")
        self.folder = folder
        self.clips = []
        self.placements = []
        for camera in range(cameras):
            at = 36_000.0 + self.dice.uniform(0, 60)
            for number in range(clips_each):
                at += self._clip(camera, number, at)
        self.unreadable = (Unreadable(folder / "CAM_00" / "empty.mov", "it is empty (0 bytes)"),)

    @property
    def sync_map(self):
        findings = (Finding("CAM_01", "timecode", "CAM_01 timecode is 1 h 00 m 00 s 12 f ahead", 3600.48),)
        return SyncMap(tuple(self.placements), 1, (True,), findings, self.clips[0].key)

    def of(self, status):
        return [placement.clip for placement in self.placements if placement.status is status]

    def _clip(self, camera, number, at):
        length = Fraction(self.dice.randint(500, 9000), 25)
        name = f"CAM_{camera:02}"
        file = MediaFile(
            path=self.folder / name / f"{chr(65 + camera % 26)}{number + 1:03}.mov",
            size=1000,
            modified_ns=0,
            fingerprint=f"{camera:04}{number:04}",
            container="mov",
            start=Fraction(0),
            duration=length,
            pictures=(
                PictureStream(0, "h264", 1920, 1080, RATE, False, int(length * 25), Fraction(0), length),
            ),
            sounds=(SoundStream(1, "aac", 48000, 2, "stereo", Fraction(0), length),),
            timecode=Timecode(int(at * 25), RATE),
            timecode_source="tmcd",
        )
        clip = Clip(f"{camera:04x}{number:04x}", name, (file,))
        self.clips.append(clip)
        self.placements.append(self._placement(clip, at, number))
        return float(length) + self.dice.uniform(2, 60)

    def _placement(self, clip, at, number):
        if number % 7 == 5:
            return Placement(
                clip.key, None, None, Status.UNSYNCED, 0.1, "no overlap found with any other clip"
            )
        status = Status.REVIEW if number % 7 == 3 else Status.SYNCED
        evidence = Evidence("sound", "00000000", at, 0.0004, 0.99, True, "sound of A001.mov, 41 s together")
        clock = Clock.line(at, 1 + self.dice.gauss(0, 10) * 1e-6)
        return Placement(clip.key, 0, clock, status, 0.99, "sound of 3 clips agrees", 0.0004, (evidence,))


@pytest.fixture
def longest_gap(qtbot):
    """Turn the event loop for some seconds and return its longest standstill, in seconds.

    Both ends count as ticks: a loop that stands still until the end has no gap *between* ticks at all.
    """
    import time
    from itertools import pairwise

    from PySide6.QtCore import QTimer

    def measured(seconds):
        ticks = [time.monotonic()]
        timer = QTimer(interval=5)
        timer.timeout.connect(lambda: ticks.append(time.monotonic()))
        timer.start()
        qtbot.wait(round(seconds * 1000))
        timer.stop()
        ticks.append(time.monotonic())
        return max(later - sooner for sooner, later in pairwise(ticks))

    return measured


@pytest.fixture
def make_shoot(tmp_path):
    """Make up a shoot of some cameras with some clips each; its media do not exist."""
    return lambda cameras=4, clips_each=8: Shoot(cameras, clips_each, tmp_path / "rushes")


@pytest.fixture
def snapshot():
    """Return what the window would show of a made-up shoot."""
    from rushlock.gui.stages import Contents

    def of(shoot, decisions=None, before=None):
        held = Contents((), tuple(shoot.clips), shoot.unreadable, shoot.sync_map, decisions or {})
        return held.shown((RATE, False), before)

    return of


@pytest.fixture
def stages_of():
    """Return a look and a sync stage that find a made-up shoot, a clip at a time."""
    from rushlock.base.progress import Progress
    from rushlock.pipeline.request import SyncResult

    def of(shoot):
        def look(request, token):
            yield Progress("Reading", 1, 1)
            return tuple(shoot.clips), shoot.unreadable

        def sync(request, token):
            for done, clip in enumerate(shoot.clips, start=1):
                token.check()
                yield Progress("Listening", done, len(shoot.clips), clip.name)
            return SyncResult(tuple(shoot.clips), shoot.unreadable, shoot.sync_map)

        return look, sync

    return of


@pytest.fixture
def drop(qtbot):
    """Drop files on a window as a file manager would."""
    from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QApplication

    def on(shown, *paths):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        carried = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(QPointF(50, 50).toPoint(), *carried)
        QApplication.sendEvent(shown, enter)
        if enter.isAccepted():
            QApplication.sendEvent(shown, QDropEvent(QPointF(50, 50), *carried))
        return enter.isAccepted()

    return on


@pytest.fixture
def synced_window(window, make_shoot, stages_of, idle, tmp_path):
    """A window on a made-up shoot that was synced."""
    shoot = make_shoot()
    window.flows.look_stage, window.flows.sync_stage = stages_of(shoot)
    window.flows.take([Path(tmp_path)])
    idle(window)
    window.flows.sync()
    idle(window)
    return window, shoot


@pytest.fixture
def write_wav():
    """Write a stretch of an unrepeated scene of noise bursts as 16-bit WAV; another seed is another scene."""
    import wave

    import numpy as np

    rate = 16_000

    def write(path, begin=0.0, seconds=4.0, seed="scene"):
        noise = np.random.default_rng(sum(seed.encode()))
        loudness = np.repeat(noise.uniform(0, 1, 200) ** 3, rate // 10)
        scene = noise.standard_normal(len(loudness)) * loudness * 8000
        first = round(begin * rate)
        samples = scene[first : first + round(seconds * rate)].clip(-32767, 32767).astype("<i2")
        path.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, rate, 0, "NONE", ""))
            file.writeframes(samples.tobytes())

    return write
