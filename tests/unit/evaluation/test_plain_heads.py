"""VideoSync's plain heads, fitted: what is written answers as the library that fitted it does."""

import warnings

import numpy as np
import pytest

from rushlock.base.progress import CancelToken, drain
from rushlock.cli.main import main
from rushlock.evaluation.matrix_training.material import Recorded, Scene
from rushlock.evaluation.matrix_training.plain_heads import (
    examples,
    fit_logistic,
    fit_perceptron,
    fit_plain_heads,
    fit_support_vectors,
)
from rushlock.offsets.heads.matrix.learned import REACH, read_learned

pytest.importorskip("sklearn")
SIDE = 48


@pytest.fixture(scope="module")
def provider():
    """Scenes that two cameras see alike: moments are vectors that turn about slowly."""

    def scene(number):
        random = np.random.default_rng(number)
        steps = np.cumsum(random.standard_normal((220, 24)), axis=0)
        views = [steps + 0.1 * random.standard_normal(steps.shape) for _ in range(2)]
        unit = [(v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32) for v in views]
        return Scene([[each] for each in unit], 30.0)

    return Recorded("turning vectors", [scene(number) for number in range(12)])


@pytest.fixture(scope="module")
def drawn(provider):
    return drain(examples(provider, 240, SIDE, 1, CancelToken()))


def test_examples_show_the_planted_offset_as_column_less_row(drawn):
    inputs, offsets = drawn
    assert inputs.shape == (240, SIDE * SIDE)
    assert np.abs(offsets).max() <= REACH
    chances = inputs.reshape(-1, SIDE, SIDE)
    right = 0
    for cells, offset in zip(chances, offsets, strict=True):
        sums = [np.trace(cells, k) / (SIDE - abs(k)) for k in range(-REACH, REACH + 1)]
        right += abs(int(np.argmax(sums)) - REACH - offset) <= 2
    assert right > 0.8 * len(offsets)


@pytest.mark.parametrize(
    ("fit", "library"),
    [(fit_logistic, "logistic"), (fit_support_vectors, "vectors"), (fit_perceptron, "mlp")],
)
def test_a_written_head_answers_as_its_library(drawn, tmp_path, fit, library):
    inputs, offsets = drawn
    path = tmp_path / "head.npz"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a few epochs do not converge, nor need they
        arrays = fit(inputs, offsets, (16, 8), 5) if library == "mlp" else fit(inputs, offsets)
        reference = _reference(library, inputs, offsets)
    np.savez(path, **arrays)
    assert np.allclose(read_learned(path).offsets(inputs[:40]), reference[:40], atol=1e-3)


def _reference(library, inputs, offsets):
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.svm import SVR

    model = {
        "logistic": lambda: LogisticRegression(max_iter=1000),
        "vectors": SVR,
        "mlp": lambda: MLPClassifier(
            (16, 8),
            early_stopping=True,
            validation_fraction=0.2,
            n_iter_no_change=20,
            max_iter=5,
            random_state=42,
        ),
    }[library]()
    return model.fit(inputs, offsets).predict(inputs)


def test_heads_are_written_where_they_are_asked_for(provider, tmp_path):
    fit = fit_plain_heads(["SVM"], provider, tmp_path / "heads", CancelToken(), pairs=130, side=32)
    (path,) = drain(fit)
    assert path == tmp_path / "heads" / "SVM.npz"
    assert [each.name for each in path.parent.iterdir()] == ["SVM.npz"]
    assert read_learned(path).gamma > 0


def test_too_few_examples_are_refused_before_anything_is_drawn(tmp_path, capsys):
    assert main(["train", "videosync-heads", "--examples", "5", "--folder", str(tmp_path / "x")]) != 0
    assert "--examples" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
