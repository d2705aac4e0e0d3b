"""Where all clips of a group lie, by robust least squares over all its estimates.

Unknown are each clip's start and each camera's rate: clips of one camera share one clock. An estimate gives
two
observations: where its master and node meet at the middle of what they have in common, and how their rates
differ. Rates have a weak prior at 1. Loops do not close exactly, because sound needs 2.9 ms for each metre
and sources move; observations far off are weighed down by Huber's function, and estimates that end up more
than half a frame off are
thrown out and reported: they break loops.

The clock of the group runs straight on its master: the clip that the user chose, else the longest. Where
clips are fixed, one of them is the master, for they hold the clock already.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rushlock.base.clock import PPM, Clock, Piece
from rushlock.offsets.estimate import Estimate
from rushlock.placements.graph import Span
from rushlock.placements.least_squares import Doubles, Problem, Row
from rushlock.placements.steps import Steps

BREAKS_S = 0.02
"""An estimate farther off than half a frame at 25 fps does not hold."""

_FLOOR_S = 0.001  # sources and microphones move by tens of centimetres
_PRIOR_PPM = 50.0
_SLOPE_FLOOR_PPM = 0.3
_WANDER_S = 0.0004  # over one overlap a change of talkers looks like so much drift
_FIXED_S = 1e-6
_LEAST_CHANCE = 1e-3
_ROUGH_S = 1.0  # what no estimate holds stays near its rough start


@dataclass(frozen=True, slots=True)
class Solution:
    """A group solved.

    Attributes:
        master: Key of the clip on whose clock the group runs.
        clocks: Clip key to its clock on the group's clock.
        errors: Clip key to standard error of its start in seconds.
        residuals: For each estimate given, how far it is from the solution in seconds.
        used: For each estimate given, whether it holds.
    """

    master: str
    clocks: dict[str, Clock]
    errors: dict[str, float]
    residuals: list[float]
    used: list[bool]


def solve(
    spans: Mapping[str, Span],
    starts: Mapping[str, float],
    estimates: Sequence[Estimate],
    fixed: Mapping[str, Clock],
    steps: Steps,
    master: str = "",
) -> Solution:
    """Solve one group.

    Args:
        spans: The group's clips.
        starts: Rough starts on the group's clock, seconds, right within a second.
        estimates: Those between the group's clips; several of one pair are allowed.
        fixed: Clips whose clocks the user decided.
        steps: Where clips' clocks step.
        master: Key of the clip that the user chose as master, of this group or another.
    """
    keys = list(starts)
    master = max(keys, key=lambda k: (k in fixed, k == master, spans[k].duration, k))
    cameras = sorted({spans[k].camera for k in keys})
    column = {k: i for i, k in enumerate(keys)}
    rate_column = {c: len(keys) + i for i, c in enumerate(cameras)}
    rows = _rows(spans, starts, estimates, fixed, steps, master, column, rate_column)
    problem = Problem(rows, len(column) + len(rate_column))
    near = [
        abs(r) < 2 * BREAKS_S + 200e-6 * e.overlap
        for r, e in zip(_rough(starts, estimates), estimates, strict=True)
    ]
    unknowns, covariance = problem.solve(np.array(near, np.bool_))
    residuals = _worst(rows, problem.residuals(unknowns), len(estimates))
    clocks, errors = {}, {}
    for key in keys:
        rate = 1 + float(unknowns[rate_column[spans[key].camera]]) * PPM
        start = starts[key] + float(unknowns[column[key]])
        clocks[key] = fixed.get(key) or steps.clock(key, start, rate)
        errors[key] = float(np.sqrt(max(covariance[column[key]], 0.0)))
    return Solution(master, clocks, errors, residuals, [abs(r) <= BREAKS_S for r in residuals])


def _rough(starts: Mapping[str, float], estimates: Sequence[Estimate]) -> list[float]:
    return [starts[e.master] + e.offset - starts[e.node] for e in estimates]


def _rows(
    spans: Mapping[str, Span],
    starts: Mapping[str, float],
    estimates: Sequence[Estimate],
    fixed: Mapping[str, Clock],
    steps: Steps,
    master: str,
    column: Mapping[str, int],
    rate_column: Mapping[str, int],
) -> list[Row]:
    """Return what is observed around the rough starts; unknown rates are in ppm."""
    rows: list[Row] = []
    for index, e in enumerate(estimates):
        rates = [rate_column[spans[e.master].camera], rate_column[spans[e.node].camera]]
        columns = [column[e.master], column[e.node], *rates]
        doubt = 1 / math.sqrt(max(e.probability, _LEAST_CHANCE))  # what is unlikely pulls the less
        sigma = math.hypot(e.precision, _FLOOR_S) * doubt
        for piece, t_node in _middles(e, spans):
            t_master = piece.start + piece.rate * t_node
            moved = steps.jump(e.master, t_master) - steps.jump(e.node, t_node)
            apart = starts[e.node] - starts[e.master] + t_node - t_master - moved
            rows.append(Row(columns, (1.0, -1.0, t_master * PPM, -t_node * PPM), apart, sigma, index))
        wander = _SLOPE_FLOOR_PPM + _WANDER_S / PPM / max(e.overlap, 1.0)
        slope_sigma = math.hypot(e.drift_error, wander) * doubt
        rows.append(Row(rates, (-1.0, 1.0), e.drift_ppm, slope_sigma, index))
    for camera, at in rate_column.items():
        held = camera == spans[master].camera
        ppm = fixed[master].drift_ppm if held and master in fixed else 0.0
        rows.append(Row((at,), (1.0,), ppm, 1e-3 if held else _PRIOR_PPM))
    for key, at in column.items():
        moved = fixed[key].start - starts[key] if key in fixed else 0.0
        sigma = _FIXED_S if key in fixed or key == master else _ROUGH_S
        rows.append(Row((at,), (1.0,), moved, sigma))
    return rows


def _middles(estimate: Estimate, spans: Mapping[str, Span]) -> list[tuple[Piece, float]]:
    """Return each piece of an estimate with the node time at the middle of its common stretch."""
    pieces = estimate.clock.pieces
    begin = max(-estimate.offset, 0.0)
    end = min(spans[estimate.node].duration, spans[estimate.master].duration - pieces[-1].start)
    edges = [begin, *(p.since for p in pieces[1:]), max(end, begin)]
    return [(p, (a + b) / 2) for p, a, b in zip(pieces, edges, edges[1:], strict=False)]


def _worst(rows: Sequence[Row], off: Doubles, estimates: int) -> list[float]:
    """Return each estimate's largest distance in seconds from the solution at its pieces' middles."""
    worst = [0.0] * estimates
    for row, residual in zip(rows, off.tolist(), strict=True):
        if row.owner >= 0 and len(row.columns) == 4 and abs(residual) > abs(worst[row.owner]):
            worst[row.owner] = residual
    return worst
