"""Whichever timeline it is."""

from collections.abc import Callable
from pathlib import Path

from rushlock.base.errors import UsageError
from rushlock.timeline.read import TimelineRow, timeline_file
from rushlock.timeline.reading.fcp7 import fcp7_rows
from rushlock.timeline.reading.fcpxml import fcpxml_rows

READERS: dict[str, Callable[[Path], tuple[TimelineRow, ...]]] = {
    ".otio": timeline_file,
    ".xml": fcp7_rows,
    ".fcpxml": fcpxml_rows,
    ".fcpxmld": fcpxml_rows,
}


def timeline_rows(path: Path) -> tuple[TimelineRow, ...]:
    """Return the clips of a timeline that another program, or Rushlock, wrote.

    Raises:
        UsageError: It cannot be read, or is of a kind that Rushlock does not read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path.name}: Rushlock reads {', '.join(READERS)}")
    return reader(path)
