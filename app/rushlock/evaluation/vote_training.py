"""Weighs a network's votes: cases in, its entry of ``votes.json`` out.

One logistic function, see ``offsets.pooling``. The figures kept with it come from scenes that were left out
of the fit, one fold of scenes after the other. They also decide what the network is used for where nobody
asked for it by name:

- *check*: pooled with a coin's toss, votes must tell right places from wrong ones by ``LEAST_GAIN`` nats;
- *search*: of the silent pictures that were given a place, no more than ``MOST_WRONG`` may be wrong, and at
  least ``LEAST_FOUND`` of those that have one must be given it.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Stage
from rushlock.evaluation.calibration_figures import auroc, brier, reliability
from rushlock.evaluation.logit import fit_logistic
from rushlock.evaluation.vote_cases import RIGHT_S, Case, Trial, gather_cases, try_searches
from rushlock.export.atomic import write_atomically
from rushlock.nets.protocol import WindowNet
from rushlock.offsets.judge import logistic
from rushlock.offsets.pooling import SCORES, Reliability

FOLDS = 5
LEAST_GAIN = 0.1
MOST_WRONG, LEAST_FOUND = 0.05, 0.2
_SIGNS = (1, 1, 1)
_GIVEN = 0.5
_SURE = 0.9

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def weigh_votes(net: WindowNet, scenes: int, token: CancelToken) -> Stage[dict[str, Any]]:
    """Ask a network about generated scenes and return its entry of ``votes.json``."""
    cases = yield from gather_cases(net, scenes, token)
    given, right = held_out(cases)
    fitted = fit(cases, most=_most(given, right))
    trials = yield from try_searches(net, fitted, max(scenes // 4, 2), token)
    figures = check_figures(given, right)
    searched = search_figures(trials)
    uses = [
        *(["check"] if figures["gain"] >= LEAST_GAIN else []),
        *(["search"] if searched["wrong"] <= MOST_WRONG and searched["found"] >= LEAST_FOUND else []),
    ]
    return {
        "digest": net.digest,
        "experimental": net.experimental,
        "weights": dict(fitted.weights),
        "bias": fitted.bias,
        "low": dict(fitted.low),
        "high": dict(fitted.high),
        "most": fitted.most,
        "uses": uses,
        "trained_on": {"scenes": scenes, "cases": len(cases)},
        "held_out": {"check": figures, "search": searched},
    }


def fit(cases: Sequence[Case], most: float = 1.0) -> Reliability:
    """Return the most likely weights of a log-likelihood ratio."""
    scores = np.array([[c.scores[s] for s in SCORES] for c in cases], np.float64)
    right = np.array([c.right for c in cases], np.bool_)
    bias, weights = fit_logistic(scores, right, signs=_SIGNS)
    prior = math.log(max(right.sum(), 1) / max((~right).sum(), 1))
    return Reliability(
        weights={s: float(w) for s, w in zip(SCORES, weights, strict=True)},
        bias=bias - prior,
        low={s: float(v) for s, v in zip(SCORES, scores.min(axis=0), strict=True)},
        high={s: float(v) for s, v in zip(SCORES, scores.max(axis=0), strict=True)},
        most=most,
    )


def held_out(cases: Sequence[Case]) -> tuple[Doubles, Bools]:
    """Return the chances that cases get from the others' fit at even odds, and whether they are right."""
    scenes = sorted({c.scene for c in cases})
    given, right = [], []
    for f in range(FOLDS):
        left_out = set(scenes[f::FOLDS])
        rest = [c for c in cases if c.scene not in left_out]
        fitted = fit(rest)
        for case in (c for c in cases if c.scene in left_out):
            given.append(logistic(fitted.ratio(case.scores)))
            right.append(case.right)
    return np.array(given, np.float64), np.array(right, np.bool_)


def check_figures(given: Doubles, right: Bools) -> dict[str, Any]:
    """Return what chances at even odds are worth; ``gain``: nats better than a coin, by class."""
    likely = np.clip(given, 1e-6, 1 - 1e-6)
    told = np.where(right, np.log(likely), np.log(1 - likely))
    gain = math.log(2) + float(np.mean([told[right].mean(), told[~right].mean()]))
    return {
        "cases": int(right.size),
        "gain": gain,
        "auroc": auroc(given, right),
        "brier": brier(given, right),
        "reliability": [
            {"confidence": p.confidence, "right": p.right, "cases": p.count}
            for p in reliability(given, right)
        ],
    }


def search_figures(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return how searches ended: share of those given a place that are wrong, share of those there found."""
    given = [t for t in trials if t.chance >= _GIVEN]
    found = [t for t in given if t.error <= RIGHT_S]
    there = sum(t.belongs for t in trials)
    return {
        "trials": len(trials),
        "given": len(given),
        "wrong": (len(given) - len(found)) / max(len(given), 1),
        "found": len(found) / max(there, 1),
        "median_error": float(np.median([t.error for t in found])) if found else None,
    }


def keep_votes(path: Path, name: str, entry: dict[str, Any]) -> Path:
    """Write a network's entry beside those of other networks and return the file's path."""
    content: dict[str, Any] = {"schema": 1, "nets": {}}
    if path.is_file():
        content = json.loads(path.read_text(encoding="utf-8"))
    content["nets"][name] = entry
    write_atomically(path, json.dumps(content, indent=1) + "\n")
    return path


def _most(given: Doubles, right: Bools) -> float:
    """Return the chance beyond which nothing was shown: Laplace's rule on the cases called nearly sure."""
    sure = given >= _SURE
    return float((right[sure].sum() + 1) / (sure.sum() + 2))
