"""What moved from one sync map to the next, and how a map goes on from the one before it.

Placing starts from nothing each time: groups are numbered by size and their clocks begin at their first clip.
So that a decision about one clip does not seem to move all others, a new map is laid onto the one before:
same numbers, same zero, and what changed by less than a person can see is left as it was.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from rushlock.placements.sync_map import Evidence, Placement, SyncMap

SEEN_S = 1e-3
"""A clip that lies this much elsewhere has moved: a twentieth of the shortest frame there is."""

_SAME_S = 1e-4
_SAME_RATE = 1e-7
_SAME_CHANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Move:
    """A clip that lies elsewhere than before.

    Attributes:
        clip: Clip key.
        before, after: Its start in seconds on its group's clock; None where it had or has no place.
        regrouped: Whether its start is told on another group's clock.
    """

    clip: str
    before: float | None
    after: float | None
    regrouped: bool = False


def moves(before: SyncMap, after: SyncMap, but: Collection[str] = ()) -> tuple[Move, ...]:
    """Return what moved, in the order of ``after``.

    Args:
        before: Where clips lay.
        after: Where they lie.
        but: Keys of clips that are not asked about: those that were moved on purpose.
    """
    found = []
    for new in after.placements:
        old = before.by_clip.get(new.clip)
        if new.clip in but or old is None:
            continue
        regrouped = None not in (old.group, new.group) and old.group != new.group
        if regrouped or _apart(old.start, new.start) > SEEN_S:
            found.append(Move(new.clip, old.start, new.start, regrouped))
    return tuple(found)


def carried_on(before: SyncMap, after: SyncMap, decided: Collection[str]) -> SyncMap:
    """Return a map laid onto the one before it.

    Args:
        before: The map that it replaces.
        after: The map as placed.
        decided: Keys of the clips that the user's decisions hold in place; they lie on the clocks of
            ``before`` already, and hold that of whoever is tied to them.
    """
    free = [p for p in after.placements if p.group is not None and p.clip not in decided]
    held = _held(after, decided)
    numbers = _numbers(before, free, held)
    shifts = {new: _shift(before, free, new, old) for new, old in numbers.items() if new not in held}
    loose = {p.clip for p in free}
    laid = (_laid(p, numbers, shifts) if p.clip in loose else p for p in after.placements)
    placements = tuple(_kept(before.by_clip.get(p.clip), p) for p in laid)
    amount = max((p.group + 1 for p in placements if p.group is not None), default=0)
    by_day = {old: after.time_of_day[new] for new, old in numbers.items()}
    by_day.update({old: before.time_of_day[old] for new, old in numbers.items() if shifts.get(new)})
    return replace(
        after,
        placements=placements,
        groups=amount,
        time_of_day=tuple(by_day.get(number, False) for number in range(amount)),
    )


def _held(after: SyncMap, decided: Collection[str]) -> set[int]:
    """Return the groups that decisions hold: where evidence ties a decided clip to another."""
    held = set()
    for p in after.placements:
        for e in p.evidence:
            if e.used and p.group is not None and (e.other in decided) != (p.clip in decided):
                held.add(p.group)
    return held


def _numbers(before: SyncMap, free: Sequence[Placement], held: Collection[int]) -> dict[int, int]:
    """Return the number that each group had before: that of most of its clips."""
    shared: Counter[tuple[int, int]] = Counter()
    for p in free:
        old = before.by_clip.get(p.clip)
        if p.group is not None and old is not None and old.group is not None:
            shared[p.group, old.group] += 1
    numbers = {number: number for number in held}
    taken = set(held)
    for (new, earlier), _ in shared.most_common():
        if new not in numbers and earlier not in taken:
            numbers[new] = earlier
            taken.add(earlier)
    others = sorted({p.group for p in free if p.group is not None} - numbers.keys())
    unused = (number for number in count() if number not in taken)
    return {**numbers, **dict(zip(others, unused, strict=False))}


def _shift(before: SyncMap, free: Sequence[Placement], new: int, old: int) -> float:
    """Return by how much a group lies elsewhere only because its clock begins elsewhere."""
    apart = []
    for p in free:
        was = before.by_clip.get(p.clip)
        if p.group == new and was is not None and was.group == old and None not in (p.start, was.start):
            apart.append((was.start or 0.0) - (p.start or 0.0))
    return _commonest(sorted(apart))


def _commonest(apart: Sequence[float]) -> float:
    """Return the difference that most share, of equally common ones the least; 0 where there is none."""
    best, first = (0, 0.0, 0.0), 0
    for last, value in enumerate(apart):
        while value - apart[first] > SEEN_S:
            first += 1
        middle = apart[(first + last) // 2]
        best = max(best, (last - first + 1, -abs(middle), middle))
    return best[2]


def _laid(p: Placement, numbers: Mapping[int, int], shifts: Mapping[int, float]) -> Placement:
    if p.group is None:
        return p
    shift = shifts.get(p.group, 0.0)
    if not shift:
        return p if numbers[p.group] == p.group else replace(p, group=numbers[p.group])
    clock = None if p.clock is None else p.clock.shifted(shift)
    evidence = tuple(_moved(e, shift) for e in p.evidence)
    return replace(p, group=numbers[p.group], clock=clock, evidence=evidence)


def _moved(evidence: Evidence, shift: float) -> Evidence:
    return evidence if evidence.offset is None else replace(evidence, offset=evidence.offset + shift)


def _kept(old: Placement | None, new: Placement) -> Placement:
    """Return the placement before where the new one says the same."""
    if old is None or (old.group, old.status, old.reason) != (new.group, new.status, new.reason):
        return new
    same = (
        _apart(old.start, new.start) <= _SAME_S
        and abs(old.rate - new.rate) <= _SAME_RATE
        and abs(old.confidence - new.confidence) <= _SAME_CHANCE
        and [(e.kind, e.other, e.used) for e in old.evidence]
        == [(e.kind, e.other, e.used) for e in new.evidence]
    )
    return old if same else new


def _apart(a: float | None, b: float | None) -> float:
    if a is None or b is None:
        return 0.0 if a is b else float("inf")
    return abs(a - b)
