"""What a run found out, for people: the table, the reasons, the counts."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rushlock.cli.table import Column, table
from rushlock.cli.text import clock_words, percent, printable
from rushlock.media.clip import Clip, Unreadable
from rushlock.pipeline.request import SyncResult
from rushlock.placements.sync_map import Evidence, Placement, Status, SyncMap

_COLUMNS = (
    Column("clip", shrinks=True),
    Column("camera", shrinks=True),
    Column("start", right=True),
    Column("drift ppm", right=True),
    Column("confidence", right=True),
    Column("status"),
)
_NEEDS_A_PERSON = (Status.REVIEW, Status.UNSYNCED)


def placement_table(result: SyncResult, cells: int | None, extra: Sequence[tuple[Column, dict[str, str]]] = ()) -> str:
    """Return a row for every clip.

    Args:
        result: What a run found out.
        cells: Width to keep within; None: as wide as it comes.
        extra: Further columns, each with its texts by clip key.
    """
    sync_map = result.sync_map
    several = sync_map.groups > 1
    columns = [*_COLUMNS, *([Column("group", right=True)] if several else []), *(column for column, _ in extra)]
    rows = []
    for clip in result.clips:
        placement = sync_map.by_clip[clip.key]
        row = _row(clip, placement, sync_map)
        if several:
            row.append("-" if placement.group is None else str(placement.group + 1))
        rows.append([*row, *(texts.get(clip.key, "") for _, texts in extra)])
    return table(columns, rows, cells)


def _row(clip: Clip, placement: Placement, sync_map: SyncMap) -> list[str]:
    placed = placement.start is not None
    return [
        clip.name,
        clip.camera,
        start_words(placement, sync_map),
        f"{placement.drift_ppm:+.1f}" if placed else "-",
        percent(placement.confidence),
        placement.status.value,
    ]


def start_words(placement: Placement, sync_map: SyncMap) -> str:
    """Return a placement's start as a time of day, or from its group's zero, or a dash."""
    if placement.start is None:
        return "-"
    known = placement.group is not None and placement.group < len(sync_map.time_of_day)
    return clock_words(placement.start, time_of_day=known and sync_map.time_of_day[placement.group or 0])


def reasons(result: SyncResult, *, all_clips: bool) -> Iterator[str]:
    """Yield lines on the clips that need a person, or on all clips with their evidence."""
    for clip in result.clips:
        placement = result.sync_map.by_clip[clip.key]
        if all_clips or placement.status in _NEEDS_A_PERSON:
            yield f"{printable(clip.name)} ({printable(clip.camera)}): {placement.status}: {printable(placement.reason)}"
        if all_clips:
            yield from (f"    {_evidence_words(evidence)}" for evidence in placement.evidence)


def _evidence_words(evidence: Evidence) -> str:
    use = "" if evidence.used else "  [thrown out: contradicts the rest]"
    off = "" if evidence.offset is None else f", {evidence.residual * 1000:+.1f} ms from here"
    return f"{printable(evidence.words)}: {percent(evidence.probability)}{off}{use}"


def counts(result: SyncResult) -> str:
    """Return the line of counts: ``12 clips: 10 synced, 2 for review; 1 file could not be read``."""
    by_status = Counter(p.status for p in result.sync_map.placements)
    parts = [f"{by_status[s]} {_STATUS_WORDS[s]}" for s in Status if by_status[s]]
    clips = len(result.clips)
    line = f"{clips} clip{'' if clips == 1 else 's'}: {', '.join(parts) or 'none'}"
    if result.unreadable:
        files = len(result.unreadable)
        line += f"; {files} file{'' if files == 1 else 's'} could not be read"
    return line


_STATUS_WORDS = {
    Status.SYNCED: "synced",
    Status.REVIEW: "for review",
    Status.UNSYNCED: "unsynced",
    Status.MANUAL: "placed by hand",
    Status.LOCKED: "locked",
}


def notices(result: SyncResult) -> Iterator[str]:
    """Yield what was noticed about cameras, and the files that could not be read with their reasons."""
    yield from (f"note: {printable(finding.words)}" for finding in result.sync_map.findings)
    yield from (unreadable_words(file) for file in result.unreadable)


def unreadable_words(file: Unreadable) -> str:
    """Return one line on a file that could not be used."""
    return f"not read: {printable(str(file.path))}: {printable(file.reason)}"


def needs_a_person(result: SyncResult) -> bool:
    """Return whether a clip is left for review or unsynced, or a file could not be read."""
    statuses = {p.status for p in result.sync_map.placements}
    return bool(result.unreadable) or not statuses.isdisjoint(_NEEDS_A_PERSON)
