"""Which estimates hold: clips grow together into groups, strongest ties first.

Every pair may come with several estimates, one for each place its sound fits. Two groups of clips are
joined by *all*
estimates between them at once: those that imply the same shift add their weight, and the shift with most
weight wins if no camera would then run twice at a time (one camera, one recording). What other shifts weigh
against it is remembered, because sound that repeats is placed wrongly by nothing else.

This is Kruskal's maximum spanning forest, with ties that pool evidence instead of single edges.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rushlock.offsets.estimate import Estimate
from rushlock.placements.decisions import Held
from rushlock.placements.words import PICTURE

AGREE_S = 0.04
"""Estimates that imply shifts nearer than one frame say the same."""

OVERLAP_ALLOWED_S = 0.5
"""Clips of one camera may seem to overlap by this much: chapters and pre-record buffers do."""

MOST_CERTAIN = 0.9995

WORTH_SAYING = 0.5
"""Places of less weight than this are chance: nothing to tell the user of."""

RIVALRY = 0.2
"""Another shift is worth mentioning from this share of the best one's weight."""

LEAST_TIE = 0.5
"""A clip does not join a group on less than this probability."""

GROUPS_TIE = 0.97
"""Nor do two groups, each held together by evidence of its own: a wrong tie there puts many clips wrong."""

_MORE_PICTURES = 0.5  # chosen: three good views of one scene do not yet place a stranger for good


@dataclass(frozen=True, slots=True)
class Span:
    """What the graph needs of a clip."""

    key: str
    camera: str
    duration: float


@dataclass(slots=True)
class Group:
    """Clips tied together. ``starts`` are seconds on the group's own clock."""

    starts: dict[str, float]
    cameras: dict[str, list[str]]

    def needs(self) -> float:
        """Return the probability of a tie on which this group joins a larger one."""
        return LEAST_TIE if len(self.starts) == 1 else GROUPS_TIE

    def weight(self, spans: Mapping[str, Span]) -> float:
        """Return the group's size, in clips and then in seconds."""
        return len(self.starts) * 1e6 + sum(spans[k].duration for k in self.starts)


@dataclass(frozen=True, slots=True)
class Tie:
    """A shift between two groups and what speaks for it."""

    shift: float
    weight: float
    against: float
    estimates: tuple[Estimate, ...]

    @property
    def company(self) -> int:
        """How many pairs of clips say so: two agree by chance far less often than one is wrong."""
        return witnesses(self.estimates)

    @property
    def probability(self) -> float:
        """Chance that the shift is right: some estimate is right, and no rival shift weighs as much."""
        return (1 - math.exp(-self.weight)) * self.weight**2 / (self.weight**2 + self.against**2 + 1e-12)


@dataclass(slots=True)
class Forest:
    """The groups found, how well each clip is tied, and where else it would fit.

    ``firm`` says which clips were in one group before anything that the user overruled was asked: group
    by clip key, empty where nothing was overruled.
    """

    groups: list[Group]
    tied: dict[str, float] = field(default_factory=dict)
    company: dict[str, int] = field(default_factory=dict)
    rivals: dict[str, Tie] = field(default_factory=dict)
    firm: dict[str, int] = field(default_factory=dict)

    def counts(self, estimate: Estimate, held: Held) -> bool:
        """Return whether an estimate may place anything: an overruled one, only what is not tied else."""
        if not held.overrules(estimate):
            return True
        return self.firm.get(estimate.master) != self.firm.get(estimate.node)

    def note(self, small: Group, tie: Tie) -> None:
        """Remember how a group was tied, or where it would fit as well."""
        for key in small.starts:
            if tie.weight > WORTH_SAYING and tie.against > RIVALRY * tie.weight:
                self.rivals[key] = tie
            if tie.probability >= small.needs():
                self.tied[key] = min(self.tied[key], tie.probability)
                self.company[key] = min(self.company.get(key, tie.company), tie.company)


def weight_of(estimate: Estimate) -> float:
    """Return an estimate's weight: minus the log of its chance of being wrong."""
    return -math.log(1 - min(estimate.probability, MOST_CERTAIN))


def weight_of_all(estimates: Iterable[Estimate]) -> float:
    """Return what estimates of one place weigh together.

    Chance strikes each pair of sounds anew, so that weights add. Pictures of one scene resemble a stranger
    all at once, from whatever side they are taken: beyond the best, what pictures say counts half.
    """
    sound, picture = 0.0, [0.0]
    for estimate in estimates:
        if estimate.method == PICTURE:
            picture.append(weight_of(estimate))
        else:
            sound += weight_of(estimate)
    best = max(picture)
    return sound + best + _MORE_PICTURES * (sum(picture) - best)


def witnesses(estimates: Iterable[Estimate]) -> int:
    """Return how many pairs of clips agree on a place; all that agree by picture are one."""
    told = list(estimates)
    heard = {(e.master, e.node) for e in told if e.method != PICTURE}
    return len(heard) + any(e.method == PICTURE for e in told)


def grow(spans: Mapping[str, Span], estimates: Sequence[Estimate], held: Held) -> Forest:
    """Return the groups that the estimates tie together.

    Args:
        spans: All clips by key.
        estimates: Judged pairs; those of unknown clips are ignored.
        held: What the user decided. Clips held on one clock form one group from the beginning. What the user
            overruled ties only what nothing else does.
    """
    plant = _Plant(spans, held)
    plant.tie([*(e for e in estimates if not held.overrules(e)), *held.ties])
    if held.overruled:
        plant.forest.firm = {key: n for n, group in enumerate(plant.groups) for key in group.starts}
        plant.tie([*estimates, *held.ties])
    plant.forest.groups = sorted(plant.groups, key=lambda g: -g.weight(spans))
    return plant.forest


