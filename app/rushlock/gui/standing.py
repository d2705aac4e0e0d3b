"""In which one state a clip is, for the person at the window: exactly one of these, so that counts add up."""

from enum import StrEnum

from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.sync_map import Placement, Status


class Standing(StrEnum):
    """A clip's state: the placement's status, or what stands above it."""

    SYNCED = "synced"
    REVIEW = "review"
    UNSYNCED = "unsynced"
    ACCEPTED = "accepted"
    MANUAL = "manual"
    LOCKED = "locked"
    EXCLUDED = "excluded"
    WAITING = "waiting"  # not synced yet


_BY_STATUS = {status: Standing(status.value) for status in Status}


def standing_of(placement: Placement | None, decision: Decision | None) -> Standing:
    """Return a clip's standing. ``placement`` is None before the first sync."""
    if decision is not None and decision.kind is DecisionKind.EXCLUDED:
        return Standing.EXCLUDED
    if decision is not None and decision.kind is DecisionKind.ACCEPTED and decision.holds:
        return Standing.ACCEPTED
    if placement is None:
        return Standing.WAITING
    return _BY_STATUS[placement.status]
