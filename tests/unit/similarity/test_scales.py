"""What two clips share shows at every zoom, where it is, and nothing else does."""

import numpy as np
import pytest

from rushlock.similarity.matrix import METRICS
from rushlock.similarity.scales import MOST_BINS, ScaledMatrix, halvings, joined, plain_scales, scales
from rushlock.similarity.tiles import TILE
from rushlock.similarity.vectors import Vectors

BIN = 1 / 30
CHANNELS, LONG, SHORT, LATER = 4, 2000, 1400, 500


@pytest.fixture(scope="module")
def scene():
    """Eight channels whose loudness wanders at every time scale, and the noise of two microphones."""
    noise = np.random.default_rng(7)
    slow = sum(
        np.repeat(noise.standard_normal((CHANNELS, LONG // step + 1)), step, axis=1)[:, :LONG]
        for step in (1, 4, 16, 64, 256)
    )
    own = noise.standard_normal((2, CHANNELS, LONG)) * 0.7
    return (slow + own[0]).astype(np.float32), (slow + own[1])[:, LATER : LATER + SHORT].astype(np.float32)


def of(channels, present=None):
    count = channels.shape[1]
    return scales(iter(channels), np.ones(count, bool) if present is None else present, 0.0, BIN)


def on_diagonal(matrix, level, lag):
    """Return (mean of the cells at a lag, mean of all)."""
    rows, columns = matrix.shape(level)
    cells = matrix.cells(level, np.arange(rows), np.arange(columns))
    bins = round(lag / matrix.width(level))
    return float(np.diagonal(cells, -bins).mean()), float(cells.mean())


@pytest.mark.parametrize("metric", METRICS)
def test_the_diagonal_of_the_true_lag_stands_out_at_every_zoom(scene, metric):
    matrix = ScaledMatrix(*(of(side) for side in scene), metric)
    assert matrix.levels >= 3
    for level in range(matrix.levels):
        here, usual = on_diagonal(matrix, level, LATER * BIN)
        low, high = matrix.stretch(level)
        assert here - usual > 0.3 * (high - low), level


def test_no_diagonal_stands_out_of_strangers(scene):
    stranger = np.random.default_rng(8).standard_normal((CHANNELS, SHORT)).astype(np.float32)
    matrix = ScaledMatrix(of(scene[0]), of(stranger))
    here, usual = on_diagonal(matrix, 0, LATER * BIN)
    assert abs(here - usual) < 0.02


def test_a_cell_lies_where_the_middle_of_its_stretches_lies(scene):
    matrix = ScaledMatrix(*(of(side) for side in scene))
    for level in range(matrix.levels):
        top, left = matrix.origin(level)
        assert top == left == pytest.approx((matrix.master.span - 1) / 2 * BIN * 2**level)


def test_tiles_are_parts_of_the_level_they_belong_to(scene):
    matrix = ScaledMatrix(*(of(side) for side in scene))
    rows, columns = matrix.shape(0)
    last = (rows - 1) // TILE, (columns - 1) // TILE
    tile = matrix.tile(0, *last)
    assert tile.shape == (rows - last[0] * TILE, columns - last[1] * TILE)
    some = matrix.cells(0, np.array([rows - 1]), np.array([columns - 1]))
    assert tile[-1, -1] == pytest.approx(some[0, 0], abs=1e-5)


def test_where_nothing_is_present_no_cell_is(scene):
    present = np.ones(LONG, bool)
    present[1000:1200] = False
    matrix = ScaledMatrix(of(scene[0], present), of(scene[1]))
    cells = matrix.cells(0, np.arange(900, 1300), np.arange(10))
    absent = np.isnan(cells).all(axis=1)
    span = matrix.master.span
    assert absent[100 - span + 1 : 300].all()
    assert not np.isnan(cells[~absent]).any()
    assert absent.sum() == 200 + span - 1


def test_hours_have_bounded_bins_and_the_same_times():
    count = 10 * 3600 * 30
    halve = halvings(count)
    assert count >> halve <= MOST_BINS < count >> (halve - 1)
    held = scales(iter([np.zeros(count, np.float32)]), np.ones(count, bool), 0.0, BIN, halve=halve)
    assert len(held.levels[0].values) * held.width == pytest.approx(count * BIN, abs=held.width)


def test_sound_and_picture_side_by_side_are_present_where_both_are(scene):
    blind = np.ones(SHORT, bool)
    blind[:300] = False
    both = joined(of(scene[1]), of(scene[1], blind))
    assert both.levels[0].values.shape == (SHORT, 2 * CHANNELS)
    assert (both.levels[0].present == blind).all()


def test_vectors_of_a_network_are_compared_as_they_are():
    values = np.random.default_rng(1).standard_normal((300, 16)).astype(np.float32)
    vectors = Vectors(12.8, 0.32, 0.64, values, np.ones(300, bool))
    matrix = ScaledMatrix(plain_scales(vectors), plain_scales(vectors))
    assert matrix.origin(0) == (12.8, 12.8)
    cells = matrix.cells(0, np.arange(300), np.arange(300))
    assert np.diagonal(cells) == pytest.approx(1.0, abs=1e-3)
    unit = values / np.linalg.norm(values, axis=1, keepdims=True)
    assert cells == pytest.approx(unit @ unit.T, abs=2e-3)
