"""Training of the confidence: generated shoots in, ``calibration.json`` out.

Two logistic functions are fitted, one after the other: pairs (``offsets.judge``: raw scores of a fit to the
chance that its offset is right) and clips (``placements.confidence``: a clip's standing to the chance that
its place is right). Right means within one frame at 25 fps once the sound's travel is taken out. Weights
may only point the way that reason demands; scores are limited to what training met.

The figures shipped with the weights (reliability, Brier score, AUROC) come from shoots that were left out
of the fit, one fold of shoots after the other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.evaluation.bench import rushes
from rushlock.evaluation.calibration_figures import auroc, brier, reliability
from rushlock.evaluation.logit import fit_around, fit_logistic
from rushlock.evaluation.rulers import FRAME
from rushlock.evaluation.scenarios import SCENARIOS
from rushlock.evaluation.score import score
from rushlock.evaluation.truth import ClipTruth, Truth
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.judge import SCORES, Calibration, judged
from rushlock.pipeline.request import SyncRequest, SyncResult
from rushlock.pipeline.run import sync
from rushlock.placements.place import place
from rushlock.placements.words import all_unheard

FOLDS = 5

CLIPS_EXPECTED = (-1.0, 1.0, -3.0, -2.0, 0.0, 2.0)
"""What theory expects of the clips' weights: evidence that is what it says gives a log-odds equal to its
strength. The fit departs from that only as far as wrong placements, which are few, tell."""


_CLIP_SIGNS = (1, -1, -1, 1, 1)
Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """A shoot synced: where it lies, what was found and what is true."""

    folder: Path
    result: SyncResult
    truth: Truth

    def by_key(self) -> dict[str, ClipTruth]:
        """Return the truth by clip key."""
        named = {c.key: c.path.relative_to(self.folder).as_posix() for c in self.result.clips}
        return {key: self.truth.clips[name] for key, name in named.items() if name in self.truth.clips}


def gather(
    folder: Path, shoots: Sequence[tuple[str, int]], settings: Settings, cache: Cache, token: CancelToken
) -> Stage[list[Case]]:
    """Render and sync shoots (scenario, seed) below ``folder``; rushes found there are not rendered again."""
    cases = []
    for done, (name, seed) in enumerate(shoots):
        yield Progress("Training shoots", done, len(shoots), f"{name} {seed}", "shoots")
        place_of = folder / f"{name}_{seed}"
        truth = yield from rushes(SCENARIOS[name](seed), place_of, token)
        by_sound = replace(settings, embeddings="off")  # a network's votes have scores of their own
        result = yield from sync(SyncRequest((place_of,), settings=by_sound), token, cache)
        cases.append(Case(place_of, result, truth))
    return cases


def pair_right(estimate: Estimate, truth: Mapping[str, ClipTruth]) -> bool:
    """Return whether an estimate is right within one frame at the middle of its overlap, travel taken out."""
    a, b = truth[estimate.master], truth[estimate.node]
    if a.event != b.event:
        return False
    middle = max(-estimate.offset, 0.0) + estimate.overlap / 2
    error = a.start - a.travel + estimate.clock.at(middle) - (b.clock.at(middle) - b.travel)
    return abs(error) <= FRAME


def train(cases: Sequence[Case], settings: Settings) -> dict[str, Any]:
    """Fit both functions and return the content of ``calibration.json``."""
    folds = [[c for i, c in enumerate(cases) if i % FOLDS == f] for f in range(FOLDS)]
    held_out: list[tuple[Doubles, Bools]] = []
    pair_out: list[tuple[Doubles, Bools]] = []
    for f, left_out in enumerate(folds):
        rest = [c for i, fold in enumerate(folds) if i != f for c in fold]
        pairs = _fit_pairs(rest)
        weights = _fit_clips(rest, pairs, settings)
        scores, right = _clip_cases(left_out, pairs, settings)
        held_out.append((_logistic(weights, scores), right))
        pair_scores, pair_is = _pair_cases(left_out)
        pair_out.append(
            (np.array([pairs.probability(dict(zip(SCORES, s, strict=True))) for s in pair_scores]), pair_is)
        )
    pairs = _fit_pairs(cases)
    return {
        "schema": 1,
        "trained_on": {"shoots": len(cases), "clips": sum(len(c.truth.clips) for c in cases)},
        "pairs": {
            "weights": dict(pairs.weights),
            "bias": pairs.bias,
            "low": dict(pairs.low),
            "high": dict(pairs.high),
            "held_out": _figures(pair_out),
        },
        "clips": {
            "weights": [float(w) for w in _fit_clips(cases, pairs, settings)],
            "held_out": _figures(held_out),
        },
    }


def write_calibration(content: dict[str, Any], path: Path) -> Path:
    """Write ``calibration.json`` in one step and return its path."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    part.replace(path)
    return path


