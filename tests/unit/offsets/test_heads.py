import numpy as np
import pytest

from rushlock.base.clock import Clock
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.offsets.heads.cross import ask
from rushlock.offsets.heads.recording import directions
from rushlock.offsets.heads.sliding import slide
from rushlock.offsets.voting import vote

FRAME_S = 0.04


@pytest.mark.parametrize("truth", [-7.5, 12.24])
@pytest.mark.parametrize("bias", [0.0, 0.064])
def test_a_candidate_is_corrected_to_within_a_frame_from_both_directions(planted, truth, bias):
    net, scene = planted.net(bias=bias), planted.energy(90, 1)
    master = planted.recording(net, scene, 20.0, 60.0)
    node = planted.recording(net, scene, 20.0 + truth, 40.0)
    answers = drain(ask(net, master, node, Clock.line(truth + 0.3), 8, CancelToken()))
    found = vote(answers, 1.5)
    assert found.directions == 2
    assert found.offset == pytest.approx(-0.3, abs=FRAME_S / 2)
    assert found.evidence_at(found.offset) > 5


@pytest.mark.parametrize("forward", [True, False])
def test_each_direction_alone_has_the_right_sign(planted, forward):
    net, scene = planted.net(), planted.energy(60, 2)
    master = planted.recording(net, scene, 0.0, 50.0, pictures=forward, sound=not forward)
    node = planted.recording(net, scene, 5.4, 30.0, pictures=not forward, sound=forward)
    assert directions(master, node) == (forward,)
    found = vote(drain(ask(net, master, node, Clock.line(5.0), 8, CancelToken())), 1.5)
    assert found.offset == pytest.approx(0.4, abs=FRAME_S)


def test_strangers_get_no_evidence(planted):
    net = planted.net()
    for seed in range(3):
        master = planted.recording(net, planted.energy(60, 10 + seed), 0.0, 50.0)
        node = planted.recording(net, planted.energy(60, 50 + seed), 0.0, 50.0)
        found = vote(drain(ask(net, master, node, Clock.line(0.0), 8, CancelToken())), 1.5)
        assert found.evidence.max() < 3


@pytest.mark.parametrize("start", [2.0, 61.3])
def test_a_silent_picture_is_found_anywhere_along_a_sound(planted, start):
    net, scene = planted.net(), planted.energy(100, 3)
    seen = planted.recording(net, scene, start, 30.0, sound=False)
    heard = planted.recording(net, scene, 0.0, 95.0, pictures=False)
    found = drain(slide(net, seen, heard, (-95.0, 30.0), CancelToken()))
    assert found[0].delay == pytest.approx(-start, abs=0.2)
    assert found[0].evidence > 5
    assert all(f.evidence < found[0].evidence / 2 for f in found[1:])


def test_a_search_within_bounds_judges_no_more_than_these(planted):
    net, scene = planted.net(), planted.energy(100, 3)
    seen = planted.recording(net, scene, 40.0, 30.0, sound=False)
    heard = planted.recording(net, scene, 0.0, 95.0, pictures=False)
    found = drain(slide(net, seen, heard, (-41.0, -39.0), CancelToken()))
    assert found[0].delay == pytest.approx(-40.0, abs=0.2)
    assert net.windows_judged < 6 * 5
    assert not drain(slide(net, seen, heard, (-20.0, -18.0), CancelToken()))


def test_searching_stops_when_asked_to(planted):
    net, scene, token = planted.net(), planted.energy(120, 4), CancelToken()
    stage = slide(
        net,
        planted.recording(net, scene, 0.0, 30.0, sound=False),
        planted.recording(net, scene, 0.0, 110.0, pictures=False),
        (-110.0, 30.0),
        token,
    )
    next(stage)
    token.cancel()
    with pytest.raises(Cancelled):
        drain(stage)


def test_clips_too_short_for_a_window_say_nothing(planted):
    net, scene = planted.net(), planted.energy(20, 5)
    short, long = planted.recording(net, scene, 0.0, 3.0), planted.recording(net, scene, 0.0, 18.0)
    assert not drain(ask(net, long, short, Clock.line(0.0), 8, CancelToken())).place.size
    assert drain(slide(net, short, long, (-18.0, 3.0), CancelToken())) == []


def test_answers_depend_on_nothing_but_the_recordings(planted):
    net, scene = planted.net(), planted.energy(40, 6)
    pair = planted.recording(net, scene, 0.0, 30.0), planted.recording(net, scene, 1.0, 30.0)
    once, twice = (drain(ask(net, *pair, Clock.line(1.0), 4, CancelToken())) for _ in range(2))
    assert np.array_equal(once.chances, twice.chances)
