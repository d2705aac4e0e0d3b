"""Many windows' answers to one posterior over offsets: signed, debiased, accumulated, refined.

*Accumulated.* The answers of a direction are averaged as probabilities (APA, accumulated probability
averaging, StreamSync), each laid where its window's times put it: a window that saw nothing adds a flat line
and spoils nothing. Windows of one place share their picture and count as one.

*Debiased.* A network that answers ``b`` too low shifts the curve of one direction by ``-b`` and that of the
other by ``+b`` (see ``heads.answers``). With ``b`` unknown within ``BIAS_REACH_S`` the posterior of the
offset ``d`` is the sum over ``b`` of ``forward(d - b) * backward(d + b)``: a constant bias cancels. This is
``(o1 - o2) / 2`` for whole posteriors. With one direction alone nothing cancels; the stated bias is taken
and ``BIAS_DOUBT_S`` added to the error.

*Refined.* Windows of sound are slid against the picture by whole hops (see ``heads.cross``), which fall
between the classes; a parabola through the log posterior one class to either side of the peak does the rest.

*Trusted or not.* Each place gives the log-likelihood ratio of "the offset is d" against "this does not belong
together", in which every class is equally likely; half of all places are taken to say nothing, so that one
place can never forbid an offset. The sum is the evidence, in nats; ``offsets.pooling`` makes a chance of it.

Accumulated probability averaging and the parabola are as published; the sum over the bias and the evidence
are ours.
"""

from dataclasses import dataclass

import numpy as np

from rushlock.offsets.heads.answers import Answers, Doubles

GRID_S = 0.02
BIAS_REACH_S = 0.2
"""A network's constant bias is searched this far from what its weights state."""

BIAS_DOUBT_S = 0.02
"""Standard error of a stated bias: about half a frame, for no one measured it on such material."""

SILENT_SHARE = 0.5
"""Share of places taken to say nothing."""

APART_S = 0.4
"""Peaks nearer than two classes to each other are one."""


@dataclass(frozen=True, slots=True)
class Votes:
    """What all windows round a candidate say together.

    Attributes:
        grid: (g,) offsets relative to the candidate, seconds.
        posterior: (g,) accumulated and debiased, sums to 1: where the offset is, if there is one.
        evidence: (g,) log-likelihood ratio of each offset against "does not belong together", nats.
        offset: The posterior's peak relative to the candidate.
        precision: Standard error of that.
        places: How many stretches of picture were judged.
        directions: 1 or 2.
        belonging: Mean log-odds of "synchronizable", None where the weights cannot say.
    """

    grid: Doubles
    posterior: Doubles
    evidence: Doubles
    offset: float
    precision: float
    places: int
    directions: int
    belonging: float | None

    def evidence_at(self, offset: float) -> float:
        """Return the evidence for an offset relative to the candidate."""
        return float(np.interp(offset, self.grid, self.evidence))

    def rival_of(self, offset: float) -> float:
        """Return the most evidence for an offset elsewhere, at least that of "does not belong" (0)."""
        far = np.abs(self.grid - offset) > APART_S
        return float(self.evidence[far].max(initial=0.0))


def vote(answers: Answers, reach: float) -> Votes | None:
    """Return what answers say about offsets within ``reach`` of the candidate; None without answers."""
    if not answers.place.size:
        return None
    half = round(reach / GRID_S)
    grid: Doubles = np.arange(-half, half + 1, dtype=np.float64) * GRID_S
    posterior = _posterior(answers, grid)
    both = _directions(answers)
    finite = answers.belonging[np.isfinite(answers.belonging)]
    return Votes(
        grid=grid,
        posterior=posterior,
        evidence=_evidence(answers, grid),
        offset=refined_peak(posterior, grid, answers.step),
        precision=_precision(answers, grid, posterior),
        places=np.unique(answers.place).size,
        directions=len(both),
        belonging=float(finite.mean()) if finite.size else None,
    )


def refined_peak(posterior: Doubles, grid: Doubles, step: float) -> float:
    """Return the peak of a posterior, by a parabola through its log one class to either side."""
    top = int(np.argmax(posterior))
    wide = round(step / GRID_S)
    if top < wide or top + wide >= grid.size:
        return float(grid[top])
    left, middle, right = np.log(posterior[[top - wide, top, top + wide]] + 1e-12)
    bend = left - 2 * middle + right
    shift = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return float(grid[top] + step * np.clip(shift, -0.5, 0.5))


