"""A run's sync map with the user's decisions laid over it: whatever the run says, a decided clip stays so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rushlock.base.clock import Clock
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.sync_map import Evidence, Placement, Status, SyncMap
from rushlock.project.arrangement import Arrangement

_AS_FOUND = Arrangement()
_STATUS = {
    DecisionKind.PLACED: Status.MANUAL,
    DecisionKind.ACCEPTED: Status.MANUAL,
    DecisionKind.LOCKED: Status.LOCKED,
}
_REASON = {
    DecisionKind.PLACED: "Placed by hand",
    DecisionKind.ACCEPTED: "Accepted by you",
    DecisionKind.LOCKED: "Locked where it is",
    DecisionKind.REJECTED: "Marked as overlapping nothing",
}


def with_decisions(
    sync_map: SyncMap,
    clips: Sequence[str],
    decisions: Mapping[str, Decision],
    arrangement: Arrangement = _AS_FOUND,
) -> SyncMap:
    """Return the sync map as the user sees it: one placement for each clip that is not excluded.

    Args:
        sync_map: What the last run found.
        clips: Keys of all clips, in order. One that the run says nothing of is unsynced.
        decisions: By clip key. Those about other clips have no effect.
        arrangement: What the user says of cameras and the master.
    """
    placements = []
    for clip in clips:
        found = sync_map.by_clip.get(clip) or _unplaced(clip, "Not synced yet")
        decided = _decided(found, decisions.get(clip))
        if decided is not None:
            placements.append(decided)
    groups = max([sync_map.groups, *(p.group + 1 for p in placements if p.group is not None)])
    time_of_day = sync_map.time_of_day + (False,) * (groups - len(sync_map.time_of_day))
    present = {placement.clip for placement in placements if placement.clock is not None}
    master = next((key for key in (arrangement.master, sync_map.master) if key in present), "")
    findings = arrangement.laid_over_findings(sync_map.findings)
    return SyncMap(tuple(placements), groups, time_of_day, findings, master)


def _decided(found: Placement, decision: Decision | None) -> Placement | None:
    """Return a placement as decided, None where the clip is excluded."""
    if decision is None:
        return _undecided(found)
    if decision.kind is DecisionKind.EXCLUDED:
        return None
    if decision.kind is DecisionKind.REJECTED or decision.clock is None:
        unplaced = _unplaced(found.clip, _reason(decision))
        return replace(unplaced, evidence=found.evidence)
    return _held(found, decision, decision.clock)


def _undecided(found: Placement) -> Placement:
    """Return a placement without the decision that the run heeded and that was taken back since."""
    if found.status not in (Status.MANUAL, Status.LOCKED):
        return found
    return replace(found, status=Status.REVIEW, confidence=0.0, reason="You took your decision back")


def _held(found: Placement, decision: Decision, clock: Clock) -> Placement:
    """Return the placement that a user set or locked."""
    status = _STATUS[decision.kind]
    if found.status is status and found.clock == clock:
        return found  # the run heeded the decision, and may have numbered its group anew
    group = decision.group if decision.group is not None else found.group or 0
    evidence = found.evidence if group == found.group else ()  # else it speaks another clock
    return Placement(
        found.clip,
        group,
        clock,
        status,
        confidence=1.0,
        reason=_reason(decision),
        evidence=tuple(_seen_from(clock, item) for item in evidence),
        own_sound=found.own_sound,
    )


def _seen_from(clock: Clock, evidence: Evidence) -> Evidence:
    """Return evidence with its distance from the place that the user chose."""
    if evidence.offset is None:
        return evidence
    return replace(evidence, residual=evidence.offset - clock.start)


def _unplaced(clip: str, reason: str) -> Placement:
    return Placement(clip, None, None, Status.UNSYNCED, confidence=0.0, reason=reason)


def _reason(decision: Decision) -> str:
    words = _REASON[decision.kind]
    return f"{words}: {decision.note}" if decision.note else words
