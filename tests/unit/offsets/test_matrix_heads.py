"""VideoSync's heads give what the authors' own code gave; ours prefer no place and find the truth."""

import importlib.util
import json
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.errors import ModelError
from rushlock.offsets.heads.matrix.diagonals import diagonal_counts, diagonal_sums
from rushlock.offsets.heads.matrix.head import Grid, lags, negative_squares, row_chances
from rushlock.offsets.heads.matrix.learned import (
    LogisticRegression,
    Perceptron,
    SupportVectors,
    padded,
    read_learned,
)
from rushlock.offsets.heads.matrix.medians import (
    chosen_columns,
    first_visits,
    floored_mean,
    floored_median,
    median_offset,
    pinned_path,
)
from rushlock.offsets.heads.matrix.published import Argmax, PinnedDtw, Trained
from rushlock.offsets.heads.matrix.unbiased import Diagonals, FreePath, Votes

CASES = [f"c{number:02d}" for number in range(16)]
PAIRS = ("a", "b", "c", "d", "noise", "two_layers", "two_layers_240")
TINY = [f"t{number:02d}" for number in range(10)]
HEADS = [Diagonals(), Votes(), FreePath()]

every_head = pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)


@pytest.fixture(scope="module")
def videosync(kits):
    """Return the fixtures of the kit by name, and its recipe for embeddings."""
    folder = kits / "videosync"
    spec = importlib.util.spec_from_file_location("make_inputs", folder / "make_inputs.py")
    recipe = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recipe)
    files = {}

    def arrays(name):
        if name not in files:
            files[name] = np.load(folder / "fixtures" / f"{name}.npz")
        return files[name]

    return SimpleNamespace(arrays=arrays, recipe=recipe)


# As published.


@pytest.mark.parametrize("case", CASES)
def test_medians_and_paths_agree_on_every_pair_of_embeddings(videosync, case):
    known = {
        name.removeprefix(f"{case}_"): videosync.arrays("heads")[name]
        for name in videosync.arrays("heads").files
        if name.startswith(case)
    }
    alike = negative_squares(known["e1"], known["e2"])
    np.testing.assert_allclose(row_chances(alike), known["soft"], rtol=1e-5)
    columns = chosen_columns(known["soft"])
    assert np.array_equal(columns, known["argmax"])
    assert median_offset(columns) == known["median"]
    assert floored_mean(columns) == known["offset_mean"]
    assert Argmax().lag(alike) == -known["offset_argmax"]
    rows, path, cost = pinned_path(-alike)
    assert np.array_equal(rows, known["dtw_rows"])
    assert np.array_equal(path, known["dtw_cols"])
    assert np.array_equal(first_visits(rows, path), known["dtw_first"])
    assert cost == pytest.approx(float(known["dtw_cost"]), rel=1e-12)
    assert PinnedDtw().lag(alike) == -known["offset_dtw"]


@pytest.mark.parametrize("pair", PAIRS)
def test_medians_and_paths_agree_on_embedded_clips(videosync, pair):
    known = videosync.arrays(f"pair_{pair}")
    alike = negative_squares(known["v0_emb"], known["v1_emb"])
    assert np.abs(alike - known["sim"]).max() < 2e-6
    assert np.abs(row_chances(alike) - known["soft"]).max() < 1e-6
    assert floored_median(chosen_columns(known["soft"])) == known["offset_argmax"]
    assert abs(Argmax().lag(alike) + known["offset_argmax"]) <= 1  # rows are flat to the last digit
    rows, path, cost = pinned_path(-alike)
    assert np.array_equal(rows, known["dtw_rows"])
    assert np.array_equal(path, known["dtw_cols"])
    assert cost == pytest.approx(float(known["dtw_cost"]), rel=1e-9)
    assert PinnedDtw().lag(alike) == -known["offset_dtw"]


@pytest.mark.parametrize("case", TINY)
def test_ties_and_half_frames_go_where_the_reference_puts_them(videosync, case):
    known = videosync.arrays("tiny_matrices")
    columns = chosen_columns(known[f"{case}_matrix"])
    assert median_offset(columns) == known[f"{case}_median"]
    assert floored_median(columns) == known[f"{case}_offset"]


def test_learned_heads_answer_as_the_models_they_come_from(videosync):
    known = videosync.arrays("learned_heads")
    inputs = known["X_test"]
    regression = LogisticRegression(known["lr_coef"], known["lr_intercept"], known["lr_classes"])
    np.testing.assert_allclose(regression.scores(inputs), known["lr_scores"], atol=1e-4)
    assert np.array_equal(regression.offsets(inputs), known["lr_pred"])
    vectors = SupportVectors(
        known["svr_sv"], known["svr_dual"], float(known["svr_intercept"][0]), float(known["svr_gamma"])
    )
    np.testing.assert_allclose(vectors.offsets(inputs), known["svr_pred"], atol=1e-6)
    layers = [[known[f"mlp_{kind}{k}"] for k in range(4)] for kind in "wb"]
    assert np.array_equal(Perceptron(*layers, known["mlp_classes"]).offsets(inputs), known["mlp_pred"])


