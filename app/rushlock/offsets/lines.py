"""The straight line that most windows of a pair agree on: offset and drift.

Every window (see ``phase``) gives a curve of agreement over ``delta``, master time minus node time. A node
whose clock runs straight on the master's has ``delta = offset + drift * node_time``. All lines within the
search are tried on curves pooled to one millisecond, a Hough transform whose votes are squared z-scores.
Curves with peaks above ``_CAP`` are scaled down to it, so that no window outvotes the rest while its side
peaks stay below its peak; in noise, windows that show no peak of their own still add up. The best line is
then refined on the fine curves by iteratively reweighted least squares (Huber) with a weak prior that
clocks drift little, which decides only where the windows span too short a time to tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rushlock.base.clock import PPM
from rushlock.offsets.phase import LAG_RATE, PhaseCurve

Doubles = npt.NDArray[np.float64]

AGREES_S = 0.0015
"""A window whose own peak lies this near to the line supports it."""

COARSE_S = 0.003
"""How far the coarse search is off, one sigma, measured on generated shoots (80 % lie within 4 ms)."""

_COARSE_MOST = 16.0
_FAR_S = 0.03  # from here on a line needs twice the votes
_DOUBTFUL, _CERTAIN = 4.0, 10.0
_SOME, _MANY = 2, 5
_ADRIFT_S = 0.008

LEAST_Z = 5.0
"""A peak below this is one that noise makes in a window of some seconds."""

_POOL = LAG_RATE // 1000
_CAP = 10.0
_USUAL_PPM = 150.0
_HALF = 0.6  # of all votes: enough windows agree already
_FAR_OFF = 1.3  # a clock farther off than recorders are must win by so much
_PRIOR_PPM = 60.0
_FLOOR_S = 2e-5  # a third of a lag: what a parabola through a peak can tell


@dataclass(frozen=True, slots=True)
class Line:
    """``delta = offset + drift_ppm * 1e-6 * node_time`` and how well it is supported.

    Attributes:
        offset: Seconds, at node time 0.
        drift_ppm: As in ``Clock``.
        middle: Node time in seconds around which the fit turns.
        error: Standard error in seconds of delta at ``middle``.
        drift_error: Standard error in ppm.
        votes: Sum over windows of squared z-scores at the line, each curve scaled to ``_CAP`` at most.
        stack_z: Votes in units of the spread of all other lines' votes.
        heights: float64 (windows,), z-score of each window at the line.
        agrees: bool (windows,), windows whose own highest peak lies on the line.
        times: float64 (windows,), node times of the windows.
        residual: Root mean square distance in seconds of supporting windows' peaks from the line.
        shift: Seconds from the coarse search's answer to where the windows alone put the line.
    """

    offset: float
    drift_ppm: float
    middle: float
    error: float
    drift_error: float
    votes: float
    stack_z: float
    heights: Doubles
    agrees: npt.NDArray[np.bool_]
    times: Doubles
    residual: float
    shift: float = 0.0

    def delta(self, node_time: float) -> float:
        """Return master minus node time at a node time."""
        return self.offset + self.drift_ppm * PPM * node_time


def best_line(curves: Sequence[PhaseCurve], centre: float, reach_s: float, max_ppm: float) -> Line | None:
    """Return the line with most votes within ``reach_s`` of ``centre`` at the mean time."""
    if not curves:
        return None
    times = np.array([c.node_time for c in curves])
    middle = float(times.mean())
    usual = _hough(curves, times - middle, centre, reach_s, min(_USUAL_PPM, max_ppm))
    found = usual
    most = sum(float(np.square(c.z.max() * _scale(c))) for c in curves)
    if max_ppm > _USUAL_PPM and usual[3] < _HALF * most and np.ptp(times) * max_ppm * PPM > 0.002:
        wide = _hough(curves, times - middle, centre, reach_s, max_ppm)
        found = wide if wide[3] > _FAR_OFF * usual[3] else usual
    delta, ppm, stack_z, _ = found
    line = _refined(curves, times, middle, delta, ppm, stack_z)
    return tempered(replace(line, shift=line.delta(middle) - centre), centre)


def tempered(line: Line, centre: float) -> Line:
    """Return a line drawn towards the coarse search's answer as far as its own support is doubtful.

    Where rooms and noise leave the phase no clear peak, the fit follows some chance peak within the search as
    neatly as a true one; the coarse answer is then the better one. Both are weighed by their variances.
    """
    doubt = float(np.clip((_CERTAIN - line.stack_z) / (_CERTAIN - _DOUBTFUL), 0.0, 1.0))
    # That so many windows have their own highest peak on one line is no chance, however high the noise.
    doubt *= float(np.clip((_MANY - int(line.agrees.sum())) / (_MANY - _SOME), 0.0, 1.0))
    if doubt == 0.0:
        return line
    error = float(np.hypot(line.error, doubt * _ADRIFT_S))
    share = COARSE_S**2 / (COARSE_S**2 + error**2)
    delta = share * line.delta(line.middle) + (1 - share) * centre
    ppm = line.drift_ppm * (1 - doubt)
    return replace(
        line,
        offset=delta - ppm * PPM * line.middle,
        drift_ppm=ppm,
        error=float(np.sqrt(share) * error),
        drift_error=float(np.hypot(line.drift_error, doubt * _PRIOR_PPM)),
    )


def _hough(
    curves: Sequence[PhaseCurve], around: Doubles, centre: float, reach_s: float, max_ppm: float
) -> tuple[float, float, float, float]:
    """Return (delta at the middle, ppm, stack z, votes) of the line with most votes."""
    half = round(reach_s * 1000)
    travel = max_ppm * PPM * float(np.max(np.abs(around)))
    votes = np.stack([_pooled(c, centre, half + round(travel * 1000) + 2) for c in curves])
    steps = max(int(2 * travel / 0.0007), 0)
    slopes = np.linspace(-max_ppm, max_ppm, 2 * (steps // 2) + 1) if steps > 1 else np.zeros(1)
    sums = np.empty((slopes.size, 2 * half + 1), np.float32)
    base = votes.shape[1] // 2 - half
    shifts = np.round(slopes[:, None] * PPM * around * 1000).astype(int)
    for row, shift in enumerate(shifts):
        sums[row] = sum(votes[w, base + s : base + s + 2 * half + 1] for w, s in enumerate(shift))
    # Squared z-scores weigh twice a log-likelihood, and so does the distance from the coarse search's answer;
    # its errors have long tails, where drift or an echo misled it. Music repeats within the search in all
    # windows alike: there the votes are no independent witnesses, and far off a line must win clearly.
    away = np.square((np.arange(2 * half + 1) - half) / 1000)
    near = np.minimum(away / COARSE_S**2, _COARSE_MOST).astype(np.float32)
    trusted = (1 / (1 + np.minimum(away / _FAR_S**2, 1.0))).astype(np.float32)
    top = int(np.argmax(sums * trusted - near))
    row, column = divmod(top, sums.shape[1])
    typical = float(np.median(sums))
    spread = 1.4826 * float(np.median(np.abs(sums - typical))) + 0.5 * np.sqrt(len(curves))
    votes_there = float(sums[row, column])
    return centre + (column - half) / 1000, float(slopes[row]), (votes_there - typical) / spread, votes_there


def _pooled(curve: PhaseCurve, centre: float, half: int) -> npt.NDArray[np.float32]:
    """Return squared scaled z-scores, the best of each millisecond, (2 * half + 1,) around ``centre``."""
    first = round(float(curve.index_of(centre)) - (half + 0.5) * _POOL)
    out = np.zeros((2 * half + 1) * _POOL, np.float32)
    left, right = max(first, 0), min(first + out.size, curve.z.size)
    if right > left:
        out[left - first : right - first] = curve.z[left:right]
    best: npt.NDArray[np.float32] = np.square(out.reshape(-1, _POOL).max(axis=1) * _scale(curve))
    return best


def _scale(curve: PhaseCurve) -> float:
    """Return what brings a curve's highest peak down to ``_CAP``."""
    return min(1.0, _CAP / max(float(curve.z.max()), 1e-9))


