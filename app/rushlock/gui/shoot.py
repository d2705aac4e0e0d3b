"""What the window shows of a project: a frozen snapshot, free of Qt, taken after every change.

Views and item models read a ``Shoot`` and never the document; a change makes a new one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from rushlock.base.rate import FrameRate
from rushlock.gui.standing import Standing, standing_of
from rushlock.media.clip import Clip, Unreadable
from rushlock.placements.decisions import Decision
from rushlock.placements.sync_map import Finding, Placement, SyncMap

FALLBACK_RATE = FrameRate(Fraction(25))


@dataclass(frozen=True, slots=True)
class Row:
    """One clip with everything that is known of it.

    Attributes:
        placement: None before the first sync, and where the clip is left out.
        start, end: Where it lies on its group's clock, seconds; None without a place.
    """

    clip: Clip
    placement: Placement | None
    decision: Decision | None
    standing: Standing
    start: float | None = None
    end: float | None = None

    @property
    def key(self) -> str:
        """Clip key."""
        return self.clip.key


@dataclass(frozen=True)
class Shoot:
    """All rows of a project and what goes with them.

    Attributes:
        rows: One for each clip, in the project's order.
        unreadable: Files that could not be used.
        findings: What was noticed about whole cameras.
        time_of_day: For each group, whether its clock is a time of day.
        rate: Rate in which places are written.
        drop: Whether they are written in drop-frame.
        master: Key of the clip that clocks run straight against; empty where nothing is placed.
    """

    rows: tuple[Row, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    findings: tuple[Finding, ...] = ()
    time_of_day: tuple[bool, ...] = ()
    rate: FrameRate = FALLBACK_RATE
    drop: bool = False
    master: str = ""
    by_key: Mapping[str, Row] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {row.key: row for row in self.rows})

    @cached_property
    def cameras(self) -> dict[str, tuple[Row, ...]]:
        """Rows of each camera, cameras by name."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.clip.camera, []).append(row)
        return {name: tuple(found[name]) for name in sorted(found, key=str.casefold)}

    @cached_property
    def counts(self) -> Counter[Standing]:
        """Number of clips of each standing; they add up to ``len(rows)``."""
        return Counter(row.standing for row in self.rows)

    @property
    def files(self) -> int:
        """Files on the drives: those in clips and those that could not be read."""
        return sum(len(row.clip.files) for row in self.rows) + len(self.unreadable)

    def is_time_of_day(self, group: int | None) -> bool:
        """Return whether a group's clock is a time of day."""
        return group is not None and 0 <= group < len(self.time_of_day) and self.time_of_day[group]


def shoot_of(
    clips: Iterable[Clip],
    unreadable: Iterable[Unreadable],
    found: SyncMap,
    decided: SyncMap,
    decisions: Mapping[str, Decision],
    counting: tuple[FrameRate, bool] = (FALLBACK_RATE, False),
    before: Shoot | None = None,
) -> Shoot:
    """Return the snapshot of a project's parts.

    Args:
        clips: In the project's order.
        unreadable: Files that could not be used.
        found: What the last run says; a clip that it does not know waits for the next one.
        decided: The same with the decisions laid over it.
        decisions: By clip key.
        counting: Rate in which places are written, and whether drop-frame.
        before: The last snapshot; rows that did not change are taken from it.
    """
    known = {} if before is None else before.by_key
    rows = tuple(
        _row(clip, found, decided.by_clip.get(clip.key), decisions.get(clip.key), known.get(clip.key))
        for clip in clips
    )
    return Shoot(rows, tuple(unreadable), decided.findings, decided.time_of_day, *counting, decided.master)


def _row(
    clip: Clip, found: SyncMap, placement: Placement | None, decision: Decision | None, before: Row | None
) -> Row:
    if clip.key not in found.by_clip and decision is None:
        placement = None
    if before is not None and (before.clip, before.placement, before.decision) == (clip, placement, decision):
        return before
    clock = None if placement is None else placement.clock
    standing = standing_of(placement, decision)
    if clock is None:
        return Row(clip, placement, decision, standing)
    return Row(clip, placement, decision, standing, clock.start, clock.at(float(clip.duration)))


def first_in_need(rows: Sequence[Row]) -> list[str]:
    """Return the key of the clip to look at first: one for review, else the first that has a place."""
    review = [row.key for row in rows if row.standing is Standing.REVIEW]
    placed = [row.key for row in rows if row.start is not None]
    return (review or placed)[:1]
