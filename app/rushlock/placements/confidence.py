"""A clip's confidence: how its standing in the graph translates into a chance of being right.

The raw figure is a weight, minus the log of the chance of being wrong: the least of the tie that joined the
clip and of the support its own estimates give, less what speaks against it. A logistic function with
weights from ``models/calibration.json`` brings it onto a calibrated scale (Platt 1999), trained by
``rushlock calibrate``.
"""

import json
import math
from dataclasses import dataclass
from functools import lru_cache

from rushlock.base.paths import shipped
from rushlock.offsets.judge import logistic

MOST = 12.0
FRAME_S = 1 / 25


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clip stands.

    Attributes:
        tie: Probability of the weakest tie on its way into the group.
        support: Sum of the weights of its estimates that hold.
        best: Highest probability among them.
        against: Sum of the weights of its estimates that do not hold and whose pair holds nowhere else.
        rivalry: Weight of its best other place over that of its own, 0 to 1.
        company: How many pairs of clips agree on its place, the fewest on its way into the group.
    """

    tie: float
    support: float
    best: float
    against: float
    rivalry: float
    company: int

    @property
    def scores(self) -> tuple[float, float, float, float, float]:
        """Return (strength, contradiction, rivalry, best, company) as the calibration weighs them."""
        tie = -math.log(max(1 - self.tie, math.exp(-MOST)))
        strength = min(tie, self.support, MOST)
        contradiction = self.against / (self.against + self.support + 1e-9)
        best = -math.log(max(1 - self.best, math.exp(-MOST)))
        return strength, contradiction, self.rivalry, best, math.log(max(self.company, 1))


def confidence_of(standing: Standing) -> float:
    """Return the calibrated chance that a clip with this standing lies right within one frame."""
    bias, *weights = _shipped()
    return logistic(bias + sum(w * s for w, s in zip(weights, standing.scores, strict=True)))


def within_a_frame(error: float) -> float:
    """Return the chance that a place with a standard error in seconds (0: none) is right within a frame."""
    return math.erf(FRAME_S / (error * math.sqrt(2))) if error > 0 else 1.0


@lru_cache(maxsize=1)
def _shipped() -> tuple[float, ...]:
    content = json.loads((shipped("models") / "calibration.json").read_text(encoding="utf-8"))
    return tuple(content["clips"]["weights"])
