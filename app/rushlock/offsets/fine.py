"""Fine offset and drift of a pair at sample level, around candidate lags; piecewise where a clock steps.

For each candidate, windows spread over the common time are decoded on demand and compared (``phase``); the
line most of them agree on is the fine answer (``lines``). Lines of several candidates, or a second line
through windows that do
not agree with the first, are then told apart: where they explain *different stretches* of the node, its
clock steps (dropped samples, a cut) and they become pieces; where they explain the *same* stretch, they are
rivals: sound that repeats.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rushlock.base.clock import PPM, Clock, Piece
from rushlock.features.excerpt import Excerpt
from rushlock.offsets.estimate import Candidate
from rushlock.offsets.lines import LEAST_Z, Line, best_line, supported
from rushlock.offsets.phase import PhaseCurve, phase_curve
from rushlock.offsets.sources import through_sources

WINDOW_S = 4.0
WINDOWS = 11
REACH_S = 0.08
"""How far a candidate of the coarse search may be off at the middle of the overlap."""

_STRONG_Z = 8.0
_FEW, _CLEAR_Z = 4, 9.0
_STEP_S = 0.003
_LONG_S, _LONG_WINDOWS = 1200.0, 48
"""From here on drift decides, and a line through the most usual talker errs; see ``sources``."""

Read = Callable[[float, float], Excerpt]
"""(clip time of the first sample, seconds) -> excerpt."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A candidate with the line found around it."""

    candidate: Candidate
    line: Line

    @property
    def strength(self) -> float:
        """Votes per window, for comparing lines through different numbers of windows."""
        return self.line.votes / max(len(self.line.times), 1)

    @property
    def rank(self) -> float:
        """What tells rivals apart: agreement of the samples times that of the bands."""
        return self.strength * self.candidate.score


@dataclass(frozen=True, slots=True)
class FineResult:
    """What sample-level comparison says of a pair: fits best first, and the clock of the best."""

    fits: tuple[Fit, ...]
    clock: Clock


def refine(
    master: Read,
    node: Read,
    durations: tuple[float, float],
    candidates: Sequence[Candidate],
    max_ppm: float,
    check: Callable[[], object] = lambda: None,
) -> FineResult | None:
    """Compare a pair around its candidate offsets.

    Args:
        master: Reads excerpts of the master.
        node: Reads excerpts of the node.
        durations: Seconds of master and node.
        candidates: Coarse offsets, best first.
        max_ppm: Search drift up to this.
        check: Called between windows; raises to stop.

    Returns:
        None where no window has sound on both sides.
    """
    fits: list[Fit] = []
    for candidate in candidates:
        curves = _compare(master, node, durations, candidate, max_ppm, check)
        line = best_line(curves, candidate.offset, REACH_S, max_ppm)
        if line is None:
            continue
        if candidate.overlap >= _LONG_S:
            line = through_sources(line, curves)
        fits.append(Fit(candidate, line))
        fits.extend(_second(curves, line, candidate, max_ppm))
    if not fits:
        return None
    fits.sort(key=lambda fit: -fit.rank)
    return FineResult(tuple(fits), _clock(fits, master, node))


def _compare(
    master: Read,
    node: Read,
    durations: tuple[float, float],
    candidate: Candidate,
    max_ppm: float,
    check: Callable[[], object],
) -> list[PhaseCurve]:
    """Return curves of windows spread over the common time, in order of time.

    A few are looked at first, and the rest are left out where those are clear and of one mind: sound of one
    event in two good recordings, which is the rule, costs a third. Few do not tell the drift of a long pair.
    """
    begin = max(-candidate.offset, 0.0)
    end = min(durations[0] - candidate.offset, durations[1])
    window_s, starts = _windows(begin, end)
    middle = (begin + end) / 2
    curves: list[PhaseCurve] = []

    def compare(start: float) -> None:
        check()
        away = abs(start + window_s / 2 - middle)
        reach = min(REACH_S + 0.004 + max_ppm * PPM * away, window_s * 0.6)
        mine = node(start, window_s)
        curve = phase_curve(master(mine.start + candidate.offset, window_s), mine, reach)
        if curve is not None:
            curves.append(curve)

    few = _FEW if end - begin < _LONG_S else len(starts)
    first = sorted({round(k) for k in np.linspace(0, len(starts) - 1, few)}) if starts else []
    for k in first:
        compare(starts[k])
    told = len(starts) > len(first) and len(curves) >= _FEW
    line = best_line(curves, candidate.offset, REACH_S, min(max_ppm, 150.0)) if told else None
    if line is None or not (line.agrees.all() and float(line.heights.min()) > _CLEAR_Z):
        for k in sorted(set(range(len(starts))) - set(first)):
            compare(starts[k])
    return sorted(curves, key=lambda c: c.node_time)


