"""Segments are what the clip shows and sounds at their times, and none is embedded twice."""

import wave
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from rushlock.base.errors import MediaError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.cache.store import Cache
from rushlock.features.feeding import Grid, recorded_span
from rushlock.features.segments import BLOCK, embed
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.nets.protocol import SegmentLayout

LAYOUT = SegmentLayout(25, 16000, 16, 10240, 8, 16, 16, 14, (-0.2, 0.0, 0.2))
SECONDS = 20


def grey(number):
    """Return the grey of a frame: a segment's greys tell its place to two frames."""
    return 5 + np.asarray(number) // 2


class Eye:
    """A network whose embeddings are the mean brightness of each frame, and the power of each tenth."""

    name, digest, experimental, layout = "eye", "d1", False, LAYOUT

    def __init__(self, stop_after=None, token=None):
        self.seen = 0
        self._stop_after, self._token = stop_after, token

    def embed_pictures(self, segments):
        return self._tokens(segments.astype(np.float32).mean(axis=(2, 3, 4)), 8)

    def embed_sound(self, segments):
        return self._tokens(np.sqrt(np.square(segments).reshape(len(segments), 10, -1).mean(axis=2)), 5)

    def _tokens(self, values, count):
        self.seen += len(values)
        if self._stop_after is not None and self.seen >= self._stop_after:
            self._token.cancel()
        return values.reshape(len(values), count, -1)


@pytest.fixture(scope="module")
def ramp(tmp_path_factory):
    """A clip that brightens frame by frame while its sound swells, the first second of it silent."""
    path = tmp_path_factory.mktemp("ramp") / "a.mov"
    with av.open(str(path), "w") as container:
        video, audio = container.add_stream("png", rate=25), container.add_stream("pcm_s16le", rate=48000)
        video.width = video.height = 32
        video.pix_fmt = "rgb24"
        audio.layout = "mono"
        for number in range(SECONDS * 25):
            picture = np.full((32, 32, 3), grey(number), np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        sound = np.arange(SECONDS * 48000) / (SECONDS * 48000) * np.sin(np.arange(SECONDS * 48000))
        sound[:48000] = 0
        frame = av.AudioFrame.from_ndarray((sound * 32767).astype(np.int16)[None], "s16", "mono")
        frame.sample_rate = 48000
        for packet in (*video.encode(), *audio.encode(frame), *audio.encode()):
            container.mux(packet)
    return Clip("c0", "A", (probe(path),))


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 1 << 30)


def embedded(clip, net, side, start, end, cache, token=None, **more):
    return drain(embed(clip, net, side, start, end, cache, token or CancelToken(), **more))


def expected(track):
    """Return the greys of the frames that each segment covers."""
    first = np.rint((track.start + track.hop * np.arange(len(track))) * 25).astype(int)
    return grey(first[:, None] + np.arange(16))


def test_segments_show_the_frames_of_their_time(ramp, cache):
    track = embedded(ramp, Eye(), "pictures", 3.0, 11.0, cache)
    assert (track.hop, track.segment) == (0.32, 0.64)
    assert track.start == pytest.approx(3.2)
    assert len(track) == 23
    assert track.present.all()
    assert np.array_equal(track.tokens.reshape(len(track), 16), expected(track))


def test_a_whole_clip_is_all_segments_that_lie_inside(ramp, cache):
    pictures = embedded(ramp, Eye(), "pictures", 0, 1e6, cache)
    sound = embedded(ramp, Eye(), "sound", -5, 1e6, cache)
    assert len(pictures) == len(sound) == int((SECONDS - 0.64) / 0.32) + 1
    assert pictures.start == sound.start == 0


def test_digital_silence_is_not_present_and_the_rest_swells(ramp, cache):
    sound = embedded(ramp, Eye(), "sound", 0, SECONDS, cache)
    silent = np.arange(len(sound)) * 0.32 + 0.64 <= 1.0
    assert np.array_equal(sound.present, ~silent)
    level = sound.vectors().mean(axis=1)[sound.present]
    assert (np.diff(level[3:]) > 0).all()


