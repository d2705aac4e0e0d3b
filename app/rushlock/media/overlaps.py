"""Whether recordings overlap by their own clocks, which one camera's cannot.

Only clear overlaps count. Timecode that starts over with every clip, or is preset, makes all clips seem to
overlap: equal starts prove nothing, and where creation times say otherwise they are believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rushlock.media.chapters import Recording

_CLEAR_S = 1.0
_CREATED_CLEAR_S = 5.0
"""Creation times are whole seconds, and some cameras stamp a clip when it ends."""

_LOOK_BACK = 50
"""Clips before in order of time that may still run when another begins; far more than any camera has."""


@dataclass(frozen=True, slots=True)
class _Span:
    """When a recording ran by its own clocks, in seconds; a thousandth more or less proves nothing here."""

    length: float
    day: float | None
    created: float | None
    zoned: bool


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
    spans = {number: _span(recordings[number]) for number in members}
    result: list[list[int]] = []
    for number in sorted(members, key=lambda n: (spans[n].created or 0.0, spans[n].day or 0.0)):
        for lane in result:
            if not any(_clash(spans[m], spans[number], dates_suffice) for m in lane[-_LOOK_BACK:]):
                lane.append(number)
                break
        else:
            result.append([number])
    return [sorted(lane) for lane in result]


def instant(moment: datetime | None) -> float:
    """Return a creation time as a number that sorts, clocks without a zone taken for UTC; 0 if unknown."""
    if moment is None:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _span(recording: Recording) -> _Span:
    first = recording[0]
    return _Span(
        length=sum(float(file.duration) for file in recording),
        day=None if first.day_seconds is None else float(first.day_seconds),
        created=None if first.created is None else instant(first.created),
        zoned=first.created is not None and first.created.tzinfo is not None,
    )


def _clash(first: _Span, second: _Span, dates_suffice: bool) -> bool:
    by_timecode = _timecode_overlap(first, second)
    if by_timecode is None:
        return dates_suffice and _creation_overlap(first, second) is True
    return by_timecode and _creation_overlap(first, second) is not False


def _timecode_overlap(first: _Span, second: _Span) -> bool | None:
    a, b = first.day, second.day
    if a is None or b is None or abs(a - b) <= _CLEAR_S:
        return None
    return min(a + first.length, b + second.length) - max(a, b) > _CLEAR_S


def _creation_overlap(first: _Span, second: _Span) -> bool | None:
    """Return whether creation times overlap; None if unknown or of different kinds of clock.

    Equal times prove nothing: copying and exporting stamp many files at once.
    """
    a, b = first.created, second.created
    if a is None or b is None or a == b or first.zoned != second.zoned:
        return None
    later = b - a
    running = first.length if later >= 0 else second.length
    return running - abs(later) > _CREATED_CLEAR_S
