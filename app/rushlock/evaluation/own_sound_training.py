"""Fits what a clip's own onsets and movement are worth: cases in, content of ``models/own_sound.json`` out.

The figures kept with it come from scenes left out of the fit, one fold after the other.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Stage
from rushlock.evaluation.calibration_figures import auroc, brier, reliability
from rushlock.evaluation.logit import fit_logistic
from rushlock.evaluation.own_sound_cases import LENGTHS_S, OwnSoundCase, gather_own_sound
from rushlock.features.motion import VERSION as MOTION_VERSION
from rushlock.offsets.judge import Calibration
from rushlock.offsets.own_sound import RIGHT_S, SCORES, VERSION

FOLDS = 5
_SIGNS = (1, 1, 1, 1, 0)
_NEAR_S = 0.06
_SURE = 0.95

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def weigh_own_sound(scenes: int, token: CancelToken) -> Stage[dict[str, Any]]:
    """Watch and hear generated scenes and return the content of ``own_sound.json``."""
    cases = yield from gather_own_sound(scenes, token)
    return fitted_content(cases, scenes)


def fitted_content(cases: Sequence[OwnSoundCase], scenes: int) -> dict[str, Any]:
    """Return weights and figures for some cases."""
    errors = np.array([c.raw_error for c in cases])
    near = np.abs(errors) < _NEAR_S
    bias = float(np.median(errors[near]))
    right = np.abs(errors - bias) <= RIGHT_S
    calibration = fit(cases, right)
    return {
        "schema": 1,
        "method": VERSION,
        "motion": MOTION_VERSION,
        "weights": dict(calibration.weights),
        "bias": calibration.bias,
        "low": dict(calibration.low),
        "high": dict(calibration.high),
        "lag_bias": bias,
        "error": float(np.sqrt(np.mean(np.square(errors[right] - bias)))),
        "trained_on": {"scenes": scenes, "cases": len(cases)},
        "held_out": figures(cases, held_out(cases, right), errors - bias),
    }


def fit(cases: Sequence[OwnSoundCase], right: Bools) -> Calibration:
    """Return the most likely logistic function of the scores."""
    scores = np.array([[c.scores[s] for s in SCORES] for c in cases], np.float64)
    bias, weights = fit_logistic(scores, right, signs=_SIGNS)
    return Calibration(
        weights={s: float(w) for s, w in zip(SCORES, weights, strict=True)},
        bias=bias,
        low={s: float(v) for s, v in zip(SCORES, scores.min(axis=0), strict=True)},
        high={s: float(v) for s, v in zip(SCORES, scores.max(axis=0), strict=True)},
    )


def held_out(cases: Sequence[OwnSoundCase], right: Bools) -> Doubles:
    """Return each case's chance by a fit on other scenes."""
    scenes = sorted({c.scene for c in cases})
    fold = {scene: number % FOLDS for number, scene in enumerate(scenes)}
    given = np.zeros(len(cases))
    for number in range(FOLDS):
        kept = [n for n, c in enumerate(cases) if fold[c.scene] != number]
        fitted = fit([cases[n] for n in kept], right[kept])
        for n, case in enumerate(cases):
            if fold[case.scene] == number:
                given[n] = fitted.probability(case.scores)
    return given


def figures(cases: Sequence[OwnSoundCase], given: Doubles, errors: Doubles) -> dict[str, Any]:
    """Return what held-out chances are worth, altogether and by length of the clips."""
    right = np.abs(errors) <= RIGHT_S
    belongs = np.array([c.belongs for c in cases], np.bool_)
    return {
        "cases": len(cases),
        "brier": brier(given, right),
        "auroc": auroc(given, right),
        "strangers_auroc": auroc(given, belongs),
        "reliability": [
            {"confidence": p.confidence, "right": p.right, "cases": p.count}
            for p in reliability(given, right)
        ],
        "lengths": {f"{s:g} s": _of_length(cases, given, errors, s) for s in LENGTHS_S},
    }


def _of_length(
    cases: Sequence[OwnSoundCase], given: Doubles, errors: Doubles, seconds: float
) -> dict[str, Any]:
    chosen = np.array([c.seconds == seconds for c in cases], np.bool_)
    off = np.abs(errors[chosen & np.array([c.belongs for c in cases])])
    sure = chosen & (given >= _SURE)
    return {
        "clips": len(off),
        "median_s": float(np.median(off)) if off.size else None,
        "within_a_frame": float(np.mean(off <= RIGHT_S)) if off.size else None,
        "within_half_a_frame": float(np.mean(off <= RIGHT_S / 2)) if off.size else None,
        "sure": int(sure.sum()),
        "sure_and_wrong": int((sure & (np.abs(errors) > RIGHT_S)).sum()),
    }
