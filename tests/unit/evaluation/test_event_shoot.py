"""The hard shoot in files: devices record the same moments at the places that the truth says."""

import av
import numpy as np
import pytest

from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.evaluation.events import shoot
from rushlock.evaluation.events.shoot import SAMPLE_RATE, hard_shoot
from rushlock.evaluation.truth import read_truth
from rushlock.media.probe import probe

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hard")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shoot, "TAKE_SECONDS", 14.0)
        patch.setattr(shoot, "LEAST_CLIP", 8.0)
        patch.setattr(shoot, "HEIGHT", 32)
        patch.setattr(shoot, "WIDTH", 48)
        return folder, drain(hard_shoot(1, folder, CancelToken(), takes=2))


def sound_of(path):
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    return np.concatenate(parts).astype(np.float64)


def test_every_device_leaves_files_of_the_length_and_kind_that_the_truth_says(rendered):
    folder, truth = rendered
    assert read_truth(folder) == truth
    for name, clip in truth.clips.items():
        found = probe(folder / name)
        assert float(found.duration) == pytest.approx(
            clip.seconds, abs=0.08
        )  # one frame, one packet of sound
        assert bool(found.pictures) == (clip.camera != "SOUND")
        assert bool(found.sounds) == (clip.camera != "CAM_B")


def test_sound_of_two_devices_lies_apart_as_the_truth_says(rendered):
    folder, truth = rendered
    names = {clip.camera: name for name, clip in truth.clips.items() if clip.event == "take 1"}
    recorder, camera = (truth.clips[names[device]] for device in ("SOUND", "CAM_A"))
    a, b = (np.abs(sound_of(folder / names[device])) for device in ("SOUND", "CAM_A"))
    size = 1 << int(np.ceil(np.log2(len(a) + len(b))))
    match = np.fft.irfft(np.conj(np.fft.rfft(a - a.mean(), size)) * np.fft.rfft(b - b.mean(), size))
    lag = int(np.argmax(match))
    lag -= size if lag > size // 2 else 0
    found = -lag / SAMPLE_RATE
    true = (camera.start - camera.travel) - (recorder.start - recorder.travel)
    assert found == pytest.approx(true, abs=0.01)  # echoes blur an envelope's peak by less


def test_what_belongs_nowhere_is_said_to(rendered):
    _, truth = rendered
    assert sum(not clip.overlaps for clip in truth.clips.values()) == 1
    for clip in truth.clips.values():
        assert clip.overlaps == (clip.overlap > 0)
        assert clip.silent == (clip.camera in ("CAM_B", "CAM_C"))


def test_a_stopped_shoot_leaves_no_half_file(tmp_path):
    token = CancelToken()
    with pytest.raises(Cancelled):
        drain(hard_shoot(1, tmp_path, token, takes=1), lambda step: token.cancel() if step.done else None)
    for path in tmp_path.rglob("*.*"):
        assert not path.name.startswith(".")
        assert probe(path).duration > 1
