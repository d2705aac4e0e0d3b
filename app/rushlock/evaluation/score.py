"""Compares a sync map with the truth.

A group's clock is its own: where its zero lies and how fast it runs against true time cannot be known from
sound. So the truth is brought onto each group's clock first, with one rate (the master's; of six clips and
more the one on which they agree, no device's clock being better than another's) and one shift (the one on
which most placed clips agree within a frame, refined by their median). Errors are given twice: against the
true start, and against the start less the sound's travel time to that microphone, which is where perfect
ears would place the clip. A placement is *wrong* if, by the latter, the clip's beginning or end is off by
more than a frame of 1/25 s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rushlock.base.clock import PPM
from rushlock.evaluation.calibration_figures import ReliabilityPoint, auroc, brier, reliability
from rushlock.evaluation.rulers import FRAME, SETTLED, Ruler, rulers
from rushlock.evaluation.score_table import quantile, rows, share
from rushlock.evaluation.truth import ClipTruth, Truth
from rushlock.media.clip import Clip
from rushlock.pipeline.request import SyncResult
from rushlock.placements.sync_map import Placement, Status

LONG_CLIP = 300.0
"""Seconds from which on a clip's drift is worth judging on its own."""

_AMBIGUOUS_WORDS = "equally good"


class Verdict(StrEnum):
    """What became of one clip."""

    RIGHT = "right"
    WRONG = "wrong"
    LEFT_OUT = "left out"
    AMBIGUOUS = "said to be ambiguous"
    KEPT_OUT = "kept out"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class ClipScore:
    """One clip against its truth.

    Errors are in seconds, None where the clip has no place or is what the others are measured against.

    Attributes:
        path: Below the shoot's folder.
        camera: Of the clip.
        status: As the sync map has it.
        confidence: As the sync map has it.
        reason: As the sync map has it.
        verdict: What became of it.
        overlaps: Whether it can be placed by sound at all.
        error: Of the start.
        heard_error: Of the start, travel time taken out.
        worst: Larger of the heard errors at the clip's beginning and end, absolute.
        drift_error: In ppm.
        seconds: Length.
        frames_per_second: Of its picture, 25 for sound.
        settled: Whether it counts as placed, not merely offered for review.
    """

    path: str
    camera: str
    status: str
    confidence: float
    reason: str
    verdict: Verdict
    overlaps: bool
    error: float | None = None
    heard_error: float | None = None
    worst: float | None = None
    drift_error: float | None = None
    seconds: float = 0.0
    frames_per_second: float = 25.0
    settled: bool = False

    @property
    def frames(self) -> float | None:
        """Heard error in frames of the clip's own rate."""
        return None if self.heard_error is None else self.heard_error * self.frames_per_second

    @property
    def within_a_frame(self) -> bool:
        """Whether it has a place, and it is the right one."""
        return self.worst is not None and self.worst <= FRAME


