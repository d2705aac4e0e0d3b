"""VideoSync's learned heads in their forward form: logistic regression, support vectors, perceptron.

All see the rows' chances in the upper left of an empty square; larger matrices are cut off. Their numbers
come from arrays, never from a pickled scikit-learn model. Offsets here are VideoSync's: column less row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rushlock.base.errors import ModelError
from rushlock.offsets.heads.matrix.head import Matrix

Floats = npt.NDArray[np.floating]

SIDE = 256
REACH = 30
"""VideoSync's heads know offsets of so many frames to either side."""


def padded(chances: Matrix, side: int = SIDE) -> npt.NDArray[np.float32]:
    """Return (side, side) with a matrix in the upper left, cut off where it is larger."""
    out = np.zeros((side, side), np.float32)
    part = chances[:side, :side]
    out[: part.shape[0], : part.shape[1]] = part
    return out


@dataclass(frozen=True, slots=True)
class LogisticRegression:
    """Multinomial: a weight for every cell and class.

    Attributes:
        weights: (classes, side * side).
        bias: (classes,).
        classes: Offsets.
    """

    weights: Floats
    bias: Floats
    classes: Floats

    def scores(self, inputs: Floats) -> Floats:
        """Return (n, classes) for (n, side * side)."""
        out: Floats = inputs @ self.weights.T + self.bias
        return out

    def offsets(self, inputs: Floats) -> Floats:
        """Return (n,) the likeliest offsets."""
        out: Floats = self.classes[self.scores(inputs).argmax(axis=1)]
        return out


@dataclass(frozen=True, slots=True)
class SupportVectors:
    """Regression with radial kernels.

    Attributes:
        vectors: (k, side * side).
        dual: (k,).
        bias: A number.
        gamma: Of the kernel exp(-gamma * squared distance).
    """

    vectors: Floats
    dual: Floats
    bias: float
    gamma: float

    def offsets(self, inputs: Floats) -> Floats:
        """Return (n,) real numbers, neither rounded nor limited, as VideoSync's code scores them."""
        from scipy.spatial.distance import cdist

        squares = cdist(inputs.astype(np.float64), self.vectors.astype(np.float64), "sqeuclidean")
        out: Floats = np.exp(-self.gamma * squares) @ self.dual + self.bias
        return out


@dataclass(frozen=True, slots=True)
class Perceptron:
    """Layers with rectifiers between.

    Attributes:
        weights: Of each layer (inner, outer).
        biases: Of each layer (outer,).
        classes: Offsets.
    """

    weights: Sequence[Floats]
    biases: Sequence[Floats]
    classes: Floats

    def scores(self, inputs: Floats) -> Floats:
        """Return (n, classes) for (n, side * side)."""
        found = inputs
        for weights, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            found = np.maximum(found @ weights + bias, 0)
        out: Floats = found @ self.weights[-1] + self.biases[-1]
        return out

    def offsets(self, inputs: Floats) -> Floats:
        """Return (n,) the likeliest offsets."""
        out: Floats = self.classes[self.scores(inputs).argmax(axis=1)]
        return out


Learned = LogisticRegression | SupportVectors | Perceptron


def read_learned(path: Path) -> Learned:
    """Read a head from an ``.npz`` file; the names of its arrays tell which one.

    ``weights, bias, classes``; ``vectors, dual, bias, gamma``; or ``weights0, bias0, ..., classes``.

    Raises:
        ModelError: The file cannot be read, or holds no such head.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        return _learned(arrays)
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ModelError(f"{path} holds no head: {error}") from error


def _learned(arrays: dict[str, Floats]) -> Learned:
    if "vectors" in arrays:
        bias, gamma = (float(arrays[name].ravel()[0]) for name in ("bias", "gamma"))
        return SupportVectors(arrays["vectors"], arrays["dual"], bias, gamma)
    if "weights0" in arrays:
        count = sum(name.startswith("weights") for name in arrays)
        weights, biases = ([arrays[f"{kind}{k}"] for k in range(count)] for kind in ("weights", "bias"))
        return Perceptron(weights, biases, arrays["classes"])
    return LogisticRegression(arrays["weights"], arrays["bias"], arrays["classes"])
