"""How late each clip's own sound is, told by the company it is in: the strongest evidence in a shoot.

Two cameras that recorded the same moments are tied twice: by what they hear and by what they see. Each tie
says how much later one started than the other; where the two answers differ, picture and sound of one of the
two do not belong together, and the difference *is* how much. Every pair gives such a difference; by robust
least squares over all of them each clip has its lag, up to one number for all that hang together: differences
cannot tell one late camera from many early ones. That number is chosen so that as many cameras as possible
are in step, weighed with what the clips' own onsets say; its chance is the chance of the answer.

Cameras count for that, not clips: what delays one clip of a camera delays its others.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from rushlock.offsets.av_offset import FRAME_S, AvEvidence, AvOffset, Verdict, lag_words
from rushlock.placements.least_squares import Problem, Row
from rushlock.placements.sync_map import Finding, Placement, Status, SyncMap

KIND = "own sound"
"""Kind of findings about cameras whose own sound is off."""

_SAID = "; its own sound is "
_IN_STEP = 0.9
"""Chance beforehand that a camera's own sound is in step."""

_SAME_S = 1.25 * FRAME_S
_BREAKS_S = FRAME_S / 2
_LOOSE_S = 10.0
_GAUGE_S = 0.008  # where the others' microphones stood


@dataclass(frozen=True, slots=True)
class DoubleTie:
    """Two clips tied by sound and by picture.

    Attributes:
        one, other: Keys of the clips.
        seconds: By how much more the sound of ``one`` is late than that of ``other``.
        error: Standard error.
        chance: That both ties are right.
    """

    one: str
    other: str
    seconds: float
    error: float
    chance: float


def shoot_evidence(
    ties: Sequence[DoubleTie], cameras: Mapping[str, str], told: Mapping[str, AvEvidence]
) -> dict[str, AvEvidence]:
    """Return what the whole shoot says of each clip that is tied twice to others.

    Args:
        ties: Of any pairs.
        cameras: Clip key to camera.
        told: What clips' own onsets say, by clip key.
    """
    found: dict[str, AvEvidence] = {}
    for members in _together(ties):
        own = [t for t in ties if t.one in members]
        found |= _solved(own, sorted(members), cameras, told)
    return found


def _together(ties: Sequence[DoubleTie]) -> list[set[str]]:
    """Return the sets of clips that hang together."""
    sets: list[set[str]] = []
    for tie in ties:
        touched = [s for s in sets if tie.one in s or tie.other in s]
        sets = [s for s in sets if s not in touched]
        sets.append({tie.one, tie.other}.union(*touched))
    return sets


def _solved(
    ties: Sequence[DoubleTie], keys: Sequence[str], cameras: Mapping[str, str], told: Mapping[str, AvEvidence]
) -> dict[str, AvEvidence]:
    column = {key: number for number, key in enumerate(keys)}
    rows = [
        Row((column[t.one], column[t.other]), (1.0, -1.0), t.seconds, t.error / math.sqrt(t.chance), n)
        for n, t in enumerate(ties)
    ]
    rows += [Row((n,), (1.0,), 0.0, _LOOSE_S) for n in range(len(keys))]
    problem = Problem(rows, len(keys))
    lags, _ = problem.solve(np.ones(len(ties), np.bool_))
    apart = np.abs(problem.residuals(lags)[: len(ties)])
    holding = [t for t, off in zip(ties, apart, strict=True) if off <= max(_BREAKS_S, 3 * t.error)]
    by_clip = {key: float(lags[column[key]]) for key in keys}
    shifts = _Shifts(by_clip, cameras, told)
    found = {}
    for key in keys:
        mine = [t for t in holding if key in (t.one, t.other)]
        if mine:
            shift, chance = shifts.best(key)
            found[key] = _evidence(by_clip[key] + shift, chance, mine, key, cameras)
    return found


