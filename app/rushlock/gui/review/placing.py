"""From what a person says of two clips to a decision: where the clip then lies, and against which it was set.

A clip that is moved keeps its own clock, steps and drift included, and is shifted as a whole. One that had no
place takes the rate at which its camera runs elsewhere in the group, and joins the master's group.
"""

from collections.abc import Sequence
from statistics import median

from rushlock.base.clock import Clock
from rushlock.gui.considered import lag_in_place, own_time, ranked_partners
from rushlock.gui.shoot import Row, Shoot
from rushlock.placements.decisions import Decision, DecisionKind


def held_at(row: Row, kind: DecisionKind) -> Decision | None:
    """Return the decision that keeps a clip where it is; None where it has no place."""
    clock = clock_of(row)
    if clock is None or row.placement is None:
        return None
    before = row.decision
    tied = before is not None and before.holds
    return Decision(
        row.key,
        kind,
        clock,
        row.placement.group,
        against=before.against if before is not None and tied else "",
        tie=before.tie if before is not None and tied else None,
        was=was_of(row),
    )


def placed_at(master: Row, node: Row, lag: float, shoot: Shoot) -> tuple[Decision, ...]:
    """Return the decisions that put a clip at an offset from another.

    Args:
        master: The clip against which the other is set; where it has no place either, the two begin a group.
        node: The clip to place.
        lag: Node's start minus master's start, seconds on the master's clock.
        shoot: What the two are of.
    """
    ground = clock_of(master)
    group = None if master.placement is None else master.placement.group
    if ground is None or group is None:
        group, ground = len(shoot.time_of_day), Clock.line(0.0)
        founded = Decision(master.key, DecisionKind.PLACED, ground, group, was=was_of(master))
        return founded, _set(master, ground, node, lag, group, shoot)
    return (_set(master, ground, node, lag, group, shoot),)


def moved_by(node: Row, seconds: float, master: Row | None, shoot: Shoot) -> tuple[Decision, ...]:
    """Return the decision that moves a placed clip by seconds of its group's clock.

    It is set against ``master`` if the two share a group, else against the clip with the best evidence, else
    against none.
    """
    clock = clock_of(node)
    if clock is None or node.placement is None:
        return ()
    witness = _witness(node, master, shoot)
    moved = clock.shifted(seconds)
    if witness is None:
        return (Decision(node.key, DecisionKind.PLACED, moved, node.placement.group, was=was_of(node)),)
    ground = clock_of(witness) or moved
    return placed_at(witness, node, own_time(ground, moved.start), shoot)


def lag_of_marks(master: Row, master_time: float, node: Row, node_time: float) -> float:
    """Return the offset at which two clips show the same moment.

    Args:
        master: The clip measured against.
        master_time: When the moment is seen in it, seconds of clip time.
        node: The other clip.
        node_time: When it is seen there, seconds of clip time.
    """
    ground, own = clock_of(master) or Clock.line(0.0), clock_of(node) or Clock.line(0.0)
    start = own.start + ground.at(master_time) - own.at(node_time)
    return own_time(ground, start)


def clock_of(row: Row) -> Clock | None:
    """Return where a clip lies now, None without a place."""
    return None if row.placement is None else row.placement.clock


def was_of(row: Row) -> str:
    """Return the status that a clip had when it was first decided about."""
    if row.decision is not None:
        return row.decision.was
    return "" if row.placement is None else row.placement.status.value


def _set(master: Row, ground: Clock, node: Row, lag: float, group: int, shoot: Shoot) -> Decision:
    start = ground.at(lag)
    own = clock_of(node)
    clock = (
        own.shifted(start - own.start) if own is not None else Clock.line(start, _rate(node, group, shoot))
    )
    tie = Clock.line(lag, clock.rate / ground.piece_at(lag).rate)
    return Decision(
        node.key, DecisionKind.PLACED, clock, group, against=master.key, tie=tie, was=was_of(node)
    )


def _rate(node: Row, group: int, shoot: Shoot) -> float:
    """Return how fast a clip's camera runs where it was placed in a group; 1 where it never was."""
    others: Sequence[Row] = shoot.cameras.get(node.clip.camera, ())
    rates = [
        row.placement.rate
        for row in others
        if row.placement is not None and row.start is not None and row.placement.group == group
    ]
    return median(rates) if rates else 1.0


def _witness(node: Row, master: Row | None, shoot: Shoot) -> Row | None:
    if master is not None and master.key != node.key and lag_in_place(master, node) is not None:
        return master
    return next((row for row in ranked_partners(node, shoot) if lag_in_place(row, node) is not None), None)
