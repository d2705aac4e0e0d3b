"""After a decision clips settle: what was decided stays, what hangs on it follows, all else stands still."""

import random
import time
from fractions import Fraction
from pathlib import Path

import pytest

from rushlock.base.clock import PPM, Clock
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.media.clip import Clip, MediaFile, SoundStream
from rushlock.offsets.estimate import Estimate
from rushlock.pipeline.settling import Unsettled, settle
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.grounds import Grounds
from rushlock.placements.moves import moves
from rushlock.placements.sync_map import Status, SyncMap
from rushlock.project.overlay import with_decisions

FRAME = 0.04
RATE = FrameRate(Fraction(25))


def clip(key, camera, seconds=100):
    length = Fraction(seconds)
    sounds = (SoundStream(0, "pcm", 48000, 1, "mono", Fraction(0), length),)
    file = MediaFile(Path(f"/rushes/{key}.wav"), 1, 0, key, "wav", Fraction(0), length, (), sounds)
    return Clip(key, camera, (file,))


def edge(master, node, offset, probability=0.999, overlap=50.0, rate=1.0):
    return Estimate(master, node, Clock.line(offset, rate), 0.0003, 0.5, overlap, probability)


class Shoot:
    """Clips, what is known of them, and the map as a run left it."""

    def __init__(self, clips, estimates):
        self.clips = clips
        self.grounds = Grounds(tuple(estimates), {c.key: "" for c in clips})
        self.decisions = {}
        self.found = self.settled(SyncMap(()))

    def settled(self, before):
        what = Unsettled(self.clips, before, self.decisions)
        return drain(settle(what, self.grounds, CancelToken()))

    def decide(self, *decisions):
        """Make decisions and return what moved besides, as the user sees it."""
        before = self.seen()
        self.decisions.update({d.clip: d for d in decisions})
        self.found = self.settled(self.found)
        return {move.clip: move for move in moves(before, self.seen(), {d.clip for d in decisions})}

    def seen(self):
        return with_decisions(self.found, [c.key for c in self.clips], self.decisions)

    def start(self, key):
        return self.seen().by_clip[key].start

    def placed(self, key, seconds, against):
        """Return the decision that puts a clip some seconds later, set against another."""
        now, master = self.seen().by_clip[key], self.seen().by_clip[against]
        clock = now.clock.shifted(seconds)
        tie = Clock.line((clock.start - master.clock.start) / master.rate, clock.rate / master.rate)
        return Decision(key, DecisionKind.PLACED, clock, master.group, against=against, tie=tie)


@pytest.fixture
def shoot():
    """Cameras a, b, c in full contact; x hears a and b; y and z hang on x alone; u and v are strangers."""
    clips = [
        clip(k, k.upper(), n) for k, n in zip("abcxyzuv", (300, 250, 240, 100, 80, 60, 50, 40), strict=True)
    ]
    estimates = [edge("a", "b", 10), edge("a", "c", 20), edge("b", "c", 10)]
    estimates += [edge("a", "x", 50), edge("b", "x", 40), edge("x", "y", 5), edge("y", "z", 3)]
    return Shoot(clips, [*estimates, edge("u", "v", 7)])


@pytest.mark.parametrize("seconds", [0.004, FRAME, 2 * FRAME, -3.0])
def test_a_nudged_clip_takes_along_what_hangs_on_it_and_moves_no_one_else(shoot, seconds):
    before = {k: shoot.start(k) for k in "abcxyz"}
    moved = shoot.decide(shoot.placed("x", seconds, "a"))
    assert shoot.start("x") == pytest.approx(before["x"] + seconds, abs=1e-9)
    assert set(moved) == {"y", "z"}
    assert all(moved[k].after - moved[k].before == pytest.approx(seconds, abs=1e-4) for k in "yz")
    assert all(shoot.start(k) == pytest.approx(before[k], abs=1e-4) for k in "abc")
    assert shoot.seen().by_clip["a"].confidence > 0.9, "no one is doubted because the user moved another"


def test_what_is_decided_by_hand_stays_when_its_neighbour_is_moved(shoot):
    assert not shoot.decide(Decision("y", DecisionKind.ACCEPTED, shoot.found.by_clip["y"].clock, 0))
    start = shoot.start("y")
    assert not shoot.decide(shoot.placed("x", 1.0, "a"))
    assert shoot.start("y") == start


def test_accepting_and_locking_move_nothing_and_are_told_apart(shoot):
    kinds = {"a": DecisionKind.ACCEPTED, "x": DecisionKind.LOCKED}
    for key, kind in kinds.items():
        placement = shoot.found.by_clip[key]
        assert not shoot.decide(Decision(key, kind, placement.clock, placement.group))
    seen = shoot.seen().by_clip
    assert [(seen[k].status, seen[k].reason) for k in "ax"] == [
        (Status.MANUAL, "accepted by you"),
        (Status.LOCKED, "locked by you"),
    ]


