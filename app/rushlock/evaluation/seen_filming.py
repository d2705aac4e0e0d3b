"""Generated scenes as the motion tracks of cameras that film them: events, walkers, people.

Every camera has a rate and a phase of its own, so that its frames lie between another's; hands, light, grain
and lens differ too. Clip time is the scene's time.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from rushlock.evaluation.events.painting import Light, draw_light, paint
from rushlock.evaluation.events.people import draw_company, draw_place
from rushlock.evaluation.events.scene import EventScene
from rushlock.evaluation.pictures import Scene, SceneCamera
from rushlock.evaluation.plan import EventPlan
from rushlock.evaluation.rooms import Room
from rushlock.features.motion import SIDE, MotionTrack, track_of

WALKERS_EVERY = 4
"""Every so many scenes is one of walking figures."""

_RATES = (25.0, 30.0, 24000 / 1001, 30.0)

Doubles = npt.NDArray[np.float64]
Grey = npt.NDArray[np.float32]


def filmed_track(number: int, view: int, telling: int = 0, seconds: float = 22.0) -> MotionTrack:
    """Return the track of small events, or of figures that walk about, from one camera.

    Args:
        number: Of the scene.
        view: Of the camera.
        telling: Another one is the same people and things at other times.
        seconds: Length of the scene.
    """
    times = _draw_times(np.random.default_rng((number, 21, view)), seconds)
    walkers = number % WALKERS_EVERY == 0
    shown = (
        _walkers(number, view, telling, times) if walkers else _event(number, view, telling, times, seconds)
    )
    return track_of(zip(times.tolist(), shown, strict=True))


def people_track(number: int, view: int, telling: int = 0, seconds: float = 22.0) -> MotionTrack:
    """Return the track of people in motion from one camera; another telling is other people."""
    company = draw_company(np.random.default_rng((number, 31, telling)), seconds)
    random = np.random.default_rng((number, 32, view))
    times = _draw_times(random, seconds)
    place = draw_place(random, company)
    shown = paint(company.shapes(times, place), place, _softened(draw_light(random)), times, SIDE, SIDE)
    return track_of(zip(times.tolist(), shown.mean(axis=3, dtype=np.float32), strict=True))


def _draw_times(random: np.random.Generator, seconds: float) -> Doubles:
    rate = float(random.choice(_RATES))
    return np.asarray(random.uniform(0, 1 / rate) + np.arange(int(seconds * rate) - 1) / rate)


def _softened(light: Light) -> Light:
    """Return a light as pictures are compared: each of their pixels is the mean of four that were decoded."""
    return replace(light, grain=light.grain / 2)


def _event(number: int, view: int, telling: int, times: Doubles, seconds: float) -> Iterator[Grey]:
    scene = EventScene(number, seconds + 1.0, telling=telling)
    random = np.random.default_rng((number, 7, view))
    camera, light = scene.view(random), _softened(draw_light(random))
    for picture in scene.pictures(camera, light, times, SIDE, SIDE):
        yield picture.mean(axis=2, dtype=np.float32)


def _walkers(number: int, view: int, telling: int, times: Doubles) -> Iterator[Grey]:
    scene = Scene(EventPlan(f"walk {number}", Room((8.0, 8.0, 3.0), 0.4), ()), seed=number)
    random = np.random.default_rng((number, 8, view))
    angle = random.uniform(0, 2 * np.pi)
    away = random.uniform(3.0, 6.0)
    eye = (scene.middle[0] + away * np.cos(angle), scene.middle[1] + away * np.sin(angle), 1.6)
    camera = SceneCamera(scene, eye, SIDE, SIDE, int(random.integers(1 << 31)))
    later = 1000.0 * telling + (float(np.random.default_rng((number, 9)).uniform(0, 50)) if telling else 0.0)
    for time in times:
        yield camera.picture(float(time) + later).mean(axis=2, dtype=np.float32)