def test_a_learned_head_reads_a_matrix_and_comes_from_a_file_of_arrays(videosync, tmp_path):
    known = videosync.arrays("learned_heads")
    spec = json.loads(str(known["spec"]))
    path = tmp_path / "head.npz"
    np.savez(path, weights=known["lr_coef"], bias=known["lr_intercept"], classes=known["lr_classes"])
    head = Trained("LogReg", read_learned(path), spec["size"])
    for number, offset in enumerate(known["lr_pred"][:4]):
        size = int((known["X_test"][number].reshape(24, 24).sum(axis=1) > 0.5).sum())
        matrix = known["X_test"][number].reshape(24, 24)[:size]
        width = int((matrix.sum(axis=0) > 0).sum())
        assert head.lag(np.log(matrix[:, :width])) == -offset


def test_an_array_of_objects_is_never_unpickled(tmp_path):
    path = tmp_path / "head.npz"
    np.savez(path, weights=np.array([{"a": 1}], object), bias=np.zeros(1), classes=np.zeros(1))
    with pytest.raises(ModelError, match="holds no head"):
        read_learned(path)


def test_what_is_larger_than_the_square_is_cut_off_and_what_is_smaller_lies_in_its_corner():
    assert padded(np.ones((300, 3))).sum() == 256 * 3
    assert np.array_equal(padded(np.ones((2, 3)), 4), np.pad(np.ones((2, 3)), ((0, 2), (0, 1))))


# Ours.


@given(st.integers(1, 9), st.integers(1, 9), st.randoms(use_true_random=False))
def test_diagonals_are_those_that_numpy_finds(height, width, random):
    cells = np.array([[random.random() for _ in range(width)] for _ in range(height)])
    every = [np.diagonal(cells, -int(lag)) for lag in lags(height, width)]
    np.testing.assert_allclose(diagonal_sums(cells), [each.sum() for each in every])
    assert np.array_equal(diagonal_counts(height, width), [each.size for each in every])


def walk(random, frames, dims=24, pace=0.3):
    """Return a scene: a walk that forgets where it came from, so that no part of it is like another."""
    state, out = random.standard_normal(dims), []
    for _ in range(frames):
        state = (1 - pace) ** 0.5 * state + pace**0.5 * random.standard_normal(dims)
        out.append(state)
    return np.array(out)


def seen(random, scene, noise=1.0):
    """Return what a camera makes of a scene, of length one."""
    found = scene + noise * random.standard_normal(scene.shape)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@every_head
@pytest.mark.parametrize("lag", [-30, -7, 0, 1, 30])
@pytest.mark.parametrize("sizes", [(120, 120), (240, 90)])
def test_a_planted_lag_is_found_and_believed(head, lag, sizes):
    random = np.random.default_rng(abs(lag) + sizes[1])
    scene = walk(random, 320)
    master = seen(random, scene[40 : 40 + sizes[0]])
    node = seen(random, scene[40 + lag : 40 + lag + sizes[1]])
    found = head.posterior(negative_squares(master, node), Grid(0.04, 2.0))
    assert found.best == pytest.approx(2.0 + 0.04 * lag, abs=1e-9)
    assert found.probability.sum() + found.none == pytest.approx(1.0)
    assert found.none < 0.01


@every_head
def test_swapping_master_and_node_turns_the_answer_round(head):
    random = np.random.default_rng(5)
    scene = walk(random, 200)
    alike = negative_squares(seen(random, scene[:120]), seen(random, scene[13:133]))
    there, back = head.posterior(alike), head.posterior(alike.T)
    assert there.best == 13
    assert back.best == -13


PROBES = 40


@every_head
@pytest.mark.parametrize("sizes", [(120, 120), (120, 80)])
def test_the_noise_probe_meets_no_peak_at_zero(head, sizes):
    """A scene against as much noise: no lag may be liked, and least of all the one in the middle."""
    middle, refused, first = [], 0, None
    for number in range(PROBES):
        random = np.random.default_rng(number)
        noise = random.standard_normal((sizes[1], 24))
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        found = head.posterior(negative_squares(seen(random, walk(random, sizes[0])), noise))
        judged = np.isfinite(found.score)
        first = np.zeros(judged.sum()) if first is None else first
        first += found.score[judged]
        refused += found.none > 0.5
        middle.append(abs(found.best))
    reach = judged.sum() / 2
    assert refused >= 0.9 * PROBES
    # The best lag of noise is anywhere: its mean distance from the middle is half the reach.
    assert np.mean(middle) == pytest.approx(reach / 2, abs=4 * reach / np.sqrt(12 * PROBES))
    # Scores averaged over probes stay within what so many normal numbers reach by chance.
    assert np.abs(first / PROBES).max() < 4.5 / np.sqrt(PROBES)


@every_head
def test_strangers_share_nothing(head):
    wrong = 0
    for number in range(PROBES):
        random = np.random.default_rng(1000 + number)
        one, other = seen(random, walk(random, 120)), seen(random, walk(random, 120))
        wrong += head.posterior(negative_squares(one, other)).none < 0.5
    assert wrong <= 0.1 * PROBES


@every_head
@pytest.mark.parametrize("sizes", [(5, 7), (1, 1), (40, 2)])
def test_too_little_to_judge_is_no_answer(head, sizes):
    found = head.posterior(-np.random.default_rng(0).random(sizes))
    assert found.best is None
    assert found.none == 1.0