def _evidence(
    seconds: float, shift_chance: float, mine: Sequence[DoubleTie], key: str, cameras: Mapping[str, str]
) -> AvEvidence:
    tied = 1 - math.prod(1 - t.chance for t in mine)
    others = {cameras[t.other if t.one == key else t.one] for t in mine}
    error = math.hypot(min(t.error for t in mine), _GAUGE_S)
    names = ", ".join(sorted(others)[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    words = f"against {names}: what is heard and what is seen lie {lag_words(seconds)} apart"
    return AvEvidence("shoot", seconds, error, shift_chance * tied, words)


class _Shifts:
    """What may be added to all lags of clips that hang together, and how likely each is."""

    def __init__(
        self, lags: Mapping[str, float], cameras: Mapping[str, str], told: Mapping[str, AvEvidence]
    ) -> None:
        self._lags = lags
        self._told = {key: e for key, e in told.items() if key in lags and e.chance > 1 / 2}
        by_camera: dict[str, list[float]] = {}
        for key, lag in lags.items():
            by_camera.setdefault(cameras[key], []).append(lag)
        self._cameras = [median(own) for own in by_camera.values()]
        in_step = [-lag for lag in self._cameras]
        by_onsets = [e.seconds - lags[key] for key, e in self._told.items()]
        self.shifts = _bunches([*in_step, *by_onsets])
        self._totals = [
            self._by_cameras(s) + sum(self._by_onsets(k, s) for k in self._told) for s in self.shifts
        ]

    def _by_cameras(self, shift: float) -> float:
        near = sum(abs(lag + shift) <= _SAME_S for lag in self._cameras)
        return near * math.log(_IN_STEP) + (len(self._cameras) - near) * math.log(1 - _IN_STEP)

    def _by_onsets(self, key: str, shift: float) -> float:
        told = self._told.get(key)
        if told is None:
            return 0.0
        odds = math.log(told.chance / (1 - told.chance))
        return odds / 2 if self._agrees(key, shift) else -odds / 2

    def _agrees(self, key: str, shift: float) -> bool:
        return abs(self._lags[key] + shift - self._told[key].seconds) <= _SAME_S

    def best(self, key: str) -> tuple[float, float]:
        """Return the likeliest shift and its chance, without what the clip's own onsets say."""
        totals = [t - self._by_onsets(key, s) for t, s in zip(self._totals, self.shifts, strict=True)]
        most = max(totals)
        weights = [math.exp(t - most) for t in totals]
        top = totals.index(most)
        return self._settled(self.shifts[top], key), weights[top] / sum(weights)

    def _settled(self, shift: float, key: str) -> float:
        """Return a shift as exactly as cameras in step and other clips' onsets tell it together."""
        told = [-lag for lag in self._cameras if abs(lag + shift) <= _SAME_S]
        told += [
            e.seconds - self._lags[k] for k, e in self._told.items() if k != key and self._agrees(k, shift)
        ]
        return sum(told) / len(told) if told else shift


def _bunches(shifts: Sequence[float]) -> list[float]:
    """Return the middle of each bunch of values that may be one and the same, the fullest first."""
    found = []
    left = np.sort(np.array(shifts, np.float64))
    while left.size:
        ends = np.searchsorted(left, left + _SAME_S, side="right")
        first = int(np.argmax(ends - np.arange(left.size)))
        found.append(float(np.median(left[first : ends[first]])))
        left = np.delete(left, np.s_[first : ends[first]])
    return found


def with_own_sound(sync_map: SyncMap, told: Mapping[str, AvOffset], cameras: Mapping[str, str]) -> SyncMap:
    """Return a sync map that says of each clip how late its own sound is.

    A clip whose sound is off, but not so surely that an export may put it right, is for review.

    Args:
        sync_map: As placed.
        told: By clip key; what is said of others stays.
        cameras: Clip key to camera.
    """
    placements = tuple(_told(p, told.get(p.clip)) for p in sync_map.placements)
    findings = tuple(f for f in sync_map.findings if f.kind != KIND) if told else sync_map.findings
    return replace(sync_map, placements=placements, findings=(*findings, *_findings(told, cameras)))


def _told(placement: Placement, told: AvOffset | None) -> Placement:
    if told is None:
        return placement
    placement = replace(placement, own_sound=told, reason=placement.reason.partition(_SAID)[0])
    if not told.off or placement.status not in (Status.SYNCED, Status.REVIEW):
        return placement
    status = placement.status if told.sure else Status.REVIEW
    return replace(placement, status=status, reason=f"{placement.reason}; {off_words(told)}")


def off_words(told: AvOffset) -> str:
    """Return the reason for looking at a clip whose own sound is off: "its own sound is 83 ms late"."""
    return f"{_SAID.removeprefix('; ')}{lag_words(told.seconds)} {told.verdict.value}"


def camera_words(told: Sequence[AvOffset]) -> str:
    """Return what is said of one camera's clips together: "in sync", "83 ms late in 2 of 3 clips"."""
    known = [t for t in told if t.verdict is not Verdict.UNKNOWN]
    off = [t for t in known if t.off]
    if not off:
        return Verdict.IN_SYNC.value if known else Verdict.UNKNOWN.value
    usual = _usual(off)
    side = Verdict.LATE if usual > 0 else Verdict.EARLY
    return (
        f"{lag_words(usual)} {side.value} in {len(off)} of {len(known)} clip{'' if len(known) == 1 else 's'}"
    )


def _findings(told: Mapping[str, AvOffset], cameras: Mapping[str, str]) -> list[Finding]:
    """Return one line for each camera of which any clip is off."""
    by_camera: dict[str, list[AvOffset]] = {}
    for key, offset in told.items():
        by_camera.setdefault(cameras[key], []).append(offset)
    return [
        Finding(camera, KIND, f"{camera}: its own sound is {camera_words(clips)}", _usual(clips))
        for camera, clips in sorted(by_camera.items())
        if any(clip.off for clip in clips)
    ]


def _usual(told: Sequence[AvOffset]) -> float:
    """Return the middle of the seconds by which clips are off."""
    return median(t.seconds for t in told if t.off)
