"""A sync map against a timeline that somebody trusts: what lies as it does there, what does not, what lacks.

For every row of the trusted timeline: which instant of which clip does it show at its first frame, and where
does the sync map put that instant? So trimmed clips, clips cut in several pieces, drift and clock steps
compare rightly. Of several rows of one clip the one that differs most speaks for it.

The zero of a timeline says nothing about sync. What is common to a group, the lower median of its clips'
differences, is taken out and reported as the group's shift. A clip that is alone in its group then agrees by
construction, and is therefore called alone instead of right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import PurePath
from statistics import median_low

from rushlock.base.rate import FrameRate
from rushlock.export.delivery import Delivery
from rushlock.export.same_file import Known, KnownFiles
from rushlock.media.clip import Clip
from rushlock.placements.sync_map import Placement
from rushlock.timeline.read import TimelineRow
from rushlock.timeline.source import source_of

FRAMES_ALLOWED = 1
"""So many frames of the timeline a clip may lie off and still count as right."""

_ROUNDING_S = 1e-6
"""Starts and some timelines' times are doubles: exactly a frame off is not more than a frame off."""


class Verdict(StrEnum):
    """How a clip compares."""

    WRONG = "wrong"
    MISSING = "missing"
    ALONE = "alone"
    EXTRA = "extra"
    LEFT_OUT = "left out"
    RIGHT = "right"


BAD = frozenset({Verdict.WRONG, Verdict.MISSING})


@dataclass(frozen=True, slots=True)
class ComparedClip:
    """One clip of the project.

    Attributes:
        clip: The clip itself.
        placement: What is believed of it; None where the user excluded it.
        verdict: ``wrong``: more than a frame off; ``missing``: only the trusted timeline places it;
            ``extra``: only the sync map does; ``alone``: no other clip of its group can be compared;
            ``left out``: neither places it, or the user excluded it.
        trusted: Where its first instant lies on the trusted timeline's clock, seconds; None where unknown.
        difference: Seconds by which the sync map has it later, the group's shift taken out; None where one
            of the two does not place it.
    """

    clip: Clip
    placement: Placement | None
    verdict: Verdict
    trusted: Fraction | None = None
    difference: float | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """How much later a group's clock is than the trusted timeline's, in seconds, by how many clips."""

    group: int
    seconds: float
    clips: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that was compared.

    Attributes:
        name: Of the trusted timeline.
        rate: In whose frames differences are counted.
        clips: Every clip of the project, in its order.
        shifts: What was taken out, for each group that has clips in both.
        unknown: Media of the trusted timeline that are not in the project, with the reason.
    """

    name: str
    rate: FrameRate
    clips: tuple[ComparedClip, ...]
    shifts: tuple[Shift, ...]
    unknown: tuple[tuple[PurePath, str], ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Return how many clips have a verdict."""
        return sum(clip.verdict is verdict for clip in self.clips)

    @property
    def agrees(self) -> bool:
        """Whether no clip is wrong or missing."""
        return not any(clip.verdict in BAD for clip in self.clips)

    def frames(self, clip: ComparedClip) -> float | None:
        """Return a clip's difference in frames."""
        return None if clip.difference is None else clip.difference * float(self.rate.fps)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A clip on the trusted timeline: where its first instant lies there, and how much later it is here."""

    trusted: Fraction
    later: float | None


def compared(delivery: Delivery, trusted: Sequence[TimelineRow], name: str = "") -> Comparison:
    """Compare what is handed out with a trusted timeline.

    Args:
        delivery: Its sync map is compared, whatever the policy.
        trusted: Rows of the timeline; those without a place are as if they were not there.
        name: Of the trusted timeline.
    """
    seen, unknown = _seen(delivery, [row for row in trusted if row.synced and row.path is not None])
    shifts = _shifts(delivery, seen)
    clips = tuple(_judged(clip, delivery, seen.get(clip.key, ()), shifts) for clip in delivery.clips)
    return Comparison(name, delivery.timeline_rate, clips, tuple(shifts.values()), unknown)


def _seen(
    delivery: Delivery, rows: Iterable[TimelineRow]
) -> tuple[dict[str, list[_Seen]], tuple[tuple[PurePath, str], ...]]:
    """Return what rows show of each clip, by key, and the media that are no clip's."""
    files = KnownFiles(delivery.clips)
    seen: defaultdict[str, list[_Seen]] = defaultdict(list)
    unknown: dict[PurePath, str] = {}
    for row in rows:
        known = files.found(row)
        if isinstance(known, Known):
            seen[known.clip.key].append(_shown(row, known, delivery.sync_map.by_clip.get(known.clip.key)))
        elif row.path is not None:
            unknown.setdefault(row.path, known)
    return seen, tuple(unknown.items())


def _shown(row: TimelineRow, known: Known, placement: Placement | None) -> _Seen:
    """Return where a row puts a clip's beginning, and how much later its first frame is by the sync map."""
    source = source_of(known.clip.files[known.chapter])
    first = row.media.start if row.media is not None else source.timecode
    into = row.source.rate.seconds_of(row.source.frames) - first.rate.seconds_of(first.frames)
    instant = known.clip.chapter_starts()[known.chapter] + source.lead + into
    clock = None if placement is None else placement.clock
    later = None if clock is None else float(Fraction(clock.at(float(instant))) - row.start)
    return _Seen(row.start - instant, later)


def _shifts(delivery: Delivery, seen: dict[str, list[_Seen]]) -> dict[int, Shift]:
    """Return what is common to the clips of each group."""
    groups: defaultdict[int, list[float]] = defaultdict(list)
    for placement in delivery.sync_map.placements:
        later = list(_differences(seen.get(placement.clip, ())))
        if later:
            groups[placement.group or 0].append(median_low(later))
    return {group: Shift(group, median_low(later), len(later)) for group, later in sorted(groups.items())}


def _differences(seen: Iterable[_Seen]) -> Iterator[float]:
    return (each.later for each in seen if each.later is not None)


def _judged(clip: Clip, delivery: Delivery, seen: Sequence[_Seen], shifts: dict[int, Shift]) -> ComparedClip:
    placement = delivery.sync_map.by_clip.get(clip.key)
    trusted = seen[0].trusted if seen else None
    if placement is None or (placement.clock is None and not seen):
        return ComparedClip(clip, placement, Verdict.LEFT_OUT, trusted)
    if placement.clock is None:
        return ComparedClip(clip, placement, Verdict.MISSING, trusted)
    if not seen:
        return ComparedClip(clip, placement, Verdict.EXTRA)
    shift = shifts[placement.group or 0]
    difference = max((later - shift.seconds for later in _differences(seen)), key=abs)
    allowed = FRAMES_ALLOWED * float(delivery.timeline_rate.frame_seconds) + _ROUNDING_S
    verdict = Verdict.RIGHT if abs(difference) <= allowed else Verdict.WRONG
    return ComparedClip(clip, placement, Verdict.ALONE if shift.clips == 1 else verdict, trusted, difference)
