"""A moving scene seen by pinhole cameras: figures that walk, bob and wave, a backdrop, sometimes a flash.

All motion is a function of true time, so that every camera sees the same moment from its own place, at its
own frame times by its own clock. Small pictures suffice: what sync needs is when things move, not how they
look.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from rushlock.base.clock import Clock
from rushlock.base.rate import FrameRate
from rushlock.evaluation.clocks import true_times
from rushlock.evaluation.plan import EventPlan, PicturePlan
from rushlock.evaluation.rooms import Point
from rushlock.evaluation.scene.blocks import generator, seed_for

VARIABLE_TICKS = 90000
"""Ticks a second of pictures at variable rate."""

Picture = NDArray[np.uint8]
Floats = NDArray[np.float64]
Canvas = NDArray[np.float32]

_FIGURES = 4
_EYE_HEIGHT = 1.6
_LENS = 1.1  # focal length in picture widths' halves: about 85 degrees across
_FLASHES_PER_MINUTE = 3.0
_FLASH_SECONDS = 0.08
_NOISE = 2.0
_GRAINS = 7  # frames of grain, used in turn: too many and small to be seen as a pattern
# Balls of one figure: (right, ahead, up) in metres, radius, how far it swings with the stride, with a wave.
_BODY = np.array(
    [
        (0.0, 0.0, 1.65, 0.13, 0.0, 0.0),
        (0.0, 0.0, 1.35, 0.20, 0.0, 0.0),
        (0.0, 0.0, 1.10, 0.18, 0.0, 0.0),
        (0.0, 0.0, 0.90, 0.18, 0.0, 0.0),
        (-0.26, 0.0, 1.20, 0.08, 0.15, 0.1),
        (0.26, 0.0, 1.20, 0.08, -0.15, 0.1),
        (-0.30, 0.1, 0.95, 0.08, 0.30, 0.5),
        (0.30, 0.1, 0.95, 0.08, -0.30, 0.5),
        (-0.10, 0.0, 0.50, 0.10, -0.20, 0.0),
        (0.10, 0.0, 0.50, 0.10, 0.20, 0.0),
        (-0.10, 0.0, 0.12, 0.10, -0.40, 0.0),
        (0.10, 0.0, 0.12, 0.10, 0.40, 0.0),
    ]
)


class Figure:
    """One person on the move round a place."""

    def __init__(self, seed: int, middle: Point) -> None:
        random = generator(seed, "figure")
        self._middle = np.array(middle[:2]) + random.uniform(-1.0, 1.0, 2)
        self._paces = random.uniform(0.15, 0.9, (2, 3)) * 2 * np.pi * 0.3
        self._reach = random.uniform(0.1, 0.5, (2, 3))
        self._phases = random.uniform(0, 2 * np.pi, (2, 3))
        self._stride, self._waving = random.uniform(1.2, 2.2), random.uniform(0.4, 1.3, 2)
        self.colours = np.repeat(random.uniform(40, 230, (3, 3)), (1, 7, 4), axis=0)

    def balls(self, time: float) -> Floats:
        """Return (x, y, z, radius) of each ball at a true time."""
        place = self._middle + np.sum(self._reach * np.sin(self._paces * time + self._phases), axis=1)
        ahead = np.sum(self._reach * self._paces * np.cos(self._paces * time + self._phases), axis=1)
        speed = float(np.hypot(*ahead))
        ahead = ahead / max(speed, 1e-6)
        right = np.array([ahead[1], -ahead[0]])
        swing = np.sin(2 * np.pi * self._stride * time) * min(speed * 2, 1.0)
        wave = max(0.0, float(np.prod(np.sin(2 * np.pi * self._waving * time)))) ** 0.5
        flat = place + np.outer(_BODY[:, 0], right) + np.outer(_BODY[:, 1] + _BODY[:, 4] * swing, ahead)
        height = _BODY[:, 2] + _BODY[:, 5] * wave + 0.04 * abs(swing)
        return np.column_stack([flat, height, _BODY[:, 3]])


class Scene:
    """What can be seen at an event."""

    def __init__(self, event: EventPlan, seed: int = 0) -> None:
        key = seed_for(seed, "scene", event.name)
        self.middle: Point = (event.room.size[0] / 2, event.room.size[1] / 2, 1.1)
        self.figures = [Figure(seed_for(key, n), self.middle) for n in range(_FIGURES)]
        self._key = key

    def flash(self, time: float) -> float:
        """Return how bright a photographer's flash is at a true time, 0 to 1; at most one in ten seconds."""
        tens = int(time // 10)
        random = generator(self._key, "flash", tens + (1 << 20))
        if random.random() > _FLASHES_PER_MINUTE / 6:
            return 0.0
        since = time - tens * 10 - float(random.uniform(0, 9.5))
        return float(np.exp(-since / 0.03)) if 0 <= since < _FLASH_SECONDS else 0.0


@dataclass(frozen=True)
class _View:
    """A camera's orientation: rows of ``axes`` are right, down, ahead."""

    eye: Floats
    axes: Floats

    @classmethod
    def towards(cls, eye: Point, target: Point) -> "_View":
        place = np.array([eye[0], eye[1], _EYE_HEIGHT])
        ahead = np.subtract(target, place)
        ahead /= np.linalg.norm(ahead)
        right = np.cross(ahead, (0.0, 0.0, 1.0))
        right /= np.linalg.norm(right)
        return cls(place, np.stack([right, np.cross(ahead, right), ahead]))


class SceneCamera:
    """Renders a scene from one place."""

    def __init__(self, scene: Scene, eye: Point, width: int, height: int, seed: int) -> None:
        away = np.hypot(eye[0] - scene.middle[0], eye[1] - scene.middle[1])
        self._scene, self._view = scene, _View.towards(eye, scene.middle)
        self._width, self._height = width, height
        self._focus = _LENS * width / 2 * max(1.0, away / 4.0)  # a long lens from afar
        random = generator(seed, "backdrop")
        blobs = ndimage.gaussian_filter(random.uniform(0, 255, (height, width, 3)), (6, 6, 0))
        self._backdrop = np.asarray(np.clip((blobs - blobs.mean()) * 2.5 + 90, 0, 255), np.float32)
        self._grain = _NOISE * random.standard_normal((_GRAINS, height, width, 1), np.float32)
        self._shown = 0

    def picture(self, time: float) -> Picture:
        """Return the picture at a true time, height x width x 3."""
        canvas = self._backdrop.copy()
        balls = [figure.balls(time) for figure in self._scene.figures]
        far_first = np.argsort([-np.linalg.norm(b[0, :3] - self._view.eye) for b in balls])
        for number in far_first:
            self._draw(canvas, balls[number], self._scene.figures[number].colours)
        canvas += self._grain[self._shown % _GRAINS] + np.float32(140 * self._scene.flash(time))
        self._shown += 1
        return np.asarray(np.clip(canvas, 0, 255), np.uint8)

    def _draw(self, canvas: Canvas, balls: Floats, colours: Floats) -> None:
        seen = (balls[:, :3] - self._view.eye) @ self._view.axes.T
        depth = np.maximum(seen[:, 2], 0.3)
        columns = self._width / 2 + self._focus * seen[:, 0] / depth
        rows = self._height / 2 + self._focus * seen[:, 1] / depth
        for x, y, radius, colour in zip(
            columns, rows, self._focus * balls[:, 3] / depth, colours, strict=True
        ):
            _disc(canvas, x, y, radius, colour)


def _disc(canvas: Canvas, x: float, y: float, radius: float, colour: Floats) -> None:
    """Blend in a disc with an edge of one pixel, shaded to the lower right."""
    height, width = canvas.shape[:2]
    left, right = max(int(x - radius - 1), 0), min(int(x + radius + 2), width)
    top, bottom = max(int(y - radius - 1), 0), min(int(y + radius + 2), height)
    if left >= right or top >= bottom:
        return
    across = np.arange(left, right) - x
    down = np.arange(top, bottom)[:, None] - y
    cover = np.clip(radius + 0.5 - np.sqrt(across**2 + down**2), 0.0, 1.0)[..., None]
    shade = (1 - 0.25 * (across + down) / max(radius, 1.0))[..., None]
    part = canvas[top:bottom, left:right]
    part += cover * (colour * shade - part)


class PictureTake:
    """The pictures of one clip while it is being recorded."""

    def __init__(
        self, event: EventPlan, plan: PicturePlan, eye: Point, clock: Clock, seconds: float, seed: int
    ) -> None:
        """Set up the camera.

        Args:
            event: What it looks at.
            plan: Size and rate.
            eye: Where it stands, metres.
            clock: The clip's clock on the true clock.
            seconds: Length of the clip.
            seed: For grain, backdrop and the times of frames at variable rate.
        """
        self._camera = SceneCamera(Scene(event), eye, plan.width, plan.height, seed)
        self._clock = clock
        self._times = frame_times(plan.rate, seconds, generator(seed, "frames") if plan.variable else None)
        self._next = 0

    def shoot_until(self, seconds: float, write: Callable[[Picture, Fraction], None]) -> None:
        """Write the frames up to a clip time."""
        while self._next < len(self._times) and self._times[self._next] < seconds:
            at = self._times[self._next]
            true_time = float(true_times(self._clock, np.array([float(at)]))[0])
            write(self._camera.picture(true_time), at)
            self._next += 1


def frame_times(rate: FrameRate, seconds: float, random: np.random.Generator | None) -> list[Fraction]:
    """Return the exact clip times at which frames are shown.

    Args:
        rate: Nominal.
        seconds: Length of the clip; the last frame begins before that.
        random: Draws uneven times (a phone's variable rate), None: even times.
    """
    count = max(1, int(Fraction(seconds) * rate.fps))
    if random is None:
        return [n / rate.fps for n in range(count)]
    steps = random.choice([0.5, 1.0, 1.0, 1.0, 1.5, 2.0], count) * float(1 / rate.fps)
    ticks = np.rint(np.concatenate([[0.0], np.cumsum(steps)]) * VARIABLE_TICKS).astype(int)
    return [Fraction(int(tick), VARIABLE_TICKS) for tick in ticks if tick < seconds * VARIABLE_TICKS]
