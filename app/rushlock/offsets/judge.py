"""How likely an offset found is right: raw scores of a fit to a calibrated probability.

The probability is a logistic function of the scores named in ``SCORES``, each limited to the range met in
training, with weights from ``models/calibration.json``. They are trained on generated shoots whose truth is
known (``rushlock calibrate``); "right" means within one frame at 25 fps at the middle of the overlap.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rushlock.base.paths import shipped
from rushlock.offsets.fine import Fit

SCORES = (
    "coarse",  # log of the lag curve's peak in units of its noise
    "height",  # log of the windows' median z-score at the line
    "stack",  # log of the line's votes in units of other lines' spread
    "agree",  # share of windows whose own peak lies on the line
    "agreeing",  # log of how many do
    "margin",  # log of rank over the best rival's rank, limited
    "residual",  # log of the peaks' distance from the line, in milliseconds
    "overlap",  # log of the common seconds
    "unsure",  # coarse and height both weak: their product in excess
)

MARGIN_LIMIT = 1.5
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


def scores_of(fit: Fit, best_rival_rank: float) -> dict[str, float]:
    """Return the raw scores of a fit, given the rank of the best other place for the same sound (0: none)."""
    line = fit.line
    windows = max(len(line.times), 1)
    agreeing = int(line.agrees.sum())
    height = float(sorted(line.heights)[windows // 2]) if len(line.heights) else 0.0
    coarse = math.log(max(fit.candidate.score, 1.0))
    high = math.log(max(height, 1.0))
    margin = (
        math.log(max(fit.rank, 1e-3) / max(best_rival_rank, 1e-3)) if best_rival_rank > 0 else MARGIN_LIMIT
    )
    return {
        "coarse": coarse,
        "height": high,
        "stack": math.log(max(line.stack_z, 1.0)),
        "agree": agreeing / windows,
        "agreeing": math.log1p(agreeing),
        "margin": max(min(margin, MARGIN_LIMIT), -MARGIN_LIMIT),
        "residual": math.log(max(line.residual * 1000, 0.02)),
        "overlap": math.log(max(fit.candidate.overlap, 0.5)),
        "unsure": min(coarse - 2.0, 0.0) * min(high - 2.0, 0.0),
    }


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
