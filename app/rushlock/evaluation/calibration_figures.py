"""How far confidences can be trusted: Brier score, AUROC, reliability curve."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

_BINS = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 1.0])


@dataclass(frozen=True)
class ReliabilityPoint:
    """One point of the reliability curve: ``count`` claims, their mean confidence, how many were right."""

    confidence: float
    right: float
    count: int


def brier(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float | None:
    """Return the mean squared difference of confidence and outcome; 0 is perfect. None without claims."""
    return float(np.mean((confidence - right) ** 2)) if len(right) else None


def auroc(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float | None:
    """Return the chance that a right claim has more confidence than a wrong one (Mann and Whitney 1947).

    Ties count one half. None where all claims are right, or all wrong.
    """
    positives = int(right.sum())
    negatives = len(right) - positives
    if not positives or not negatives:
        return None
    ranks = stats.rankdata(confidence)
    return float((ranks[right].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def reliability(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[ReliabilityPoint, ...]:
    """Return the reliability curve, with bins that are narrow where decisions are made: near 1."""
    which = np.digitize(confidence, _BINS[1:-1])
    points = []
    for number in range(len(_BINS) - 1):
        inside = which == number
        if inside.any():
            points.append(
                ReliabilityPoint(
                    float(confidence[inside].mean()), float(right[inside].mean()), int(inside.sum())
                )
            )
    return tuple(points)
