"""What the user says of cameras and of the master enters a run, from the files to the map."""

import wave

import numpy as np
import pytest

from rushlock.base.progress import CancelToken, drain
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.pipeline.request import SyncRequest
from rushlock.pipeline.run import sync

RATE = 16_000
CLIPS = {"A": (0.0, 12.0), "B": (2.0, 10.0), "C": (1.0, 8.0)}
"""When each camera's only clip begins in one scene, and its length, in seconds."""


@pytest.fixture(scope="module")
def rushes(tmp_path_factory):
    """Write the clips, a folder for each camera."""
    folder = tmp_path_factory.mktemp("rushes")
    random = np.random.default_rng(5)
    scene = random.standard_normal(13 * RATE) * np.repeat(random.uniform(0, 1, 130) ** 3, RATE // 10) * 8000
    for name, (begin, seconds) in CLIPS.items():
        (folder / name).mkdir()
        with wave.open(str(folder / name / f"{name.lower()}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            part = scene[round(begin * RATE) :][: round(seconds * RATE)]
            file.writeframes(part.clip(-32767, 32767).astype("<i2").tobytes())
    return folder


@pytest.fixture(scope="module")
def run(rushes, tmp_path_factory):
    """Run with what is said; every run shares one cache."""
    cache = Cache(tmp_path_factory.mktemp("cache"), 2**26)
    settings = Settings(workers=1, pictures="off", embeddings="off")

    def result(**said):
        return drain(sync(SyncRequest((rushes,), settings=settings, **said), CancelToken(), cache))

    return result


def test_clips_given_to_one_camera_are_not_compared_and_come_back_as_they_were_found(run):
    found = run()
    keys = {clip.camera: clip.key for clip in found.clips}
    pair = {keys["A"], keys["C"]}
    assert sorted(keys) == ["A", "B", "C"]
    assert any({e.master, e.node} == pair for e in found.estimates)
    moved = run(moved={keys["C"]: "A"})
    assert not any({e.master, e.node} == pair for e in moved.estimates)
    assert moved.clips == found.clips, "what the user says is laid over by whoever keeps it"


def test_the_master_that_the_user_chose_is_the_maps(run):
    keys = {clip.camera: clip.key for clip in run().clips}
    assert run().sync_map.master == keys["A"], "the longest"
    chosen = run(master=keys["C"]).sync_map
    assert chosen.master == keys["C"]
    assert chosen.by_clip[keys["C"]].drift_ppm == pytest.approx(0, abs=0.01)  # its prior's error is 1e-3 ppm
    assert run(master="a clip that is gone").sync_map.master == keys["A"]
