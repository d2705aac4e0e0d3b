"""Generated questions to pictures alone, with known answers: the same moments from two sides, and strangers.

Three kinds of scenes: small events (``events``: claps, bounces, hammers, marching, mouths), figures that walk
about, bob and wave (``pictures``), whose strides repeat themselves, and people in motion. Every scene gives
pairs of crops of several lengths that overlap wholly or in part; strangers are the same people who do the
same at other times, which are the hardest there are, and other people's scenes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.seen_filming import filmed_track, people_track
from rushlock.features.motion import RATE, MotionTrack
from rushlock.offsets.seen import seen_curve, seen_places
from rushlock.offsets.seen_judge import alone, seen_scores

STAGE = "Watching generated scenes"
SCENE_S = 22.0
LENGTHS_S = (4.0, 8.0, 16.0)
RIGHT_S = 1 / 25
FIRST = (1 << 31) + (3 << 24)
"""Number of the first scene: none of these is used for anything else."""

PEOPLE_EVERY = 3
"""Every so many scenes is one of people in motion."""

_REACH_S = 1.0


@dataclass(frozen=True, slots=True)
class SeenCase:
    """One place of one pair.

    Attributes:
        scene: Its number.
        seconds: Length of each crop.
        belongs: Whether the two share any time.
        best: Whether this is the pair's best place.
        error: Seconds from the truth; infinite for strangers.
        alone: Share of the best place among those of a motion that repeats, see ``offsets.seen_judge``.
        scores: See there.
    """

    scene: int
    seconds: float
    belongs: bool
    best: bool
    error: float
    alone: float
    scores: dict[str, float]

    @property
    def right(self) -> bool:
        """Whether the place is right within one frame."""
        return self.error <= RIGHT_S


def gather_seen(scenes: int, token: CancelToken, first: int = FIRST) -> Stage[list[SeenCase]]:
    """Return the cases of some scenes."""
    cases: list[SeenCase] = []
    before: MotionTrack | None = None
    for done in range(scenes):
        yield Progress(STAGE, done, scenes, unit="scenes")
        token.check()
        number = first + done
        film = people_track if done % PEOPLE_EVERY == 0 else filmed_track
        one, other = film(number, 0, seconds=SCENE_S), film(number, 1, seconds=SCENE_S)
        elsewhere = film(number, 1, telling=1, seconds=SCENE_S)
        cases += _of_scene(number, one, other, elsewhere, before, token)
        before = other
    yield Progress(STAGE, scenes, scenes, unit="scenes")
    return cases


def _of_scene(
    number: int,
    one: MotionTrack,
    other: MotionTrack,
    elsewhere: MotionTrack,
    before: MotionTrack | None,
    token: CancelToken,
) -> Iterator[SeenCase]:
    random = np.random.default_rng((number, 20))
    for seconds in LENGTHS_S:
        yield from _cases(number, seconds, True, *crops(one, other, seconds, random), token)
        # As many strangers: what is fitted holds at even odds.
        stranger = before if before is not None and random.random() < 1 / 3 else elsewhere
        yield from _cases(number, seconds, False, *crops(one, stranger, seconds, random), token)


def crops(
    one: MotionTrack, other: MotionTrack, seconds: float, random: np.random.Generator
) -> tuple[MotionTrack, MotionTrack]:
    """Return two crops of one length that begin within ``_REACH_S`` of each other, or further where long.

    Moments keep their numbers, so that the true offset is 0 in the scene's own time.
    """
    size = round(seconds * RATE)
    reach = round(random.choice([_REACH_S, seconds / 2]) * RATE)
    shift = int(random.integers(-reach, reach + 1))
    room = min(len(one), len(other)) - size - abs(shift)
    at = int(random.integers(0, max(room, 1)))
    begin = at + max(-shift, 0)
    return one.part(begin, begin + size), other.part(begin + shift, begin + shift + size)


def _cases(
    number: int,
    seconds: float,
    belongs: bool,
    one: MotionTrack,
    other: MotionTrack,
    token: CancelToken,
) -> Iterator[SeenCase]:
    curve = seen_curve(one, other, token)
    places = seen_places(one, other, curve, token)
    share = alone(one, other, places) if places else 1.0
    for place in range(min(len(places), 2)):
        error = abs(places[place].offset) if belongs else float("inf")
        yield SeenCase(number, seconds, belongs, place == 0, error, share, seen_scores(places, place, curve))
