import numpy as np
import pytest

from rushlock.gui import peaks as peaks_module
from rushlock.gui.peaks import Peaks
from rushlock.gui.shoot import Shoot, shoot_of
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.placements.sync_map import SyncMap


@pytest.fixture
def shoot(tmp_path, write_wav):
    """Three short clips with sound, and one whose media are gone."""
    clips = []
    for name in "abcd":
        path = tmp_path / f"{name}.wav"
        write_wav(path, seconds=3.0, seed=name)
        clips.append(Clip(name, "CAM", (probe(path),)))
    (tmp_path / "d.wav").unlink()
    return shoot_of(clips, (), SyncMap(()), SyncMap(()), {})


@pytest.fixture
def peaks(qtbot, shoot):
    fetched = Peaks()
    fetched.show_shoot(shoot)
    yield fetched
    fetched.stop()
    fetched.wait()


def test_peaks_are_fetched_behind_the_scenes_and_then_there_at_once(qtbot, peaks):
    with qtbot.waitSignal(peaks.arrived, check_params_cb=lambda key: key == "a", timeout=10_000):
        assert peaks.peaks("a", 0, 3, 50) is None
    found = peaks.peaks("a", 0, 3, 50)
    assert found.shape == (50, 2)
    assert np.ptp(found.astype(int)) > 100


def test_what_was_asked_for_last_comes_first(qtbot, peaks):
    came = []
    peaks.arrived.connect(came.append)
    for key in "abc":
        peaks.peaks(key, 0, 1, 10)
    qtbot.waitUntil(lambda: len(came) == 3, timeout=10_000)
    # "a" is read alone, before the others are asked for, and so may be decoded before they are.
    assert came.index("c") < came.index("b")


def test_a_clip_that_cannot_be_read_is_asked_for_once_and_holds_up_nobody(qtbot, peaks):
    peaks.peaks("d", 0, 1, 10)
    qtbot.waitUntil(lambda: "d" in peaks._mute, timeout=10_000)
    assert peaks.peaks("d", 0, 1, 10) is None
    assert not peaks._reading.busy
    with qtbot.waitSignal(peaks.arrived, timeout=10_000):
        peaks.peaks("b", 0, 1, 10)


def test_memory_is_bounded_and_forgets_what_was_used_longest_ago(qtbot, peaks, monkeypatch):
    monkeypatch.setattr(peaks_module, "MEMORY_BYTES", 1600)  # a clip of 3 s takes 788 bytes
    for key in "abc":
        with qtbot.waitSignal(peaks.arrived, timeout=10_000):
            peaks.peaks(key, 0, 1, 10)
    assert [peaks.has(key) for key in "abc"] == [False, True, True]


def test_clips_of_another_shoot_are_not_fetched(peaks):
    peaks.show_shoot(Shoot())
    assert peaks.peaks("a", 0, 1, 10) is None
    assert not peaks._reading.busy
