"""Where all clips of a group lie, by robust least squares over all its estimates.

Unknown are each clip's start and each camera's rate: clips of one camera share one clock. An estimate gives
two
observations: where its master and node meet at the middle of what they have in common, and how their rates
differ. Rates have a weak prior at 1. Loops do not close exactly, because sound needs 2.9 ms for each metre
and sources move; observations far off are weighed down by Huber's function, and estimates that end up more
than half a frame off are
thrown out and reported: they break loops.

The clock of the group runs straight on its master: the longest clip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.base.clock import PPM, Clock, Piece
from rushlock.offsets.estimate import Estimate
from rushlock.placements.graph import Span
from rushlock.placements.steps import Steps

Doubles = npt.NDArray[np.float64]

BREAKS_S = 0.02
"""An estimate farther off than half a frame at 25 fps does not hold."""

_FLOOR_S = 0.001  # sources and microphones move by tens of centimetres
_HUBER_S = 0.002
_PRIOR_PPM = 50.0
_SLOPE_FLOOR_PPM = 0.3
_WANDER_S = 0.0004  # over one overlap a change of talkers looks like so much drift
_FIXED_S = 1e-6
_LEAST_CHANCE = 1e-3
_ROUGH_S = 1.0  # what no estimate holds stays near its rough start
_ROUNDS = 15
_DENSE = 1500


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


@dataclass(frozen=True, slots=True)
class _Problem:
    """Rows of the least squares problem: ``design @ unknowns = target`` with standard errors."""

    rows: list[tuple[list[int], list[float]]]
    target: Doubles
    sigma: Doubles
    estimate_of_row: npt.NDArray[np.int64]  # -1: prior or decision
    unknowns: int


def solve(
    spans: Mapping[str, Span],
    starts: Mapping[str, float],
    estimates: Sequence[Estimate],
    fixed: Mapping[str, Clock],
    steps: Steps,
) -> Solution:
    """Solve one group.

    Args:
        spans: The group's clips.
        starts: Rough starts on the group's clock, seconds, right within a second.
        estimates: Those between the group's clips; several of one pair are allowed.
        fixed: Clips whose clocks the user decided.
        steps: Where clips' clocks step.
    """
    keys = list(starts)
    master = max(keys, key=lambda k: (k in fixed, spans[k].duration, k))
    cameras = sorted({spans[k].camera for k in keys})
    column = {k: i for i, k in enumerate(keys)}
    rate_column = {c: len(keys) + i for i, c in enumerate(cameras)}
    problem = _problem(spans, starts, estimates, fixed, steps, master, column, rate_column)
    near = [
        abs(r) < 2 * BREAKS_S + 200e-6 * e.overlap
        for r, e in zip(_rough(starts, estimates), estimates, strict=True)
    ]
    unknowns, covariance = _iterate(problem, np.array(near, np.bool_))
    residuals = _residuals(problem, unknowns, len(estimates))
    clocks, errors = {}, {}
    for key in keys:
        rate = 1 + float(unknowns[rate_column[spans[key].camera]]) * PPM
        start = starts[key] + float(unknowns[column[key]])
        clocks[key] = fixed.get(key) or steps.clock(key, start, rate)
        errors[key] = float(np.sqrt(max(covariance[column[key]], 0.0)))
    return Solution(master, clocks, errors, residuals, [abs(r) <= BREAKS_S for r in residuals])


def _rough(starts: Mapping[str, float], estimates: Sequence[Estimate]) -> list[float]:
    return [starts[e.master] + e.offset - starts[e.node] for e in estimates]


def _problem(
    spans: Mapping[str, Span],
    starts: Mapping[str, float],
    estimates: Sequence[Estimate],
    fixed: Mapping[str, Clock],
    steps: Steps,
    master: str,
    column: Mapping[str, int],
    rate_column: Mapping[str, int],
) -> _Problem:
    """Set the problem up around the rough starts; unknown rates are in ppm."""
    rows: list[tuple[list[int], list[float]]] = []
    target, sigma, owner = [], [], []
    for index, e in enumerate(estimates):
        columns = [
            column[e.master],
            column[e.node],
            rate_column[spans[e.master].camera],
            rate_column[spans[e.node].camera],
        ]
        doubt = 1 / float(np.sqrt(max(e.probability, _LEAST_CHANCE)))  # what is unlikely pulls the less
        for piece, t_node in _middles(e, spans):
            t_master = piece.start + piece.rate * t_node
            moved = steps.jump(e.master, t_master) - steps.jump(e.node, t_node)
            rows.append((columns, [1.0, -1.0, t_master * PPM, -t_node * PPM]))
            target.append(starts[e.node] - starts[e.master] + t_node - t_master - moved)
            sigma.append(float(np.hypot(e.precision, _FLOOR_S)) * doubt)
            owner.append(index)
        rows.append((columns[2:], [-1.0, 1.0]))
        target.append(e.drift_ppm)
        wander = _SLOPE_FLOOR_PPM + _WANDER_S / PPM / max(e.overlap, 1.0)
        sigma.append(float(np.hypot(e.drift_error, wander)) * doubt)
        owner.append(index)
    for camera, at in rate_column.items():
        held = camera == spans[master].camera
        rows.append(([at], [1.0]))
        target.append(fixed[master].drift_ppm if held and master in fixed else 0.0)
        sigma.append(1e-3 if held else _PRIOR_PPM)
        owner.append(-1)
    for key, at in column.items():
        rows.append(([at], [1.0]))
        target.append(fixed[key].start - starts[key] if key in fixed else 0.0)
        sigma.append(_FIXED_S if key in fixed or key == master else _ROUGH_S)
        owner.append(-1)
    return _Problem(rows, np.array(target), np.array(sigma), np.array(owner), len(column) + len(rate_column))


def _middles(estimate: Estimate, spans: Mapping[str, Span]) -> list[tuple[Piece, float]]:
    """Return each piece of an estimate with the node time at the middle of its common stretch."""
    pieces = estimate.clock.pieces
    begin = max(-estimate.offset, 0.0)
    end = min(spans[estimate.node].duration, spans[estimate.master].duration - pieces[-1].start)
    edges = [begin, *(p.since for p in pieces[1:]), max(end, begin)]
    return [(p, (a + b) / 2) for p, a, b in zip(pieces, edges, edges[1:], strict=False)]


def _iterate(problem: _Problem, near: npt.NDArray[np.bool_]) -> tuple[Doubles, Doubles]:
    """Return (unknowns, their variances) by iteratively reweighted least squares."""
    owner = problem.estimate_of_row
    start = (
        np.where(owner < 0, 1.0, np.where(near[np.maximum(owner, 0)], 1.0, 0.0))
        if near.size
        else np.ones(owner.size)
    )
    weights = start
    unknowns, variances = _least_squares(problem, weights)
    for _ in range(_ROUNDS):
        off = np.abs(_row_residuals(problem, unknowns)) / problem.sigma
        limit = np.maximum(_HUBER_S / problem.sigma, 3.0)
        robust = np.where(owner < 0, 1.0, np.minimum(1.0, limit / np.maximum(off, 1e-9)) ** 2)
        weights = np.where(owner < 0, 1.0, robust)
        unknowns, variances = _least_squares(problem, weights)
    return unknowns, variances


def _row_residuals(problem: _Problem, unknowns: Doubles) -> Doubles:
    predicted = np.array(
        [sum(v * unknowns[c] for c, v in zip(cs, vs, strict=True)) for cs, vs in problem.rows]
    )
    out: Doubles = problem.target - predicted
    return out


def _least_squares(problem: _Problem, weights: Doubles) -> tuple[Doubles, Doubles]:
    """Return (solution, variances) of the weighted problem by its normal equations."""
    scale = np.sqrt(np.maximum(weights, 1e-9)) / problem.sigma
    row = np.repeat(np.arange(len(problem.rows)), [len(c) for c, _ in problem.rows])
    col = np.concatenate([np.asarray(c) for c, _ in problem.rows])
    val = np.concatenate([np.asarray(v) for _, v in problem.rows]) * scale[row]
    right = problem.target * scale
    if problem.unknowns <= _DENSE:
        design = np.zeros((len(problem.rows), problem.unknowns))
        np.add.at(design, (row, col), val)
        inverse = np.linalg.inv(design.T @ design + 1e-12 * np.eye(problem.unknowns))
        return inverse @ (design.T @ right), np.diag(inverse).copy()
    from scipy.sparse import csr_matrix, identity
    from scipy.sparse.linalg import splu

    sparse = csr_matrix((val, (row, col)), shape=(len(problem.rows), problem.unknowns))
    normal = (sparse.T @ sparse + 1e-12 * identity(problem.unknowns)).tocsc()
    # Variances of a large group: the diagonal alone, an optimistic bound that costs nothing.
    return splu(normal).solve(np.asarray(sparse.T @ right)), 1.0 / normal.diagonal()


def _residuals(problem: _Problem, unknowns: Doubles, estimates: int) -> list[float]:
    """Return each estimate's largest distance in seconds from the solution at its pieces' middles."""
    off = _row_residuals(problem, unknowns)
    worst = [0.0] * estimates
    for (columns, _), residual, owner in zip(problem.rows, off, problem.estimate_of_row, strict=True):
        if owner >= 0 and len(columns) == 4 and abs(residual) > abs(worst[owner]):
            worst[owner] = float(residual)
    return worst
