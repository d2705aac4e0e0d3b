"""What a lag curve says of the offset: a probability for each lag, and for "they share no time at all".

Two hypotheses for each lag's value. *Not this one*: the value is the curve's level with noise. *This one*:
it stands higher by an unknown gain whose scale is the scatter of single cells, and whose tail is Cauchy's, so
that no likeness is too good to be true.

The noise has two parts: the standard error of that lag's mean (short overlaps are noisy), and how much the
curve wavers anyway, whatever the overlap (takes, light and loudness change for seconds at a time). The second
part is measured on the curve itself, since all of its lags but one are wrong; so is the weight of its tails,
by quantiles up to 95 %. A scale learned from few lags is itself uncertain: noise follows Student's t with as
many degrees of freedom as there are independent lags, which keeps short comparisons modest.
"""

from dataclasses import dataclass
from math import lgamma, log, pi

import numpy as np

from rushlock.similarity.lag_curve import Doubles, LagCurve

LEAST_COUNT = 6
"""Pairs of segments below which a lag is not considered: two seconds."""

SHARED = 0.5
"""Chance that two clips share time, before anything is looked at."""

_QUANTILES = {0.5: 0.6745, 0.8: 1.2816, 0.9: 1.6449, 0.95: 1.96}
_PEAK_LAGS = 3
_FREEDOM = (3.0, 30.0)


@dataclass(frozen=True, slots=True)
class LagPosterior:
    """Probability by lag.

    Attributes:
        offsets: Seconds: node's start minus master's start; as those of the curve.
        probability: (n,): of each lag; with ``none`` they sum to 1.
        none: Probability that no lag is right.
        score: (n,): height above the level in units of the noise; NaN where the overlap is too short.
    """

    offsets: Doubles
    probability: Doubles
    none: float
    score: Doubles

    @property
    def best(self) -> float | None:
        """Offset of the most probable lag; None where no lag could be judged."""
        if not self.probability.any():
            return None
        return float(self.offsets[int(np.argmax(self.probability))])


def posterior(curve: LagCurve, *, least: int = LEAST_COUNT, shared: float = SHARED) -> LagPosterior:
    """Return what a lag curve says.

    Args:
        curve: The evidence.
        least: Pairs of segments that a lag must have.
        shared: Prior probability that the clips share time.
    """
    usable = curve.count >= least
    score = np.full(curve.mean.shape, np.nan)
    probability = np.zeros(curve.mean.shape)
    if usable.sum() < 2 * _PEAK_LAGS + 4 or curve.spread <= 0:
        return LagPosterior(curve.offsets, probability, 1.0, score)  # nothing to measure noise on
    values, error = curve.mean[usable], curve.error[usable]
    level, noise = _noise(values, error)
    score[usable] = (values - level) / noise
    freedom = float(np.clip(len(values) / curve.alike - 1, *_FREEDOM))
    evidence = _evidence(score[usable], curve.spread / noise, freedom)
    top = max(float(evidence.max()), 0.0)
    weight = shared / len(values) * np.exp(evidence - top)
    none = (1 - shared) * np.exp(-top)
    total = float(weight.sum() + none)
    probability[usable] = weight / total
    return LagPosterior(curve.offsets, probability, float(none / total), score)


def _noise(values: Doubles, error: Doubles) -> tuple[float, Doubles]:
    """Return the curve's level and each lag's noise, the neighbourhood of the highest score left out."""
    level = float(np.median(values))
    top = int(np.argmax((values - level) / error))
    others = np.abs(np.arange(len(values)) - top) > _PEAK_LAGS
    level = float(np.median(values[others]))
    rest = values[others] - level
    wander = max(
        float(np.median(np.square(rest)) / _QUANTILES[0.5] ** 2 - np.median(error[others] ** 2)), 0.0
    )
    noise = np.sqrt(np.square(error) + wander)
    away = np.abs(rest) / noise[others]
    heavier = max(float(np.quantile(away, q)) / expected for q, expected in _QUANTILES.items())
    return level, noise * max(heavier, 1.0)


def _evidence(score: Doubles, scale: Doubles, freedom: float) -> Doubles:
    """Return the logarithm of each lag's Bayes factor, "this one" against "not this one".

    Under "this one" the score is one-sided Cauchy, its squared scale that of noise and gain together. What
    lies below the level tells no more than what lies on it.

    Args:
        score: Height in units of noise.
        scale: Scale of the gain in units of noise.
        freedom: Degrees of freedom of the noise.
    """
    height = np.maximum(score, 0.0)
    wide = np.hypot(1.0, scale)
    risen = np.log(2 / np.pi / wide) - np.log1p(np.square(height / wide))
    upwards = np.log(0.5 + np.arctan(height * scale / wide) / np.pi)  # chance of a gain above zero
    peak = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - 0.5 * log(pi * freedom)
    still = peak - (freedom + 1) / 2 * np.log1p(np.square(height) / freedom)
    return np.asarray(risen + upwards - still)
