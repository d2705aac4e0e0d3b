"""A clip's own sound against its picture: planted lags found, strangers not believed, witnesses add up."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.progress import CancelToken
from rushlock.offsets.av_offset import OFF, SURE, AvEvidence, Verdict, weighed
from rushlock.offsets.own_sound import HOP_S, MOST, best_lag, lag_curve, own_sound_trust

SECONDS = 20.0
FRAME = Fraction(1, 25)


def events_at(times, count):
    """Return events as both sides see them: a rise and a fall of some hundredths of a second."""
    grid = np.arange(count) * HOP_S
    return np.exp(-(((grid[:, None] - np.asarray(times)[None, :]) / 0.02) ** 2)).sum(axis=1)


def drawn_events(seed):
    random = np.random.default_rng(seed)
    return np.cumsum(random.uniform(0.25, 1.2, 200))


def lag_between(seen_times, heard_times, seed):
    count = round(SECONDS / HOP_S)
    grain = np.random.default_rng((seed, 1)).uniform(0, 0.2, (2, count))
    seen, heard = events_at(seen_times, count) + grain[0], events_at(heard_times, count) + grain[1]
    return best_lag(lag_curve(seen, heard, CancelToken()))


@given(st.integers(0, 10_000), st.floats(-1.9, 1.9))
def test_a_planted_lag_is_found_to_the_grid_and_believed(seed, planted):
    times = drawn_events(seed) - 5.0
    lag = lag_between(times, times + planted, seed)
    assert lag.seconds == pytest.approx(planted, abs=HOP_S)
    assert own_sound_trust().chance(lag) > 0.9


def test_strangers_are_hardly_ever_believed_to_be_off():
    chances = [
        own_sound_trust().chance(lag_between(drawn_events(seed), drawn_events(seed + 500), seed))
        for seed in range(60)
    ]
    # A chance of 0.95 allows three of sixty that are believed though wrong.
    assert sum(chance >= OFF for chance in chances) <= 3


def test_nothing_is_said_of_a_clip_without_events_or_that_is_too_short():
    quiet, lively = np.zeros(1000), events_at(drawn_events(1), 1000)
    assert lag_curve(quiet, lively, CancelToken()) is None
    assert lag_curve(lively, quiet, CancelToken()) is None
    assert lag_curve(lively[:100], lively[:100], CancelToken()) is None


def said(kind, seconds, chance, error=0.01):
    return AvEvidence(kind, seconds, error, chance, "")


def test_a_number_that_nobody_believes_is_not_told():
    """A wrong number beside "cannot tell" would be read all the same."""
    told = weighed([said("onsets", 1.6, 0.1)], FRAME)
    assert told.verdict is Verdict.UNKNOWN
    assert not told.tells
    assert weighed([said("onsets", 0.083, MOST)], FRAME).tells
    assert not weighed([], FRAME).tells


def test_a_clip_alone_is_never_sure_enough_for_an_export_and_two_witnesses_are():
    alone = weighed([said("onsets", 0.083, MOST)], FRAME)
    assert alone.verdict is Verdict.LATE
    assert alone.words == "sound late by 83 ms (2 frames)"
    assert not alone.leads(FRAME)
    both = weighed([said("onsets", 0.083, MOST), said("shoot", 0.085, 0.95)], FRAME)
    assert both.chance >= SURE
    assert both.leads(FRAME)


def test_networks_neither_say_alone_that_a_clip_is_off_nor_make_another_witness_sure():
    network = said("network", 0.4, 0.8, error=0.06)
    assert not weighed([network], FRAME).off
    both = weighed([said("onsets", 0.41, MOST), network], FRAME)
    assert both.off
    assert not both.sure


def test_witnesses_that_contradict_each_other_leave_it_untold():
    told = weighed([said("onsets", 0.2, 0.97), said("shoot", -0.1, 0.96)], FRAME)
    assert told.verdict is Verdict.UNKNOWN


@given(st.floats(-0.035, 0.035), st.floats(0.8, MOST))
def test_what_sound_needs_for_a_few_metres_is_no_fault(seconds, chance):
    told = weighed([said("onsets", seconds, chance)], FRAME)
    assert told.verdict is Verdict.IN_SYNC
    assert told.words == "in sync"


def test_what_lies_between_travel_and_fault_is_neither():
    told = weighed([said("onsets", 0.045, MOST)], FRAME)
    assert (told.verdict, told.words) == (
        Verdict.UNKNOWN,
        "cannot tell: perhaps sound late by 45 ms (1 frame)",
    )


def test_a_lag_that_is_likely_and_not_sure_is_told_as_perhaps():
    told = weighed([said("onsets", -0.2, 0.9)], FRAME)
    assert told.words == "cannot tell: perhaps sound early by 200 ms (5 frames)"
