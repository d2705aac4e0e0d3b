from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest

from rushlock.base.clock import Clock
from rushlock.features.channels import Mix
from rushlock.features.heard import HeardTrack
from rushlock.offsets.estimate import Estimate
from rushlock.pipeline.doubts import Known, checks, searches
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.sync_map import Status

RATE = 48000


@pytest.fixture
def scene(made_up):
    """Return clips (a recorder, a camera with sound, a silent one) and what makes known what is known."""
    rate = made_up.rate("25")
    recorder = made_up.clip("REC", made_up.sound_file("t.wav", 600 * RATE))
    camera = made_up.clip("A", made_up.picture_file("a.mov", rate, 250 * 25))
    silent = made_up.clip("S", made_up.picture_file("s.mov", rate, 30 * 25, sound=False))

    def known(clips=(recorder, camera, silent), estimates=(), placed=(), decisions=None):
        placements = {c.key: made_up.placement(c, None) for c in clips}
        placements |= {p.clip: p for p in placed}
        sync_map = made_up.sync_map(*placements.values())
        return Known(clips, {c.key: track() for c in clips}, {}, estimates, sync_map, decisions or {})

    return recorder, camera, silent, known


def track():
    """Return what is heard of lively sound."""
    frames = 3000
    level = np.where(np.arange(frames) // 50 % 2, -20.0, -50.0).astype(np.float16)
    return HeardTrack(np.zeros((frames, 16), np.float16), level, Mix(((1.0,),)))


def estimate(master, node, probability, start=0.0):
    return Estimate(master.key, node.key, Clock.line(start), 0.001, 1.0, 30.0, probability)


def test_a_silent_picture_is_searched_in_the_recorders_sound_before_the_cameras(scene):
    recorder, camera, silent, known = scene
    (search,) = searches(known())
    assert search.clip is silent
    assert search.partners == ((recorder, None), (camera, None))


def test_timecode_says_where_to_look_first_across_midnight(scene, made_up):
    recorder, camera, silent, known = scene
    late = replace(recorder, files=(replace(recorder.files[0], day_seconds=Fraction(86395)),))
    labelled = replace(silent, files=(replace(silent.files[0], day_seconds=Fraction(5)),))
    (search,) = searches(known((late, camera, labelled)))
    partner, hint = search.partners[0]
    assert (partner, hint.delay) == (late, -10.0)
    assert search.partners[1] == (camera, None)


def test_file_times_hint_loosely_and_a_hint_of_no_overlap_is_none(scene):
    recorder, camera, silent, known = scene
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)

    def dated(clip, seconds):
        return replace(clip, files=(replace(clip.files[0], created=noon + timedelta(seconds=seconds)),))

    (search,) = searches(known((dated(recorder, 0), dated(camera, 5000), dated(silent, 60))))
    hints = {partner.camera: hint for partner, hint in search.partners}
    assert hints["REC"].delay == -60.0
    assert hints["REC"].reach > 1.0
    assert hints["A"] is None


def test_what_is_settled_or_decided_is_left_alone(scene, made_up):
    recorder, camera, silent, known = scene
    pair = [estimate(recorder, camera, 0.5)]
    settled = [made_up.placement(c, 1.0) for c in (recorder, camera, silent)]
    assert not list(searches(known(placed=settled)))
    assert not list(checks(known(estimates=pair, placed=settled)))
    rejected = {silent.key: Decision(silent.key, DecisionKind.REJECTED)}
    assert not list(searches(known(decisions=rejected)))


def test_a_pair_in_doubt_is_checked_if_a_picture_can_meet_a_sound(scene, made_up):
    recorder, camera, _, known = scene
    review = made_up.placement(camera, 1.0, status=Status.REVIEW)
    places = [estimate(recorder, camera, p, at) for p, at in ((0.2, 1.0), (0.5, 2.0), (0.01, 3.0))]
    (check,) = checks(known(estimates=places, placed=(review,)))
    assert [e.offset for e in check.estimates] == [2.0, 1.0]
    other = made_up.clip("REC2", made_up.sound_file("u.wav", 600 * RATE))
    blind = [estimate(recorder, other, 0.5)]
    assert not list(checks(known((recorder, other), estimates=blind)))
