"""How sure a trained network may be: its chances brought to what they turned out to be worth.

A network that learned on scenes of one kind is surer than it should be of others. Two numbers, fitted on
scenes that it neither learned from nor is scored on, make up for the most of it: all logits are divided by
one (Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, ICML 2017), and "nothing in
common" gets the other added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.matrix_training.drawing import Drawn
from rushlock.nets.offset_cnn.config import Temper
from rushlock.offsets.heads.matrix.unbiased import Logits

STAGE = "Weighing chances"
_SCALES = np.exp(np.linspace(np.log(0.6), np.log(4.0), 30))
_SHIFTS = np.linspace(-4.0, 4.0, 33)
_NEAR = 1
"""Frames by which a lag may be off and still be the one: cameras' frames lie between each other."""

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """What a network said of one matrix: logits of the true lag and its neighbours, of all others, of none.

    Attributes:
        right: (k,), empty for strangers.
        wrong: (m,).
        none: One number.
    """

    right: Doubles
    wrong: Doubles
    none: float


def tell(logits: Logits, drawn: Iterator[Drawn], total: int, token: CancelToken) -> Stage[list[Told]]:
    """Return what a network says of so many matrices."""
    told: list[Told] = []
    for number, matrix in enumerate(drawn):
        token.check()
        yield Progress(STAGE, number, total, unit="matrices")
        found, none = logits(matrix.layers)
        lag = np.arange(len(found)) - (matrix.layers.shape[2] - 1)
        true = np.zeros(len(found), np.bool_) if matrix.lag is None else np.abs(lag - matrix.lag) <= _NEAR
        judged = np.isfinite(found)
        told.append(Told(found[judged & true], found[judged & ~true], none))
        if number + 1 == total:
            break
    return told


def fit_temper(told: Sequence[Told]) -> Temper:
    """Return the two numbers under which what was true is likeliest, by trying all."""
    tried = [(_surprise(told, scale, shift), scale, shift) for scale in _SCALES for shift in _SHIFTS]
    _, scale, shift = min(tried)
    return Temper(float(scale), float(shift))


def _surprise(told: Sequence[Told], scale: float, shift: float) -> float:
    """Return the mean of minus the logarithm of the chance of what was true."""
    total = 0.0
    for each in told:
        right, wrong = _log_sum(each.right / scale), _log_sum(each.wrong / scale)
        none = each.none / scale + shift
        true = right if each.right.size else none
        total += float(np.logaddexp(np.logaddexp(right, wrong), none)) - true
    return total / max(len(told), 1)


def _log_sum(values: Doubles) -> float:
    return float(np.logaddexp.reduce(values)) if values.size else -np.inf
