"""Windows along a recording tell its lag together, by the mean or by what a network has learnt."""

from types import SimpleNamespace

import numpy as np
import pytest

from rushlock.base.errors import UsageError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.base.settings import Settings
from rushlock.nets.protocol import SegmentLayout, StreamNet
from rushlock.offsets.heads.accumulating import Averaging, Learned, accumulation, averaged
from rushlock.offsets.heads.answers import chances_of
from rushlock.offsets.heads.following import Pace, follow
from rushlock.offsets.heads.recording import Recording, Segments
from rushlock.offsets.heads.sliding import slide

STEP_S = 0.2


@pytest.fixture
def whole(planted):
    """Return makers of a network whose window is one segment of five seconds, and of recordings for it."""

    class Whole(planted.net):
        def __init__(self, **more):
            super().__init__(**more)
            self.layout = SegmentLayout(
                25, 16000, 125, 80000, 2, 16, 16, 1, self.layout.classes, self.layout.bias
            )

        def _energy(self, tokens):
            return tokens[:, 0, :, 0]

    asked = []

    def recording(energy, start, seconds, late=0.0, **sides):
        """Return a recording whose sound lies late in its file."""

        def embed(side, first, count):
            asked.append((side, count))
            times = ((first + np.arange(count))[:, None] * 2 + np.arange(125)) / 25 + start
            times = times - late if side == "sound" else times
            values = np.interp(times, np.arange(energy.size) / 25, energy).astype(np.float32)[..., None]
            return Segments(first, values, np.ones(count, np.bool_))
            yield

        return Recording(seconds, sides.get("pictures", True), sides.get("sound", True), embed)

    return SimpleNamespace(net=Whole, recording=recording, asked=asked)


@pytest.mark.parametrize("late", [-0.8, 0.0, 1.2])
def test_a_recording_whose_sound_is_late_says_so(planted, whole, late):
    clip = whole.recording(planted.energy(80, 1), 10.0, 60.0, late)
    found = drain(follow(whole.net(), clip, clip, 0.0, Pace(), CancelToken()))
    assert found.offsets[np.argmax(found.together[-1])] == pytest.approx(-late, abs=1e-9)
    np.testing.assert_allclose(np.diff(found.times), 2.0)
    assert found.times[-1] > 60 - 5 - 2.1


@pytest.mark.parametrize("start", [-6.4, 3.0])
def test_two_recordings_tell_their_offset_whatever_is_supposed(planted, whole, start):
    scene, net = planted.energy(90, 2), whole.net(stated=0.06)
    seen, heard = whole.recording(scene, 20.0, 40.0), whole.recording(scene, 20.0 + start, 40.0)
    for delay in (start, start + 1.03, start - 0.9):
        found = drain(follow(net, seen, heard, delay, Pace(hop=1.0), CancelToken()))
        best = found.offsets[np.argmax(found.together[-1])]
        assert best - 0.06 == pytest.approx(start, abs=STEP_S / 2 + 1e-9)


def test_windows_lie_inside_both_recordings_and_the_span(planted, whole):
    scene, net = planted.energy(90, 2), whole.net()
    seen, heard = whole.recording(scene, 0.0, 30.0), whole.recording(scene, 10.0, 30.0)
    times = drain(follow(net, seen, heard, 10.0, Pace(), CancelToken())).times
    assert times[0] == pytest.approx(10.0, abs=0.08)
    assert times[-1] <= 25.0
    within = drain(follow(net, seen, heard, 10.0, Pace(), CancelToken(), span=(13.0, 17.5))).times
    assert 13.0 <= within[0] < 13.1
    assert within[-1] <= 17.5
    short = whole.recording(scene, 0.0, 4.0)
    assert drain(follow(net, short, short, 0.0, Pace(), CancelToken())).together.shape == (0, 21)


def test_following_works_for_windows_of_many_segments_and_can_be_stopped(planted):
    net, scene = planted.net(), planted.energy(70, 4)
    clip = planted.recording(net, scene, 3.0, 50.0)
    found = drain(follow(net, clip, clip, 0.0, Pace(), CancelToken()))
    assert np.argmax(found.together[-1]) == 10
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        drain(follow(net, clip, clip, 0.0, Pace(), token))


def test_the_mean_looks_back_over_its_history_and_no_further():
    chances = chances_of(np.random.default_rng(1).normal(size=(9, 5)))
    found = averaged(chances, 4)
    for k in range(9):
        np.testing.assert_allclose(found[k], chances[max(k - 3, 0) : k + 1].mean(axis=0), rtol=1e-12)


class Remembering:
    """A network whose windows leave their number, and which answers with the numbers it is given."""

    name, digest, experimental = "remembering", "r", False
    layout = SegmentLayout(25, 16000, 125, 80000, 2, 16, 16, 1, (-1.0, 0.0, 1.0))

    def __init__(self):
        self.histories = []

    def embed_pictures(self, segments):
        return segments

    def embed_sound(self, segments):
        return segments

    def offset_logits(self, pictures, sound):
        return np.stack([pictures[:, 0, 0, 0], sound[:, 0, 0, 0], 0 * sound[:, 0, 0, 0]], axis=1)

    def belonging_logits(self, pictures, sound):
        return None

    def stream_tokens(self, pictures, sound):
        return pictures[:, 0, 0]

    def stream_logits(self, history):
        self.histories += history[..., 0].tolist()
        return np.zeros((len(history), 3), np.float32)


@pytest.mark.parametrize("steps", [(7,), (1, 1, 1, 1, 1, 1, 1), (3, 4)])
def test_windows_may_be_told_one_by_one_or_together(steps):
    net = Remembering()
    assert isinstance(net, StreamNet)
    windows = np.random.default_rng(1).normal(size=(7, 1, 1, 2)).astype(np.float32)
    windows[:, 0, 0, 0] = np.arange(7)
    learned, mean, told, first = Learned(net, 3), Averaging(net, 3), [], 0
    for count in steps:
        some = windows[first : first + count]
        assert learned.told(some, some).shape == (count, 3)
        told.append(mean.told(some, some))
        first += count
    assert net.histories == [[0], [0, 1], [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5, 6]]
    alone = chances_of(net.offset_logits(windows, windows))
    np.testing.assert_allclose(np.concatenate(told), averaged(alone, 3), rtol=1e-12)


def test_what_was_learnt_is_preferred(planted):
    assert isinstance(accumulation(Remembering(), 18), Learned)
    assert isinstance(accumulation(planted.net(), 18), Averaging)


def test_a_search_embeds_no_sound_between_the_windows_that_it_judges(planted, whole):
    net, scene = whole.net(), planted.energy(100, 3)
    seen = whole.recording(scene, 30.0, 30.0, sound=False)
    heard = whole.recording(scene, 0.0, 95.0, pictures=False)
    found = drain(slide(net, seen, heard, (-95.0, 30.0), CancelToken()))
    assert found[0].delay == pytest.approx(-30.0, abs=STEP_S)
    assert sum(count for side, count in whole.asked if side == "sound") <= 95 / 1.6 + 1


def test_the_pace_comes_from_the_settings_and_is_bounded():
    assert Pace.of(Settings()) == Pace(2.0, 18)
    for wrong in ({"window_hop": 0.0}, {"window_history": 0}):
        with pytest.raises(UsageError):
            Settings(**wrong)
