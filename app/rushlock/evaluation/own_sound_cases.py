"""Generated clips whose sound is early, in step or late by a known time, and clips with strangers' sound.

Small events (``events``: claps, bounces, hammers, marching, mouths) as a camera sees them and a microphone
beside it hears them. Strangers are the hardest there are: the same people doing the same at other times.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.evaluation.events.listening import Ear, draw_ear
from rushlock.evaluation.events.painting import draw_light
from rushlock.evaluation.events.scene import EventScene
from rushlock.features.heard import HOP_S, hear_mono
from rushlock.features.motion import SIDE, MotionTrack, track_of
from rushlock.offsets.own_sound import Doubles, best_lag, heard_events, lag_curve, seen_events

STAGE = "Watching and hearing generated scenes"
FIRST = (1 << 31) + (7 << 24)
"""Number of the first scene: none of these is used for anything else."""

LENGTHS_S = (6.0, 12.0, 28.0)
_SCENE_S, _BEFORE_S = 30.0, 2.0
_SAMPLE_RATE = 16000
_FRAME_RATES = (25.0, 30.0, 24000 / 1001, 50.0)
_FARTHEST_M = 8.0
_USUAL_S, _MOST_S, _FAR = (0.04, 0.5), 1.9, 0.3
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class OwnSoundCase:
    """One clip and what was found.

    Attributes:
        scene: Its number.
        seconds: Its length.
        kind: Of the scene's first actor.
        belongs: Whether picture and sound are of the same moments.
        planted: By how much the sound was made late, seconds; 0 in half of the cases.
        travel: Seconds that the sound takes to the microphone besides.
        found: The lag found.
        scores: See ``offsets.own_sound``.
    """

    scene: int
    seconds: float
    kind: str
    belongs: bool
    planted: float
    travel: float
    found: float
    scores: dict[str, float]

    @property
    def raw_error(self) -> float:
        """How far the lag is from the truth, bias included; infinite for strangers."""
        return self.found - self.planted - self.travel if self.belongs else float("inf")


def gather_own_sound(scenes: int, token: CancelToken, first: int = FIRST) -> Stage[list[OwnSoundCase]]:
    """Return the cases of some scenes."""
    cases: list[OwnSoundCase] = []
    for done in range(scenes):
        yield Progress(STAGE, done, scenes, unit="scenes")
        cases += _of_scene(first + done, token)
    yield Progress(STAGE, scenes, scenes, unit="scenes")
    return cases


def _of_scene(number: int, token: CancelToken) -> Iterator[OwnSoundCase]:
    random = np.random.default_rng((number, 41))
    own, other = (EventScene(number, _SCENE_S + 2 * _BEFORE_S, telling=telling) for telling in (0, 1))
    seen = seen_events(_filmed(own, random, token))
    ear = draw_ear(random, _FARTHEST_M)
    heard = {True: _heard(own, ear), False: _heard(other, ear)}
    kind = type(own.actors[0]).__name__.lower()
    for seconds in LENGTHS_S:
        for belongs, sound in heard.items():
            planted = _draw_lag(random)
            begin = round(float(random.uniform(0, _SCENE_S - 1.0 - seconds)) / HOP_S)
            size, late = round(seconds / HOP_S), round((_BEFORE_S - planted) / HOP_S)
            lag = best_lag(
                lag_curve(seen[begin : begin + size], sound[begin + late : begin + late + size], token)
            )
            if lag is not None:
                about = (number, seconds, kind, belongs, planted, ear.travel)
                yield OwnSoundCase(*about, lag.seconds, lag.scores)


def _draw_lag(random: np.random.Generator) -> float:
    if random.random() < 1 / 2:
        return 0.0
    most = _MOST_S if random.random() < _FAR else _USUAL_S[1]
    return float(random.choice([-1, 1])) * round(float(random.uniform(_USUAL_S[0], most)), 2)


def _filmed(scene: EventScene, random: np.random.Generator, token: CancelToken) -> MotionTrack:
    """Return a camera's track; clip time 0 is ``_BEFORE_S`` of the scene."""
    view, light = scene.view(random), draw_light(random)
    light = replace(light, grain=light.grain / 2)  # each pixel is the mean of four that would be decoded
    rate = float(random.choice(_FRAME_RATES))
    times = random.uniform(0, 1 / rate) + _BEFORE_S + np.arange(int(_SCENE_S * rate) - 1) / rate

    def shown() -> Iterator[tuple[float, np.ndarray]]:
        for first in range(0, len(times), _AT_ONCE):
            token.check()
            at = times[first : first + _AT_ONCE]
            for time, picture in zip(at, scene.pictures(view, light, at, SIDE, SIDE), strict=True):
                yield float(time) - _BEFORE_S, picture.mean(axis=2, dtype=np.float32)

    return track_of(shown())


def _heard(scene: EventScene, ear: Ear) -> Doubles:
    return heard_events(hear_mono(scene.sound(ear, _SAMPLE_RATE), _SAMPLE_RATE))
