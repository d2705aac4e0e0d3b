"""Silent cameras are compared by picture, once, within patience; others are left alone."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from rushlock.base.clock import Clock
from rushlock.base.progress import CancelToken, drain
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.evaluation.events.painting import draw_light
from rushlock.evaluation.events.scene import EventScene
from rushlock.features.watching import kept_track
from rushlock.jobs.outcome import Outcome
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.offsets.estimate import Estimate
from rushlock.pipeline import seen
from rushlock.pipeline.doubts import Known
from rushlock.pipeline.seen import METHOD, compare_pictures, wanted
from rushlock.placements.place import place
from rushlock.placements.words import all_unheard

SCENE, SECONDS = 5, 12.0


class InThisProcess:
    """A pool that starts no process and counts what it is given."""

    def __init__(self):
        self.given = 0

    def run(self, function, items, token):
        for index, item in enumerate(items):
            token.check()
            self.given += 1
            yield Outcome(index, function(item))


def write(path, view, start, seconds, rate):
    """Film a scene from a side, without sound; return the clip."""
    scene = EventScene(SCENE, 20.0)
    random = np.random.default_rng((SCENE, 7, view))
    camera, light = scene.view(random), draw_light(random)
    times = start + np.arange(round(seconds * rate)) / rate
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"preset": "ultrafast", "crf": "20"})
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for picture in scene.pictures(camera, light, times, 64, 64):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode())
    file = probe(path)
    return Clip(path.stem, path.stem, (file,))


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    folder = tmp_path_factory.mktemp("silent")
    return write(folder / "A.mp4", 0, 1.0, SECONDS, 25), write(folder / "B.mp4", 1, 2.72, SECONDS - 2, 30)


def known_of(clips, estimates=()):
    sync_map = place(clips, all_unheard(clips, {}, {}), estimates, {}, Settings())
    return Known(clips, {}, {}, list(estimates), sync_map, {})


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 1 << 28)


def compared(clips, cache, pool, **settings):
    stage = compare_pictures(known_of(clips), Settings(**settings), cache, lambda: pool, CancelToken())
    return drain(stage)


def test_two_silent_cameras_find_each_other_within_a_frame_and_a_second_run_decodes_nothing(clips, cache):
    pool = InThisProcess()
    first = compared(clips, cache, pool)
    best = first[0]
    assert (best.master, best.node, best.method) == ("A", "B", METHOD)
    assert abs(best.offset - 1.72) < 1 / 50  # half a frame of the slower camera
    assert best.probability > 0.5
    assert pool.given == 2
    assert compared(clips, cache, pool) == first
    assert pool.given == 2
    placed = place(clips, all_unheard(clips, {}, {}), first, {}, Settings())
    said = placed.by_clip["B"].reason
    assert placed.by_clip["B"].start is not None, said


def test_off_looks_at_nothing(clips, cache):
    pool = InThisProcess()
    assert compared(clips, cache, pool, pictures="off") == []
    assert pool.given == 0


def test_patience_bounds_what_is_watched_unless_all_is_asked_for(clips, cache, monkeypatch, caplog):
    monkeypatch.setattr(seen, "PATIENCE_S", 15.0)
    pool = InThisProcess()
    assert compared(clips, cache, pool) == []
    assert pool.given == 0
    assert "A.mp4" in caplog.text
    assert compared(clips, cache, pool, pictures="all")
    assert pool.given == 2


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(clips, cache, tmp_path, caplog):
    broken = replace(clips[0].files[0], path=Path(tmp_path / "gone.mp4"), duration=Fraction(9))
    lost = Clip("C", "C", (broken,))

    class Failing(InThisProcess):
        def run(self, function, items, token):
            for index, item in enumerate(items):
                try:
                    yield Outcome(index, function(item))
                except seen.RushlockError as error:
                    yield Outcome(index, None, error)

    found = compared((*clips, lost), cache, Failing())
    assert {(e.master, e.node) for e in found} == {("A", "B")}
    assert "gone.mp4" in caplog.text


def guess(offset, probability):
    """Return what sound says of the two clips: one place, of which it is not sure."""
    return Estimate("A", "B", Clock.line(offset), 0.01, 30.0, 8.0, probability, "sound", {}, ())


def test_weak_sound_makes_pictures_worth_comparing_and_sound_that_is_sure_of_nothing_does_not(
    clips, monkeypatch
):
    monkeypatch.setattr(Known, "heard", lambda self, clip: True)
    assert list(wanted(known_of(clips))) == []
    assert list(wanted(known_of(clips, [guess(4.0, 0.01)]))) == []
    for weak in (0.1, 0.4):
        asked = wanted(known_of(clips, [guess(4.0, weak)]))
        assert {want.clip.key for want in asked} == {"A", "B"}


def test_sound_that_contradicts_itself_is_settled_by_picture(clips, cache):
    torn = [guess(4.0, 0.3), guess(1.72, 0.2)]
    sound = place(clips, all_unheard(clips, {}, {}), torn, {}, Settings()).by_clip["B"]
    stage = compare_pictures(known_of(clips, torn), Settings(), cache, InThisProcess, CancelToken())
    both = drain(stage)
    assert [e for e in both if e.method != METHOD] == torn
    settled = place(clips, all_unheard(clips, {}, {}), both, {}, Settings()).by_clip["B"]
    assert abs(settled.start - 1.72) < 1 / 50
    assert settled.confidence > sound.confidence


def test_clips_of_one_camera_are_never_compared(clips):
    same = tuple(replace(c, camera="one") for c in clips)
    assert list(wanted(known_of(same))) == []


def test_a_track_comes_back_from_the_cache_as_it_was(clips, cache):
    compared(clips, cache, InThisProcess())
    track = kept_track(cache, clips[0])
    assert track is not None
    assert len(track) == pytest.approx(SECONDS * 30, abs=3)
