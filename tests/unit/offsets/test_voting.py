from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rushlock.offsets.heads.answers import Answers
from rushlock.offsets.voting import BIAS_DOUBT_S, GRID_S, vote

CLASSES = np.round(np.linspace(-2, 2, 21), 1)
HOP_S = 0.32
STEP_S = 0.2


def bell(at, width):
    chances = np.exp(-0.5 * ((CLASSES - at) / width) ** 2) + 1e-4
    return chances / chances.sum()


def answers(offset, bias, shape=bell, both=True, places=6, stated=0.0, width=0.25):
    """Return what a network that answers ``bias`` too low says of windows whose offset is ``offset``."""
    rows = []
    for place in range(places):
        for slide in range(-2, 3):
            for forward in (True, False)[: 2 if both else 1]:
                centre = slide * HOP_S
                truth = offset - centre if forward else centre - offset
                rows.append((place, forward, centre, shape(truth - bias, width)))
    place, forward, centre, chances = (np.array(column) for column in zip(*rows, strict=True))
    belonging = np.full(len(rows), np.nan)
    return Answers(CLASSES, stated, place, forward, centre, chances, belonging)


@settings(max_examples=40)
@given(offset=st.floats(-0.5, 0.5), bias=st.floats(-0.19, 0.19), width=st.floats(0.15, 0.4))
def test_a_constant_bias_of_the_network_cancels_between_the_two_directions(offset, bias, width):
    # Laid on the grid, a bell moves by at most half a cell in each direction, and the parabola through its
    # log is exact for a bell but for the straight lines between classes.
    found = vote(answers(offset, bias, width=width), reach=1.5)
    assert found.offset == pytest.approx(offset, abs=GRID_S)


@settings(max_examples=40)
@given(steps=st.integers(-5, 5), skew=st.floats(0.3, 3.0))
def test_a_bias_cancels_for_lopsided_posteriors_too(steps, skew):
    def shape(at, width):
        wide = np.where(at > CLASSES, width, width * skew)
        chances = np.exp(-0.5 * ((CLASSES - at) / wide) ** 2) + 1e-6
        return chances / chances.sum()

    plain = answers(0.1, 0.0, shape, width=0.15)
    # What a network says that answers low by whole cells: the same posteriors, laid lower and higher.
    moved = np.where(plain.forward, -1, 1) * steps * GRID_S
    biased = replace(plain, centre=plain.centre + moved)
    assert vote(biased, 1.0).offset == pytest.approx(vote(plain, 1.0).offset, abs=GRID_S / 2)


def test_one_direction_keeps_the_bias_and_says_that_it_is_less_sure():
    both, alone = vote(answers(0.1, 0.0), 1.0), vote(answers(0.1, 0.0, both=False), 1.0)
    assert alone.directions == 1
    assert alone.precision >= BIAS_DOUBT_S > both.precision
    biased = vote(answers(0.1, 0.1, both=False), 1.0)
    assert biased.offset == pytest.approx(0.0, abs=GRID_S)
    stated = vote(answers(0.1, 0.1, both=False, stated=0.1), 1.0)
    assert stated.offset == pytest.approx(0.1, abs=GRID_S)


def test_more_windows_that_agree_are_more_evidence_and_flat_ones_none():
    few, many = vote(answers(0.0, 0.0, places=2), 1.0), vote(answers(0.0, 0.0, places=8), 1.0)
    assert many.evidence_at(0.0) > few.evidence_at(0.0) > 1.0
    flat = vote(answers(0.0, 0.0, shape=lambda at, width: np.full(21, 1 / 21)), 1.0)
    assert np.abs(flat.evidence).max() < 1e-9


@settings(max_examples=25)
@given(seed=st.integers(0, 500))
def test_windows_that_contradict_each_other_speak_against_every_offset(seed):
    random = np.random.default_rng(seed)
    said = answers(0.0, 0.0, places=10)
    wild = np.array([bell(random.uniform(-2, 2), 0.1) for _ in said.place])
    lost = replace(said, chances=wild)
    assert vote(lost, 1.0).evidence_at(0.0) < vote(said, 1.0).evidence_at(0.0) / 2


def test_no_answers_are_no_votes():
    assert vote(answers(0.0, 0.0, places=1).without(0), 1.0) is None
