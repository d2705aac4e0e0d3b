"""Which cameras were running at a moment, for looking at many at once."""

from rushlock.gui.considered import own_time
from rushlock.gui.shoot import Row, Shoot


def running(shoot: Shoot, group: int | None, seconds: float, first: list[Row], most: int) -> list[Row]:
    """Return the clips that run at a moment of a group's clock, one of each camera.

    Args:
        shoot: The shoot.
        group: Whose clock.
        seconds: Time on it.
        first: Clips that come first, whether or not they run.
        most: How many at most; clips with pictures are taken before those without.
    """
    found = list(first)
    cameras = {row.clip.camera for row in found}
    others = (row for row in shoot.rows if row.clip.camera not in cameras and _runs(row, group, seconds))
    for row in sorted(others, key=lambda row: (row.clip.picture is None, row.clip.camera.casefold())):
        if len(found) < most and row.clip.camera not in cameras:
            found.append(row)
            cameras.add(row.clip.camera)
    return found[:most]


def clip_time(row: Row, seconds: float) -> float | None:
    """Return a placed clip's own time at a moment of its group's clock, seconds; None without a place."""
    if row.placement is None or row.placement.clock is None:
        return None
    return own_time(row.placement.clock, seconds)


def _runs(row: Row, group: int | None, seconds: float) -> bool:
    if row.placement is None or row.start is None or row.end is None or row.placement.group != group:
        return False
    return row.start <= seconds < row.end
