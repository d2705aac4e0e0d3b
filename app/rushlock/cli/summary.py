"""What a run found out, for people: the table, the reasons, the counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rushlock.cli.table import Column, table
from rushlock.cli.terminal import output_width
from rushlock.cli.text import clock_words, percent, printable
from rushlock.media.clip import Clip
from rushlock.placements.sync_map import Evidence, Placement, Status, SyncMap

if TYPE_CHECKING:
    from rushlock.export.delivery import Delivery

_COLUMNS = (
    Column("clip", shrinks=True),
    Column("camera", shrinks=True),
    Column("start", right=True),
    Column("drift ppm", right=True),
    Column("confidence", right=True),
    Column("status"),
)
_GROUP = Column("group", right=True)
_NEEDS_A_PERSON = (Status.REVIEW, Status.UNSYNCED)
_STATUS_WORDS = {
    Status.SYNCED: "synced",
    Status.REVIEW: "for review",
    Status.UNSYNCED: "unsynced",
    Status.MANUAL: "placed by hand",
    Status.LOCKED: "locked",
}

ExtraColumn = tuple[Column, dict[str, str]]
"""A further column of the table, and its texts by clip key."""


def placement_table(delivery: "Delivery", cells: int | None, extra: Sequence[ExtraColumn] = ()) -> str:
    """Return a row for every clip.

    Args:
        delivery: What a run found out.
        cells: Width to keep within; None: as wide as it comes.
        extra: Further columns.
    """
    sync_map = delivery.sync_map
    several = sync_map.groups > 1
    columns = [*_COLUMNS, *([_GROUP] if several else []), *(column for column, _ in extra)]
    rows = []
    for clip in delivery.placed_clips:
        placement = sync_map.by_clip[clip.key]
        row = _row(clip, placement, sync_map)
        if several:
            row.append("-" if placement.group is None else str(placement.group + 1))
        rows.append([*row, *(texts.get(clip.key, "-") for _, texts in extra)])
    return table(columns, rows, cells)


def _row(clip: Clip, placement: Placement, sync_map: SyncMap) -> list[str]:
    placed = placement.start is not None
    return [
        clip.name,
        clip.camera,
        start_words(placement, sync_map),
        f"{placement.drift_ppm:+.1f}" if placed else "-",
        percent(placement.confidence) if placed else "-",
        placement.status.value,
    ]


def start_words(placement: Placement, sync_map: SyncMap) -> str:
    """Return a placement's start as a time of day, or from its group's zero, or a dash."""
    if placement.start is None:
        return "-"
    days, group = sync_map.time_of_day, placement.group or 0
    return clock_words(placement.start, time_of_day=group < len(days) and days[group])


def reasons(delivery: "Delivery", *, verbose: bool) -> Iterator[str]:
    """Yield why clips need a person; verbose: the reason and the evidence of every clip."""
    for clip in delivery.placed_clips:
        placement = delivery.sync_map.by_clip[clip.key]
        if verbose or placement.status in _NEEDS_A_PERSON:
            name = f"{printable(clip.name)} ({printable(clip.camera)})"
            yield f"{name}: {_STATUS_WORDS[placement.status]}: {printable(placement.reason)}"
        if verbose:
            yield from (f"    {_evidence_words(evidence)}" for evidence in placement.evidence)


def _evidence_words(evidence: Evidence) -> str:
    use = "" if evidence.used else " [contradicts the rest, not used]"
    off = "" if evidence.offset is None else f", {evidence.residual * 1000:+.1f} ms from here"
    return f"{printable(evidence.words)}: {percent(evidence.probability)}{off}{use}"


def counts(delivery: "Delivery") -> str:
    """Return the line of counts: ``12 clips: 10 synced, 2 for review; 1 file could not be read``."""
    by_status = Counter(placement.status for placement in delivery.sync_map.placements)
    parts = [f"{by_status[status]} {words}" for status, words in _STATUS_WORDS.items() if by_status[status]]
    line = f"{_plural(len(delivery.placed_clips), 'clip')}: {', '.join(parts) or 'none'}"
    left_out = len(delivery.clips) - len(delivery.placed_clips)
    if left_out:
        line += f"; {_plural(left_out, 'clip')} left out by you"
    if delivery.unreadable:
        line += f"; {_plural(len(delivery.unreadable), 'file')} could not be read"
    return line


def _plural(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def notices(delivery: "Delivery") -> Iterator[str]:
    """Yield what was noticed about cameras, and the files that could not be read with their reasons."""
    for finding in delivery.sync_map.findings:
        yield f"note: {printable(finding.words)}"
    for file in delivery.unreadable:
        yield f"not read: {printable(str(file.path))}: {printable(file.reason)}"


def needs_a_person(delivery: "Delivery") -> bool:
    """Return whether a clip is left for review or unsynced, or a file could not be read."""
    statuses = {placement.status for placement in delivery.sync_map.placements}
    return bool(delivery.unreadable) or not statuses.isdisjoint(_NEEDS_A_PERSON)


def print_report(
    delivery: "Delivery", written: Sequence[Path], *, verbose: bool, extra: Sequence[ExtraColumn] = ()
) -> None:
    """Print the table, reasons, notices, counts, and where the files lie."""
    print(placement_table(delivery, output_width(), extra))
    for lines in (reasons(delivery, verbose=verbose), notices(delivery)):
        block = list(lines)
        if block:
            print("", *block, sep="\n")
    print("", counts(delivery), sep="\n")
    for path in written:
        print(f"wrote {printable(str(path))}")
