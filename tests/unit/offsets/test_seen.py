"""Pictures of the same moments find each other by motion; noise, strangers, strides are not believed."""

from dataclasses import replace

import numpy as np
import pytest

from rushlock.base.progress import Cancelled, CancelToken
from rushlock.evaluation.seen_filming import filmed_track
from rushlock.features.motion import HOP_S, RATE, SPANS, MotionTrack, track_of
from rushlock.offsets import seen
from rushlock.offsets.seen import seen_curve, seen_places
from rushlock.offsets.seen_judge import SCORES, alone, among_clips, repeats, seen_scores, seen_trust

SIDE = 48
CLAPS = 5  # a scene of the evaluation whose numbers are no training's


def compared(master, node):
    curve = seen_curve(master, node, CancelToken())
    return curve, seen_places(master, node, curve, CancelToken())


def chance(curve, places):
    return seen_trust().probability(seen_scores(places, 0, curve)) if places else 0.0


def chance_alone(master, node, curve, places):
    return min(chance(curve, places), alone(master, node, places))


@pytest.fixture(scope="module")
def views():
    """A scene from two sides, and the same people at other times; clip time is the scene's."""
    return filmed_track(CLAPS, 0), filmed_track(CLAPS, 1), filmed_track(CLAPS, 1, telling=1)


def noise(seed, count):
    random = np.random.default_rng(seed)
    return track_of((n / 30, random.uniform(60, 180, (SIDE, SIDE)).astype(np.float32)) for n in range(count))


def swinging(phase, across, seconds=8.0):
    """Return a pendulum of 1.1 s as seen from a side; ``across``: how far it swings there."""
    y, x = np.mgrid[:SIDE, :SIDE]
    random = np.random.default_rng(round(across * 10))

    def picture(time):
        place = 24 + across * np.sin(2 * np.pi * (time + phase) / 1.1)
        blob = 90 + 100 * np.exp(-((x - place) ** 2 + (y - 24) ** 2) / 40)
        return (blob + random.normal(0, 1, blob.shape)).astype(np.float32)

    return track_of((n / 30, picture(n / 30)) for n in range(round(seconds * 30)))


def test_two_sides_of_a_scene_find_each_other_within_half_a_frame(views):
    one, other, _ = views
    believed = []
    for begin, shift in ((60, 0), (150, -47), (200, 80)):
        master, node = one.part(begin, begin + 300), other.part(begin + shift, begin + shift + 240)
        curve, places = compared(master, node)
        assert abs(places[0].offset) < HOP_S / 2
        believed.append(chance(curve, places))
    assert sorted(believed)[1] > 0.8  # claps repeat: where few are shared, right is not sure


def test_an_offset_is_the_nodes_start_after_the_masters(views):
    one, other, _ = views
    master, node = one.part(100, 400), other.part(130, 430)
    node = replace(node, first=0)
    master = replace(master, first=0)
    _, places = compared(master, node)
    true = (130 + other_first(views) - 100 - views[0].first) * HOP_S
    assert abs(places[0].offset - true) < HOP_S / 2


def other_first(views):
    return views[1].first


def test_the_same_people_at_other_times_are_not_believed(views):
    one, _, stranger = views
    curve, places = compared(one.part(60, 360), stranger.part(80, 380))
    assert chance(curve, places) < 0.5


def test_noise_shows_no_liking_for_offset_zero(views):
    """The probe of VideoSync's own paper: a head that likes 0 finds it against noise of the same length."""
    one = views[0].part(30, 150)
    near = 0
    for seed in range(12):
        probe = noise(seed, 120)
        probe = replace(probe, first=one.first)
        curve, places = compared(one, probe)
        near += abs(places[0].offset) <= 2.5 * HOP_S
        assert chance(curve, places) < 0.5
    # 5 of some 150 lags lie so near 0: by chance three of twelve probes do in one run of three hundred.
    assert near < 3


def test_a_stride_is_said_to_fit_in_several_places():
    master, node = swinging(0.0, 12.0), swinging(0.4, 7.0)
    curve, places = compared(master, node)
    assert places[1].evidence > 0.5 * places[0].evidence
    assert repeats(master, node, places[1].offset - places[0].offset)
    assert chance_alone(master, node, curve, places) < 0.5


def test_what_never_repeats_is_not_said_to(views):
    assert not repeats(views[0], views[1], 3.0)


def wandering(seed, count):
    """Return a track whose distances wander at random, and what makes it."""
    random = np.random.default_rng(seed)
    walk = np.cumsum(random.normal(size=(count + SPANS, 6)), axis=0).astype(np.float32)
    spans = [np.sqrt(np.square(walk[s : s + count] - walk[:count]).mean(axis=1)) for s in range(1, SPANS + 1)]
    return np.stack(spans, axis=1)


def track_from(distances, seed):
    random = np.random.default_rng(seed)
    noisy = [
        np.maximum(distances * random.uniform(0.9, 1.1) + random.normal(0, 0.3, distances.shape), 0)
        for _ in "ab"
    ]
    count = len(distances)
    flat = np.zeros((count, 3), np.float16)
    return MotionTrack(
        0,
        noisy[0].astype(np.float16),
        noisy[1].astype(np.float16),
        flat[:, :2],
        flat[:, 2],
        np.ones(count, bool),
    )


def test_long_clips_are_found_on_few_moments_and_placed_on_all(monkeypatch):
    monkeypatch.setattr(seen, "CLOSE_MOMENTS", 1000)
    world = wandering(1, 5000)
    master, node = track_from(world[:4000], 2), track_from(world[1237:4700], 3)
    _, places = compared(master, node)
    assert abs(places[0].offset - 1237 * HOP_S) < HOP_S / 2
    swapped = compared(node, master)[1]
    assert abs(swapped[0].offset + 1237 * HOP_S) < HOP_S / 2


def test_clips_too_short_to_compare_give_nothing():
    for count in (0, 1, 5, 12):
        _, places = compared(noise(1, 90), noise(2, count))
        assert places == [] or count > 5


def test_a_gap_in_a_clip_hinders_nothing(views):
    one, other, _ = views
    present = other.present.copy()
    present[100:130] = False
    torn = replace(other, present=present)
    _, places = compared(one, torn)
    assert abs(places[0].offset) < HOP_S / 2


def test_a_cancel_is_heard(views):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        seen_curve(views[0], views[1], token)


def test_what_is_shipped_weighs_every_score_and_claims_no_more_than_was_shown():
    trust = seen_trust()
    assert set(trust.calibration.weights) == set(SCORES)
    assert 0.5 < trust.most < 1.0
    assert 0 < trust.precision < 1 / RATE
    assert trust.probability({s: trust.calibration.high[s] for s in SCORES}) <= trust.most


def test_among_many_clips_a_chance_is_worth_less():
    assert among_clips(0.9, 2) == pytest.approx(0.9)
    assert among_clips(0.9, 20) == pytest.approx(0.9 / (0.9 + 1.0))
