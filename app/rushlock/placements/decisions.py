"""What a user decided about clips. Decisions enter at placements, and no re-run overwrites them."""

from dataclasses import dataclass
from enum import StrEnum

from rushlock.base.clock import Clock


class DecisionKind(StrEnum):
    """What a decision says."""

    PLACED = "placed"  # the user set the place by hand: status manual
    LOCKED = "locked"  # stays where it is: status locked
    REJECTED = "rejected"  # overlaps nothing: stays unsynced
    EXCLUDED = "excluded"  # not part of this project's sync map


@dataclass(frozen=True, slots=True)
class Decision:
    """One clip's decision. ``clock`` and ``group`` as in a placement, needed for PLACED and LOCKED."""

    clip: str
    kind: DecisionKind
    clock: Clock | None = None
    group: int | None = None
    note: str = ""
