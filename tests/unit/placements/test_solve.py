"""Planted clocks come back through noise, outliers and steps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import PPM, Clock, Piece
from rushlock.offsets.estimate import Estimate
from rushlock.placements.graph import Span
from rushlock.placements.solve import solve
from rushlock.placements.steps import Steps, find_steps


def planted(seed, cameras=5, each=3, noise=0.0003):
    """Clips of some cameras with drift, and an estimate for every pair that overlaps."""
    rng = np.random.default_rng(seed)
    ppm = {f"C{c}": float(rng.uniform(-40, 40)) for c in range(cameras)}
    spans, truth = {}, {}
    for camera in ppm:
        at = float(rng.uniform(0, 20))
        for n in range(each):
            key, length = f"{camera}-{n}", float(rng.uniform(200, 400))
            spans[key] = Span(key, camera, length)
            truth[key] = Clock.line(at, 1 + ppm[camera] * PPM)
            at += length + float(rng.uniform(5, 30))
    edges = []
    keys = sorted(spans, key=lambda k: -spans[k].duration)
    for i, m in enumerate(keys):
        for n in keys[i + 1 :]:
            if spans[m].camera != spans[n].camera:
                edges += _edge(rng, spans, truth, m, n, noise)
    return spans, truth, edges


def _edge(rng, spans, truth, m, n, noise):
    rate = truth[n].rate / truth[m].rate
    offset = (truth[n].start - truth[m].start) / truth[m].rate
    overlap = min(spans[m].duration, offset + spans[n].duration) - max(0.0, offset)
    if overlap < 20:
        return []
    slope = float(rng.normal(0, noise / overlap))
    middle = max(-offset, 0) + overlap / 2
    start = offset + float(rng.normal(0, noise)) - slope * middle
    clock = Clock.line(start, rate + slope)
    return [Estimate(m, n, clock, noise, noise / overlap / PPM, overlap, 0.999)]


def errors_of(solution, truth):
    master = truth[solution.master]
    return [
        (truth[k].start - master.start) / master.rate - c.start + solution.clocks[solution.master].start
        for k, c in solution.clocks.items()
    ]


@given(st.integers(0, 2000))
def test_planted_starts_and_rates_come_back_within_their_noise(seed):
    spans, truth, edges = planted(seed)
    rough = {k: c.start + float(np.random.default_rng(seed).uniform(-0.01, 0.01)) for k, c in truth.items()}
    solution = solve(spans, rough, edges, {}, Steps())
    held = {k for e in edges for k in (e.master, e.node)}
    for key, error in zip(solution.clocks, errors_of(solution, truth), strict=True):
        # Beyond five times its own stated error once in a million; clips without edges stay put.
        assert key not in held or abs(error) < 5 * solution.errors[key] + 1e-6
    assert all(solution.used)


def test_edges_that_break_loops_are_thrown_out_and_harm_nothing():
    spans, truth, edges = planted(4)
    bad = edges[3]
    edges.append(Estimate(bad.master, bad.node, bad.clock.shifted(0.5), 0.0001, 0.1, bad.overlap, 0.99))
    solution = solve(spans, {k: c.start for k, c in truth.items()}, edges, {}, Steps())
    assert max(abs(e) for e in errors_of(solution, truth)) < 0.002
    assert solution.used == [True] * (len(edges) - 1) + [False]
    assert abs(solution.residuals[-1]) == pytest.approx(0.5, abs=0.01)


def test_a_clip_fixed_by_the_user_keeps_its_clock_exactly():
    spans, truth, edges = planted(9)
    key = next(iter(spans))
    fixed = {key: Clock.line(truth[key].start, 1.0)}
    solution = solve(spans, {k: c.start for k, c in truth.items()}, edges, fixed, Steps())
    assert solution.clocks[key] == fixed[key]


def test_a_step_seen_from_two_sides_is_given_to_the_clip_that_has_it():
    stepping = Clock((Piece(0, 10, 1.0), Piece(100, 10.5, 1.0)))
    away = Clock((Piece(0, 3, 1.0), Piece(107, 2.5, 1.0)))
    edges = [
        Estimate("a", "x", stepping, 1e-4, 1.0, 200, 0.99),
        Estimate("b", "x", stepping.shifted(4), 1e-4, 1.0, 200, 0.99),
        Estimate("x", "c", Clock((Piece(0, 3, 1.0), Piece(97, 2.5, 1.0))), 1e-4, 1.0, 100, 0.99),
    ]
    steps = find_steps(edges)
    assert set(steps.of) == {"x"}
    assert steps.jump("x", 99.0) == 0
    assert steps.jump("x", 101.0) == pytest.approx(0.5)
    assert set(find_steps([Estimate("x", "c", away, 1e-4, 1.0, 200, 0.99)]).of) == {"c"}


def test_the_clock_runs_straight_on_the_master_that_was_chosen():
    spans, truth, edges = planted(1)
    starts = {k: c.start for k, c in truth.items()}
    longest = solve(spans, starts, edges, {}, Steps()).master
    chosen = min(spans, key=lambda key: spans[key].duration)
    solution = solve(spans, starts, edges, {}, Steps(), chosen)
    assert chosen != longest
    assert solution.master == chosen
    assert solution.clocks[chosen].drift_ppm == pytest.approx(0, abs=0.01)  # 1e-3 ppm is its standard error
    assert abs(solution.clocks[longest].drift_ppm) > 1
    assert solve(spans, starts, edges, {}, Steps(), "a clip of another group").master == longest
    fixed = {longest: Clock.line(truth[longest].start, 1 + 30 * PPM)}
    assert solve(spans, starts, edges, fixed, Steps(), chosen).master == longest, "its clock is held"
