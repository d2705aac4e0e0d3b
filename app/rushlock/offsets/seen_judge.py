"""How likely a place is at which pictures look alike: its scores to a calibrated probability.

As with sound (see ``judge``), a logistic function of a few scores, each limited to the range met in training,
with weights from ``models/seen.json``. They are fitted on generated scenes filmed from several sides, on
strangers too: the same people doing the same at other times (``rushlock calibrate --seen``). "Right" means
within one frame at 25 fps.

Walking and music repeat. Pictures then fit as well one step later: the margin over the next best place is
small, and neither is likely. That a rival owes its height to such repetition shows in each clip alone, which
then resembles itself at the distance of the two places.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from rushlock.base.paths import shipped
from rushlock.features.aspects import ASPECTS, View
from rushlock.features.motion import HOP_S, MotionTrack
from rushlock.offsets.judge import Calibration
from rushlock.offsets.seen import SeenCurve, SeenPlace

FILE = "seen.json"

SCORES = ("evidence", "margin", "agree", "both", "overlap", "searched", "telling")
"""Log of the evidence; of its ratio to the best rival's; share of aspects that agree; log of the lesser of
what shapes and what flow say; logs of the common and of the searched seconds; of how many
half seconds speak for it."""

MARGIN_LIMIT = 2.0
AS_GOOD = 0.5
"""A rival with this share of the evidence is as good as the best."""

REPEATS_FROM = 0.35
"""Correlation of a clip with itself, some way off, from which on it is said to repeat itself."""


@dataclass(frozen=True, slots=True)
class SeenTrust:
    """What places found by pictures are worth.

    Attributes:
        calibration: Of ``SCORES``.
        precision: Standard error in seconds of places that are right.
        most: No chance beyond this was shown.
    """

    calibration: Calibration
    precision: float
    most: float

    def probability(self, scores: dict[str, float]) -> float:
        """Return the chance that a place with these scores is right, at even odds of any overlap."""
        return min(self.calibration.probability(scores), self.most)


def seen_scores(places: Sequence[SeenPlace], number: int, curve: SeenCurve) -> dict[str, float]:
    """Return the raw scores of one of a pair's places."""
    place = places[number]
    rival = max((p.evidence for n, p in enumerate(places) if n != number), default=0.0)
    margin = math.log(max(place.evidence, 1e-3) / rival) if rival > 0 else MARGIN_LIMIT
    heights = dict(zip((a.evidence for a in ASPECTS), (0.0,) * len(ASPECTS), strict=True))
    for aspect, height in zip(ASPECTS, place.heights, strict=True):
        heights[aspect.evidence] = max(heights[aspect.evidence], height)
    span = float(curve.offsets[-1] - curve.offsets[0]) if len(curve.offsets) else 0.0
    return {
        "evidence": math.log1p(place.evidence),
        "margin": max(min(margin, MARGIN_LIMIT), -MARGIN_LIMIT),
        "agree": place.agree / len(ASPECTS),
        "both": math.log1p(min(heights["shape"], heights["flow"])),
        "overlap": math.log(max(place.overlap, 0.3)),
        "searched": math.log(max(span, 0.3)),
        "telling": math.log(max(place.telling, 0.1)),
    }


def alone(master: MotionTrack, node: MotionTrack, places: Sequence[SeenPlace]) -> float:
    """Return the best place's share among those of a motion that repeats itself; 1 where none does."""
    best = places[0]
    rivals = [p for p in places[1:] if p.evidence >= AS_GOOD * best.evidence]
    again = [p for p in rivals if repeats(master, node, p.offset - best.offset)]
    return 1 / (1 + sum((p.evidence / best.evidence) ** 2 for p in again))


def repeats(master: MotionTrack, node: MotionTrack, apart: float) -> bool:
    """Return whether one of two clips resembles itself so many seconds later: one motion, two places."""
    return max(self_likeness(master, apart), self_likeness(node, apart)) >= REPEATS_FROM


def self_likeness(track: MotionTrack, apart: float) -> float:
    """Return the correlation of a clip's patterns with its own some seconds later, by the best aspect."""
    lag = round(abs(apart) / HOP_S)
    best = 0.0
    for aspect in (a for a in ASPECTS if a.kind == "pattern"):
        view = View(track, aspect)
        if len(view.power) <= lag + 2 * aspect.reach:
            continue
        shared = float(
            np.sqrt(view.power[lag:].sum(dtype=np.float64) * view.power[: len(view.power) - lag].sum())
        )
        products = sum(float(c[lag:] @ c[: len(c) - lag]) for c in view.channels())
        best = max(best, products / shared if shared > 0 else 0.0)
    return best


def among_clips(probability: float, clips: int) -> float:
    """Return a chance as it is worth where a clip was compared with so many others.

    Fitted chances hold where every second pair overlaps. Of many clips two or so will.
    """
    if not 0.0 < probability < 1.0:
        return probability
    odds = probability / (1 - probability) * min(1.0, 2.0 / max(clips, 1))
    return odds / (1 + odds)


@lru_cache(maxsize=2)
def seen_trust(path: Path | None = None) -> SeenTrust:
    """Return the calibration that comes with the program, or another one."""
    content = json.loads((path or shipped("models") / FILE).read_text(encoding="utf-8"))
    calibration = Calibration(content["weights"], content["bias"], content["low"], content["high"])
    return SeenTrust(calibration, float(content["precision"]), float(content["most"]))
