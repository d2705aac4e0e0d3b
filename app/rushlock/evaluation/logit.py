"""Logistic regression, small and exact: Newton's method on the penalised likelihood (Platt 1999)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]


def fit_logistic(
    scores: Doubles, right: npt.NDArray[np.bool_], penalty: float = 1.0, signs: Sequence[int] | None = None
) -> tuple[float, Doubles]:
    """Return (bias, weights) of the most likely logistic function.

    Args:
        scores: float64 (cases, scores).
        right: bool (cases,).
        penalty: Strength of the ridge on the standardised weights.
        signs: For each score +1, -1 or 0: a weight of the other sign is held at 0, so that the function stays
            monotonic where reason demands it (a better match is never less likely).
    """
    mean, spread = scores.mean(axis=0), scores.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(scores)), (scores - mean) / spread])
    free = np.ones(design.shape[1], np.bool_)
    while True:
        weights = _newton(design[:, free], right, penalty)
        whole = np.zeros(design.shape[1])
        whole[free] = weights
        wrong = np.zeros_like(free)
        if signs is not None:
            wrong[1:] = [s * w < 0 for s, w in zip(signs, whole[1:], strict=True)]
        if not wrong.any():
            break
        free[int(np.argmax(np.where(wrong, np.abs(whole), -1.0)))] = False
    slopes: Doubles = whole[1:] / spread
    return float(whole[0] - slopes @ mean), slopes


def fit_around(
    expected: Doubles, scores: Doubles, right: npt.NDArray[np.bool_], signs: Sequence[int], doubt: float = 0.5
) -> Doubles:
    """Return (bias, weights) of the most likely logistic function under a normal prior around ``expected``.

    The prior's spread is ``doubt`` for each weight; weights of the wrong sign are set to 0.
    """
    design = np.column_stack([np.ones(len(scores)), scores])
    weights = expected.astype(np.float64)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -40, 40)))
        gradient = design.T @ (right - p) - (weights - expected) / doubt**2
        normal = (design.T * (p * (1 - p))) @ design + np.eye(design.shape[1]) / doubt**2
        step = np.linalg.solve(normal, gradient)
        weights = weights + np.clip(step, -1, 1)
        if float(np.abs(step).max()) < 1e-9:
            break
    weights[1:] = np.where(np.sign(weights[1:]) == -np.sign(signs), 0.0, weights[1:])
    return weights


def _newton(design: Doubles, right: npt.NDArray[np.bool_], penalty: float) -> Doubles:
    # Platt's targets keep the likelihood finite where the classes can be told apart without error.
    up, down = (right.sum() + 1) / (right.sum() + 2), 1 / ((~right).sum() + 2)
    target = np.where(right, up, down)
    ridge = penalty * np.eye(design.shape[1])
    ridge[0, 0] = 1e-6
    weights = np.zeros(design.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -40, 40)))
        gradient = design.T @ (target - p) - ridge @ weights
        step = np.linalg.solve((design.T * (p * (1 - p) + 1e-9)) @ design + ridge, gradient)
        weights = weights + np.clip(step, -4, 4)
        if float(np.abs(step).max()) < 1e-9:
            break
    return weights