def test_ranges_that_overlap_share_and_cost_no_more_than_asked_for(ramp, cache):
    net = Eye()
    one = embedded(ramp, net, "pictures", 3.0, 9.0, cache)
    assert net.seen == len(one)
    two = embedded(ramp, net, "pictures", 6.0, 12.0, cache)
    both = embedded(ramp, net, "pictures", 3.0, 12.0, cache)
    assert net.seen == len(both) < len(one) + len(two)
    assert np.array_equal(both.tokens[: len(one)], one.tokens)
    assert np.array_equal(both.tokens[-len(two) :], two.tokens)


def test_a_killed_run_goes_on_where_it_was(ramp, cache):
    token = CancelToken()
    first = Eye(stop_after=BLOCK + 4, token=token)
    with pytest.raises(Cancelled):
        embedded(ramp, first, "pictures", 0, SECONDS, cache, token)
    second = Eye()
    track = embedded(ramp, second, "pictures", 0, SECONDS, cache)
    assert first.seen + second.seen == len(track)
    assert np.array_equal(track.tokens.reshape(len(track), 16), expected(track))


def test_a_cached_run_gives_the_very_same_numbers_and_decodes_nothing(ramp, cache):
    first = embedded(ramp, Eye(), "sound", 0, SECONDS, cache)
    net = Eye()
    gone = replace(ramp, files=(replace(ramp.files[0], path=ramp.path.with_name("gone.mov")),))
    within = embedded(gone, net, "sound", 2.0, 9.0, cache)
    assert net.seen == 0
    skipped = round(within.start / within.hop)
    assert np.array_equal(within.tokens, first.tokens[skipped : skipped + len(within)])


def test_other_weights_other_sides_and_other_grids_share_nothing(ramp, cache):
    net = Eye()
    embedded(ramp, net, "pictures", 0, 3, cache)
    for change in ({"digest": "d2"}, {"layout": replace(LAYOUT, shorter_side=20)}):
        other = type("Other", (Eye,), change)()
        embedded(ramp, other, "pictures", 0, 3, cache)
        assert other.seen == 8
    net.seen = 0
    shifted = embedded(ramp, net, "pictures", 0, 3, cache, through=1.0)
    assert net.seen == len(shifted)
    assert shifted.start == pytest.approx(1.0 % 0.32)


def test_a_grid_runs_through_the_instant_asked_for():
    for instant in (0.0, 1.0, 12.3456, -7.1):
        grid = Grid.through(LAYOUT, instant)
        assert 0 <= grid.origin < grid.hop
        steps = (Fraction(round(instant * 10**6), 10**6) - grid.origin) / grid.hop
        assert steps.denominator == 1


def test_what_is_not_there_is_said(ramp, cache):
    silent = replace(ramp, key="c1", files=(replace(ramp.files[0], sounds=()),))
    with pytest.raises(MediaError, match="no sound"):
        embedded(silent, Eye(), "sound", 0, 5, cache)
    blind = replace(ramp, key="c2", files=(replace(ramp.files[0], pictures=()),))
    with pytest.raises(MediaError, match="no picture"):
        embedded(blind, Eye(), "pictures", 0, 5, cache)
    gone = replace(ramp, key="c3", files=(replace(ramp.files[0], path=ramp.path.with_name("gone.mov")),))
    with pytest.raises(MediaError, match="no longer there"):
        embedded(gone, Eye(), "pictures", 0, 5, cache)


def test_a_recording_too_short_for_a_segment_gives_none(tmp_path, cache):
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16000)
        out.writeframes(b"\1\1" * 8000)
    clip = Clip("c9", "A", (probe(path),))
    assert recorded_span(clip, "sound") == (0, Fraction(1, 2))
    assert recorded_span(clip, "pictures") == (0, 0)
    assert len(embedded(clip, Eye(), "sound", 0, 5, cache)) == 0
