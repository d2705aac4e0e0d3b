"""What a lag curve says of the offset: a probability for each lag, and for "they share no time at all".

Two hypotheses for each lag's value. *Not this one*: the value is the curve's level with noise. *This one*:
it stands higher by an unknown gain, half-normal with the scatter of single cells as its scale. The noise has
two parts: the standard error of that lag's mean (short overlaps are noisy), and how much the curve wavers
anyway, whatever the overlap (takes, light and loudness change for seconds at a time). The second part is
measured on the curve itself, since all of its lags but one are wrong; so is the weight of its tails, by
quantiles up to 95 %. A scale learned from few lags is itself uncertain: noise follows Student's t with as
many degrees of freedom as there are independent lags, which keeps short comparisons modest.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.similarity.lag_curve import Doubles, LagCurve

LEAST_COUNT = 6
"""Pairs of segments below which a lag is not considered: two seconds."""

SHARED = 0.5
"""Chance that two clips share time, before anything is looked at."""

_QUANTILES = {0.5: 0.6745, 0.8: 1.2816, 0.9: 1.6449, 0.95: 1.96}
_PEAK_LAGS = 3
_FREEDOM = (3.0, 30.0)
_GAINS = 64
_LARGEST_GAIN = 4.0


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

    Args:
        score: Height in units of noise.
        scale: Scale of the gain's half-normal prior in units of noise.
        freedom: Degrees of freedom of the noise.
    """
    steps = (np.arange(_GAINS) + 0.5) * (_LARGEST_GAIN / _GAINS)
    weight = np.exp(-0.5 * steps**2)
    weight /= weight.sum()
    raised = _log_t(score[:, None] - scale[:, None] * steps, freedom)
    return np.asarray(np.log(np.exp(raised - _log_t(score, freedom)[:, None]) @ weight))


def _log_t(value: npt.NDArray[np.float64], freedom: float) -> npt.NDArray[np.float64]:
    """Return the logarithm of Student's t density without its constant."""
    return np.asarray(-(freedom + 1) / 2 * np.log1p(np.square(value) / freedom))
