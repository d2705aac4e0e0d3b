"""Heads compared on matrices drawn from scenes that were never trained on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.frame_error import FrameError, frame_error
from rushlock.evaluation.matrix_training.drawing import Drawn
from rushlock.offsets.heads.matrix.head import LayerHead, MatrixHead

STAGE = "Scoring heads"


@dataclass(frozen=True, slots=True)
class HeadScore:
    """What a head is worth.

    Attributes:
        name: Of the head.
        error: Of its best lag on all pairs that share something, whether it believes in it or not.
        auroc: Chance that a pair that shares something is believed more than one that does not; NaN where
            one kind is missing.
    """

    name: str
    error: FrameError
    auroc: float


def score_heads(
    heads: Sequence[MatrixHead],
    layered: Sequence[LayerHead],
    drawn: Iterator[Drawn],
    total: int,
    token: CancelToken,
) -> Stage[list[HeadScore]]:
    """Return a score for each head over ``total`` matrices."""
    told = [_Told() for _ in (*heads, *layered)]
    for number, matrix in enumerate(drawn):
        token.check()
        yield Progress(STAGE, number, total, unit="matrices")
        whole = [head.posterior(matrix.cells) for head in heads]
        whole += [head.posterior(matrix.layers) for head in layered]
        for found, answers in zip(whole, told, strict=True):
            if matrix.lag is None:
                answers.strangers.append(1 - found.none)
            else:
                answers.errors.append((found.best or 0.0) - matrix.lag)
                answers.shared.append(1 - found.none)
        if number + 1 == total:
            break
    return [
        HeadScore(h.name, frame_error(t.errors), auroc(t.shared, t.strangers))
        for h, t in zip((*heads, *layered), told, strict=True)
    ]


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive's score is above a negative's, ties counting half."""
    if not (len(positive) and len(negative)):
        return float("nan")
    above = np.asarray(positive)[:, None] - np.asarray(negative)[None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


class _Told:
    """A head's answers so far."""

    def __init__(self) -> None:
        self.errors: list[float] = []
        self.shared: list[float] = []
        self.strangers: list[float] = []
