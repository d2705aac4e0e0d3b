"""Loop check: where third clips put a pair, by way of what is known between them and either of the two."""

from collections.abc import Iterator, Sequence

from rushlock.gui.considered import lag_in_place, own_time
from rushlock.gui.shoot import Row, Shoot
from rushlock.pipeline.pair_view.question import Loop, Third, Told
from rushlock.placements.sync_map import Evidence

AGREE_S = 0.04
"""Lags nearer than a frame say the same."""

_MOST = 24


def told_of(master: Row | None, node: Row | None) -> tuple[Told, ...]:
    """Return what the last run said of a pair, as lags."""
    if master is None or node is None or master.placement is None or master.placement.clock is None:
        return ()
    clock = master.placement.clock
    found = [e for e in _evidence(node) if e.other == master.key]
    return tuple(
        Told(e.kind, own_time(clock, e.offset), e.probability) for e in found if e.offset is not None
    )


def thirds_of(master: Row | None, node: Row | None, shoot: Shoot) -> tuple[Third, ...]:
    """Return clips with a place beside the master that share time with it, the longest first."""
    if master is None or node is None:
        return ()
    found = []
    for row in shoot.rows:
        lag = lag_in_place(master, row)
        if lag is None or row.key in (master.key, node.key) or row.clip.camera == node.clip.camera:
            continue
        if lag < float(master.clip.duration) and lag + float(row.clip.duration) > 0:
            found.append(Third(row.clip, lag))
    found.sort(key=lambda third: -third.clip.duration)
    return tuple(found[:_MOST])


def known_loops(master: Row | None, node: Row | None, shoot: Shoot) -> list[Loop]:
    """Return where third clips put a pair by the evidence of the last run, the surest first.

    Evidence of the node with a third clip says where the node starts, given the third clip's place; evidence
    of the third clip with the master says how far that place is off. Together they tell of the pair alone.
    """
    if master is None or node is None or master.placement is None or master.placement.clock is None:
        return []
    loops = []
    for tie in _best_of_each(_evidence(node)):
        third = shoot.by_key.get(tie.other)
        if third is None or tie.other == master.key or tie.offset is None:
            continue
        back = next((e for e in _best_of_each(_evidence(third)) if e.other == master.key), None)
        if back is not None:
            lag = own_time(master.placement.clock, tie.offset + back.residual)
            loops.append(Loop(tie.other, lag, tie.probability * back.probability, float("nan")))
    return sorted(loops, key=lambda loop: -loop.chance)


def all_loops(known: Sequence[Loop], measured: Sequence[Loop]) -> list[Loop]:
    """Return what is known, then what was measured besides."""
    told = {loop.clip for loop in known}
    return [*known, *sorted((m for m in measured if m.clip not in told), key=lambda m: -m.height)]


def _evidence(row: Row) -> tuple[Evidence, ...]:
    return () if row.placement is None else row.placement.evidence


def _best_of_each(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield for every other clip what holds, else what is likeliest."""
    best: dict[str, Evidence] = {}
    for each in evidence:
        held = best.get(each.other)
        if each.other and (held is None or (each.used, each.probability) > (held.used, held.probability)):
            best[each.other] = each
    yield from best.values()
