"""What is believed of one clip's own sound against its own picture, and how different witnesses add up.

Sign: seconds by which the sound comes after the picture; positive: late. Sound needs 2.9 ms for each metre,
so that a few hundredths of a second late are where the camera stood, no fault; nothing makes sound early.

Decisions:
    * A clip's own movement and onsets propose. A chance of ``SURE`` needs another witness that says the same:
      other cameras' pictures and sound, or another clip of the same camera. Networks never make it sure.
    * Witnesses that contradict each other leave "cannot tell", unless one outweighs the other by far.
    * Only what lies beyond a frame with twice its error to spare is called off, only what lies well within
      one in sync; of what lies between, only what is likely is said.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FRAME_S = 1 / 25
"""Only what is more, whatever the clip's own rate, is called off."""

IN_SYNC_S = 0.035
"""Only what is less is called in sync: sound from twelve metres away."""

TOLD = 0.8
"""From this chance on a clip is said to be in sync."""

OFF = 0.95
"""From this chance on it is said to be off."""

SURE = 0.99
"""From this chance on an export may follow the picture."""

NOTHING_SHARED = "its sound and picture have too little in common"
"""Why nothing is told of most clips of which nothing is told."""

_PERHAPS = 0.5
NETWORK = "network"

_MOST = 0.9995
_UNSURE = 0.98
_LEAST = 0.02


class Verdict(StrEnum):
    """What is said of a clip."""

    IN_SYNC = "in sync"
    LATE = "late"
    EARLY = "early"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True)
class AvEvidence:
    """What one witness says.

    Attributes:
        kind: "onsets" (the clip's own), "shoot" (other cameras' sound and pictures), "camera" (other clips
            of the same camera), "network".
        seconds: By which the sound is late.
        error: Standard error of that.
        chance: That it is right within a frame, by this witness alone.
        words: For people.
    """

    kind: str
    seconds: float
    error: float
    chance: float
    words: str


@dataclass(frozen=True, slots=True)
class AvOffset:
    """How late a clip's own sound is.

    Attributes:
        seconds: The likeliest; 0 where nothing can be told.
        error: Its standard error.
        chance: That it is right within a frame.
        verdict: What is to be said.
        words: For people: "sound late by 83 ms (2 frames)".
        evidence: What it rests on, strongest first.
    """

    seconds: float
    error: float
    chance: float
    verdict: Verdict
    words: str
    evidence: tuple[AvEvidence, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether its numbers mean anything: an answer, or a guess that is worth a word."""
        return bool(self.evidence) and (self.verdict is not Verdict.UNKNOWN or self.chance >= _PERHAPS)

    @property
    def off(self) -> bool:
        """Whether sound and picture do not belong together as they are."""
        return self.verdict in (Verdict.LATE, Verdict.EARLY)

    @property
    def sure(self) -> bool:
        """Whether it is told surely enough, and apart from nothing, for a picture to be moved by it."""
        return self.chance >= SURE and abs(self.seconds) >= 3 * self.error

    def leads(self, frame: Fraction) -> bool:
        """Return whether an export at so many seconds a frame should put the picture where it belongs."""
        return self.sure and abs(self.seconds) >= float(frame) / 2


def weighed(evidence: Sequence[AvEvidence], frame: Fraction | None) -> AvOffset:
    """Return what witnesses say together.

    Args:
        evidence: Of one clip.
        frame: Seconds of the clip's own frame, for words; None: unknown.
    """
    order = tuple(sorted(evidence, key=lambda e: -e.chance))
    if not order:
        return untold(NOTHING_SHARED)
    sides = [(sum(_odds(e, one) for e in order), one) for one in order]
    odds, best = max(sides, key=lambda side: side[0])
    agreeing = [e for e in order if agree(e, best)]
    seconds, error = _mean(agreeing)
    chance = min(_chance(odds), _MOST)
    if len({e.kind for e in agreeing}) == 1:
        chance = min(chance, best.chance)
    if _chance(odds - sum(_odds(e, best) for e in order if e.kind == NETWORK)) < SURE:
        chance = min(chance, _UNSURE)
    verdict = _verdict(seconds, error, chance)
    return AvOffset(seconds, error, chance, verdict, words_of(verdict, seconds, chance, frame), order)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def agree(one: AvEvidence, other: AvEvidence) -> bool:
    """Return whether two witnesses say the same within a frame and their errors."""
    return abs(one.seconds - other.seconds) <= max(FRAME_S, 3 * math.hypot(one.error, other.error))


def _odds(witness: AvEvidence, best: AvEvidence) -> float:
    """Return what a witness adds to the log-odds of what another says; it speaks only from even odds on."""
    chance = min(max(witness.chance, _LEAST), _MOST)
    odds = math.log(chance / (1 - chance))
    if witness is best:
        return odds
    return max(odds, 0.0) if agree(witness, best) else -max(odds, 0.0)


def _mean(evidence: Sequence[AvEvidence]) -> tuple[float, float]:
    """Return the mean weighed by errors and chances, and its error, which no company makes smaller."""
    weights = [e.chance / max(e.error, 1e-4) ** 2 for e in evidence]
    seconds = sum(w * e.seconds for w, e in zip(weights, evidence, strict=True)) / sum(weights)
    return seconds, min(e.error for e in evidence)


def _verdict(seconds: float, error: float, chance: float) -> Verdict:
    if chance >= OFF and abs(seconds) - 2 * error > FRAME_S:
        return Verdict.LATE if seconds > 0 else Verdict.EARLY
    if chance >= TOLD and abs(seconds) <= IN_SYNC_S:
        return Verdict.IN_SYNC
    return Verdict.UNKNOWN


def words_of(verdict: Verdict, seconds: float, chance: float, frame: Fraction | None) -> str:
    """Return "in sync", or by how much the sound is off, in milliseconds and the clip's own frames."""
    if verdict is Verdict.IN_SYNC:
        return verdict.value
    if verdict is Verdict.UNKNOWN and chance < _PERHAPS:
        return f"{verdict.value}: {NOTHING_SHARED}"
    if verdict is Verdict.UNKNOWN and abs(seconds) <= IN_SYNC_S:
        return f"{verdict.value}: perhaps {Verdict.IN_SYNC.value}"
    side = Verdict.LATE if seconds > 0 else Verdict.EARLY
    count = "" if frame is None else f" ({_frames(abs(seconds) / float(frame))})"
    perhaps = f"{verdict.value}: perhaps " if verdict is Verdict.UNKNOWN else ""
    return f"{perhaps}sound {side.value} by {lag_words(seconds)}{count}"


def lag_words(seconds: float) -> str:
    """Return how much, without its sign: "83 ms", "1.25 s"."""
    return f"{abs(seconds) * 1000:.0f} ms" if abs(seconds) < 1 else f"{abs(seconds):.2f} s"


def _frames(count: float) -> str:
    whole = round(count)
    if abs(count - whole) > 0.25:
        return f"{count:.1f} frames"
    return "1 frame" if whole == 1 else f"{whole} frames"


def untold(why: str) -> AvOffset:
    """Return that nothing can be told of a clip, and why."""
    return AvOffset(0.0, 0.0, 0.0, Verdict.UNKNOWN, f"cannot tell: {why}")
