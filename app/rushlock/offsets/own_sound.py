"""Is a clip's own sound in step with its picture? What can be said without any network.

Whatever hits something turns in the same instant: hands, hammers, soles, slates, and, less sharply, lips. So
what moves where (``features.motion``: flow) changes from one frame to the next just when a sound sets in
(``features.heard``: onsets). The two are correlated over lags of two seconds to either side; where one lag
stands out of the noise of all others, and parts of the clip agree on it by themselves, it is how late the
sound is. A jump in brightness counts as an event, too: a flash goes off, a door falls shut.

A logistic function of a few scores, each limited to the range met in training, makes the chance that the lag
is right within a frame at 25 fps, with weights from ``models/own_sound.json``. They are fitted on generated
events, with strangers' sound among them (``rushlock calibrate --own-sound``). Real footage is poorer in
things that hit than they are, so the chance of a clip alone never exceeds ``MOST``.

Lags, everywhere: seconds by which the sound comes after the picture, positive: late.
"""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rushlock.base.paths import shipped
from rushlock.base.progress import CancelToken
from rushlock.features.heard import HOP_S, ORIGIN_S, HeardTrack
from rushlock.features.motion import HOP_S as MOMENT_S
from rushlock.features.motion import MotionTrack
from rushlock.features.transform import running_mean
from rushlock.offsets.judge import Calibration

FILE = "own_sound.json"
VERSION = "own-sound-1"
"""Part of the cache key: change it with anything that changes lags or scores."""

SCORES = ("height", "ahead", "agree", "telling", "seconds")
"""Log of the peak in units of the curve's noise; that less the best rival's; share of the clip's parts whose
own peak lies there; log of how many parts speak for it; log of the clip's seconds."""

SEARCHED_S = 2.0
RIGHT_S = 1 / 25
MOST = 0.97
"""A clip alone is given no more chance than this: what was measured is generated scenes."""

LEAST_S = 2.0
"""Of a shorter clip nothing is said."""

_NOISE_S = 4.0
_RIVAL_S = 0.12
_AGREE_S = 0.06
_PART_S, _PARTS = (2.0, 10.0), 8
_MEAN_S, _SPREAD_S = 1.0, 20.0
_LIMIT = 4.0
_FLASH = 0.1  # logarithm of brightness from one moment to the next: hands and grain make less
_FAINT = 1e-6
_AHEAD_MOST = 6.0

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LagCurve:
    """How well what is heard fits what is seen, at each lag.

    Attributes:
        lags: (n,) seconds.
        parts: (parts, n) sums of products over each part of the clip.
        seconds: How much of the clip has picture and sound.
    """

    lags: Doubles
    parts: Doubles
    seconds: float


@dataclass(frozen=True, slots=True)
class Lag:
    """Where a clip's sound fits its picture best.

    Attributes:
        seconds: The lag.
        scores: By the names in ``SCORES``.
    """

    seconds: float
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class OwnSoundTrust:
    """What lags found are worth.

    Attributes:
        calibration: Of ``SCORES``.
        bias: Lag found where there is none, seconds: flow lies between two frames.
        error: Standard error in seconds of lags that are right.
    """

    calibration: Calibration
    bias: float
    error: float

    def chance(self, lag: Lag) -> float:
        """Return the chance that a lag is right within a frame at 25 fps."""
        return min(self.calibration.probability(lag.scores), MOST)


def found_lag(seen: MotionTrack, heard: HeardTrack, token: CancelToken) -> Lag | None:
    """Return how late a clip's sound is by its own picture, bias included; None where nothing can be said."""
    return best_lag(lag_curve(seen_events(seen), heard_events(heard), token))


def seen_events(track: MotionTrack) -> Doubles:
    """Return how suddenly what moves changes, every ``HOP_S`` of clip time from 0 on."""
    count = len(track)
    events = np.zeros(count, np.float64)
    for span in (1, 2):
        turned = np.zeros(count, np.float64)
        turned[1 : count - span + 1] = track.flow[: count - span, span - 1]
        usual = float(np.median(turned[turned > 0])) if (turned > 0).any() else 1.0
        events += np.log1p(np.maximum(turned, 0.0) / max(usual, _FAINT))
    jumps = np.abs(np.diff(track.light.astype(np.float64), prepend=track.light[:1])) - _FLASH
    events += np.log1p(np.maximum(jumps, 0.0) / _FLASH)
    events[~track.present] = 0.0
    times = np.arange(math.ceil((track.start + count * MOMENT_S) / HOP_S)) * HOP_S
    moments = track.start + np.arange(count) * MOMENT_S
    return np.asarray(np.interp(times, moments, events, 0.0, 0.0), np.float64)


