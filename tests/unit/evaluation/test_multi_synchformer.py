import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.progress import CancelToken, drain
from rushlock.evaluation.filmed import Filmed
from rushlock.evaluation.multi_synchformer import (
    CONF_SELECT,
    CROSS_MV_NA,
    CROSS_NV_MA,
    LAGS_S,
    METHODS,
    SAME,
    SOFT_VOTING,
    VOTES,
    conf_select,
    figures_record,
    figures_table,
    measure,
    predicted,
    soft_voting,
)

CLASSES = np.round(np.linspace(-2, 2, 21), 1)
offsets, sure = st.floats(0, 2), st.floats(0.05, 1)


def filmed(layout, energy, start, seconds):
    """Return a recording of a scene in which whatever is bright is loud."""
    random = np.random.default_rng(1)
    frames = np.interp(start + np.arange(int(seconds * 25)) / 25, np.arange(energy.size) / 25, energy)
    samples = np.repeat(frames, 640)
    pictures = np.broadcast_to((frames * 255).astype(np.uint8)[:, None, None, None], (len(frames), 16, 16, 3))
    return Filmed(layout, pictures, (samples * random.choice([-1, 1], samples.size)).astype(np.float32))


@pytest.fixture(scope="module")
def figures(planted):
    """Return figures by method and lag of a network that answers 0.064 s too low, as released ones do."""

    def pairs(layout):
        for seed in range(3):
            energy = planted.energy(30, 200 + seed)
            yield filmed(layout, energy, 0.0, 14.0), filmed(layout, energy, 0.0, 14.0)

    net = planted.net(bias=0.064, gain=25.0)
    return {(f.method, f.lag): f for f in drain(measure(net, pairs, CancelToken()))}


def test_every_method_is_measured_at_every_lag(figures):
    assert set(figures) == {(method, lag) for method in METHODS for lag in LAGS_S}
    assert figures[SAME, 1.0].cases == figures[SOFT_VOTING, 1.0].cases > figures[VOTES, 1.0].cases == 3


@pytest.mark.parametrize("method", [SAME, CROSS_MV_NA, CROSS_NV_MA, CONF_SELECT, SOFT_VOTING])
def test_a_network_that_hears_what_it_sees_is_within_one_class_across_cameras(figures, method):
    for lag in LAGS_S[:3]:
        assert figures[method, lag].within_one == 1.0
        # The class nearest to the lag, and the bias, are all that is between.
        assert figures[method, lag].mae <= 0.1 + 0.064 + 1e-6


def test_signed_votes_are_finer_than_a_class_and_lose_the_bias(figures):
    for lag in LAGS_S[:3]:
        assert figures[VOTES, lag].mae <= 0.04 < 0.064


@given(a=offsets, b=offsets, p=sure, q=sure)
def test_soft_voting_lies_between_its_crossings_and_conf_select_is_one_of_them(a, b, p, q):
    one, other = (np.array([a]), np.array([p])), (np.array([b]), np.array([q]))
    soft, hard = soft_voting(one, other)[0], conf_select(one, other)[0]
    assert min(a, b) - 1e-9 <= soft <= max(a, b) + 1e-9
    assert abs(soft - a) * p == pytest.approx(abs(soft - b) * q, abs=1e-9)
    assert hard == (a if p >= q else b)


def test_predictions_are_absolute_and_as_confident_as_their_class():
    chances = np.full((2, 21), 0.01)
    chances[0, 0], chances[1, 13] = 0.8, 0.6
    values, confidences = predicted(chances, CLASSES)
    assert values == pytest.approx([2.0, 0.6])
    assert confidences == pytest.approx([0.8, 0.6])


def test_figures_read_as_a_table_and_as_a_record(figures):
    rows = figures_table(list(figures.values()))
    assert rows[0][0] == "Same MV-MA at 0.1 s"
    record = figures_record(list(figures.values()))
    assert record[VOTES]["0.5"]["mae"] == figures[VOTES, 0.5].mae