def _refined(
    curves: Sequence[PhaseCurve], times: Doubles, middle: float, delta: float, ppm: float, stack_z: float
) -> Line:
    around = times - middle
    for reach in (0.0025, AGREES_S):
        deltas, heights = _local_peaks(curves, delta + ppm * PPM * around, reach)
        delta, ppm, error, drift_error, residual = _fit(around, deltas, heights)
    line = Line(
        offset=delta - ppm * PPM * middle,
        drift_ppm=ppm,
        middle=middle,
        error=error,
        drift_error=drift_error,
        votes=0.0,
        stack_z=stack_z,
        heights=heights,
        agrees=np.zeros(0, np.bool_),
        times=times,
        residual=residual,
    )
    return supported(line, curves)


def supported(line: Line, curves: Sequence[PhaseCurve], reach: float = AGREES_S) -> Line:
    """Return a line with its support within ``reach`` seconds counted anew among some windows."""
    times = np.array([c.node_time for c in curves])
    predicted = line.offset + line.drift_ppm * PPM * times
    _, heights = _local_peaks(curves, predicted, reach)
    own = np.array([_own_peak_agrees(c, d, reach) for c, d in zip(curves, predicted, strict=True)], np.bool_)
    return replace(
        line,
        votes=float(np.sum(np.square(heights * [_scale(c) for c in curves]))),
        heights=heights,
        agrees=own & (heights >= LEAST_Z),
        times=times,
    )


