"""Generated questions to pictures alone, with known answers: the same moments from two sides, and strangers.

Two kinds of scenes: small events (``events``: claps, bounces, hammers, marching, mouths) and figures that
walk about, bob and wave (``pictures``), whose strides repeat themselves. Every scene gives pairs of crops of
several lengths that overlap wholly or in part; strangers are the same people who do the same at other times,
which are the hardest there are, and other people's scenes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.events.painting import draw_light
from rushlock.evaluation.events.scene import EventScene
from rushlock.evaluation.pictures import Scene, SceneCamera
from rushlock.evaluation.plan import EventPlan
from rushlock.evaluation.rooms import Room
from rushlock.features.motion import RATE, MotionTrack, track_of
from rushlock.offsets.seen import seen_curve, seen_places
from rushlock.offsets.seen_judge import alone, seen_scores

STAGE = "Watching generated scenes"
SCENE_S = 22.0
LENGTHS_S = (4.0, 8.0, 16.0)
RIGHT_S = 1 / 25
FIRST = (1 << 31) + (3 << 24)
"""Number of the first scene: none of these is used for anything else."""

WALKERS_EVERY = 4
"""Every so many scenes is one of walking figures."""

_SIDE = 48
_RATES = (25.0, 30.0, 24000 / 1001, 30.0)
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
        one, other = filmed_track(number, 0), filmed_track(number, 1)
        elsewhere = filmed_track(number, 1, telling=1)
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


def filmed_track(number: int, view: int, telling: int = 0, seconds: float = SCENE_S) -> MotionTrack:
    """Return the track of a scene from one camera, whose frames come at its own rate and phase.

    Clip time is the scene's time.
    """
    random = np.random.default_rng((number, 21, view))
    rate = float(random.choice(_RATES))
    times = random.uniform(0, 1 / rate) + np.arange(int(seconds * rate) - 1) / rate
    walkers = number % WALKERS_EVERY == 0
    shown = (
        _walkers(number, view, telling, times) if walkers else _event(number, view, telling, times, seconds)
    )
    return track_of(zip(times.tolist(), shown, strict=True))


Grey = npt.NDArray[np.uint8]


def _event(
    number: int, view: int, telling: int, times: npt.NDArray[np.float64], seconds: float
) -> Iterator[Grey]:
    scene = EventScene(number, seconds + 1.0, telling=telling)
    random = np.random.default_rng((number, 7, view))
    camera, light = scene.view(random), draw_light(random)
    for picture in scene.pictures(camera, light, times, _SIDE, _SIDE):
        yield picture.mean(axis=2).astype(np.uint8)


def _walkers(number: int, view: int, telling: int, times: npt.NDArray[np.float64]) -> Iterator[Grey]:
    scene = Scene(EventPlan(f"walk {number}", Room((8.0, 8.0, 3.0), 0.4), ()), seed=number)
    random = np.random.default_rng((number, 8, view))
    angle = random.uniform(0, 2 * np.pi)
    away = random.uniform(3.0, 6.0)
    eye = (scene.middle[0] + away * np.cos(angle), scene.middle[1] + away * np.sin(angle), 1.6)
    camera = SceneCamera(scene, eye, _SIDE, _SIDE, int(random.integers(1 << 31)))
    later = 1000.0 * telling + (float(np.random.default_rng((number, 9)).uniform(0, 50)) if telling else 0.0)
    for time in times:
        yield camera.picture(float(time) + later).mean(axis=2).astype(np.uint8)
