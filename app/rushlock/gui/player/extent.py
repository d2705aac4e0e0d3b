"""From where to where there is something to be seen, on the master's clock, seconds."""

from collections.abc import Sequence

from rushlock.gui.considered import own_time
from rushlock.gui.player.relation import Relation
from rushlock.gui.shoot import Row, Shoot

Ends = tuple[float, float]


def ends_of_pair(master: Row | None, node: Row | None, relation: Relation) -> list[Ends]:
    """Return where master and node begin and end, as far as they are there."""
    ends = [] if master is None else [(0.0, float(master.clip.duration))]
    if node is not None:
        begin, end = (relation.master_time(at) for at in (0.0, float(node.clip.duration)))
        ends.append((begin, end))
    return ends


def ends_of_group(shoot: Shoot, master: Row | None, group: int | None) -> list[Ends]:
    """Return where all clips of a group begin and end, nothing if the master has no place there."""
    if master is None or master.placement is None or master.placement.clock is None or group is None:
        return []
    clock = master.placement.clock
    return [
        (own_time(clock, row.start), own_time(clock, row.end))
        for row in shoot.rows
        if row.placement is not None and row.placement.group == group
        if row.start is not None and row.end is not None
    ]


def whole(ends: Sequence[Ends]) -> Ends:
    """Return from the first beginning to the last end."""
    return (min(end[0] for end in ends), max(end[1] for end in ends)) if ends else (0.0, 0.0)


def common(ends: Sequence[Ends]) -> Ends:
    """Return where all run; the whole if they never do."""
    if not ends:
        return 0.0, 0.0
    low, high = max(end[0] for end in ends), min(end[1] for end in ends)
    return (low, high) if low < high else whole(ends)
