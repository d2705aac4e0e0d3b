"""Generated events: what is seen and heard happens when the truth says, from everywhere."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.evaluation.events.actors import ACTORS, Ball, Hands, Talker
from rushlock.evaluation.events.listening import draw_ear
from rushlock.evaluation.events.painting import draw_light
from rushlock.evaluation.events.scene import EventScene
from rushlock.evaluation.events.schedule import draw_beats, draw_syllables
from rushlock.evaluation.events.views import draw_view

RATE = 16000
SEEDS = st.integers(0, 1 << 20)


@given(SEEDS, st.floats(0.7, 1.4), st.floats(1.5, 2.6))
def test_what_hits_touches_at_every_impact_and_is_away_between(seed, tempo, sharpness):
    beats = draw_beats(np.random.default_rng(seed), 8.0, tempo)
    inner = beats.times[1:-1]
    assert np.all(np.diff(beats.times) > 0.2)
    assert beats.times[0] < 0
    assert beats.times[-1] > 8
    assert np.abs(beats.lift(inner, sharpness)).max() < 1e-9
    between = (beats.times[1:] + beats.times[:-1]) / 2
    assert beats.lift(between, sharpness).min() > 0.4


@given(SEEDS)
def test_every_impact_falls_into_exactly_one_stretch(seed):
    beats = draw_beats(np.random.default_rng(seed), 6.0, 1.0)
    edges = np.linspace(0, 6, 301)
    inside = beats.times[(beats.times > 0) & (beats.times <= 6)]
    assert beats.between(edges).sum() == len(inside)


@given(SEEDS)
def test_a_mouth_closes_after_every_syllable(seed):
    said = draw_syllables(np.random.default_rng(seed), 5.0, 4)
    assert np.all(said.starts[1:] >= said.starts[:-1] + said.lengths[:-1] - 1e-9)
    assert np.abs(said.opening(said.starts)).max() < 1e-9
    assert said.opening(said.starts + said.lengths / 2) == pytest.approx(said.wide)


@pytest.mark.parametrize("kind", range(len(ACTORS)))
def test_a_scene_is_the_same_each_time_and_another_telling_is_not(kind):
    one, again, other = (EventScene(7, 3.0, kind, telling) for telling in (0, 0, 1))
    random = np.random.default_rng(1)
    view, light = one.view(random), draw_light(random)
    times = np.arange(20) / 25
    pictures = one.pictures(view, light, times, 32, 32)
    assert np.array_equal(pictures, again.pictures(view, light, times, 32, 32))
    assert np.array_equal(one.dry(RATE), again.dry(RATE))
    assert not np.array_equal(pictures, other.pictures(view, light, times, 32, 32))
    assert not np.array_equal(one.dry(RATE), other.dry(RATE))


@pytest.mark.parametrize("kind", range(len(ACTORS) - 1))
def test_impacts_sound_when_they_happen(kind):
    actor = ACTORS[kind](np.random.default_rng(kind), 6.0, np.zeros(3))
    sound = actor.sound(6.0, RATE)
    for time in actor.beats.times[(actor.beats.times > 0.3) & (actor.beats.times < 5.9)]:
        at = round(time * RATE)
        after, before = sound[at : at + 160], sound[at - 160 : at]
        assert np.square(after).sum() > 10 * np.square(before).sum()


def test_speech_is_loud_where_the_mouth_is_open():
    talker = Talker(np.random.default_rng(3), 8.0, np.zeros(3))
    windows = np.square(talker.sound(8.0, RATE)).reshape(-1, RATE // 50).mean(axis=1)
    open_ = talker.openness((np.arange(len(windows)) + 0.5) / 50)
    assert windows[open_ > 0.3].mean() > 20 * windows[open_ < 0.02].mean()


def test_what_a_view_looks_at_is_in_the_middle_of_its_picture():
    for seed in range(20):
        view = replace(draw_view(np.random.default_rng(seed), np.array([1.0, 2.0, 1.5]), 0.5), sway=0.0)
        place, size = view.seen(np.array([[1.0, 2.0, 1.5]]), np.zeros(1))
        assert np.abs(place).max() < 1e-9
        assert 0.5 < 0.5 * size[0] < 1.1  # the reach fills most of half the picture, and fits


def test_a_mirrored_view_exchanges_left_and_right():
    view = replace(draw_view(np.random.default_rng(1), np.zeros(3), 0.5), sway=0.0, roll=0.0, mirrored=False)
    point = np.array([[0.2, -0.1, 0.1]])
    plain, _ = view.seen(point, np.zeros(1))
    mirrored, _ = replace(view, mirrored=True).seen(point, np.zeros(1))
    assert mirrored == pytest.approx(plain * (-1, 1))


def test_a_ball_is_seen_lowest_at_its_impacts():
    ball = Ball(np.random.default_rng(5), 6.0, np.zeros(3))
    times = np.arange(0, 6, 0.01)
    height = ball.shapes(times)[1].middle[:, 2]
    lowest = times[1:-1][(height[1:-1] < height[:-2]) & (height[1:-1] <= height[2:])]
    for time in ball.beats.times[(ball.beats.times > 0.05) & (ball.beats.times < 5.9)]:
        assert np.abs(lowest - time).min() <= 0.01


def test_hands_meet_at_their_impacts_whatever_the_view():
    hands = Hands(np.random.default_rng(6), 6.0, np.zeros(3))
    inner = hands.beats.times[(hands.beats.times > 0.3) & (hands.beats.times < 5.7)]
    for seed in range(5):
        view = replace(draw_view(np.random.default_rng(seed), hands.heart, hands.reach), sway=0.0)
        gaps = []
        for times in (inner, inner + 0.08):
            left, right = (view.seen(shape.middle, times)[0] for shape in hands.shapes(times)[-2:])
            gaps.append(np.linalg.norm(left - right, axis=1))
        assert np.all(gaps[0] < gaps[1])


def test_sound_arrives_as_late_as_it_is_far():
    scene = EventScene(11, 4.0, kind=0)
    ear = replace(draw_ear(np.random.default_rng(2)), snr_db=60.0, hum_db=None, clicks=0.0, reverberation=0.1)
    near, far = (scene.sound(replace(ear, away=away), RATE).astype(float) for away in (0.5, 6.0))
    lags = np.arange(-400, 401)
    match = [np.dot(near[1000:-1000], far[1000 + lag : len(far) - 1000 + lag]) for lag in lags]
    assert lags[int(np.argmax(match))] == pytest.approx(5.5 / 343 * RATE, abs=2)


def test_recordings_stay_within_full_scale_and_say_something():
    for seed in range(6):
        heard = EventScene(seed, 2.0).sound(draw_ear(np.random.default_rng(seed)), RATE)
        assert heard.dtype == np.float32
        assert len(heard) == 2 * RATE
        assert 0.01 < np.abs(heard).max() <= 1.0
