"""A clip whose sound is late says so, once: what was said is kept by the pace and the supposed delay."""

from dataclasses import replace

import av
import numpy as np
import pytest

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, drain
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.features.hearing import hear_all
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.nets.protocol import SegmentLayout
from rushlock.offsets.av_offset import NETWORK
from rushlock.offsets.pooling import EXPERIMENTAL_MOST, UNMEASURED
from rushlock.pipeline.doubts import Known
from rushlock.pipeline.following import followed
from rushlock.pipeline.net_choice import CHECK, NetChoice
from rushlock.pipeline.own_sound import check_own_sound
from rushlock.pipeline.workers import workers
from rushlock.placements.sync_map import SyncMap

SECONDS, LATE_S = 12, 0.4


@pytest.fixture(scope="module")
def flashing(tmp_path_factory):
    """A clip in which flashes bang 0.4 s later."""
    path = tmp_path_factory.mktemp("flashing") / "a.mov"
    random = np.random.default_rng(1)
    bright = np.repeat(random.integers(20, 235, SECONDS * 5), 5).astype(np.uint8)
    loud = np.roll(np.repeat(bright / 255.0, 640), int(LATE_S * 16000))
    with av.open(str(path), "w") as container:
        video, audio = container.add_stream("png", rate=25), container.add_stream("pcm_s16le", rate=16000)
        video.width = video.height = 16
        video.pix_fmt = "rgb24"
        audio.layout = "mono"
        for grey in bright:
            frame = av.VideoFrame.from_ndarray(np.full((16, 16, 3), grey, np.uint8), "rgb24")
            container.mux(video.encode(frame))
        sound = (loud * 20000 * random.choice([-1, 1], loud.size)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(sound[None], "s16", "mono")
        frame.sample_rate = 16000
        for packet in (*video.encode(), *audio.encode(frame), *audio.encode()):
            container.mux(packet)
    return Clip("c0", "A", (probe(path),))


class Whole:
    """Compares brightness with loudness over two seconds."""

    name, digest, experimental = "whole", "w1", False
    layout = SegmentLayout(25, 16000, 50, 32000, 2, 16, 16, 1, tuple(k / 5 for k in range(-3, 4)))

    def embed_pictures(self, segments):
        return segments.astype(np.float32).mean(axis=(2, 3, 4))[:, None]

    def embed_sound(self, segments):
        return np.abs(segments).reshape(len(segments), 1, 50, 640).mean(axis=3)

    def offset_logits(self, pictures, sound):
        pairs = list(zip(pictures[:, 0, 0], sound[:, 0, 0], strict=True))
        steps = [round(each * 25) for each in self.layout.classes]
        return np.array([[self._match(seen, heard, ahead) for ahead in steps] for seen, heard in pairs])

    def belonging_logits(self, pictures, sound):
        return None

    def _match(self, seen, heard, ahead):
        """Correlate what is seen with what is heard so many frames earlier."""
        both = (seen[ahead:], heard[: 50 - ahead]) if ahead >= 0 else (seen[:ahead], heard[-ahead:])
        return 10 * float(np.corrcoef(*both)[0, 1])


def test_a_clip_is_followed_once_for_each_pace_and_delay(flashing, tmp_path):
    cache, opened = Cache(tmp_path / "cache", 1 << 30), []

    def load():
        opened.append(1)
        return Whole()

    choice = NetChoice("whole", "w1", False, frozenset({CHECK}), UNMEASURED, lambda: 1e9, load)

    def found(clip=flashing, hop=1.0, history=18, **more):
        settings = Settings(window_hop=hop, window_history=history)
        return drain(followed(choice, clip, clip, settings, cache, CancelToken(), **more))

    first = found()
    assert first.offsets[np.argmax(first.together[-1])] == pytest.approx(-LATE_S)
    np.testing.assert_allclose(first.times, np.arange(SECONDS - 2), atol=0.04 + 1e-9)
    gone = replace(flashing, files=(replace(flashing.files[0], path=flashing.path.with_name("gone.mov")),))
    again = found(clip=gone)
    assert len(opened) == 1
    np.testing.assert_array_equal(again.together, first.together)
    found(hop=2.0)
    found(history=3)
    later = found(delay=-0.24)
    assert len(opened) == 4
    assert later.offsets[np.argmax(later.together[-1])] == pytest.approx(-LATE_S, abs=0.1)
    silent = replace(flashing, key="c1", files=(replace(flashing.files[0], sounds=()),))
    with pytest.raises(MediaError, match="no sound"):
        found(clip=silent)


def test_a_network_is_asked_about_what_nothing_else_tells_and_only_proposes(flashing, tmp_path):
    cache, settings = Cache(tmp_path / "cache", 1 << 26), Settings(own_sound="all", workers=1)
    with workers(1) as pool:
        (track,) = drain(hear_all([flashing], cache, pool, CancelToken())).values()
        known = Known([flashing], {"c0": track}, {}, [], SyncMap(()), {})
        choice = NetChoice("whole", "w1", True, frozenset({CHECK}), UNMEASURED, lambda: 100.0, Whole)
        told = drain(check_own_sound(known, settings, cache, pool, CancelToken(), lambda _: choice))["c0"]
        impatient = replace(choice, patience=lambda: 1.0)
        alone = drain(check_own_sound(known, settings, cache, pool, CancelToken(), lambda _: impatient))["c0"]
    (network,) = (e for e in told.evidence if e.kind == NETWORK)
    assert network.seconds == pytest.approx(LATE_S)
    assert network.chance <= EXPERIMENTAL_MOST
    assert not told.sure
    assert NETWORK not in {e.kind for e in alone.evidence}
