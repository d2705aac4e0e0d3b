"""What a user decided about clips. Decisions enter at placements, and no re-run overwrites them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rushlock.base.clock import Clock
from rushlock.offsets.estimate import Estimate

DECISION = "decision"
"""Method of estimates that say what the user said of a pair of clips."""

SAID = 0.9995
"""Chance that two clips lie to each other as the user set them: as certain as anything is taken to be."""

_ERROR_S = 1e-3
_UNTOLD_PPM = 1e3  # two clips set by hand say where they meet, nothing of how their rates differ


class DecisionKind(StrEnum):
    """What a decision says."""

    PLACED = "placed"  # the user set the place by hand: status manual
    ACCEPTED = "accepted"  # right where it is, says the user: status manual
    LOCKED = "locked"  # stays where it is, and is not to be moved by hand either: status locked
    REJECTED = "rejected"  # overlaps nothing: stays unsynced
    EXCLUDED = "excluded"  # not part of this project's sync map


HOLDS_PLACE = frozenset({DecisionKind.PLACED, DecisionKind.ACCEPTED, DecisionKind.LOCKED})
"""Kinds that keep a clip where the decision says."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One clip's decision.

    Attributes:
        clip: Its key.
        kind: What is decided.
        clock: As in a placement, for the kinds that hold a place.
        group: As in a placement, for the kinds that hold a place.
        note: The user's words.
        against: Key of the clip against which the user set the place; empty where the clip was left where
            it was found.
        tie: The clip's clock on the clock of ``against`` as set; None where there is none. What the clip's
            own estimates say otherwise is overruled.
        was: Status of the placement when it was first decided about, for counting what was reviewed.
    """

    clip: str
    kind: DecisionKind
    clock: Clock | None = None
    group: int | None = None
    note: str = ""
    against: str = ""
    tie: Clock | None = None
    was: str = ""

    @property
    def holds(self) -> bool:
        """Whether the clip is kept at a place."""
        return self.kind in HOLDS_PLACE and self.clock is not None


@dataclass(frozen=True, slots=True)
class Held:
    """What the graph must not move.

    Attributes:
        clocks: Clip key to the clock that the user decided.
        groups: Clip key to the number of the group whose clock that is.
        ties: One for each clip that the user set against another.
        overruled: Clips whose own estimates the user overruled.
    """

    clocks: Mapping[str, Clock] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    ties: tuple[Estimate, ...] = ()
    overruled: frozenset[str] = frozenset()

    def overrules(self, estimate: Estimate) -> bool:
        """Return whether an estimate speaks of a clip that the user set otherwise."""
        if estimate.method == DECISION:
            return False
        return estimate.master in self.overruled or estimate.node in self.overruled


def held(decisions: Mapping[str, Decision], clips: Mapping[str, float]) -> Held:
    """Return what decisions hold in place.

    Args:
        decisions: By clip key.
        clips: Keys of the clips concerned with their durations in seconds.
    """
    kept = {k: d for k, d in decisions.items() if k in clips and d.holds}
    clocks = {k: d.clock for k, d in kept.items() if d.clock is not None}
    groups = {k: d.group or 0 for k, d in kept.items()}
    ties = tuple(_tie(d, d.tie, clips) for d in kept.values() if d.tie is not None and d.against in clips)
    return Held(clocks, groups, ties, frozenset(k for k, d in kept.items() if d.tie is not None))


def _tie(decision: Decision, tie: Clock, durations: Mapping[str, float]) -> Estimate:
    ends = durations[decision.against], tie.start + durations[decision.clip]
    overlap = max(min(ends) - max(0.0, tie.start), 0.0)
    return Estimate(
        decision.against, decision.clip, tie, _ERROR_S, _UNTOLD_PPM, overlap, SAID, method=DECISION
    )