def test_rejecting_the_first_clip_leaves_the_clock_where_it_was(shoot):
    moved = shoot.decide(Decision("a", DecisionKind.REJECTED))
    assert not moved, "b, c and x know each other without a"
    assert shoot.start("b") == pytest.approx(10, abs=1e-4)


def test_rejecting_a_clip_unties_what_hung_on_it_alone(shoot):
    shoot.grounds = Grounds((*shoot.grounds.estimates[:5], edge("x", "y", 5)), shoot.grounds.unheard)
    shoot.found = shoot.settled(shoot.found)
    assert shoot.start("y") == pytest.approx(55)
    moved = shoot.decide(Decision("x", DecisionKind.REJECTED))
    assert moved["y"].after is None


def test_a_clip_of_another_group_joins_its_master_and_brings_its_own_along(shoot):
    assert shoot.seen().by_clip["u"].group == 1
    clock = Clock.line(shoot.start("b") + 30.0)
    tie = Clock.line(30.0)
    moved = shoot.decide(Decision("u", DecisionKind.PLACED, clock, 0, against="b", tie=tie))
    assert shoot.seen().by_clip["v"].group == 0
    assert shoot.start("v") == pytest.approx(clock.start + 7, abs=1e-3)
    assert set(moved) == {"v"}
    assert moved["v"].regrouped


def test_groups_keep_number_and_zero_when_their_sizes_change(shoot):
    shoot.decide(*(Decision(k, DecisionKind.REJECTED) for k in "cxyz"), Decision("b", DecisionKind.EXCLUDED))
    assert shoot.seen().by_clip["v"].group == 1
    assert shoot.start("v") == pytest.approx(7, abs=1e-6)


def test_a_place_by_the_clock_that_is_accepted_keeps_its_group_and_moves_none():
    """A silent clip without any tie lies in group 0 by timecode; accepting it must not renumber others."""
    shoot = Shoot([clip(k, k.upper()) for k in "abs"], [edge("a", "b", 10)])
    assert not shoot.decide(Decision("s", DecisionKind.ACCEPTED, Clock.line(40.0), 0))
    seen = shoot.seen()
    assert [seen.by_clip[k].group for k in "abs"] == [0, 0, 0]
    assert seen.groups == 1


def test_drift_is_kept_when_a_clip_is_moved():
    ppm = 1 + 80 * PPM
    shoot = Shoot(
        [clip("a", "A", 3100), clip("b", "B", 3000), clip("x", "X", 3000)],
        [edge("a", "b", 10, overlap=2900), edge("a", "x", 20, overlap=2900, rate=ppm)],
    )
    rate = shoot.seen().by_clip["x"].rate
    assert rate == pytest.approx(ppm, abs=1e-7)
    shoot.decide(shoot.placed("x", FRAME, "a"))
    assert shoot.seen().by_clip["x"].rate == rate
    assert shoot.start("b") == pytest.approx(10, abs=1e-3)


def test_taking_everything_back_brings_everything_back(shoot):
    before = {k: shoot.start(k) for k in "abcxyzuv"}
    shoot.decide(shoot.placed("x", 2.0, "a"))
    shoot.decisions.clear()
    shoot.found = shoot.settled(shoot.found)
    assert {k: shoot.start(k) for k in before} == pytest.approx(before, abs=1e-4)


def test_clips_that_the_run_did_not_see_are_left_alone(shoot):
    shoot.clips = [*shoot.clips, clip("new", "N")]
    assert "new" not in shoot.settled(shoot.found).by_clip


def test_a_stop_is_heeded(shoot):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        drain(settle(Unsettled(shoot.clips, shoot.found), shoot.grounds, token))


def crowd(cameras, each):
    """Many cameras that run all day, each clip tied to ten others."""
    dice = random.Random(7)
    clips, at, estimates = [], {}, []
    for camera in range(cameras):
        t = dice.uniform(0, 60)
        for number in range(each):
            made = clip(f"{camera:03}-{number}", f"C{camera}", dice.randint(100, 500))
            clips.append(made)
            at[made.key] = t
            t += float(made.duration) + dice.uniform(2, 60)
    for one in clips:
        for other in dice.sample(clips, 60):
            lag = at[other.key] - at[one.key]
            overlap = min(float(one.duration), lag + float(other.duration)) - max(0.0, lag)
            if other.camera != one.camera and overlap > 20:
                estimates.append(edge(one.key, other.key, lag + dice.gauss(0, 5e-4), 0.99, overlap))
    return Shoot(clips, estimates)


@pytest.mark.latency
def test_a_thousand_clips_settle_within_a_second():
    shoot = crowd(100, 10)
    one = next(p for p in shoot.found.placements if len(p.evidence) > 3)
    shoot.decisions[one.clip] = shoot.placed(one.clip, FRAME, one.evidence[0].other)
    begun = time.perf_counter()
    shoot.settled(shoot.found)
    assert time.perf_counter() - begun < 1.0
