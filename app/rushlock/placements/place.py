"""From estimates to the sync map: groups, places, confidence, status and the reason in words.

A clip's confidence is the chance that it lies right against the rest of its group: the tie by which it (or
the part of the group it came with) was joined, and what its own estimates say now that all lie in place,
brought onto a calibrated scale by ``confidence``. Timecode and creation time never override sound: they
give the time of day, findings about cameras, and places for review.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from statistics import median

from rushlock.base.clock import Clock
from rushlock.base.settings import Settings
from rushlock.media.clip import Clip
from rushlock.offsets.estimate import Estimate
from rushlock.placements.confidence import FRAME_S, Standing, confidence_of, within_a_frame
from rushlock.placements.decisions import Decision, DecisionKind, Held, held
from rushlock.placements.graph import AGREE_S, Forest, Group, Span, grow, weight_of_all, witnesses
from rushlock.placements.solve import Solution, solve
from rushlock.placements.steps import find_steps
from rushlock.placements.sync_map import Evidence, Finding, Placement, Status, SyncMap
from rushlock.placements.verdicts import (
    LIKELY,
    PICTURE_REPEATS,
    REPEATS,
    heard_twice,
    picture_repeats,
    sound_repeats,
)
from rushlock.placements.wall import Offer, Wall, findings, place_by_label, place_by_wall, read_wall
from rushlock.placements.words import evidence_words, is_rough, rough_words

_BY_YOU = {
    DecisionKind.PLACED: "placed by you",
    DecisionKind.ACCEPTED: "accepted by you",
    DecisionKind.LOCKED: "locked by you",
}


def place(
    clips: Sequence[Clip],
    unheard: Mapping[str, str],
    estimates: Sequence[Estimate],
    decisions: Mapping[str, Decision],
    settings: Settings,
    confidence: Callable[[Standing], float] = confidence_of,
    master: str = "",
) -> SyncMap:
    """Return where every clip lies.

    Args:
        clips: All clips of the project.
        unheard: Why a clip's sound could not place it, by clip key; empty, or no entry, where it is good
            (see ``words.all_unheard``).
        estimates: Judged pairs.
        decisions: What the user decided, by clip key; excluded clips are left out of the map.
        settings: Bars for synced and review.
        confidence: What a clip's standing is worth; training asks before it knows.
        master: Key of the clip that its group's clock shall run straight against; empty: the longest.
    """
    shown = [c for c in clips if _kind(decisions, c.key) is not DecisionKind.EXCLUDED]
    rejected = {c.key for c in shown if _kind(decisions, c.key) is DecisionKind.REJECTED}
    spans = {c.key: Span(c.key, c.camera, float(c.duration)) for c in shown if c.key not in rejected}
    kept = held(decisions, {key: span.duration for key, span in spans.items()})
    known = [e for e in estimates if e.master in spans and e.node in spans]
    forest = grow(spans, known, kept)
    by_key = {c.key: c for c in shown}
    shoot = _Shoot(by_key, unheard, [*kept.ties, *known], forest, kept, settings, confidence)
    shoot.wanted_master = master
    return shoot.sync_map(shown, rejected, decisions)


def _kind(decisions: Mapping[str, Decision], key: str) -> DecisionKind | None:
    decision = decisions.get(key)
    return None if decision is None else decision.kind


class _Shoot:
    """One call of ``place``: what its steps share."""

    def __init__(
        self,
        clips: Mapping[str, Clip],
        unheard: Mapping[str, str],
        estimates: Sequence[Estimate],
        forest: Forest,
        held: Held,
        settings: Settings,
        confidence: Callable[[Standing], float],
    ) -> None:
        self.confidence = confidence
        self.clips, self.unheard = clips, unheard
        self.estimates, self.forest, self.held, self.settings = estimates, forest, held, settings
        self.own: dict[str, list[Estimate]] = {key: [] for key in clips}
        for estimate in estimates:
            self.own[estimate.master].append(estimate)
            self.own[estimate.node].append(estimate)
        self.findings: list[Finding] = []
        self.time_of_day: dict[int, bool] = {}
        self.walls: dict[int, Wall] = {}
        self.master = self.wanted_master = ""

    def sync_map(
        self, shown: Sequence[Clip], rejected: set[str], decisions: Mapping[str, Decision]
    ) -> SyncMap:
        """Place group after group, then offer wall-clock places to what is left."""
        placed: dict[str, Placement] = {}
        groups = [g for g in self.forest.groups if len(g.starts) > 1 or g.starts.keys() & self.held.clocks]
        for number, group in self._numbered(groups):
            placed.update(self._place_group(number, group))
        for clip in shown:
            if clip.key in rejected:
                words = "rejected by you: overlaps nothing"
                placed[clip.key] = Placement(clip.key, None, None, Status.UNSYNCED, 1.0, words)
            elif clip.key not in placed:
                placed[clip.key] = self._left_over(clip)
        final = tuple(self._decided(placed[c.key], decisions.get(c.key)) for c in shown)
        offered = any(p.group is not None for p in final)
        amount = max(self.time_of_day, default=0 if offered else -1) + 1
        by_day = tuple(self.time_of_day.get(number, not self.time_of_day) for number in range(amount))
        return SyncMap(final, amount, by_day, tuple(self.findings), self.master)

    def _numbered(self, groups: Sequence[Group]) -> list[tuple[int, Group]]:
        """Return groups with their numbers: the largest first, but those with decided clips keep theirs.

        Clips that were decided and that nothing ties to others lie on the clock of the group that their
        decisions name, and come last; they are no group of their own.
        """
        held = [sorted({self.held.groups[k] for k in g.starts.keys() & self.held.groups}) for g in groups]
        alone = [g.starts.keys() <= self.held.groups.keys() for g in groups]
        claimed = {own[0] for own, lone in zip(held, alone, strict=True) if own and not lone}
        free = (number for number in count() if number not in claimed)
        numbered = [(own[0] if own else next(free), g) for own, g in zip(held, groups, strict=True)]
        pairs = sorted(zip(alone, numbered, strict=True), key=lambda pair: pair[0])
        return [pair for _, pair in pairs]

    def _place_group(self, number: int, group: Group) -> dict[str, Placement]:
        spans = {k: Span(k, self.clips[k].camera, float(self.clips[k].duration)) for k in group.starts}
        inside = [e for e in self.estimates if e.master in spans and e.node in spans]
        inside = [e for e in inside if self.forest.counts(e, self.held)]
        near = [e for e in inside if abs(_misfit(e, group)) < 1.0]
        steps = find_steps(e for e in near if e.probability > 0.5)
        solution = solve(spans, group.starts, near, self.held.clocks, steps, self.wanted_master)
        solution = self._anchored(number, solution, group)
        if self.wanted_master in spans:
            self.master = self.wanted_master
        elif number == 0:
            self.master = solution.master
        used = {id(e): (u, r) for e, u, r in zip(near, solution.used, solution.residuals, strict=True)}
        return {k: self._placement(k, number, solution, used) for k in group.starts}

    def _anchored(self, number: int, solution: Solution, group: Group) -> Solution:
        """Move a group to its time of day; without timecode, its first clip starts at 0."""
        sure = [(self.clips[k], c.start) for k, c in solution.clocks.items() if self.forest.tied[k] >= 0.9]
        wall = read_wall(sure)
        said = {finding.words for finding in self.findings}  # of a camera whose clips lie in several groups
        self.findings.extend(finding for finding in findings(wall) if finding.words not in said)
        if group.starts.keys() & self.held.clocks:
            shift = 0.0
        elif wall.anchor is not None:
            shift = wall.anchor
            first = min(c.start for c in solution.clocks.values()) + shift
            shift -= first // 86400.0 * 86400.0
        else:
            shift = -min(c.start for c in solution.clocks.values())
        middle = median(c.start for c in solution.clocks.values()) + shift
        self.time_of_day.setdefault(number, wall.anchor is not None)
        self.walls.setdefault(number, wall.shifted(shift, middle))
        clocks = {k: self.held.clocks.get(k) or c.shifted(shift) for k, c in solution.clocks.items()}
        return replace(solution, clocks=clocks)

    def _placement(
        self,
        key: str,
        number: int,
        solution: Solution,
        used: Mapping[int, tuple[bool, float]],
    ) -> Placement:
        own = [e for e in self.own[key] if e.master in solution.clocks and e.node in solution.clocks]
        clock = solution.clocks[key]
        evidence = tuple(self._evidence(key, solution, e, *used.get(id(e), (False, None))) for e in own)
        evidence = tuple(sorted(evidence, key=lambda e: (not e.used, -e.probability)))
        standing = self._standing(key, own, used)
        rough = self._rough_error(solution.errors[key], [e for e in own if used.get(id(e), (False, 0.0))[0]])
        likely = self.confidence(standing)
        confidence = likely * within_a_frame(rough)
        status, reason = self._verdict(key, confidence, likely, rough, evidence)
        if status is Status.UNSYNCED:
            return Placement(key, None, None, status, confidence, reason, 0.0, evidence, standing.scores)
        error = solution.errors[key]
        return Placement(key, number, clock, status, confidence, reason, error, evidence, standing.scores)

    def _rough_error(self, error: float, holding: Sequence[Estimate]) -> float:
        """Return the standard error of a clip that no sound holds; 0 where some does, for sound is exact."""
        if not holding or any(not is_rough(e) for e in holding):
            return 0.0
        return max(error, min(e.precision for e in holding))

    def _standing(
        self, key: str, own: Sequence[Estimate], used: Mapping[int, tuple[bool, float]]
    ) -> Standing:
        own = [e for e in own if self.forest.counts(e, self.held)]
        # Half a frame off is too much for the fit, but speaks for the place within one.
        agreeing = [e for e in own if abs(used.get(id(e), (False, math.inf))[1]) <= AGREE_S]
        partners = {_other(e, key) for e in agreeing}
        # A pair that agrees in one of its places speaks for it; its other places speak against nothing.
        against = [e for e in own if _other(e, key) not in partners]
        rival, said = self.forest.rivals.get(key), witnesses(agreeing)
        return Standing(
            tie=self.forest.tied[key],
            support=weight_of_all(agreeing),
            best=max((e.probability for e in agreeing), default=0.0),
            against=weight_of_all(against),
            rivalry=0.0 if rival is None else rival.against / max(rival.weight, 1e-9),
            company=min(said, self.forest.company.get(key, said)),
        )

    def _evidence(
        self, key: str, solution: Solution, e: Estimate, holds: bool, residual: float | None
    ) -> Evidence:
        other, start = _other(e, key), solution.clocks[key].start
        far = solution.clocks[other]
        implied = far.at(e.offset) if key == e.node else far.start - solution.clocks[key].rate * e.offset
        off = implied - start if residual is None else residual
        words = evidence_words(e, key, self.clips[other].name, holds=holds)
        return Evidence(e.method, other, start + off, off, e.probability, holds, words)

    def _verdict(
        self,
        key: str,
        confidence: float,
        likely: float,
        rough: float,
        evidence: Sequence[Evidence],
    ) -> tuple[Status, str]:
        agreeing = [e for e in evidence if e.used]
        if confidence >= self.settings.accept:
            more = f" and {len(agreeing) - 1} more" if len(agreeing) > 1 else ""
            return Status.SYNCED, f"{agreeing[0].words}{more}" if agreeing else "tied to its group"
        status = Status.REVIEW if likely >= self.settings.review else Status.UNSYNCED
        if picture_repeats(self.own[key]):
            return status, PICTURE_REPEATS
        if rough > FRAME_S / 2 and agreeing and status is Status.REVIEW:
            return status, rough_words(agreeing[0].words, rough)
        poor = self.unheard.get(key, "")
        if sound_repeats(evidence, self.forest.rivals.get(key), self.own[key]):
            return status, REPEATS
        if poor:
            return status, f"a likely place, but {poor}"
        against = [e for e in evidence if not e.used and e.probability > 0.5]
        if against:
            return status, f"clips contradict each other: {against[0].words}"
        return status, "a likely place, but the match is weak: listen before you trust it"

    def _left_over(self, clip: Clip) -> Placement:
        """Return a placement for a clip that sound ties to nothing."""
        poor = self.unheard.get(clip.key, "")
        offered = self._offer(clip) if poor or not self.walls else None
        if offered is not None:
            number, offer = offered
            reason = f"{poor or 'no other sound to compare with'}; {offer.words}"
            evidence = Evidence(offer.kind, "", offer.start, 0.0, offer.confidence, True, offer.words)
            clock = Clock.line(offer.start)
            return Placement(
                clip.key, number, clock, Status.REVIEW, offer.confidence, reason, offer.error, (evidence,)
            )
        words = poor or self._why_alone(clip.key)
        if poor and picture_repeats(self.own[clip.key]):
            words = f"{poor}; {PICTURE_REPEATS}"
        return Placement(clip.key, None, None, Status.UNSYNCED, 0.0, words)

    def _why_alone(self, key: str) -> str:
        """Return why a clip whose sound is good was tied to nothing."""
        own = self.own[key]
        likely = [e for e in own if e.probability >= LIKELY]
        partners = [_other(e, key) for e in likely]
        if key in self.forest.rivals or len(partners) > len(set(partners)) or heard_twice(own):
            return REPEATS
        if likely:
            name = self.clips[max(zip(likely, partners, strict=True), key=lambda p: p[0].probability)[1]].name
            return f"no overlap found that can be trusted; at best with {name}"
        return "no overlap found: its sound matches no other clip"

    def _offer(self, clip: Clip) -> tuple[int, Offer] | None:
        """Return (group, place) by wall clocks: of the first group that tells, or by the label alone."""
        if not self.walls:
            alone = place_by_label(clip)
            return None if alone is None else (0, alone)
        offers = ((number, place_by_wall(clip, wall)) for number, wall in self.walls.items())
        return next(((number, offer) for number, offer in offers if offer is not None), None)

    def _decided(self, placement: Placement, decision: Decision | None) -> Placement:
        if decision is None or decision.clock is None or not decision.holds:
            return placement
        status = Status.LOCKED if decision.kind is DecisionKind.LOCKED else Status.MANUAL
        group = placement.group if placement.group is not None else decision.group
        words = _BY_YOU[decision.kind]
        return replace(
            placement, clock=decision.clock, status=status, confidence=1.0, reason=words, group=group or 0
        )


def _other(estimate: Estimate, key: str) -> str:
    return estimate.master if estimate.node == key else estimate.node


def _misfit(estimate: Estimate, group: Group) -> float:
    return group.starts[estimate.master] + estimate.offset - group.starts[estimate.node]
