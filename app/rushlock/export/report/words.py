"""What the report says in words and numbers: statuses, confidences, times."""

from rushlock.export.table import TableRow
from rushlock.placements.sync_map import Status

STATUS_WORDS = {
    Status.SYNCED: "synced",
    Status.MANUAL: "placed by hand",
    Status.LOCKED: "locked",
    Status.REVIEW: "for review",
    Status.UNSYNCED: "unsynced",
}
STATUS_SIGNS = {
    Status.SYNCED: "✓",
    Status.MANUAL: "✎",
    Status.LOCKED: "■",
    Status.REVIEW: "?",
    Status.UNSYNCED: "✕",
}
_DASH = "–"


def percent(share: float) -> str:
    """Return a probability that never claims to be certain: 99.9 % at most, 0.1 % at least."""
    shown = min(max(share * 100, 0.1), 99.9)
    return f"{shown:.1f} %"


def start_words(row: TableRow) -> str:
    """Return a clip's start as timecode, or a dash where it has no place."""
    return _DASH if row.record is None else str(row.record)


def confidence_words(row: TableRow) -> str:
    """Return how sure a clip's place is, or a dash where it has none."""
    return _DASH if row.record is None else percent(row.placement.confidence)


def drift_words(row: TableRow) -> str:
    """Return a clip's drift in ppm, or a dash where it has no place."""
    return _DASH if row.record is None else f"{row.placement.drift_ppm:+.1f}"


def duration_words(seconds: float) -> str:
    """Return a length as hours, minutes and seconds."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes:02} min {rest:02} s"
    return f"{minutes} min {rest:02} s" if minutes else f"{seconds:.1f} s"


def milliseconds(seconds: float | None) -> str:
    """Return an error in milliseconds, from one second on in seconds, or a dash."""
    if seconds is None:
        return _DASH
    return f"{seconds * 1000:+.2f} ms" if abs(seconds) < 1 else f"{seconds:+.3f} s"
