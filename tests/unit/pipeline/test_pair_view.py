"""What is shown of a pair: places, votes, chances, what third clips say, and what is missing."""

import wave
from dataclasses import replace

import numpy as np
import pytest

from rushlock.base.clock import Clock
from rushlock.base.progress import CancelToken, drain
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.offsets.estimate import Estimate
from rushlock.pipeline.pair_view import comparing
from rushlock.pipeline.pair_view.ballot import Curve, ballot
from rushlock.pipeline.pair_view.comparing import comparison
from rushlock.pipeline.pair_view.question import BOTH, PICTURE, SOUND, NetSide, Question, Third, Told
from rushlock.placements.graph import Group as TiedGroup
from rushlock.placements.graph import Span, ties_between

RATE = 16_000


class InThisProcess:
    """A pool that starts no process."""

    def __init__(self, workers=0):
        pass

    def run(self, function, items, token):
        from rushlock.jobs.outcome import Outcome

        for index, item in enumerate(items):
            token.check()
            yield Outcome(index, function(item))

    def close(self):
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pair")


def bangs(noise):
    """Return 40 s of bursts of noise at times of no rhythm."""
    loudness = np.full(40 * RATE, 0.02)
    for at in noise.uniform(0, 39.5, 160):
        first = int(at * RATE)
        loudness[first : first + RATE // 4] += noise.uniform(0.2, 1) * np.exp(-np.arange(RATE // 4) / 500)
    return noise.standard_normal(len(loudness)) * loudness


@pytest.fixture(scope="module")
def clips(folder):
    """Three recorders of one unrepeated scene from 0, 5.3 and 2 s on, and one of another scene."""
    noise = np.random.default_rng(11)
    scene, other = (bangs(noise) for _ in range(2))
    made = {}
    for name, sound, start, seconds in (
        ("master", scene, 0.0, 30.0),
        ("node", scene, 5.3, 20.0),
        ("third", scene, 2.0, 25.0),
        ("stranger", other, 0.0, 20.0),
    ):
        path = folder / f"{name}.wav"
        first = round(start * RATE)
        own = sound[first : first + round(seconds * RATE)] + 0.02 * noise.standard_normal(
            round(seconds * RATE)
        )
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes((own * 9000).clip(-32000, 32000).astype("<i2").tobytes())
        made[name] = Clip(name, name, (probe(path),))
    return made


@pytest.fixture
def compared(clips, folder, monkeypatch):
    monkeypatch.setattr(comparing, "Pool", InThisProcess)
    cache = Cache(folder / "cache", 1 << 28)

    def of(master, node, modality=SOUND, **more):
        question = Question(clips[master], clips[node], modality, **more)
        return drain(comparison(question, cache, CancelToken()))

    return of


def test_two_recorders_of_one_scene_lie_where_they_do_and_the_matrix_shows_it(compared):
    found = compared("master", "node")
    best = found.ballot.places[0]
    assert best.offset == pytest.approx(5.3, abs=0.001)
    assert best.chance > 0.9
    assert best.height == pytest.approx(np.nanmax(found.curve.heights))
    assert best.margin > 5
    matrix = found.matrix("cosine")
    rows, columns = matrix.shape(0)
    cells = matrix.cells(0, np.arange(rows), np.arange(columns))
    assert np.diagonal(cells, -round(5.3 * 30)).mean() > 0.3
    assert abs(np.diagonal(cells, -round(9.1 * 30)).mean()) < 0.1


def test_of_strangers_nothing_is_likely_and_a_peak_is_never_called_a_chance(compared):
    found = compared("master", "stranger")
    assert found.ballot.none > 0.5
    assert all(p.chance < Settings().review for p in found.ballot.places)


def test_the_last_run_knew_better_what_a_place_is_worth(compared):
    told = (Told("sound", 5.302, 0.42), Told("sound+picture", 11.0, 0.3))
    found = compared("master", "node", told=told)
    places = {round(p.offset, 1): p.chance for p in found.ballot.places}
    sound = next(v for v in found.ballot.votes if v.method == SOUND)
    assert sound.places[0][1] == 0.42
    assert places[11.0] > 0


def test_a_third_clip_that_hears_the_node_puts_the_pair_where_it_is(compared, clips):
    compared("third", "node")  # its sound is known from now on
    found = compared("master", "node", thirds=(Third(clips["third"], 2.0),))
    (loop,) = found.loops
    assert loop.lag == pytest.approx(5.3, abs=0.01)
    assert loop.height > comparing.hearing.CLEAR


def test_without_pictures_it_says_whose_are_missing_and_sound_still_votes(compared):
    for modality in (PICTURE, BOTH):
        found = compared("master", "node", modality)
        assert found.matrix("cosine") is None
        assert ("picture", "node.wav: no picture") in found.troubles
        assert found.ballot.places[0].offset == pytest.approx(5.3, abs=0.001)


def test_a_file_that_is_gone_is_told_and_nothing_raises(compared, clips, folder):
    gone = replace(
        clips["node"], key="gone", files=(replace(clips["node"].files[0], path=folder / "gone.wav"),)
    )
    clips = {**clips, "gone": gone}
    question = Question(clips["master"], gone)
    found = drain(comparison(question, Cache(folder / "cache", 1 << 28), CancelToken()))
    assert found.matrix("L2") is None
    assert any(what == "sound" and "gone.wav" in why for what, why in found.troubles)


def test_the_network_that_comes_with_rushlock_shows_what_it_hears(compared):
    found = compared("master", "node", NetSide("standin", "audio"), lag=5.3)
    assert found.matrix("cosine").shape(0)[0] > 20
    assert found.curve.offsets.size
    found = compared("master", "node", NetSide("standin", "video"), lag=5.3)
    assert found.matrix("cosine") is None
    assert [what for what, _ in found.troubles if what == "standin"] == ["standin"]


def an_estimate(offset, probability, method="sound", precision=0.001):
    return Estimate("m", "n", Clock.line(offset), precision, 0.0, 10.0, probability, method)


@pytest.mark.parametrize(("first", "second"), [(0.99, 0.99), (0.99, 0.6), (0.9, 0.2)])
def test_places_are_pooled_as_placing_pools_them(first, second):
    estimates = [an_estimate(1.0, first), an_estimate(4.0, second)]
    large, small = TiedGroup({"m": 0.0}, {"M": ["m"]}), TiedGroup({"n": 0.0}, {"N": ["n"]})
    spans = {"m": Span("m", "M", 20.0), "n": Span("n", "N", 20.0)}
    ties = ties_between(large, small, {"m": estimates, "n": estimates}, spans)
    found = ballot([], estimates, Curve(np.zeros(0), np.zeros(0)))
    assert [p.offset for p in found.places] == [tie.shift for tie in ties]
    assert [p.chance for p in found.places] == pytest.approx([tie.probability for tie in ties])
    assert sum(p.chance for p in found.places) + found.none == pytest.approx(1.0)


def test_what_is_told_roughly_joins_what_it_cannot_be_told_from():
    rough = an_estimate(1.05, 0.8, "sound+picture", precision=0.1)
    found = ballot([], [an_estimate(1.0, 0.9), rough], Curve(np.zeros(0), np.zeros(0)))
    assert len(found.places) == 1
    assert found.places[0].offset == 1.0
    assert found.places[0].methods == ("sound", "sound+picture")


def test_peaks_of_a_curve_are_apart_ordered_and_not_dwarfed():
    offsets = np.arange(-1000, 1000) / 100
    heights = np.zeros(2000)
    heights[[500, 505, 1200, 1500]] = 10, 9, 8, 3.2
    peaks = Curve(offsets, heights).peaks()
    assert peaks == [offsets[500], offsets[1200]]
