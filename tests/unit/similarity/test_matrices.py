"""Matrices, lag curves, posteriors and tiles say what was planted, and no more."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.progress import CancelToken, drain
from rushlock.features.segments import SegmentTrack
from rushlock.similarity.heatmap import heatmap, stretch
from rushlock.similarity.lag_curve import NEIGHBOURS, lag_curve
from rushlock.similarity.matrix import METRICS, Matrix, similarity
from rushlock.similarity.pooling import pooled
from rushlock.similarity.posterior import LEAST_COUNT, posterior
from rushlock.similarity.tiles import TILE, Tiles
from rushlock.similarity.vectors import Vectors, vectors_of

HOP, SEGMENT = 0.32, 0.64


def vectors(values, start=0.0, present=None):
    values = np.asarray(values, np.float32)
    here = np.ones(len(values), bool) if present is None else np.asarray(present)
    return Vectors(start, HOP, SEGMENT, values, here)


def events(random, count, kinds=12):
    """What happens at an event, segment by segment; neighbours share half."""
    raw = random.standard_normal((count + 1, kinds))
    return (raw[1:] + raw[:-1]) / np.sqrt(2)


def view(random, happening, noise, dims=32):
    """What a camera makes of it: its own lens, its own constant, its own noise; one common language."""
    language = np.random.default_rng(7).standard_normal((happening.shape[1], dims)) / np.sqrt(12)
    own = events(random, len(happening), dims)
    return happening @ language + noise * own + 3 * random.standard_normal(dims)


def pair(seed, count, lag, noise=1.0):
    """Two cameras' vectors; the node began ``lag`` segments after the master. lag None: unrelated."""
    random = np.random.default_rng(seed)
    shot = events(random, 3 * count)
    begin = count + (lag or 0)
    other = events(random, count) if lag is None else shot[begin : begin + count]
    master = vectors(view(random, shot[count : 2 * count], noise)).centred()
    return master, vectors(view(random, other, noise)).centred()


def test_metrics_are_their_definitions():
    random = np.random.default_rng(1)
    a, b = (
        random.standard_normal((5, 9)).astype(np.float32),
        random.standard_normal((4, 9)).astype(np.float32),
    )
    for i, x in enumerate(a.astype(float)):
        for j, y in enumerate(b.astype(float)):
            expected = {
                "cosine": x @ y / np.linalg.norm(x) / np.linalg.norm(y),
                "L1": -np.abs(x - y).sum(),
                "L2": -np.linalg.norm(x - y),
            }
            for metric in METRICS:
                assert similarity(a, b, metric)[i, j] == pytest.approx(expected[metric], abs=1e-5)


def test_equal_vectors_are_alike_to_the_last_digit():
    same = np.random.default_rng(2).standard_normal((6, 768)).astype(np.float32) + 5
    for metric, most in (("cosine", 1), ("L1", 0), ("L2", 0)):
        # The square of an L2 distance is a difference of numbers near 20000, each right to 16 digits.
        assert np.allclose(np.diag(similarity(same, same, metric)), most, atol=5e-5)


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**31))
def test_the_curve_is_the_mean_of_each_diagonal_over_what_is_present(height, width, seed):
    random = np.random.default_rng(seed)
    matrix = Matrix(
        vectors(random.standard_normal((height, 4)), 1.5, random.random(height) < 0.8),
        vectors(random.standard_normal((width, 4)), 0.25, random.random(width) < 0.8),
        "L2",
    )
    curve, whole = lag_curve(matrix), matrix.whole()
    assert np.array_equal(curve.lags, np.arange(-width + 1, height))
    assert curve.offsets == pytest.approx(1.25 + HOP * curve.lags)
    for lag, mean, count, error in zip(curve.lags, curve.mean, curve.count, curve.error, strict=True):
        held = np.diagonal(whole, -lag)
        held = held[np.isfinite(held)]
        assert count == len(held)
        if len(held):
            assert mean == pytest.approx(held.mean(), abs=1e-5)
            assert np.isfinite(error)
        else:
            assert np.isnan(mean)
            assert np.isinf(error)


def test_the_standard_error_is_how_far_means_really_lie_from_the_truth():
    """Unrelated clips: the truth is one level for all lags."""
    scores = []
    for seed in range(12):
        curve = lag_curve(Matrix(*pair(seed, 120, None)))
        long = curve.count >= 40
        scores.append((curve.mean[long] / curve.error[long])[:: 2 * NEIGHBOURS])
    away = np.concatenate(scores)
    # 12 * 10 scores; a standard deviation of so many is known to 7 %, the neighbours left out count for more
    assert 0.7 < away.std() < 1.3


def test_strips_give_the_same_curve_as_the_whole(monkeypatch):
    matrix = Matrix(*pair(3, 60, 7))
    whole = lag_curve(matrix)
    monkeypatch.setattr("rushlock.similarity.matrix.CELLS_AT_ONCE", 60 * 7)
    strips = lag_curve(matrix)
    assert len(list(matrix.strips())) == 9
    assert np.allclose(strips.mean, whole.mean, atol=1e-6)
    assert np.allclose(strips.error, whole.error, rtol=1e-4)


@pytest.mark.parametrize("lag", [-30, -9, 0, 1, 25])
@pytest.mark.parametrize("metric", METRICS)
def test_a_planted_lag_is_found_and_believed(lag, metric):
    master, node = pair(11, 90, lag)
    found = posterior(lag_curve(Matrix(master, node, metric)))
    assert found.best == pytest.approx(lag * HOP)
    assert found.none < 0.1
    assert found.probability.sum() + found.none == pytest.approx(1)