def _pair_cases(cases: Sequence[Case]) -> tuple[Doubles, Bools]:
    rows = [(e, truth) for c in cases for truth in (c.by_key(),) for e in c.result.estimates]
    scores = np.array([[e.features[s] for s in SCORES] for e, _ in rows])
    return scores.reshape(-1, len(SCORES)), np.array([pair_right(e, t) for e, t in rows], np.bool_)


def _fit_pairs(cases: Sequence[Case]) -> Calibration:
    scores, right = _pair_cases(cases)
    bias, weights = fit_logistic(scores, right, signs=tuple(SCORES.values()))
    low, high = scores.min(axis=0), scores.max(axis=0)
    return Calibration(
        {s: float(w) for s, w in zip(SCORES, weights, strict=True)},
        bias,
        {s: float(v) for s, v in zip(SCORES, low, strict=True)},
        {s: float(v) for s, v in zip(SCORES, high, strict=True)},
    )


def _clip_cases(cases: Sequence[Case], pairs: Calibration, settings: Settings) -> tuple[Doubles, Bools]:
    """Place all clips anew with a pair calibration; return their raw scores and whether they are right."""
    scores, right = [], []
    for case in cases:
        durations = {c.key: float(c.duration) for c in case.result.clips}
        estimates = judged(case.result.estimates, durations, pairs)
        unheard = all_unheard(case.result.clips, {}, {})
        sync_map = place(case.result.clips, unheard, estimates, {}, settings, lambda standing: 1.0)
        scored = score(replace(case.result, sync_map=sync_map), case.truth, case.folder)
        within = {c.path: c.within_a_frame for c in scored.clips if c.worst is not None}
        for clip in case.result.clips:
            name, placement = clip.path.relative_to(case.folder).as_posix(), sync_map.by_clip[clip.key]
            if placement.scores and name in within:
                scores.append(placement.scores)
                right.append(within[name])
    return np.array(scores, np.float64).reshape(-1, len(_CLIP_SIGNS)), np.array(right, np.bool_)


def _fit_clips(cases: Sequence[Case], pairs: Calibration, settings: Settings) -> Doubles:
    scores, right = _clip_cases(cases, pairs, settings)
    return fit_around(np.array(CLIPS_EXPECTED), scores, right, signs=_CLIP_SIGNS)


def _logistic(weights: Doubles, scores: Doubles) -> Doubles:
    out: Doubles = 1 / (1 + np.exp(-(weights[0] + scores @ weights[1:])))
    return out


def _figures(parts: Sequence[tuple[Doubles, Bools]]) -> dict[str, Any]:
    """Return reliability, Brier score and AUROC of probabilities that were given to cases left out."""
    given = np.concatenate([p for p, _ in parts])
    right = np.concatenate([r for _, r in parts])
    return {
        "cases": int(right.size),
        "brier": brier(given, right),
        "auroc": auroc(given, right),
        "reliability": [
            {"confidence": p.confidence, "right": p.right, "cases": p.count}
            for p in reliability(given, right)
        ],
    }
