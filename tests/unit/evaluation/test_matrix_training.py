"""Training on matrices: what is drawn is what is claimed, it goes on where it stopped, and it learns."""

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.base.errors import UsageError  # noqa: E402 - needs torch for what follows
from rushlock.base.progress import Cancelled, CancelToken, drain  # noqa: E402
from rushlock.evaluation.matrix_training.drawing import Draw  # noqa: E402
from rushlock.evaluation.matrix_training.generated import Generated, People  # noqa: E402
from rushlock.evaluation.matrix_training.honesty import Told, fit_temper  # noqa: E402
from rushlock.evaluation.matrix_training.material import Recorded, Scene  # noqa: E402
from rushlock.evaluation.matrix_training.recipe import MatrixRecipe  # noqa: E402
from rushlock.evaluation.matrix_training.scoring import auroc  # noqa: E402
from rushlock.evaluation.matrix_training.train import (  # noqa: E402
    opened,
    scored,
    train,
    write_record,
)
from rushlock.evaluation.window_training.recipe import PhaseRecipe  # noqa: E402
from rushlock.nets.offset_cnn.config import DiagonalConfig  # noqa: E402

SMALL = MatrixRecipe(
    size=DiagonalConfig(layers=2, channels=(4, 4), beside=2, hidden=8, least=16),
    plan=PhaseRecipe(40, 0.0, 0.5, 1e-2, 5),
    batch=8,
    sizes=(48,),
    pool=12,
    draw=Draw(strangers=0.4, reach=12, blind=0.0),
    weighed=40,
)


LAYERS = 2


def unit(vectors):
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def made_up(number, frames=140, cameras=3):
    """Return a scene in which every moment is like no other, and every camera adds noise."""
    random = np.random.default_rng(number)
    happening = random.standard_normal((frames, 12))
    noisy = [
        [unit(happening + 0.5 * random.standard_normal(happening.shape)) for _ in range(LAYERS)]
        for _ in range(cameras)
    ]
    return Scene(noisy, 30.0)


MADE_UP = Recorded("made up", [made_up(number) for number in range(30)])


def test_a_drawn_pair_shows_its_lag_and_strangers_show_none():
    random = np.random.default_rng(1)
    scenes = MADE_UP.scenes[:6]
    strangers, lags = 0, []
    for _ in range(80):
        drawn = SMALL.draw.matrix(scenes, 48, random)
        assert drawn.layers.shape == (LAYERS, 48, 48)
        assert drawn.cells.shape == (48, 48)
        np.testing.assert_allclose(drawn.layers.std(axis=(1, 2)), 1.0)
        means = np.array([np.diagonal(drawn.cells, -lag).mean() for lag in range(-24, 25)])
        if drawn.lag is None:
            strangers += 1
            assert means.max() < 1.2  # a diagonal that is right stands near sqrt(12) times its likeness
        else:
            lags.append(drawn.lag)
            assert np.argmax(means) - 24 == drawn.lag
    assert 16 <= strangers <= 48
    assert min(lags) < -6
    assert max(lags) > 6


@pytest.mark.parametrize("provider", [Generated(seconds=6.0, cameras=2), People(seconds=6.0, cameras=2)])
def test_generated_cameras_see_the_same_moments_in_every_layer(provider):
    found = 0
    for number in range(4):
        scene, again = provider.scene(number), provider.scene(number)
        for views in scene.views:
            assert {len(layer) for layer in views} == {len(scene)}
            for layer in views:
                assert np.square(layer).sum(axis=1).mean() == pytest.approx(1.0, abs=0.1)
        assert np.array_equal(scene.joined(1), again.joined(1))
        alike = scene.joined(0) @ scene.joined(1).T
        curve = [np.diagonal(alike, -lag).mean() for lag in range(-30, 31)]
        found += abs(int(np.argmax(curve)) - 30) <= 1
    assert found >= 2  # three of 61 lags are right: by chance once in seventy tries


def test_a_layer_that_is_blind_shows_no_lag():
    random = np.random.default_rng(2)
    blind = replace(SMALL.draw, blind=1.0, strangers=0.0)
    for _ in range(10):
        drawn = blind.matrix(MADE_UP.scenes[:3], 48, random)
        assert abs(np.diagonal(drawn.layers[0], -drawn.lag).mean()) < 4.5 / np.sqrt(24)


@pytest.mark.slow
def test_a_training_that_is_stopped_goes_on_and_learns_to_tell_a_lag_from_none(tmp_path):
    token = CancelToken()
    stopped = opened(SMALL, [MADE_UP], tmp_path, "cpu")

    def stop(progress):
        if stopped.standing.step == 15:
            token.cancel()

    with pytest.raises(Cancelled):
        drain(train(stopped, token), stop)
    going_on = opened(SMALL, [MADE_UP], tmp_path, "cpu")
    assert going_on.standing.step == 15
    path = drain(train(going_on, CancelToken()))
    assert going_on.standing.step == SMALL.plan.steps
    scores = drain(scored(going_on, path, [MADE_UP], 30, 48, CancelToken()))
    network = next(score for score in scores if score.name == "network")
    assert network.error.median == 0
    assert network.auroc > 0.9
    assert "auroc" in write_record(going_on, path, scores).read_text()


def test_a_checkpoint_of_another_recipe_is_left_alone(tmp_path):
    opened(SMALL, [MADE_UP], tmp_path, "cpu").keep()
    with pytest.raises(UsageError, match="another recipe"):
        opened(replace(SMALL, seed=2), [MADE_UP], tmp_path, "cpu")


def test_the_smallest_matrices_come_first_and_in_the_end_all_sizes_do():
    recipe = MatrixRecipe(sizes=(28, 48, 75), grown=30)
    assert [recipe.sizes_at(step) for step in (0, 9, 10, 20, 500)] == [
        (28,),
        (28,),
        (28, 48),
        (28, 48, 75),
        (28, 48, 75),
    ]


def test_small_matrices_are_drawn_of_short_scenes_and_large_ones_of_long_scenes_alone():
    random = np.random.default_rng(3)
    scenes = [made_up(1, frames=44), made_up(2, frames=150)]
    for size in (28, 75):
        drawn = [SMALL.draw.matrix(scenes, size, random) for _ in range(30)]
        assert {each.cells.shape for each in drawn} == {(size, size)}
        assert {each.lag is None for each in drawn} == {True, False}
    with pytest.raises(UsageError, match="long enough"):
        SMALL.draw.matrix(scenes, 145, random)


def test_auroc_counts_pairs_in_the_right_order():
    assert auroc([2, 3], [0, 1]) == 1.0
    assert auroc([1, 1], [1]) == 0.5
    assert auroc([0], [1, 2]) == 0.0
    assert np.isnan(auroc([], [1]))


def test_chances_of_a_network_that_is_too_sure_are_brought_back():
    """Truth is drawn by the chances of a made-up network, which is then made twice as sure."""
    random = np.random.default_rng(4)
    told = []
    for _ in range(300):
        logits = random.normal(0.0, 2.0, 21)
        chances = np.exp(logits - np.logaddexp.reduce(logits))
        true = int(random.choice(21, p=chances))
        lags = np.arange(1, 21)
        right = lags == true
        told.append(Told(2 * logits[1:][right], 2 * logits[1:][~right], float(2 * logits[0] - 3.0)))
    temper = fit_temper(told)
    assert 1.6 < temper.scale < 2.5
    assert 0.9 < temper.none < 2.1  # 3 less before dividing by two
