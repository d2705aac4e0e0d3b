"""Generated questions to a network whose answers are known: places that are right, and places that are not.

Each scene gives pairs of recordings with a candidate place: the true one, give or take what sound or a search
leaves open; one in the same pair that is wrong; and one of strangers that do the same at other times, the
hardest strangers there are. Silent cameras and sound recorders take turns with cameras that have both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rushlock.base.clock import Clock
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.filmed import WEIGHED, Filmed, filmed_pair, recording
from rushlock.nets.protocol import SegmentLayout, WindowNet
from rushlock.offsets.heads.cross import ask
from rushlock.offsets.heads.sliding import slide
from rushlock.offsets.pooling import Reliability, found_chances, scores_of
from rushlock.offsets.voting import vote
from rushlock.pipeline.looking import CHECK_PLACES, CHECK_REACH_S, SEARCH_PLACES, SEARCH_REACH_S

STAGE = "Asking about generated scenes"
SCENE_S = 36.0
CLIP_S = 20.0
RIGHT_S = 0.2
"""A place found by a network alone is right within one class."""

_JITTER_S = 0.04
_WRONG_S = (0.7, 8.0)


@dataclass(frozen=True, slots=True)
class Case:
    """One question.

    Attributes:
        scene: Its number: cases of one scene are kept together when some are left out.
        scores: Raw, see ``offsets.pooling``.
        right: Whether the place asked about is the true one.
    """

    scene: int
    scores: dict[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """One search for a silent picture.

    Attributes:
        belongs: Whether the sound has it at all.
        chance: Of the best place found; 0 where none was.
        error: Its distance from the truth in seconds; infinite for strangers.
    """

    belongs: bool
    chance: float
    error: float


def gather_cases(net: WindowNet, scenes: int, token: CancelToken) -> Stage[list[Case]]:
    """Return the cases of some scenes: right places, wrong ones, and places of strangers."""
    cases = []
    for done in range(scenes):
        yield Progress(STAGE, done, scenes, net.name, "scenes")
        for candidate in _candidates(WEIGHED + done, net.layout):
            token.check()
            scores = yield from _scores(net, candidate, token)
            if scores is not None:
                cases.append(Case(WEIGHED + done, scores, candidate.right))
    return cases


def try_searches(
    net: WindowNet, reliability: Reliability, scenes: int, token: CancelToken
) -> Stage[list[Trial]]:
    """Return how searches for silent pictures ended, on scenes beyond those of ``gather_cases``."""
    trials = []
    for done in range(scenes):
        number = WEIGHED + (1 << 20) + done
        yield Progress("Searching generated scenes", done, scenes, net.name, "scenes")
        for telling in (0, 1):
            seen, heard = filmed_pair(number, SCENE_S, net.layout)
            if telling:
                seen, _ = filmed_pair(number, SCENE_S, net.layout, telling=1)
            start = float(np.random.default_rng((number, 9)).uniform(0, SCENE_S - CLIP_S))
            silent = _clipped(seen.from_second(start), CLIP_S)
            truth = -round(start * net.layout.frame_rate) / net.layout.frame_rate
            trials.append((yield from _trial(net, reliability, (silent, heard), truth, telling == 0, token)))
    return trials


def _trial(
    net: WindowNet,
    reliability: Reliability,
    pair: tuple[Filmed, Filmed],
    truth: float,
    belongs: bool,
    token: CancelToken,
) -> Stage[Trial]:
    seen, heard = recording(net, pair[0], sound=False), recording(net, pair[1], pictures=False)
    delays = (-heard.seconds, seen.seconds)
    found = yield from slide(net, seen, heard, delays, token)
    spots = []
    for place in found:
        answers = yield from ask(net, seen, heard, Clock.line(place.delay), SEARCH_PLACES, token)
        votes = vote(answers, SEARCH_REACH_S)
        if votes is not None:
            spots.append((place.delay + votes.offset, scores_of(votes, votes.offset)))
    chances = found_chances(reliability, [s for _, s in spots], (delays[1] - delays[0]) / RIGHT_S)
    best = max(zip(chances, spots, strict=True), key=lambda c: c[0], default=None)
    if best is None:
        return Trial(belongs, 0.0, float("inf"))
    return Trial(belongs, best[0], abs(best[1][0] - truth) if belongs else float("inf"))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A pair, where its node is said to begin, whether that is right, and which sides it has."""

    master: Filmed
    node: Filmed
    offset: float
    right: bool
    silent: int  # 0: both have both; 1: the node is silent; 2: the master is


def _candidates(number: int, layout: SegmentLayout) -> Iterator[_Candidate]:
    random = np.random.default_rng((number, 8))
    master, node = filmed_pair(number, SCENE_S, layout)
    stranger, _ = filmed_pair(number, SCENE_S, layout, telling=1)
    start = round(float(random.uniform(0, SCENE_S - CLIP_S)) * layout.frame_rate) / layout.frame_rate
    later = _clipped(node.from_second(start), CLIP_S)
    other = _clipped(stranger.from_second(start), CLIP_S)
    for turn in range(2):
        silent = (number + turn) % 3
        near = start + float(random.uniform(-_JITTER_S, _JITTER_S))
        wrong = start + float(random.choice([-1, 1]) * random.uniform(*_WRONG_S))
        yield _Candidate(master, later, near, True, silent)
        # As many wrong ones, so that what is fitted holds at even odds.
        yield _Candidate(master, *((other, near) if turn else (later, wrong)), False, silent)


def _scores(net: WindowNet, candidate: _Candidate, token: CancelToken) -> Stage[dict[str, float] | None]:
    master = recording(net, candidate.master, pictures=candidate.silent != 1, sound=candidate.silent != 2)
    node = recording(net, candidate.node, pictures=candidate.silent != 2, sound=candidate.silent != 1)
    clock = Clock.line(candidate.offset)
    alone = candidate.silent > 0
    places, reach = (SEARCH_PLACES, SEARCH_REACH_S) if alone else (CHECK_PLACES, CHECK_REACH_S)
    votes = vote((yield from ask(net, master, node, clock, places, token)), reach)
    return None if votes is None else scores_of(votes, 0.0)


def _clipped(filmed: Filmed, seconds: float) -> Filmed:
    layout = filmed.layout
    frames, samples = round(seconds * layout.frame_rate), round(seconds * layout.sample_rate)
    return Filmed(layout, filmed.pictures[:frames], filmed.sound[:samples])
