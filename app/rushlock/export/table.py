"""The sync map as rows of a table: what lists, spreadsheets and reports show of each clip."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.export.delivery import Delivery
from rushlock.media.clip import Clip
from rushlock.placements.sync_map import Placement, Status


@dataclass(frozen=True, slots=True)
class TableRow:
    """One clip.

    Attributes:
        clip: The clip itself.
        placement: What is believed of it.
        record: Its start as timecode of the timeline; a time of day where one is known. None where unplaced.
        error: Seconds by which its start is off the truth; None where either is unknown.
    """

    clip: Clip
    placement: Placement
    record: Timecode | None
    error: float | None

    @property
    def status(self) -> Status:
        """What is to be done about the clip."""
        return self.placement.status


def table_rows(delivery: Delivery) -> tuple[TableRow, ...]:
    """Return a row for every clip that the sync map mentions, in the order of the clips."""
    rate, errors = delivery.timeline_rate, start_errors(delivery)
    by_clip = delivery.sync_map.by_clip
    return tuple(
        TableRow(clip, by_clip[clip.key], _record(by_clip[clip.key], delivery, rate), errors.get(clip.key))
        for clip in delivery.placed_clips
    )


def _record(placement: Placement, delivery: Delivery, rate: FrameRate) -> Timecode | None:
    if placement.start is None:
        return None
    record = Timecode(rate.frame_at(placement.start), rate, delivery.drop)
    days = delivery.sync_map.time_of_day
    group = placement.group or 0
    return record.wrapped() if group < len(days) and days[group] else record


def start_errors(delivery: Delivery) -> dict[str, float]:
    """Return how far each placed clip is off the truth, in seconds, by clip key.

    The truth's clock and a group's clock may differ by a constant, which says nothing about sync: the
    median difference of the group is taken out.
    """
    truth = delivery.truth or {}
    by_group: defaultdict[int | None, dict[str, float]] = defaultdict(dict)
    for placement in delivery.sync_map.placements:
        if placement.start is not None and placement.clip in truth:
            by_group[placement.group][placement.clip] = placement.start - truth[placement.clip]
    return {
        clip: difference - median(group.values())
        for group in by_group.values()
        for clip, difference in group.items()
    }
