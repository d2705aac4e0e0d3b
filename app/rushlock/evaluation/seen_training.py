"""Fits what places found by pictures are worth: cases in, the content of ``models/seen.json`` out.

The figures kept with it come from scenes that were left out of the fit, one fold after the other. For the
best place of each pair: its error where the two overlap, how often its chance is right, and how well chances
tell pairs that overlap from strangers (ROC).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Stage
from rushlock.evaluation.calibration_figures import auroc, brier, reliability
from rushlock.evaluation.logit import fit_logistic
from rushlock.evaluation.seen_cases import LENGTHS_S, SeenCase, gather_seen
from rushlock.features.motion import VERSION
from rushlock.offsets.judge import Calibration
from rushlock.offsets.seen_judge import SCORES

FOLDS = 5
MOST_CERTAIN = 0.9995
_SIGNS = (1, 1, 1, 1, 1, -1, 1)
_SURE = 0.97
_FALSE_ALARMS = (0.001, 0.01, 0.05, 0.1)
_FRAME_S = 1 / 30

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def weigh_pictures(scenes: int, token: CancelToken) -> Stage[dict[str, Any]]:
    """Watch generated scenes and return the content of ``seen.json``."""
    cases = yield from gather_seen(scenes, token)
    return fitted_content(cases, scenes)


def fitted_content(cases: Sequence[SeenCase], scenes: int) -> dict[str, Any]:
    """Return weights and figures for some cases."""
    calibration = fit(cases)
    given = held_out(cases)
    right = np.array([c.right for c in cases], np.bool_)
    best = np.array([c.best for c in cases], np.bool_)
    errors = np.array([c.error for c in cases if c.right and c.best], np.float64)
    return {
        "schema": 1,
        "motion": VERSION,
        "weights": dict(calibration.weights),
        "bias": calibration.bias,
        "low": dict(calibration.low),
        "high": dict(calibration.high),
        "precision": float(np.sqrt(np.mean(np.square(errors)))) if errors.size else _FRAME_S,
        "most": _most(given[best], right[best]),
        "trained_on": {"scenes": scenes, "cases": len(cases)},
        "held_out": figures(cases, given),
    }


def fit(cases: Sequence[SeenCase]) -> Calibration:
    """Return the most likely logistic function of the scores."""
    scores = np.array([[c.scores[s] for s in SCORES] for c in cases], np.float64)
    right = np.array([c.right for c in cases], np.bool_)
    bias, weights = fit_logistic(scores, right, signs=_SIGNS)
    return Calibration(
        weights={s: float(w) for s, w in zip(SCORES, weights, strict=True)},
        bias=bias,
        low={s: float(v) for s, v in zip(SCORES, scores.min(axis=0), strict=True)},
        high={s: float(v) for s, v in zip(SCORES, scores.max(axis=0), strict=True)},
    )


def held_out(cases: Sequence[SeenCase]) -> Doubles:
    """Return each case's chance by a fit on other scenes."""
    scenes = sorted({c.scene for c in cases})
    fold = {scene: number % FOLDS for number, scene in enumerate(scenes)}
    fits = [fit([c for c in cases if fold[c.scene] != number]) for number in range(FOLDS)]
    return np.array([min(fits[fold[c.scene]].probability(c.scores), c.alone) for c in cases], np.float64)


def figures(cases: Sequence[SeenCase], given: Doubles) -> dict[str, Any]:
    """Return what held-out chances are worth, altogether and by length of the clips."""
    right = np.array([c.right for c in cases], np.bool_)
    return {
        "cases": len(cases),
        "brier": brier(given, right),
        "auroc": auroc(given, right),
        "reliability": [
            {"confidence": p.confidence, "right": p.right, "cases": p.count}
            for p in reliability(given, right)
        ],
        "lengths": {f"{s:g} s": _of_length(cases, given, s) for s in LENGTHS_S},
    }


def _of_length(cases: Sequence[SeenCase], given: Doubles, seconds: float) -> dict[str, Any]:
    chosen = [(c, g) for c, g in zip(cases, given, strict=True) if c.seconds == seconds and c.best]
    belongs = np.array([c.belongs for c, _ in chosen], np.bool_)
    chance = np.array([g for _, g in chosen], np.float64)
    frames = np.array([c.error / _FRAME_S for c, _ in chosen if c.belongs], np.float64)
    wrong = np.array([not c.right for c, _ in chosen], np.bool_)
    sure = chance >= _SURE
    return {
        "pairs": int(belongs.sum()),
        "strangers": int((~belongs).sum()),
        "median_frames": float(np.median(frames)) if frames.size else None,
        "mean_frames": float(np.mean(frames)) if frames.size else None,
        "within_a_frame": float(np.mean(frames <= 1.2)) if frames.size else None,
        "strangers_auroc": auroc(chance, belongs),
        "roc": {f"{f:g}": _detected(chance, belongs, f) for f in _FALSE_ALARMS},
        "sure": int(sure.sum()),
        "sure_and_wrong": int((sure & wrong).sum()),
    }


def _detected(chance: Doubles, belongs: Bools, alarms: float) -> float | None:
    """Return the share of overlapping pairs above the chance that so many strangers reach."""
    if belongs.all() or not belongs.any():
        return None
    bar = float(np.quantile(chance[~belongs], 1 - alarms, method="higher"))
    return float(np.mean(chance[belongs] > bar))


def _most(given: Doubles, right: Bools) -> float:
    """Return the chance beyond which nothing was shown: Laplace's rule on the cases called nearly sure."""
    sure = given >= _SURE
    return min(float((right[sure].sum() + 1) / (sure.sum() + 2)), MOST_CERTAIN)
