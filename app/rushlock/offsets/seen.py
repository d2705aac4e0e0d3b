"""Where two clips' pictures show the same moments: the lag curve of their motion tracks, weightless.

By each aspect (see ``features.aspects``) the two tracks' matrix, master x node, is the products of their
channels; its mean along a diagonal, over as much as the clips share at that lag, is the correlation at that
lag. The matrix itself never exists: the sums are worked out in the frequency domain, one channel at a time,
so that hours against hours need memory for one channel and its transform. A correlation over longer overlap
counts for more, by the square root of its length.

All lags but one are wrong: they say how high chance reaches. In units of that, curves of different aspects
can be added. The squares of what rises above the level are: where an aspect sees nothing its noise then
drowns nothing, and where one sees clearly it decides.

Very long clips are searched on every other moment; the places found are then looked at closely, on stretches
spread over what the clips share there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken
from rushlock.features.aspects import ASPECTS, Aspect, View
from rushlock.features.likeness import Doubles
from rushlock.features.motion import HOP_S, RATE, MotionTrack

CLOSE_MOMENTS = 216_000
"""Tracks that together have no more moments than this (two hours) are compared on every one."""

STRIDE = 2
LEAST_S, LEAST_SHARE = 3.0, 0.35
"""Least overlap looked at: so many seconds, or this share of the shorter clip."""

APART_S = 0.2
_PLACES = 6
_FAR = -9.0
_FEWEST, _FEWEST_SHARE, _FEWEST_LAGS = 6, 0.2, 12
_USUAL, _USUAL_LAGS = 1.0, 30
"""Scatter of a correlation times the root of its length, as most clips have it, and for how many lags that
counts: a curve of a second has too few lags to say itself how high chance reaches."""

_TELL_THE_SAME = 4  # neighbouring lags
_CLOSE_S, _STRETCH_S = 0.4, 10.0
_STRETCHES = 9
_TOLD = 60 * RATE
_BLOCK = RATE // 2

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SeenCurve:
    """Evidence by lag.

    Attributes:
        offsets: Seconds, ascending: node's start minus master's start.
        overlap: Seconds of common moments.
        heights: (aspects, n): above the level, in units of chance; ``-9`` where too little is shared.
    """

    offsets: Doubles
    overlap: Doubles
    heights: Doubles

    @property
    def evidence(self) -> Doubles:
        """(n,): all aspects together."""
        total: Doubles = np.square(np.maximum(self.heights, 0.0)).sum(axis=0)
        return total


@dataclass(frozen=True, slots=True)
class SeenPlace:
    """A lag at which two clips' pictures look alike.

    Attributes:
        offset: Node's start minus master's start, seconds.
        evidence: Of all aspects together, see ``SeenCurve``.
        heights: Of each aspect.
        agree: How many aspects have their own highest peak here.
        overlap: Seconds of common moments.
        telling: How many half seconds of the overlap speak for it; about 1 where chance or one moment does.
    """

    offset: float
    evidence: float
    heights: tuple[float, ...]
    agree: int
    overlap: float
    telling: float = 0.0


def seen_curve(
    master: MotionTrack, node: MotionTrack, token: CancelToken, aspects: Sequence[Aspect] = ASPECTS
) -> SeenCurve:
    """Return the evidence at every lag at which two tracks share enough moments."""
    if not len(master) or not len(node):
        return SeenCurve(np.zeros(0), np.zeros(0), np.zeros((len(aspects), 0)))
    stride = 1 if len(master) + len(node) <= CLOSE_MOMENTS else STRIDE
    curves = []
    for aspect in aspects:
        token.check()
        curves.append(_correlations(View(master, aspect, stride), View(node, aspect, stride), token))
    lags = _lags(-(-len(master) // stride), -(-len(node) // stride))
    overlap = _overlap(len(master), len(node), stride)
    shorter = min(len(master), len(node)) * HOP_S
    enough = overlap >= max(min(LEAST_S, LEAST_SHARE * shorter), 2 * HOP_S)
    heights = np.array([_heights(correlation, shared, enough) for correlation, shared in curves])
    offsets: Doubles = ((master.first - node.first) + lags * stride).astype(np.float64) * HOP_S
    return SeenCurve(offsets[enough], overlap[enough], heights[:, enough])


def _lags(master: int, node: int) -> npt.NDArray[np.int64]:
    return np.arange(-(node - 1), master)


def _correlations(master: View, node: View, token: CancelToken) -> tuple[Doubles, Doubles]:
    """Return the correlation at each lag, and how many moments went into it."""
    lags = _lags(len(master.power), len(node.power))
    size = 1 << max(len(master.power) + len(node.power) - 1, 1).bit_length()
    total = np.zeros(size // 2 + 1, np.complex128)
    for one, other in zip(master.channels(), node.channels(), strict=True):
        token.check()
        total += np.fft.rfft(one, size) * np.fft.rfft(other, size).conj()
    products = np.fft.irfft(total, size)[lags]
    here = [(v.power > 0).astype(np.float64) for v in (master, node)]
    shared = np.rint(np.fft.irfft(np.fft.rfft(here[0], size) * np.fft.rfft(here[1], size).conj(), size)[lags])
    power = [
        np.fft.irfft(np.fft.rfft(a, size) * np.fft.rfft(b, size).conj(), size)[lags]
        for a, b in ((master.power, here[1]), (here[0], node.power))
    ]
    both = np.sqrt(np.maximum(power[0] * power[1], 0.0))
    correlation = np.divide(products, both, out=np.zeros_like(products), where=both > 1e-9)
    return correlation, np.maximum(shared, 0.0)


def _overlap(master: int, node: int, stride: int) -> Doubles:
    """Return the seconds that tracks of so many moments share at each lag."""
    lags = _lags(-(-master // stride), -(-node // stride)) * stride
    shared = np.minimum(master, node + lags) - np.maximum(lags, 0)
    return np.asarray(np.maximum(shared, 0) * HOP_S, np.float64)


def _heights(correlation: Doubles, shared: Doubles, enough: npt.NDArray[np.bool_]) -> Doubles:
    """Return how high a curve stands above its level in units of its scatter, by medians.

    The fewer lags there are, the more of level and scatter is what they usually are.
    """
    out = np.full(len(correlation), _FAR)
    judged = enough & (shared >= max(_FEWEST, _FEWEST_SHARE * float(shared.max(initial=0.0))))
    if judged.sum() < _FEWEST_LAGS:
        return out
    values = (correlation * np.sqrt(shared))[judged]
    middle = float(np.median(values))
    own = 1.4826 * float(np.median(np.abs(values - middle)))
    lags = judged.sum() / _TELL_THE_SAME
    part = lags / (lags + _USUAL_LAGS)
    scatter = np.sqrt(part * own**2 + (1 - part) * _USUAL**2)
    out[judged] = (values - part * middle) / scatter
    return out


def seen_places(
    master: MotionTrack, node: MotionTrack, curve: SeenCurve, token: CancelToken, most: int = _PLACES
) -> list[SeenPlace]:
    """Return the highest places of a curve, each looked at closely, best first."""
    close = len(master) + len(node) <= CLOSE_MOMENTS
    evidence = curve.evidence
    left = evidence.copy()
    own = curve.offsets[np.argmax(curve.heights, axis=1)] if len(left) else np.zeros(0)
    places: list[SeenPlace] = []
    while len(places) < most and len(left):
        top = int(np.argmax(left))
        if left[top] <= 0:
            break
        token.check()
        offset = curve.offsets[top]
        left[np.abs(curve.offsets - offset) <= APART_S] = 0.0
        if 0 < top < len(evidence) - 1 and evidence[top] < max(evidence[top - 1], evidence[top + 1]):
            continue  # the flank of a place that was taken
        exact = (
            _parabola(curve.offsets, evidence, top) if close else _closer(master, node, float(offset), token)
        )
        place = SeenPlace(
            offset=exact,
            evidence=float(evidence[top]),
            heights=tuple(float(h) for h in curve.heights[:, top]),
            agree=int((np.abs(own - offset) <= max(APART_S / 2, _step(curve))).sum()),
            overlap=float(curve.overlap[top]),
        )
        places.append(replace(place, telling=_moments_telling(master, node, place)))
    return places


def _step(curve: SeenCurve) -> float:
    return float(curve.offsets[1] - curve.offsets[0]) if len(curve.offsets) > 1 else HOP_S


def _parabola(offsets: Doubles, values: Doubles, top: int) -> float:
    """Return where the parabola through a peak and its neighbours is highest."""
    if not 0 < top < len(values) - 1:
        return float(offsets[top])
    left, middle, right = values[top - 1 : top + 2]
    bend = left - 2 * middle + right
    shift = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return float(offsets[top] + np.clip(shift, -0.5, 0.5) * (offsets[top + 1] - offsets[top]))


def _closer(master: MotionTrack, node: MotionTrack, offset: float, token: CancelToken) -> float:
    """Return the offset near one found on few moments, on every moment of some stretches."""
    reach = round(_CLOSE_S * RATE)
    lag = round(offset * RATE) + node.first - master.first
    total = np.zeros((len(ASPECTS), 2 * reach + 1))
    weight = np.zeros(len(ASPECTS))
    for begin, end in _stretches(max(0, -lag), min(len(node), len(master) - lag)):
        token.check()
        below = node.part(begin, end)
        above = master.part(begin + lag - reach, end + lag + reach)
        ahead = begin + lag - reach - (above.first - master.first)  # where the master's part was cut short
        for number, aspect in enumerate(ASPECTS):
            sums, power = _near(View(above, aspect), View(below, aspect), reach, -ahead)
            total[number] += sums
            weight[number] += power
    curves = np.maximum(total / np.maximum(weight, 1e-9)[:, None], 0.0)
    evidence = np.square(curves / np.maximum(curves.std(axis=1, keepdims=True), 1e-9)).sum(axis=0)
    numbers = lag + np.arange(-reach, reach + 1) + master.first - node.first
    offsets: Doubles = numbers.astype(np.float64) * HOP_S
    return _parabola(offsets, evidence, int(np.argmax(evidence)))


def _moments_telling(master: MotionTrack, node: MotionTrack, place: SeenPlace) -> float:
    """Return how many half seconds of an overlap speak for a place: one flash is one, however bright.

    The squared sum over the sum of squares: with chance alone it is about 1, as where one moment decides.
    """
    lag = round(place.offset * RATE) + node.first - master.first
    begin, end = max(0, -lag), min(len(node), len(master) - lag)
    middle = (begin + end) // 2
    begin, end = max(begin, middle - _TOLD), min(end, middle + _TOLD)
    below, above = node.part(begin, end), master.part(begin + lag, end + lag)
    told = np.zeros(max(end - begin, 0), np.float64)
    for aspect, height in zip(ASPECTS, place.heights, strict=True):
        if height > 0:
            told += height * _likeness(View(above, aspect), View(below, aspect))
    blocks = np.add.reduceat(told, np.arange(0, len(told), _BLOCK)) if len(told) else told
    squares = float(np.square(blocks).sum())
    return max(float(blocks.sum()), 0.0) ** 2 / squares if squares > 0 else 0.0


def _likeness(above: View, below: View) -> Doubles:
    """Return what each moment contributes to the correlation of two views of the same moments."""
    power = float(np.sqrt(above.power.sum() * below.power.sum()))
    products = np.zeros(len(above.power), np.float64)
    for one, other in zip(above.channels(), below.channels(), strict=True):
        products += one * other
    return products / power if power > 0 else products


def _stretches(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield stretches spread over a range of moments."""
    length = round(_STRETCH_S * RATE)
    count = min(_STRETCHES, max((end - begin) // length, 1))
    for number in range(count):
        at = begin + (end - begin - length) * number // max(count - 1, 1) if count > 1 else begin
        yield at, min(at + length, end)


def _near(above: View, below: View, reach: int, cut: int) -> tuple[Doubles, float]:
    """Return the sums of products at the lags around one; ``cut``: moments the upper part lacks in front."""
    size = 1 << (len(above.power) + len(below.power)).bit_length()
    total = np.zeros(size // 2 + 1, np.complex128)
    for one, other in zip(above.channels(), below.channels(), strict=True):
        total += np.fft.rfft(one, size) * np.fft.rfft(other, size).conj()
    products = np.fft.irfft(total, size)
    lags = np.arange(2 * reach + 1) + cut
    return products[lags], float(np.sqrt(above.power.sum() * below.power.sum()))
