"""How well classes of offset are told: the metrics of SparseSync's and StreamSync's papers.

Right means the highest logit; *near* allows one class to either side; both also among the top few. Precision
and ROC are taken for each class against all others, of softmax: logits of different windows do not compare.
Average precision is the sum over steps, not interpolated; equal scores count as one step, and half in ROC.

Decided here, for the papers' code leaves it to a library's version: a class that never was the truth has no
precision and no ROC, and means are taken over the others. Numbers that are none are refused. What a constant
answer would have got is always said, for lists of offsets may favour zero.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.offsets.heads.answers import chances_of

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

TOPS = (1, 5)


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Of one class, against all others.

    Attributes:
        items: How often it was the truth.
        accuracy: Share of these that was told right; NaN where there are none, as below.
        near: Share of these that was told within one class.
        precision: Average precision.
        roc_auc: Area under the receiver operating characteristic.
    """

    items: int
    accuracy: float
    near: float
    precision: float
    roc_auc: float


@dataclass(frozen=True, slots=True)
class OffsetFigures:
    """Of all items.

    Attributes:
        items: How many.
        accuracy: Share with the truth among the top guesses, by how many of these count.
        near: Share with any of the top guesses within one class of the truth, likewise.
        precision: Mean average precision over the classes that occur (mAP).
        roc_auc: Mean area under the ROC over the classes that occur.
        d_prime: sqrt(2) times the normal quantile of that.
        constant: Accuracy of always giving the commonest class.
        constant_near: The best share within one class that an unchanging answer can get.
        classes: Each class, in order.
    """

    items: int
    accuracy: Mapping[int, float]
    near: Mapping[int, float]
    precision: float
    roc_auc: float
    d_prime: float
    constant: float
    constant_near: float
    classes: tuple[ClassFigures, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return all figures by name, ready for JSON: what is no number is None."""
        found: dict[str, Any] = _plain(asdict(self))
        return found


def figures_of(logits: npt.NDArray[np.floating], targets: npt.NDArray[np.integer]) -> OffsetFigures:
    """Return all metrics.

    Args:
        logits: (n, classes), finite; logarithms of chances do as well.
        targets: (n,) the true classes.

    Raises:
        ValueError: There are no items, shapes differ, a target is no class, or a logit is no number.
    """
    truth = np.asarray(targets, np.int64)
    _check(logits, truth)
    order = np.argsort(-logits, axis=1, kind="stable")
    chances = chances_of(logits)
    classes = tuple(_class_figures(order[:, 0], chances[:, c], truth, c) for c in range(logits.shape[1]))
    occurring = [each for each in classes if each.items]
    roc_auc = _mean([each.roc_auc for each in occurring])
    share = np.bincount(truth, minlength=logits.shape[1]) / truth.size
    tops = {min(top, logits.shape[1]): order[:, :top] for top in TOPS}
    return OffsetFigures(
        items=truth.size,
        accuracy={top: _share((some == truth[:, None]).any(axis=1)) for top, some in tops.items()},
        near={top: _share(_within_one(some, truth[:, None]).any(axis=1)) for top, some in tops.items()},
        precision=_mean([each.precision for each in occurring]),
        roc_auc=roc_auc,
        d_prime=math.sqrt(2) * NormalDist().inv_cdf(roc_auc) if 0 < roc_auc < 1 else math.nan,
        constant=float(share.max()),
        constant_near=float(np.convolve(share, np.ones(3), "same").max()),
        classes=classes,
    )


def average_precision(scores: Doubles, positive: Bools) -> float:
    """Return the sum over thresholds of precision times the recall that each adds; NaN without positives."""
    if not positive.any():
        return math.nan
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), scores.size - 1)
    right = np.cumsum(positive[order])[ends]
    gained = np.diff(right, prepend=0) / right[-1]
    return float(np.sum(gained * right / (ends + 1)))


def roc_auc(scores: Doubles, positive: Bools) -> float:
    """Return the chance that a positive scores above a negative (Mann-Whitney); NaN if either is missing."""
    many, few = int(positive.sum()), int((~positive).sum())
    if not many or not few:
        return math.nan
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return float((ranks[positive].sum() - many * (many + 1) / 2) / (many * few))


def _class_figures(told: Ints, scores: Doubles, truth: Ints, number: int) -> ClassFigures:
    own = truth == number
    guesses = told[own]
    return ClassFigures(
        items=int(own.sum()),
        accuracy=_share(guesses == number),
        near=_share(_within_one(guesses, np.int64(number))),
        precision=average_precision(scores, own),
        roc_auc=roc_auc(scores, own),
    )


def _within_one(guesses: Ints, truth: Ints | np.int64) -> Bools:
    out: Bools = np.abs(guesses - truth) <= 1
    return out


def _share(right: npt.ArrayLike) -> float:
    told = np.asarray(right)
    return float(told.mean()) if told.size else math.nan


def _mean(values: list[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def _check(logits: npt.NDArray[np.floating], truth: Ints) -> None:
    if logits.ndim != 2 or len(logits) != len(truth) or not truth.size:
        raise ValueError(f"logits of shape {logits.shape} do not go with {truth.size} targets")
    if truth.min() < 0 or truth.max() >= logits.shape[1]:
        raise ValueError("a target is none of the classes")
    if not np.isfinite(logits).all():
        raise ValueError("a logit is no number")


def _plain(value: Any) -> Any:  # noqa: ANN401 - a tree of anything
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value
