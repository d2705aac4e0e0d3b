"""VideoSync's plain heads fitted as published: logistic regression, support vectors, perceptron.

Their hyperparameters are scikit-learn's defaults where the paper's code leaves them, see each function. What
they are fitted on is ours: generated scenes from several sides, two views of each cut to equal length with a
lag planted, never one clip's ends. They know no "nothing in common" and no chances, so the product does not
ask them; ``rushlock bench video --head FILE`` does.

A head is written as an ``.npz`` of plain arrays that ``offsets.heads.matrix.learned`` reads.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.frame_error import equal_stretches
from rushlock.evaluation.matrix_training.material import Provider, Scene
from rushlock.export.atomic import being_written
from rushlock.offsets.heads.matrix.head import row_chances
from rushlock.offsets.heads.matrix.learned import REACH, SIDE, padded

Inputs = npt.NDArray[np.float32]
Offsets = npt.NDArray[np.int64]
Arrays = dict[str, npt.NDArray[Any]]

_FRAMES = 180
_OF_A_SCENE = 12
_FIRST = 2_000_000


def examples(
    provider: Provider, count: int, side: int, seed: int, token: CancelToken
) -> Stage[tuple[Inputs, Offsets]]:
    """Return what the heads see of so many pairs, and VideoSync's offsets (column less row).

    Args:
        provider: Of scenes with more than one camera.
        count: Pairs.
        side: Of the square that they see.
        seed: Of draws.
        token: Checked at every scene.

    Returns:
        (count, side * side) and (count,).
    """
    random = np.random.default_rng(seed)
    inputs = np.zeros((count, side * side), np.float32)
    offsets = np.zeros(count, np.int64)
    scene: Scene | None = None
    for number in range(count):
        if scene is None or number % _OF_A_SCENE == 0:
            token.check()
            yield Progress("Drawing scenes", number, count, unit="pairs")
            scene = provider.scene(_FIRST + number // _OF_A_SCENE)
        offset = int(random.integers(-REACH, REACH + 1))
        inputs[number], offsets[number] = _seen(scene, offset, side, random), offset
    return inputs, offsets


def _seen(scene: Scene, offset: int, side: int, random: np.random.Generator) -> Inputs:
    """Return one pair's row chances, padded and flat."""
    one, other = random.choice(len(scene.views), 2, replace=False)
    master, node = scene.joined(int(one)), scene.joined(int(other))
    rows, columns = equal_stretches(len(master), len(node), -offset)
    size = min(rows.stop - rows.start, _FRAMES)
    begin = int(random.integers(rows.stop - rows.start - size + 1))
    first, second = rows.start + begin, columns.start + begin
    alike = master[first : first + size] @ node[second : second + size].T
    return padded(row_chances(alike), side).ravel()


def fit_logistic(inputs: Inputs, offsets: Offsets) -> Arrays:
    """Return weights (classes, cells), bias, classes; L2 with C = 1, at most 1000 iterations of L-BFGS."""
    from sklearn import linear_model

    found: Any = _made(linear_model.LogisticRegression, max_iter=1000).fit(inputs, offsets)
    return {
        "weights": found.coef_.astype(np.float32),
        "bias": found.intercept_.astype(np.float32),
        "classes": found.classes_,
    }


def fit_support_vectors(inputs: Inputs, offsets: Offsets) -> Arrays:
    """Return vectors, dual, bias and gamma of a regression with radial kernels, all by default."""
    from sklearn import svm

    found: Any = _made(svm.SVR).fit(inputs, offsets)
    gamma = 1 / (inputs.shape[1] * float(inputs.var()))  # what gamma="scale" means
    return {
        "vectors": found.support_vectors_.astype(np.float32),
        "dual": found.dual_coef_[0],
        "bias": found.intercept_,
        "gamma": np.array([gamma]),
    }


def fit_perceptron(
    inputs: Inputs, offsets: Offsets, layers: Sequence[int] = (2048, 1024, 512), most: int = 1000
) -> Arrays:
    """Return weights and biases of each layer; stops 20 epochs after a fifth kept aside says no better."""
    from sklearn import neural_network

    found: Any = _made(
        neural_network.MLPClassifier,
        hidden_layer_sizes=tuple(layers),
        early_stopping=True,
        validation_fraction=0.2,
        n_iter_no_change=20,
        max_iter=most,
        random_state=42,
    ).fit(inputs, offsets)
    arrays: Arrays = {f"weights{k}": w.astype(np.float32) for k, w in enumerate(found.coefs_)}
    arrays |= {f"bias{k}": b.astype(np.float32) for k, b in enumerate(found.intercepts_)}
    return arrays | {"classes": found.classes_}


def _made(kind: Callable[..., Any], **options: object) -> Any:  # noqa: ANN401 - scikit-learn has no types
    return kind(**options)


HEADS: dict[str, Callable[[Inputs, Offsets], Arrays]] = {
    "LogReg": fit_logistic,
    "SVM": fit_support_vectors,
    "MLP": fit_perceptron,
}


def fit_plain_heads(
    names: Sequence[str],
    provider: Provider,
    folder: Path,
    token: CancelToken,
    *,
    pairs: int = 1500,
    side: int = SIDE,
    seed: int = 1,
) -> Stage[list[Path]]:
    """Fit heads one after the other and return where each was written.

    Args:
        names: Of ``HEADS``.
        provider: Of scenes.
        folder: To write into.
        token: Checked between scenes and heads; a fit itself cannot be stopped.
        pairs: To fit on.
        side: Of the square that they see; the published one has 256 cells to a side.
        seed: Of draws.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    try:
        import sklearn  # noqa: F401 - said before scenes are drawn, which takes minutes
    except ImportError as missing:
        raise UsageError("fitting needs scikit-learn: pip install 'rushlock[train]'") from missing
    inputs, offsets = yield from examples(provider, pairs, side, seed, token)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name in names:
        token.check()
        yield Progress(f"Fitting {name}", len(written), len(names), unit="heads")
        arrays = HEADS[name](inputs, offsets)
        path = folder / f"{name}.npz"
        with being_written(path) as part, part.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        written.append(path)
    return written