def test_strangers_are_not_believed_to_share_time():
    doubts = [
        posterior(lag_curve(Matrix(*pair(seed, size, None)))) for seed in range(40) for size in (20, 80)
    ]
    assert (
        sum(found.none < 0.1 for found in doubts) <= 2
    )  # of 80 by a tenth each, were evidence always that strong
    assert np.mean([found.none for found in doubts]) > 0.5


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("count", [14, 40, 200])
def test_no_likeness_is_too_good_to_be_true(metric, count):
    """A clip against itself: the right diagonal stands higher than any gain one would expect."""
    steady = np.random.default_rng(3).standard_normal((count, 64)) + np.arange(64)
    for values in (steady, events(np.random.default_rng(4), count, 64)):
        assert posterior(lag_curve(Matrix(vectors(values), vectors(values), metric))).best == 0


def test_what_is_too_short_says_nothing():
    found = posterior(lag_curve(Matrix(*pair(4, LEAST_COUNT + 1, 0))))
    assert found.none == 1
    assert found.best is None
    assert posterior(lag_curve(Matrix(vectors(np.zeros((0, 4))), vectors(np.zeros((0, 4)))))).none == 1


def test_vectors_of_both_are_set_end_to_end_where_both_reach():
    random = np.random.default_rng(6)

    def track(first, count, dims, present=True):
        tokens = random.standard_normal((count, 3, dims)).astype(np.float16)
        return SegmentTrack(first * HOP, HOP, SEGMENT, tokens, np.full(count, present))

    pictures, sound = track(2, 10, 4), track(5, 12, 6)
    both = vectors_of("both", pictures, sound)
    assert both.values.shape == (7, 10)
    assert both.start == pytest.approx(5 * HOP)
    assert np.allclose(both.values[:, :6], sound.vectors()[:7])
    assert np.allclose(both.values[:, 6:], pictures.vectors()[3:])
    assert not vectors_of("both", pictures, track(5, 12, 6, present=False)).present.any()
    with pytest.raises(ValueError, match="grids"):
        vectors_of("both", pictures, track(5.5, 12, 6))
    with pytest.raises(ValueError, match="needs"):
        vectors_of("video", None, sound)


def test_a_heatmap_of_hours_needs_little_memory_and_shows_its_diagonal(monkeypatch):
    monkeypatch.setattr("rushlock.similarity.matrix.CELLS_AT_ONCE", 1 << 16)
    master, node = pair(8, 1500, 300, noise=0.5)
    matrix = Matrix(master, node)
    tracemalloc.start()
    found = drain(heatmap(matrix, CancelToken(), overview=200))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1500 * 1500 * 4  # less than the matrix itself
    assert found.step == 8
    assert found.overview.mean.shape == (188, 188)
    assert found.posterior.best == pytest.approx(300 * HOP)
    bright = np.argmax(found.overview.highest[60:], axis=1) - np.arange(60, 188)
    assert np.median(bright) == pytest.approx(-300 / 8, abs=1)
    assert -1 < found.low < found.high < 1


def test_tiles_of_every_level_are_the_matrix_pooled():
    master, node = pair(9, 700, 5)
    matrix = Matrix(master, vectors(node.values[:450], present=np.arange(450) % 50 > 0))
    tiles, whole = Tiles(matrix, drain(heatmap(matrix, CancelToken(), overview=360))), matrix.whole()
    assert tiles.levels == 3
    for level in range(tiles.levels):
        rows, columns = tiles.shape(level)
        expected = pooled(whole, 1 << level)
        for row in range(rows):
            for column in range(columns):
                place = np.s_[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
                tile = tiles.tile(level, row, column)
                assert np.allclose(tile.mean, expected.mean[place], atol=1e-6, equal_nan=True)
                assert np.allclose(tile.highest, expected.highest[place], atol=1e-6, equal_nan=True)
        with pytest.raises(IndexError):
            tiles.tile(level, rows, 0)


@given(st.integers(1, 20), st.integers(1, 20), st.sampled_from([1, 2, 4, 8]), st.integers(0, 2**31))
def test_squares_hold_the_mean_and_the_maximum_of_their_cells(height, width, step, seed):
    cells = np.random.default_rng(seed).standard_normal((height, width)).astype(np.float32)
    cells[np.random.default_rng(seed + 1).random((height, width)) < 0.2] = np.nan
    found = pooled(cells, step)
    for row, column in np.ndindex(found.count.shape):
        square = cells[row * step : (row + 1) * step, column * step : (column + 1) * step]
        held = square[np.isfinite(square)]
        assert found.count[row, column] == held.size
        if held.size:
            assert found.mean[row, column] == pytest.approx(held.mean(dtype=float), abs=1e-5)
            assert found.highest[row, column] == held.max()
        else:
            assert np.isnan(found.mean[row, column])


def test_colours_are_stretched_to_what_a_matrix_holds():
    low, high = stretch(np.random.default_rng(1).uniform(0.93, 0.97, 10_000).astype(np.float32))
    assert 0.93 < low < 0.932
    assert 0.969 < high < 0.97
    assert stretch(np.full(5, np.nan, np.float32)) == (0, 1)
    low, high = stretch(np.full(5, 0.25, np.float32))
    assert high > low