def _local_peaks(curves: Sequence[PhaseCurve], predicted: Doubles, reach: float) -> tuple[Doubles, Doubles]:
    """Return each window's highest place within ``reach`` of the prediction: (delta, z)."""
    deltas, heights = predicted.copy(), np.zeros(len(curves))
    for w, curve in enumerate(curves):
        middle = round(float(curve.index_of(predicted[w])))
        low, high = middle - round(reach * LAG_RATE), middle + round(reach * LAG_RATE) + 1
        low, high = max(low, 1), min(high, curve.z.size - 1)
        if high <= low:
            continue
        top = low + int(np.argmax(curve.z[low:high]))
        deltas[w] = float(curve.delta_at(top + _vertex(curve.z, top)))
        heights[w] = float(curve.z[top])
    return deltas, heights


def _vertex(z: npt.NDArray[np.float32], top: int) -> float:
    left, mid, right = (float(v) for v in z[top - 1 : top + 2])
    bend = left - 2 * mid + right
    return 0.0 if bend >= -1e-9 else float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5))


def _fit(around: Doubles, deltas: Doubles, heights: Doubles) -> tuple[float, float, float, float, float]:
    """Return (delta at the middle, ppm, error, ppm error, residual) by reweighted least squares."""
    trust = np.square(np.clip(heights - 2.5, 0.05, _CAP))
    robust = np.ones_like(trust)
    design = np.stack([np.ones_like(around), around], axis=1)
    for _ in range(12):
        weight = trust * robust
        scale = max(
            float(np.sqrt(np.sum(weight * np.square(_off(design, deltas, weight))) / weight.sum())), _FLOOR_S
        )
        off = np.abs(_off(design, deltas, weight))
        robust = np.minimum(1.0, 1.5 * min(scale, 0.0004) / np.maximum(off, 1e-9))
    weight = trust * robust
    solution, covariance = _solve(design, deltas, weight, scale)
    residual = float(np.sqrt(np.sum(weight * np.square(deltas - design @ solution)) / weight.sum()))
    errors = np.sqrt(np.diag(covariance))
    return float(solution[0]), float(solution[1] / PPM), float(errors[0]), float(errors[1] / PPM), residual


def _off(design: Doubles, deltas: Doubles, weight: Doubles) -> Doubles:
    solution, _ = _solve(design, deltas, weight, 0.0003)
    residuals: Doubles = deltas - design @ solution
    return residuals


def _solve(design: Doubles, deltas: Doubles, weight: Doubles, scale: float) -> tuple[Doubles, Doubles]:
    """Return (solution, covariance) of least squares with a prior of 0 +- ``_PRIOR_PPM`` on the slope."""
    # Effective number of windows, so that the prior weighs against what was measured, not z-scores.
    share = weight / weight.max()
    variance = max(scale, _FLOOR_S) ** 2
    prior = np.diag([0.0, variance / (_PRIOR_PPM * PPM) ** 2])
    normal = design.T @ (share[:, None] * design) + prior
    solution = np.linalg.solve(normal, design.T @ (share * deltas))
    return solution, np.linalg.inv(normal) * variance


def _own_peak_agrees(curve: PhaseCurve, delta: float, reach: float) -> bool:
    top = int(np.argmax(curve.z))
    return abs(float(curve.delta_at(top)) - delta) <= reach