def heard_events(track: HeardTrack) -> Doubles:
    """Return how strongly sounds set in, every ``HOP_S`` of clip time from 0 on."""
    onsets = np.maximum(track.onsets, 0).mean(axis=1, dtype=np.float64)
    return np.concatenate([np.zeros(round(ORIGIN_S / HOP_S)), onsets])


def lag_curve(seen: Doubles, heard: Doubles, token: CancelToken) -> LagCurve | None:
    """Return how well events heard fit events seen, both every ``HOP_S`` from the same instant on.

    Returns:
        None: They share too little, or one of them is nothing.
    """
    count = min(len(seen), len(heard))
    seconds = count * HOP_S
    if seconds < LEAST_S or not seen[:count].any() or not heard[:count].any():
        return None
    above, below = _levelled(seen[:count]), _levelled(heard[:count])
    reach = round(min(_NOISE_S, seconds / 2) / HOP_S)
    size = round(min(max(seconds / _PARTS, _PART_S[0]), _PART_S[1]) / HOP_S)
    padded = np.pad(below, reach)
    parts = []
    for begin in range(0, count, size):
        token.check()
        part = above[begin : begin + size]
        parts.append(np.correlate(padded[begin : begin + len(part) + 2 * reach], part, "valid"))
    lags = np.arange(-reach, reach + 1) * HOP_S
    return LagCurve(lags.astype(np.float64), np.array(parts), seconds)


def _levelled(events: Doubles) -> Doubles:
    """Return events less their level around, in units of their spread, so that no stretch outweighs all."""
    level = running_mean(events.astype(np.float32), _odd(_MEAN_S, len(events))).astype(np.float64)
    change = events - level
    spread = running_mean(np.square(change).astype(np.float32), _odd(_SPREAD_S, len(events)))
    whole = float(np.sqrt(np.mean(np.square(change))))
    return np.asarray(np.clip(change / np.maximum(np.sqrt(spread), 0.3 * whole + _FAINT), -_LIMIT, _LIMIT))


def _odd(seconds: float, most: int) -> int:
    """Return an odd number of steps, fewer than there are."""
    return min(round(seconds / HOP_S), most - 1) // 2 * 2 + (1 if most > 1 else 0)


def best_lag(curve: LagCurve | None) -> Lag | None:
    """Return the lag that stands out most, with its scores; None where none does."""
    if curve is None:
        return None
    total = curve.parts.sum(axis=0)
    level = float(np.median(total))
    noise = 1.4826 * float(np.median(np.abs(total - level)))
    heights = (total - level) / max(noise, _FAINT)
    near = np.flatnonzero(np.abs(curve.lags) <= SEARCHED_S + HOP_S / 2)
    top = int(near[np.argmax(heights[near])])
    if heights[top] <= 0:
        return None
    apart = near[np.abs(curve.lags[near] - curve.lags[top]) > _RIVAL_S]
    rival = float(heights[apart].max(initial=0.0))
    own = near[np.argmax(curve.parts[:, near], axis=1)]
    there = curve.parts[:, top]
    squares = float(np.square(there).sum())
    return Lag(
        _parabola(curve.lags, heights, top),
        {
            "height": math.log(max(float(heights[top]), 1.0)),
            "ahead": min(float(heights[top]) - rival, _AHEAD_MOST),
            "agree": float(np.mean(np.abs(curve.lags[own] - curve.lags[top]) <= _AGREE_S)),
            "telling": math.log(max(float(there.sum()) ** 2 / squares, 1.0)) if squares > 0 else 0.0,
            "seconds": math.log(curve.seconds),
        },
    )


def _parabola(lags: Doubles, heights: Doubles, top: int) -> float:
    """Return where the parabola through a peak and its neighbours is highest."""
    if not 0 < top < len(heights) - 1:
        return float(lags[top])
    left, middle, right = heights[top - 1 : top + 2]
    bend = float(left - 2 * middle + right)
    shift = 0.5 * float(left - right) / bend if bend < 0 else 0.0
    return float(lags[top]) + min(max(shift, -0.5), 0.5) * HOP_S


@lru_cache(maxsize=2)
def own_sound_trust(path: Path | None = None) -> OwnSoundTrust:
    """Return the calibration that comes with the program, or another one."""
    content = json.loads((path or shipped("models") / FILE).read_text(encoding="utf-8"))
    calibration = Calibration(content["weights"], content["bias"], content["low"], content["high"])
    return OwnSoundTrust(calibration, float(content["lag_bias"]), float(content["error"]))