@dataclass(frozen=True)
class Score:
    """One or many shoots against their truth."""

    clips: tuple[ClipScore, ...]
    shoots: tuple[str, ...] = ()

    @property
    def placed(self) -> tuple[ClipScore, ...]:
        """Clips that were placed for good."""
        return tuple(clip for clip in self.clips if clip.settled)

    @property
    def wrong(self) -> tuple[ClipScore, ...]:
        """Placed clips that lie wrongly."""
        return tuple(clip for clip in self.clips if clip.verdict is Verdict.WRONG)

    @property
    def wrong_in_review(self) -> tuple[ClipScore, ...]:
        """Clips offered for review at a wrong place."""
        return tuple(
            c for c in self.clips if c.status == Status.REVIEW and c.worst is not None and c.worst > FRAME
        )

    @property
    def left_out(self) -> tuple[ClipScore, ...]:
        """Clips that overlap others and were not placed, nor said to be ambiguous."""
        return self._with(Verdict.LEFT_OUT)

    @property
    def ambiguous(self) -> tuple[ClipScore, ...]:
        """Clips that were not placed because they fit several places."""
        return self._with(Verdict.AMBIGUOUS)

    @property
    def strays(self) -> tuple[ClipScore, ...]:
        """Clips that overlap nothing."""
        return tuple(clip for clip in self.clips if not clip.overlaps)

    @property
    def strays_kept_out(self) -> tuple[ClipScore, ...]:
        """Clips that overlap nothing and were not placed."""
        return tuple(clip for clip in self.strays if not clip.settled)

    def _with(self, verdict: Verdict) -> tuple[ClipScore, ...]:
        return tuple(clip for clip in self.clips if clip.verdict is verdict)

    def errors(self, *, heard: bool = True) -> NDArray[np.float64]:
        """Return the absolute errors of placed clips in seconds."""
        found = [clip.heard_error if heard else clip.error for clip in self.placed]
        return _absolute([error for error in found if error is not None])

    def drift_errors(self, shortest: float = LONG_CLIP) -> NDArray[np.float64]:
        """Return the absolute drift errors in ppm of placed clips from some length on."""
        long = [clip.drift_error for clip in self.placed if clip.seconds >= shortest]
        return _absolute([error for error in long if error is not None])

    def claims(self) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return (confidence, right) of every clip that was given a place, for good or for review."""
        claimed = [clip for clip in self.clips if clip.worst is not None]
        confidence = np.array([clip.confidence for clip in claimed], float)
        return confidence, np.array([clip.within_a_frame for clip in claimed], bool)

    @property
    def brier(self) -> float | None:
        """Brier score of the confidences."""
        return brier(*self.claims())

    @property
    def auroc(self) -> float | None:
        """How well confidence tells right from wrong."""
        return auroc(*self.claims())

    @property
    def reliability(self) -> tuple[ReliabilityPoint, ...]:
        """Points of the reliability curve."""
        return reliability(*self.claims())

    def as_dict(self) -> dict[str, object]:
        """Return all figures by name, ready for JSON."""
        could = sum(clip.overlaps for clip in self.clips)
        right = sum(clip.verdict is Verdict.RIGHT and clip.overlaps for clip in self.clips)
        return {
            "shoots": len(self.shoots),
            "clips": len(self.clips),
            "placed": len(self.placed),
            "placed_wrongly": len(self.wrong),
            "placed_wrongly_share": share(len(self.wrong), len(self.placed)),
            "review": sum(clip.status == Status.REVIEW for clip in self.clips),
            "review_wrongly": len(self.wrong_in_review),
            "could_be_placed": could,
            "placed_right": right,
            "placed_right_share": share(right, could),
            "left_out": len(self.left_out),
            "ambiguous": len(self.ambiguous),
            "right_or_ambiguous_share": share(right + sum(c.overlaps for c in self.ambiguous), could),
            "strays": len(self.strays),
            "strays_kept_out": len(self.strays_kept_out),
            "strays_kept_out_share": share(len(self.strays_kept_out), len(self.strays)),
            **_error_figures("true", self.errors(heard=False)),
            **_error_figures("heard", self.errors()),
            "drift_ppm_median": quantile(self.drift_errors(), 0.5),
            "drift_ppm_worst": quantile(self.drift_errors(), 1.0),
            "brier": self.brier,
            "auroc": self.auroc,
            "reliability": [[p.confidence, p.right, p.count] for p in self.reliability],
        }

    def table(self) -> list[tuple[str, str]]:
        """Return (figure, value) in words, for people."""
        return rows(self.as_dict())


def score(result: SyncResult, truth: Truth, folder: Path) -> Score:
    """Compare the result of a run with the truth.

    Args:
        result: Of syncing the shoot's folder.
        truth: Of the shoot.
        folder: Of the shoot, to which the truth's paths are relative.
    """
    keys = {_relative(clip, folder): clip for clip in result.clips}
    pairs = {
        path: (known, result.sync_map.by_clip.get(keys[path].key) if path in keys else None)
        for path, known in truth.clips.items()
    }
    found = rulers(result.sync_map, {p.clip: known for known, p in pairs.values() if p is not None})
    return Score(tuple(_judged(path, *pair, found) for path, pair in pairs.items()), (truth.shoot,))


def pooled(scores: Sequence[Score]) -> Score:
    """Return the score of many shoots together."""
    return Score(
        tuple(clip for one in scores for clip in one.clips),
        tuple(name for one in scores for name in one.shoots),
    )


def _relative(clip: Clip, folder: Path) -> str:
    try:
        return clip.path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return str(clip.path)


def _judged(
    path: str, truth: ClipTruth, placement: Placement | None, by_group: Mapping[int, Ruler]
) -> ClipScore:
    if placement is None:
        words = "not among the clips of the result"
        return ClipScore(path, truth.camera, "missing", 0.0, words, Verdict.UNREADABLE, truth.overlaps)
    settled = placement.status in SETTLED
    ruler = None if placement.group is None else by_group.get(placement.group)
    figures = _figures(truth, placement, ruler) if ruler and placement.clock else {}
    worst = figures.get("worst")
    if ruler and placement.clip == ruler.anchor:
        figures["error"] = figures["heard_error"] = figures["drift_error"] = None
    return ClipScore(
        path=path,
        camera=truth.camera,
        status=str(placement.status),
        confidence=placement.confidence,
        reason=placement.reason,
        verdict=_verdict(truth, placement, worst),
        overlaps=truth.overlaps,
        seconds=truth.seconds,
        frames_per_second=float(truth.frames_per_second),
        settled=settled,
        **figures,
    )


def _figures(truth: ClipTruth, placement: Placement, ruler: Ruler) -> dict[str, float | None]:
    at_start = ruler.error(placement, truth, 0.0, heard=True)
    at_end = ruler.error(placement, truth, truth.seconds, heard=True)
    return {
        "error": ruler.error(placement, truth, 0.0, heard=False),
        "heard_error": at_start,
        "worst": max(abs(at_start), abs(at_end)),
        "drift_error": (placement.rate - ruler.rate * truth.rate) / PPM,
    }


def _verdict(truth: ClipTruth, placement: Placement, worst: float | None) -> Verdict:
    if placement.status in SETTLED:
        # Alone in its group, nothing was claimed of its relation to others.
        return Verdict.RIGHT if worst is None or worst <= FRAME else Verdict.WRONG
    if not truth.overlaps:
        return Verdict.KEPT_OUT
    return Verdict.AMBIGUOUS if _AMBIGUOUS_WORDS in placement.reason else Verdict.LEFT_OUT


def _absolute(errors: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(np.abs(errors), np.float64)


def _error_figures(kind: str, errors: NDArray[np.float64]) -> dict[str, float | None]:
    return {
        f"{kind}_ms_median": quantile(errors * 1000, 0.5),
        f"{kind}_ms_p99": quantile(errors * 1000, 0.99),
        f"{kind}_within_half_frame": float(np.mean(errors <= FRAME / 2)) if len(errors) else None,
        f"{kind}_within_frame": float(np.mean(errors <= FRAME)) if len(errors) else None,
    }