def _directions(answers: Answers) -> list[bool]:
    return [bool(way) for way in np.unique(answers.forward)]


def _posterior(answers: Answers, grid: Doubles) -> Doubles:
    """Return the accumulated, debiased posterior on a grid."""
    wide = _widened(grid)
    curves = []
    for way in _directions(answers):
        accumulated = _mean_of_places(answers, answers.forward == way, answers.ratios(wide))
        curves.append((way, np.nan_to_num(_mean_known(accumulated), nan=1.0)))
    if len(curves) == 1:
        total = curves[0][1][_MARGIN:-_MARGIN]
    else:
        total = np.mean(_crossed(curves[0], curves[1], np.multiply), axis=0)
    out: Doubles = total / total.sum()
    return out


def _evidence(answers: Answers, grid: Doubles) -> Doubles:
    """Return the log-likelihood ratio of each offset against "does not belong together"."""
    wide = _widened(grid)
    curves = []
    for way in _directions(answers):
        told = np.log((1 - SILENT_SHARE) * answers.ratios(wide) + SILENT_SHARE)
        by_place = _mean_of_places(answers, answers.forward == way, told)
        curves.append((way, np.nansum(by_place, axis=0)))
    if len(curves) == 1:
        alone: Doubles = curves[0][1][_MARGIN:-_MARGIN]
        return alone
    crossed = _crossed(curves[0], curves[1], np.add)
    top = crossed.max(axis=0)
    out: Doubles = top + np.log(np.mean(np.exp(crossed - top), axis=0))
    return out


_MARGIN = round(BIAS_REACH_S / GRID_S)


def _widened(grid: Doubles) -> Doubles:
    """Return a grid that reaches further by the largest bias on either side."""
    wide: Doubles = grid[0] + np.arange(-_MARGIN, grid.size + _MARGIN) * GRID_S
    return wide


def _crossed(one: tuple[bool, Doubles], other: tuple[bool, Doubles], join: np.ufunc) -> Doubles:
    """Return (biases, g): forward at d - b joined with backward at d + b, for every bias b."""
    forward, backward = (one[1], other[1]) if one[0] else (other[1], one[1])
    size = forward.size - 2 * _MARGIN
    rows = [
        join(
            forward[_MARGIN - b : _MARGIN - b + size],
            backward[_MARGIN + b : _MARGIN + b + size],
        )
        for b in range(-_MARGIN, _MARGIN + 1)
    ]
    return np.array(rows)


def _mean_of_places(answers: Answers, chosen: np.ndarray, values: Doubles) -> Doubles:
    """Return (places, g): the mean over each place's windows, NaN where none reaches."""
    places = np.unique(answers.place[chosen])
    return np.array([_mean_known(values[chosen & (answers.place == p)]) for p in places])


def _mean_known(values: Doubles) -> Doubles:
    """Return the mean over the first axis of what is not NaN; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    out: Doubles = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return out


def _precision(answers: Answers, grid: Doubles, posterior: Doubles) -> float:
    """Return the standard error of the peak: what leaving out each place changes (jackknife, Tukey 1958).

    With fewer than three places there is nothing to compare; the posterior's own width stands in.
    """
    places = np.unique(answers.place)
    peak = refined_peak(posterior, grid, answers.step)
    floor = answers.step / np.sqrt(12.0 * answers.place.size)
    if places.size < 3:
        near = np.abs(grid - peak) <= APART_S
        mass = posterior[near] / posterior[near].sum()
        error = float(np.sqrt(np.sum(mass * (grid[near] - peak) ** 2) / places.size))
    else:
        left_out = [answers.without(int(p)) for p in places]
        peaks = np.array([refined_peak(_posterior(a, grid), grid, answers.step) for a in left_out])
        error = float(np.sqrt((places.size - 1) * np.var(peaks)))
    doubt = BIAS_DOUBT_S if len(_directions(answers)) == 1 else 0.0
    return float(np.hypot(max(error, floor), doubt))
