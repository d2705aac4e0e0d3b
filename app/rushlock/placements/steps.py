"""Whose clock steps: a jump seen in an estimate belongs to its master or to its node.

A step shows in every estimate of the clip that has it, at the same time of that clip. Steps are counted for
both clips of each estimate; the clip in which more estimates agree has it. Where one estimate alone tells,
it is the node's: the master is the longer clip, and few recorders lose samples.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rushlock.base.clock import Clock, Piece
from rushlock.offsets.estimate import Estimate

_NEAR_S = 1.0
_SAME_JUMP_S = 0.005


@dataclass(frozen=True, slots=True)
class Step:
    """At clip time ``at`` the shoot's clock leaps ``jump`` seconds ahead of the clip's."""

    at: float
    jump: float


@dataclass(slots=True)
class Steps:
    """Steps by clip key, in order of time."""

    of: dict[str, list[Step]] = field(default_factory=dict)

    def jump(self, key: str, t_clip: float) -> float:
        """Return how far the clip's clock has been left behind at a clip time, seconds."""
        return sum(s.jump for s in self.of.get(key, ()) if s.at <= t_clip)

    def clock(self, key: str, start: float, rate: float) -> Clock:
        """Return a clip's clock with its steps."""
        pieces, moved = [Piece(0.0, start, rate)], 0.0
        for step in self.of.get(key, ()):
            moved += step.jump
            pieces.append(Piece(step.at, start + moved, rate))
        return Clock(tuple(pieces))


def find_steps(estimates: Iterable[Estimate]) -> Steps:
    """Attribute the steps of estimates to clips."""
    seen: list[tuple[Estimate, Step, Step]] = []
    for estimate in estimates:
        for at, jump in estimate.clock.steps():
            before = estimate.clock.piece_at(at - 1e-6)
            seen.append((estimate, Step(before.start + before.rate * at, -jump), Step(at, jump)))
    claims: dict[str, list[Step]] = {}
    for estimate, in_master, in_node in seen:
        claims.setdefault(estimate.master, []).append(in_master)
        claims.setdefault(estimate.node, []).append(in_node)
    steps = Steps()
    for estimate, in_master, in_node in seen:
        masters = _agreeing(claims, estimate.master, in_master)
        key, step = (
            (estimate.master, in_master)
            if masters > _agreeing(claims, estimate.node, in_node)
            else (
                estimate.node,
                in_node,
            )
        )
        if not any(_same(step, other) for other in steps.of.get(key, ())):
            steps.of.setdefault(key, []).append(step)
    for found in steps.of.values():
        found.sort(key=lambda s: s.at)
    return steps


def _agreeing(claims: Mapping[str, list[Step]], key: str, step: Step) -> int:
    return sum(_same(step, other) for other in claims[key])


def _same(a: Step, b: Step) -> bool:
    return abs(a.at - b.at) < _NEAR_S and abs(a.jump - b.jump) < _SAME_JUMP_S
