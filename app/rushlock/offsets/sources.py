"""Offset and drift of a long pair whose sound comes from several places: one slope, a lag for each source.

Talkers take turns, and each stands at another distance from either microphone, so that windows disagree by
milliseconds. A line through the most usual source leans towards whoever spoke early and late; over an hour
that costs parts per million. But clocks drift alike for all sources: with the right slope taken out, windows
of one source fall on one lag, and the curves summed over all windows (the *stack*) are as sharp as they can
be. So the slope is sought that makes the stack sharpest, on blurred curves first, where that is a robust
least-squares line, then on sharper ones nearby, which is one line for each source with a common slope.

Sound cannot tell how long it took from any one source. The centre of all windows' lags is nearer to what is
left when travel is taken out than the lag of any source, and their spread says how unsure it is. The centre
is Cauchy's, an M-estimator in which what lies far off hardly counts: now and then a wall is heard louder than
who speaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rushlock.base.clock import PPM
from rushlock.offsets.lines import LEAST_Z, Doubles, Line, supported
from rushlock.offsets.phase import LAG_RATE, PhaseCurve

SPREAD_S = 0.005
"""How far the lags of sources lie from their centre at most: 1.7 m of difference in way."""

_REACH = round(SPREAD_S * LAG_RATE)
_BLURS = ((24, 120, 6), (2, 42, 1))
"""Blur of the stack, how far its ends are tilted in search of the sharpest, and in what steps, in lags.

The least-squares line of 48 windows whose lags spread by 2 ms is off by 8 lags at its ends, one sigma."""

_MARGIN = sum(tilt for _, tilt, _ in _BLURS)
_CAP_Z = 12.0
_WIDTH, _ROUNDS = 0.002 * LAG_RATE, 20
_LEAST_WINDOWS = 8
_FOLDS = 4
_SHARE = 0.35  # of the spread: by how much the centre misses, measured on generated hours


@dataclass(frozen=True, slots=True)
class _Through:
    """What windows say along a line, in lags: how far to tilt its ends, and where sources then lie."""

    tilt: float
    centre: float
    spread: float


def through_sources(line: Line, curves: Sequence[PhaseCurve]) -> Line:
    """Return a line as drifting as all sources say, through the centre of their lags.

    Args:
        line: Through the most usual source.
        curves: Of the windows that the line was found in, spread over a long time.

    Returns:
        The line given where too few windows have a peak near it.
    """
    along = np.stack([_along(curve, line) for curve in curves])
    heard = along.any(axis=1)
    if int(heard.sum()) < _LEAST_WINDOWS:
        return line
    along, times = along[heard], line.times[heard]
    middle = float(times.mean())
    half = float(np.max(np.abs(times - middle)))
    ends = (times - middle) / half
    found = _fitted(along, ends)
    left_out = [
        _fitted(np.delete(along, np.s_[k::_FOLDS], axis=0), np.delete(ends, np.s_[k::_FOLDS]))
        for k in range(_FOLDS)
    ]
    tilt_error = _jackknife([s.tilt for s in left_out])
    centre_error = np.hypot(_jackknife([s.centre for s in left_out]), _SHARE * found.spread)
    slope = found.tilt / LAG_RATE / half
    drift_ppm = line.drift_ppm + slope / PPM
    moved = replace(
        line,
        offset=line.delta(middle) + found.centre / LAG_RATE - drift_ppm * PPM * middle,
        drift_ppm=drift_ppm,
        middle=middle,
        error=float(np.hypot(line.error, centre_error / LAG_RATE)),
        drift_error=float(np.hypot(tilt_error, 1.0 / np.sqrt(len(times)))) / LAG_RATE / half / PPM,
    )
    return supported(moved, curves, SPREAD_S)


def _along(curve: PhaseCurve, line: Line) -> Doubles:
    """Return by how much a curve rises above noise around a line, one value per lag."""
    at = float(curve.index_of(line.delta(curve.node_time)))
    lags = np.arange(-_REACH - _MARGIN, _REACH + _MARGIN + 1)
    z = np.interp(at + lags, np.arange(curve.z.size), curve.z, left=0.0, right=0.0)
    rise: Doubles = np.maximum(z - LEAST_Z, 0.0)
    return rise


def _fitted(along: Doubles, ends: Doubles) -> _Through:
    """Fit all sources together; ``ends`` is the time of each window, -1 to 1."""
    tilt = _sharpest(np.minimum(along, _CAP_Z - LEAST_Z), ends)
    lags = along.argmax(axis=1) - (_REACH + _MARGIN) - tilt * ends
    centre = float(np.median(lags))
    weights = np.ones(lags.size)
    for _ in range(_ROUNDS):
        weights = 1 / (1 + np.square((lags - centre) / _WIDTH))
        centre = float(np.average(lags, weights=weights))
    return _Through(tilt, centre, float(np.sqrt(np.average(np.square(lags - centre), weights=weights))))


def _sharpest(along: Doubles, ends: Doubles) -> float:
    """Return the tilt of the ends that makes the stack sharpest."""
    from scipy.ndimage import gaussian_filter1d  # a quarter of a second to load, and few pairs are so long

    tilt = 0
    for blur, reach, step in _BLURS:
        blurred = gaussian_filter1d(along, blur, axis=1)
        tilts = np.arange(tilt - reach, tilt + reach + 1, step)
        contrast = [float(np.square(_stacked(blurred, ends, float(t))).sum()) for t in tilts]
        tilt = int(tilts[int(np.argmax(contrast))])
    return float(tilt)


def _stacked(along: Doubles, ends: Doubles, tilt: float) -> Doubles:
    """Return the sum over windows along the line tilted, for lags within ``_REACH`` of it."""
    first = _MARGIN + np.round(tilt * ends).astype(np.int64)
    columns: npt.NDArray[np.int64] = first[:, None] + np.arange(2 * _REACH + 1)
    summed: Doubles = along[np.arange(len(along))[:, None], columns].sum(axis=0)
    return summed


def _jackknife(values: Sequence[float]) -> float:
    """Return the standard error of what was estimated, each time without another part of the windows."""
    return float(np.sqrt((len(values) - 1) * np.var(values)))
