"""Whether recordings overlap by their own clocks, which one camera's cannot.

Only clear overlaps count. Timecode that starts over with every clip, or is preset, makes all clips seem to
overlap: equal starts prove nothing, and where creation times say otherwise they are believed.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction

from rushlock.media.chapters import Recording

_CLEAR_S = Fraction(1)
_CREATED_CLEAR_S = 5.0
"""Creation times are whole seconds, and some cameras stamp a clip when it ends."""

_LOOK_BACK = 50
"""Clips before in order of time that may still run when another begins; far more than any camera has."""


def lanes(
    members: Sequence[int], recordings: Sequence[Recording], *, dates_suffice: bool = False
) -> list[list[int]]:
    """Return recordings spread over as few lanes as hold no clear overlap, in order of time.

    Args:
        members: Places in the sequence.
        recordings: All recordings.
        dates_suffice: Whether creation times alone prove it. Exports of one camera's clips are created
            all at once, so where folders already tell cameras apart they do not.
    """
    result: list[list[int]] = []
    for number in sorted(members, key=lambda n: _sortable(recordings[n])):
        for lane in result:
            if not any(_clash(recordings[m], recordings[number], dates_suffice) for m in lane[-_LOOK_BACK:]):
                lane.append(number)
                break
        else:
            result.append([number])
    return [sorted(lane) for lane in result]


def _clash(first: Recording, second: Recording, dates_suffice: bool) -> bool:
    by_timecode, by_creation = _timecode_overlap(first, second), _creation_overlap(first, second)
    if by_timecode is None:
        return dates_suffice and by_creation is True
    return by_timecode and by_creation is not False


def _timecode_overlap(first: Recording, second: Recording) -> bool | None:
    a, b = first[0].day_seconds, second[0].day_seconds
    if a is None or b is None or abs(a - b) <= _CLEAR_S:
        return None
    return min(a + _length(first), b + _length(second)) - max(a, b) > _CLEAR_S


def _creation_overlap(first: Recording, second: Recording) -> bool | None:
    a, b = first[0].created, second[0].created
    if a is None or b is None or (a.tzinfo is None) != (b.tzinfo is None):
        return None
    later = (b - a).total_seconds()
    running = float(_length(first) if later >= 0 else _length(second))
    return running - abs(later) > _CREATED_CLEAR_S and abs(later) > 0.0


def _length(recording: Recording) -> Fraction:
    return sum((file.duration for file in recording), Fraction(0))


def _sortable(recording: Recording) -> tuple[float, float]:
    first = recording[0]
    day = float(first.day_seconds) if first.day_seconds is not None else 0.0
    return instant(first.created), day


def instant(moment: datetime | None) -> float:
    """Return a creation time as a number that sorts, clocks without a zone taken for UTC; 0 if unknown."""
    if moment is None:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
