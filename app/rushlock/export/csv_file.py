"""A table for spreadsheets: one line per clip."""

import csv
import io

from rushlock.export.delivery import Delivery
from rushlock.export.dialect import Dialect, as_text
from rushlock.export.table import TableRow, table_rows
from rushlock.timeline.channels import channels_of

_COLUMNS = (
    "clip",
    "camera",
    "start_seconds",
    "start_timecode",
    "source_timecode",
    "duration_seconds",
    "drift_ppm",
    "confidence",
    "status",
    "group",
    "reason",
    "reel",
    "rate",
    "channels",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(delivery: Delivery) -> str:
    """Return the table as comma-separated values (RFC 4180); an error column only where a truth is known."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    known = delivery.truth is not None
    writer.writerow([*_COLUMNS, "error_ms"] if known else _COLUMNS)
    for row in table_rows(delivery):
        cells = _cells(row)
        writer.writerow([*cells, _milliseconds(row.error)] if known else cells)
    return text.getvalue()


def _cells(row: TableRow) -> list[str]:
    clip, placement = row.clip, row.placement
    placed = placement.start is not None
    return [
        _harmless(clip.given or str(clip.path)),
        _harmless(clip.camera),
        f"{placement.start:.6f}" if placement.start is not None else "",
        str(row.record) if row.record is not None else "",
        str(clip.timecode) if clip.timecode is not None else "",
        f"{float(clip.duration):.6f}",
        f"{placement.drift_ppm:.3f}" if placed else "",
        f"{placement.confidence:.4f}",
        placement.status.value,
        "" if placement.group is None else str(placement.group + 1),
        _harmless(placement.reason),
        _harmless(clip.files[0].reel),
        "" if clip.rate is None else str(clip.rate),
        str(len(channels_of(clip.files[0]))),
    ]


def _milliseconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:.3f}"


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: file names come from anybody's card."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


DIALECT = Dialect(
    name="Table",
    suffix=".csv",
    readers="spreadsheets",
    carries="one line per clip: start, timecode, drift, confidence, status, reason, reel, rate, channels",
    loses="evidence, steps of a clip's clock, media of further chapters",
    writer=as_text(render),
)
write = DIALECT.write