class _Plant:
    """Groups while they grow."""

    def __init__(self, spans: Mapping[str, Span], held: Held) -> None:
        self._spans = spans
        self._group_of = {k: Group({k: 0.0}, {s.camera: [k]}) for k, s in spans.items()}
        self._still = _held_groups(spans, held)  # by identity: what the user decided stays where it is
        for group in self._still.values():
            self._group_of.update(dict.fromkeys(group.starts, group))
        self.forest = Forest([], tied=dict.fromkeys(spans, 1.0))

    @property
    def groups(self) -> list[Group]:
        return list({id(g): g for g in self._group_of.values()}.values())

    def tie(self, estimates: Sequence[Estimate]) -> None:
        """Join groups by estimates, the strongest first."""
        edges = _edges(self._spans, estimates)
        for estimate in sorted(estimates, key=lambda e: -e.probability):
            a, b = self._group_of.get(estimate.master), self._group_of.get(estimate.node)
            if a is None or b is None or a is b or (id(a) in self._still and id(b) in self._still):
                continue
            large, small = self._larger_first(a, b)
            ties = ties_between(large, small, edges, self._spans)
            if not ties:
                continue
            self.forest.note(small, ties[0])
            if ties[0].probability >= small.needs():
                _join(large, small, ties[0].shift)
                self._group_of.update(dict.fromkeys(small.starts, large))

    def _larger_first(self, a: Group, b: Group) -> tuple[Group, Group]:
        """Return (large, small): what the user decided stays where it is, else the weightier group does."""
        heavier = b.weight(self._spans) > a.weight(self._spans)
        if id(b) in self._still or (id(a) not in self._still and heavier):
            return b, a
        return a, b


def _edges(spans: Mapping[str, Span], estimates: Sequence[Estimate]) -> dict[str, list[Estimate]]:
    edges: dict[str, list[Estimate]] = {k: [] for k in spans}
    for estimate in estimates:
        if estimate.master in spans and estimate.node in spans:
            edges[estimate.master].append(estimate)
            edges[estimate.node].append(estimate)
    return edges


def ties_between(
    large: Group, small: Group, edges: Mapping[str, Sequence[Estimate]], spans: Mapping[str, Span]
) -> list[Tie]:
    """Return the shifts of ``small`` that estimates imply and that no camera forbids, heaviest first."""
    implied = sorted(
        ((_implied_shift(e, large, small), e) for e in _crossing(large, small, edges)),
        key=lambda pair: pair[0],
    )
    clusters: list[list[tuple[float, Estimate]]] = []
    for shift, estimate in implied:
        if clusters and shift - clusters[-1][-1][0] <= AGREE_S:
            clusters[-1].append((shift, estimate))
        else:
            clusters.append([(shift, estimate)])
    weighed = []
    for cluster in clusters:
        heaviest = max(cluster, key=lambda pair: weight_of(pair[1]))
        if not _collides(large, small, heaviest[0], spans):
            weighed.append((weight_of_all(e for _, e in cluster), heaviest[0], tuple(e for _, e in cluster)))
    weighed.sort(key=lambda w: -w[0])
    return [
        Tie(shift, weight, max((w[0] for w in weighed if w[1] != shift), default=0.0), estimates)
        for weight, shift, estimates in weighed
    ]


def _crossing(large: Group, small: Group, edges: Mapping[str, Sequence[Estimate]]) -> Iterable[Estimate]:
    fewer, other = (small, large) if len(small.starts) <= len(large.starts) else (large, small)
    for key in fewer.starts:
        for estimate in edges[key]:
            far = estimate.master if estimate.node == key else estimate.node
            if far in other.starts:
                yield estimate


def _implied_shift(estimate: Estimate, large: Group, small: Group) -> float:
    """Return what must be added to the small group's starts by one estimate."""
    offset = estimate.offset
    if estimate.node in small.starts:
        return large.starts[estimate.master] + offset - small.starts[estimate.node]
    return large.starts[estimate.node] - offset - small.starts[estimate.master]


def _collides(large: Group, small: Group, shift: float, spans: Mapping[str, Span]) -> bool:
    """Return whether a camera would run twice at a time."""
    for camera, keys in small.cameras.items():
        for key in keys:
            begin = small.starts[key] + shift
            end = begin + spans[key].duration
            for other in large.cameras.get(camera, ()):
                start = large.starts[other]
                if min(end, start + spans[other].duration) - max(begin, start) > OVERLAP_ALLOWED_S:
                    return True
    return False


def _join(large: Group, small: Group, shift: float) -> None:
    for key, start in small.starts.items():
        large.starts[key] = start + shift
    for camera, keys in small.cameras.items():
        large.cameras.setdefault(camera, []).extend(keys)


def _held_groups(spans: Mapping[str, Span], held: Held) -> dict[int, Group]:
    """Return a group for each clock on which the user holds clips, by identity."""
    by_number: dict[int, Group] = {}
    for key, clock in held.clocks.items():
        if key in spans:
            group = by_number.setdefault(held.groups[key], Group({}, {}))
            group.starts[key] = clock.start
            group.cameras.setdefault(spans[key].camera, []).append(key)
    return {id(group): group for group in by_number.values()}
