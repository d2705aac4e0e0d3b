"""Where the player is and how fast that moves, what the node's time is then, and what is heard."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import Clock
from rushlock.gui.player.loudspeaker import RATE, Balance, Loudspeaker, Programme, mixed
from rushlock.gui.player.relation import Relation
from rushlock.gui.player.transport import FASTEST, Transport
from rushlock.media.playing.clock import RunningClock


class Watch:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def transport(watch):
    made = Transport(clock=RunningClock(watch))
    made.relate(Relation(2.0), 0.0, 20.0)
    return made


def test_l_doubles_up_to_the_fastest_and_j_against_the_motion_stands_first(transport):
    for speed in (1.0, 2.0, 4.0, FASTEST):
        transport.shuttle(1)
        assert transport.speed == speed
    transport.shuttle(-1)
    assert transport.speed == 0
    transport.shuttle(-1)
    transport.shuttle(-1)
    assert transport.speed == -2


def test_it_stands_at_the_end_and_plays_anew_from_there(transport, watch):
    transport.go(19.0)
    transport.toggle()
    watch.now = 3.0
    assert transport.at == 20.0
    transport.tick()
    assert transport.speed == 0
    transport.toggle()
    assert (transport.at, transport.speed) == (0.0, 1.0)


def test_a_loop_stays_between_the_moments_marked_in_master_and_node(transport, watch, qtbot):
    transport.mark(master=5.0)
    with qtbot.waitSignal(transport.marked) as marked:
        transport.mark(node=6.0)  # the node's 6 s lie at the master's 8 s
    assert marked.args == [5.0, 6.0]
    assert transport.marked_times == (5.0, 8.0)
    transport.loop(True)
    transport.toggle()
    assert transport.at == 5.0
    watch.now = 3.5
    transport.tick()
    assert transport.at == 5.0
    transport.clear_marks()
    assert not transport.looping
    assert transport.marks == (None, None)


def test_another_lag_moves_the_node_and_not_the_moment(transport):
    transport.go(7.0)
    transport.relate(Relation(3.0), 0.0, 21.0)
    assert transport.at == 7.0


def test_the_clock_follows_sound_gently_and_leaps_only_where_it_is_far_off(watch):
    clock = RunningClock(watch)
    clock.run(1.0)
    watch.now = 1.0
    clock.follow(1.05)
    assert 1.0 < clock.at < 1.05
    clock.follow(9.0)
    assert clock.at == 9.0


@given(lag=st.floats(-50, 50), at=st.floats(0, 100))
def test_without_places_the_node_is_later_by_the_lag(lag, at):
    relation = Relation(lag)
    assert relation.node_time(at) == at - lag
    assert relation.master_time(relation.node_time(at)) == pytest.approx(at)


@given(
    starts=st.tuples(st.floats(0, 1000), st.floats(0, 1000)),
    ppm=st.tuples(st.floats(-200, 200), st.floats(-200, 200)),
    moved=st.floats(-1, 1),
    at=st.floats(0, 3600),
)
def test_placed_clips_meet_where_their_clocks_say_and_a_nudge_shifts_all_alike(starts, ppm, moved, at):
    master, node = (Clock.line(s, 1 + p * 1e-6) for s, p in zip(starts, ppm, strict=True))
    in_place = (node.start - master.start) / master.rate
    exact = Relation(in_place, master, node, in_place)
    assert node.at(exact.node_time(at)) == pytest.approx(master.at(at), abs=1e-6)
    nudged = Relation(in_place + moved, master, node, in_place)
    assert nudged.node_time(at + moved) == pytest.approx(exact.node_time(at), abs=1e-6)
    assert nudged.master_time(nudged.node_time(at)) == pytest.approx(at, abs=1e-6)


def test_master_is_heard_left_and_node_right_or_one_or_both_or_none():
    one, other = np.full(4, 0.5, np.float32), np.full(4, -0.25, np.float32)
    assert mixed(one, other, Balance.SPLIT)[0].tolist() == [0.5, -0.25]
    assert mixed(one, other, Balance.MASTER)[0].tolist() == [0.5, 0.5]
    assert mixed(one, other, Balance.NODE)[0].tolist() == [-0.25, -0.25]
    assert mixed(one, other, Balance.MIX)[0].tolist() == [0.125, 0.125]
    assert not mixed(one, other, Balance.MUTE).any()


class FakeSink:
    """Takes two seconds of sound and keeps them."""

    def __init__(self):
        self.taken = []
        self.full = threading.Event()

    def free(self):
        return 0 if self.full.is_set() else RATE

    def write(self, samples):
        self.taken.append(samples)
        if sum(map(len, self.taken)) >= 2 * RATE:
            self.full.set()

    def heard_s(self):
        return sum(map(len, self.taken)) / RATE

    def close(self):
        pass


def test_what_is_heard_is_both_clips_at_the_lag_and_leads_the_clock(write_wav, tmp_path, qapp, qtbot):
    from rushlock.media.clip import Clip
    from rushlock.media.probe import probe

    for name, begin in (("m", 1.0), ("n", 2.5)):  # the node started 1.5 s later in the same scene
        write_wav(tmp_path / f"{name}.wav", begin=begin, seconds=6.0)
    master, node = (Clip(n, n, (probe(tmp_path / f"{n}.wav"),)) for n in "mn")
    sinks = []

    def open_sink():
        sinks.append(FakeSink())
        return sinks[-1]

    speaker = Loudspeaker(open_sink)
    speaker.play(Programme(master, node, Relation(1.5), 2.0, Balance.SPLIT))
    qtbot.waitUntil(lambda: len(sinks) == 2)  # the first is opened and closed to warm up
    assert sinks[1].full.wait(20)
    assert speaker.heard is None or speaker.heard > 2.0
    speaker.close()
    left, right = np.concatenate(sinks[1].taken).T
    # Both are resampled from 16 kHz by one filter: at the lag they are the same sound.
    assert np.abs(left).max() > 0.01
    assert np.abs(left - right)[RATE // 10 : -RATE // 10].max() < 1e-3


def test_without_a_device_nothing_is_heard_and_it_is_said(qapp, qtbot):
    speaker = Loudspeaker(lambda: None)
    speaker.play(Programme(None, None, Relation(), 0.0, Balance.MIX))
    qtbot.waitUntil(lambda: bool(speaker.word))
    assert "No sound device" in speaker.word
    assert speaker.heard is None
    speaker.close()