def _windows(begin: float, end: float) -> tuple[float, list[float]]:
    """Return (seconds, starts) of windows spread over a stretch of the node; none where it is too short."""
    common = end - begin
    window_s = WINDOW_S if common >= 4 * WINDOW_S else float(np.clip(round(common / 4, 1), 0.5, WINDOW_S))
    if common < window_s:
        return window_s, []
    most = WINDOWS if common < _LONG_S else _LONG_WINDOWS
    count = max(min(most, int((common - window_s) / (window_s / 2)) + 1), 1)
    return window_s, [float(t) for t in np.linspace(begin, end - window_s, count)]


def _second(curves: Sequence[PhaseCurve], line: Line, candidate: Candidate, max_ppm: float) -> list[Fit]:
    """Return the line through windows that have a strong peak elsewhere, if at least two share one.

    Of many windows more must: among 48, chance puts two strange peaks on one line.
    """
    left = [
        c
        for c, agrees in zip(curves, line.agrees, strict=True)
        if not agrees and float(c.z.max()) > _STRONG_Z
    ]
    if len(left) < 2:
        return []
    other = best_line(left, candidate.offset, REACH_S, min(max_ppm, 150.0))
    if (
        other is None
        or int(other.agrees.sum()) < max(2, len(curves) // 12)
        or abs(other.delta(line.middle) - line.delta(line.middle)) < _STEP_S
    ):
        return []
    return [Fit(candidate, supported(other, curves))]


def _clock(fits: Sequence[Fit], master: Read, node: Read) -> Clock:
    """Return the best fit's clock, with pieces where other fits explain what it does not."""
    lines = [fits[0].line]
    for fit in fits[1:]:
        if all(_complements(fit.line, line) and _complements(line, fit.line) for line in lines):
            lines.append(fit.line)
    stretches = sorted(((line, *_stretch(line)) for line in lines), key=lambda s: s[1])
    pieces = [_piece(stretches[0][0], 0.0)]
    for before, after in pairwise(stretches):
        step = _step_time(before[0], after[0], before[2], after[1], master, node)
        pieces.append(_piece(after[0], step))
    return Clock(tuple(pieces))


def _complements(line: Line, other: Line) -> bool:
    """Return whether a line explains, by two strong windows, a stretch where the other fails."""
    low, high = _stretch(line)
    strong = int(np.sum(line.agrees & (line.heights > _STRONG_Z)))
    if strong < 2 or abs(line.delta((low + high) / 2) - other.delta((low + high) / 2)) < _STEP_S:
        return False
    tried = other.agrees[(other.times > low - 1e-6) & (other.times < high + 1e-6)]
    heights = other.heights[(other.times > low - 1e-6) & (other.times < high + 1e-6)]
    if not tried.size or tried.mean() > 1 / 3:
        return False
    # A window across the step holds a peak for either side: the median passes over it.
    return float(np.median(heights)) < 0.5 * float(np.median(line.heights[line.agrees]))


def _stretch(line: Line) -> tuple[float, float]:
    """Return the node times of the first and last window that agree with a line."""
    times = line.times[line.agrees]
    return (float(times.min()), float(times.max())) if times.size else (line.middle, line.middle)


def _piece(line: Line, since: float) -> Piece:
    return Piece(since, line.offset, 1.0 + line.drift_ppm * PPM)


def _step_time(before: Line, after: Line, low: float, high: float, master: Read, node: Read) -> float:
    """Narrow down the node time of a step by halving, with short windows."""
    while high - low > 0.1:
        middle, window_s = (low + high) / 2, float(np.clip((high - low) / 2, 0.2, 2.0))
        mine = node(middle - window_s / 2, window_s)
        heights = []
        for line in (before, after):
            curve = phase_curve(master(mine.start + line.delta(middle), window_s), mine, 0.004)
            heights.append(0.0 if curve is None else float(curve.z.max()))
        if max(heights) < LEAST_Z:
            break
        low, high = (middle, high) if heights[0] > heights[1] else (low, middle)
        if high - low < window_s / 2:
            break
    return (low + high) / 2
