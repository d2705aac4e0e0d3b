"""How likely an offset found is right: raw scores of a fit to a calibrated probability.

The probability is a logistic function of the scores named in ``SCORES``, each limited to the range met in
training, with weights from ``models/calibration.json``. They are trained on generated shoots whose truth is
known (``rushlock calibrate``); "right" means within one frame at 25 fps at the middle of the overlap.

Most scores are of the pair alone. Some are of the company it is in. Where much of a shoot's sound comes twice
(a concert, a sound check), a place without rivals may just be one whose rivals the other clip did not record,
while a long recording that holds them all can tell which is best. And among very many clips chance alone
brings up low peaks.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rushlock.base.clock import PPM
from rushlock.base.paths import shipped
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.fine import Fit

SCORES: Mapping[str, int] = {
    "coarse": 1,  # log of the lag curve's peak in units of its noise
    "agree": 1,  # share of windows whose own peak lies on the line
    "lead": 1,  # log of the lag curve's peak over the pair's usual chance peaks
    "behind": 1,  # z-score of the peak less that of the best other place, where negative
    "ahead": 1,  # the same, where positive, up to what has never been seen to deceive
    "beyond": 1,  # the same above that
    "margin": 1,  # log of rank over the best rival's rank, limited
    "far": -1,  # how far the fine answer lies from the coarse one, beyond what rooms and drift explain
    "unsure": -1,  # coarse and height both weak: their product in excess
    "uncovered": -1,  # repetition times the part of the longest clip that the longer of the pair lacks
    "covered": 1,  # repetition times the part it has, times how far ahead of its rivals the place is
}
"""Names of the scores, and which way reason demands that they point."""

MARGIN_LIMIT = 1.5
AHEAD, BEYOND, BEHIND, COVERED = 3.0, 9.0, 4.0, 2.5
"""Limits of differences of z-scores. On generated concerts the higher of two places was the right one in 162
of 162 pairs from a difference of 2 on."""

FAR_S, FAR_MOST = 0.025, 2.0

CLEAR_Z = 8.0
"""Lag curves from this on are of one event or of the same song; strangers hardly reach it."""

REPEATS_FROM = 0.6
"""A pair fits in two places where the second peak has this share of the first."""

FEW_PAIRS = 2
USUAL_CLIPS = 12
CHANCE_OFTEN, CHANCE_NEVER = 6.0, 12.0
"""z-scores of lag curves that chance reaches in one pair of strangers in ten, and in none of thousands."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the logistic function. ``low`` and ``high`` limit each score."""

    weights: Mapping[str, float]
    bias: float
    low: Mapping[str, float]
    high: Mapping[str, float]

    def probability(self, scores: Mapping[str, float]) -> float:
        """Return the calibrated chance that an offset with these scores is right."""
        total = self.bias
        for name, weight in self.weights.items():
            total += weight * min(max(scores[name], self.low[name]), self.high[name])
        return logistic(total)


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def scores_of(fit: Fit, others: Sequence[Fit]) -> dict[str, float]:
    """Return the raw scores of a fit, given the pair's fits at other places: those of the pair alone.

    Besides those in ``SCORES``: "rival", the z-score of the best other place, 0 if there is none.
    """
    line, candidate = fit.line, fit.candidate
    windows = max(len(line.times), 1)
    height = float(sorted(line.heights)[windows // 2]) if len(line.heights) else 0.0
    coarse = math.log(max(candidate.score, 1.0))
    high = math.log(max(height, 1.0))
    rank = max((other.rank for other in others), default=0.0)
    margin = math.log(max(fit.rank, 1e-3) / max(rank, 1e-3)) if rank > 0 else MARGIN_LIMIT
    rival = max((o.candidate.score for o in others if o.candidate is not candidate), default=0.0)
    ahead = candidate.score - max(rival, candidate.chance)
    return {
        "coarse": coarse,
        "height": high,
        "agree": int(line.agrees.sum()) / windows,
        "lead": math.log(max(candidate.score, 1.0) / max(candidate.chance, 1.0)),
        "behind": max(min(ahead, 0.0), -BEHIND),
        "ahead": min(max(ahead, 0.0), AHEAD),
        "beyond": min(max(ahead - AHEAD, 0.0), BEYOND),
        "margin": max(min(margin, MARGIN_LIMIT), -MARGIN_LIMIT),
        "far": _far(fit),
        "unsure": min(coarse - 2.0, 0.0) * min(high - 2.0, 0.0),
        "rival": rival,
    }


def _far(fit: Fit) -> float:
    """Return by how many ``FAR_S`` the windows' answer misses the coarse one; 0 where that is usual.

    Bands and phase may follow different sources, as music on a stage and a crowd behind the microphones.
    """
    drifted = abs(fit.line.drift_ppm) * PPM * fit.candidate.overlap / 2
    return min(max(abs(fit.line.shift) - FAR_S - drifted, 0.0) / FAR_S, FAR_MOST)


def judged(
    estimates: Sequence[Estimate], durations: Mapping[str, float], calibration: Calibration
) -> list[Estimate]:
    """Return estimates of a whole shoot with the scores of their company and their probabilities.

    Args:
        estimates: Of all pairs, with the scores of each pair alone.
        durations: Clip key to seconds, of all clips that were compared.
        calibration: What scores are worth.
    """
    repeats = repetition(estimates)
    longest = max(durations.values(), default=0.0)
    out = []
    for estimate in estimates:
        longer = max(durations[estimate.master], durations[estimate.node])
        covered = repeats * longer / max(longest, 1e-3)
        features = {
            **estimate.features,
            "uncovered": repeats - covered,
            "covered": covered * min(estimate.features["ahead"], COVERED),
        }
        probability = among(calibration.probability(features), features["coarse"], len(durations))
        out.append(replace(estimate, features=features, probability=probability))
    return out


def repetition(estimates: Sequence[Estimate]) -> float:
    """Return the share of clear pairs that fit in two places, drawn towards none where pairs are few."""
    best: dict[tuple[str, str], tuple[float, float]] = {}
    for estimate in estimates:
        score = math.exp(estimate.features["coarse"])
        pair = (estimate.master, estimate.node)
        best[pair] = max(best.get(pair, (0.0, 0.0)), (score, estimate.features["rival"]))
    clear = [rival > REPEATS_FROM * score for score, rival in best.values() if score > CLEAR_Z]
    return sum(clear) / (len(clear) + FEW_PAIRS)


def among(probability: float, coarse: float, clips: int) -> float:
    """Return a probability as it is worth among many clips.

    Training shoots hold about ``USUAL_CLIPS``. The more clips a clip is compared with, the more often chance
    alone brings up a low peak; a high one it never does.

    Args:
        probability: As calibrated.
        coarse: The lag curve's peak as scored: the log of its z-score.
        clips: How many were compared with each other.
    """
    if clips <= USUAL_CLIPS or not 0.0 < probability < 1.0:
        return probability
    chance = min(max((CHANCE_NEVER - math.exp(coarse)) / (CHANCE_NEVER - CHANCE_OFTEN), 0.0), 1.0)
    odds = probability / (1 - probability) * math.pow(USUAL_CLIPS / clips, chance)
    return odds / (1 + odds)


@lru_cache(maxsize=1)
def shipped_calibration() -> Calibration:
    """Return the calibration that comes with the program."""
    content = json.loads((shipped("models") / "calibration.json").read_text(encoding="utf-8"))
    pairs = content["pairs"]
    return Calibration(pairs["weights"], pairs["bias"], pairs["low"], pairs["high"])
