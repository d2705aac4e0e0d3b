"""A project against a trusted timeline, as a stage: timelines of thousands of clips take a while to read."""

from pathlib import Path

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.export.comparison import Comparison, compared
from rushlock.export.delivery import Delivery
from rushlock.timeline.reading.any import timeline_rows

STAGE = "Comparing"


def comparison_with(timeline: Path, delivery: Delivery, token: CancelToken) -> Stage[Comparison]:
    """Read a timeline and compare a delivery with it.

    Raises:
        UsageError: The timeline cannot be read, or uses no file of the project.
    """
    yield Progress(STAGE, 0, 2, timeline.name, "steps")
    rows = timeline_rows(timeline)
    token.check()
    yield Progress(STAGE, 1, 2, timeline.name, "steps")
    comparison = compared(delivery, rows, timeline.name)
    if not any(clip.trusted is not None for clip in comparison.clips):
        reason = f": {comparison.unknown[0][1]}" if comparison.unknown else ""
        raise UsageError(f"{timeline.name} uses no file of this project{reason}")
    return comparison
