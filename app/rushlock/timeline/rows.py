"""Events of one camera on rows on which none overlaps another, and none is shifted to make that so.

Clips of one camera never overlap in truth. On the timeline they may collide: by one frame, because each
start is rounded to its nearest frame; by what drift adds up to over the earlier event, whose speed is not
changed; by one frame more, the width within which a placement counts as right. In all these the earlier
event gives up its last frames and the later one stays where it belongs. Two events of one clip collide by
more where its clock steps back; there, too, the later one wins. Whatever collides by more contradicts the
rest and goes to a further row of the camera, whole and at its own place.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter

from rushlock.placements.sync_map import Status
from rushlock.timeline.events import Event

_ROUNDING_FRAMES = 1
_PLACEMENT_FRAMES = 1


def rows_without_overlap(events: Iterable[Event]) -> list[list[Event]]:
    """Return rows of events, each ordered by record frame.

    Doubtful clips come last, so that it is they who give way.

    Args:
        events: Of one camera.
    """
    rows: list[list[Event]] = []
    for event in sorted(events, key=lambda e: (e.placement.status is Status.REVIEW, e.record)):
        if not any(_inserted(row, event) for row in rows):
            rows.append([event])
    return rows


def _inserted(row: list[Event], event: Event) -> bool:
    """Put an event on a row, where it or its predecessor has to give up no more than a collision's frames."""
    at = bisect_right(row, event.record, key=attrgetter("record"))
    before, after = row[at - 1 : at], row[at : at + 1]
    if before and not _may_follow(before[0], event):
        return False
    if after and not _may_follow(event, after[0]):
        return False
    row[at - 1 : at] = [_cut_short(previous, event) for previous in before]
    row.insert(at, _cut_short(event, after[0]) if after else event)
    return True


def _may_follow(earlier: Event, later: Event) -> bool:
    overlap = earlier.end - later.record
    return overlap <= 0 or (overlap < earlier.frames and overlap <= _forgiven(earlier, later))


def _forgiven(earlier: Event, later: Event) -> int:
    """Return by how many frames two events may collide before they contradict each other."""
    if earlier.clip.key == later.clip.key:
        return earlier.frames
    drifted = math.ceil(earlier.frames * abs(earlier.placement.rate - 1))
    return _ROUNDING_FRAMES + _PLACEMENT_FRAMES + drifted


def _cut_short(earlier: Event, later: Event) -> Event:
    return earlier.trimmed(max(0, earlier.end - later.record))
