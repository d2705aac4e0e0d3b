"""Generated events, seen without weights: by shapes, by flow, by both."""

from dataclasses import dataclass

import numpy as np

from rushlock.evaluation.events.painting import draw_light
from rushlock.evaluation.events.scene import EventScene
from rushlock.evaluation.matrix_training.material import Floats, Scene
from rushlock.features.aspects import Aspect
from rushlock.features.motion import RATE, MotionTrack, track_of
from rushlock.offsets.heads.matrix.moments import PATTERNS, moment_vectors

_SIDE = 48
_GREY = np.array([0.299, 0.587, 0.114], np.float32)
_SEED = 7_000_000
"""Keeps these scenes apart from those that window networks are trained and scored on."""

DESCRIPTORS: dict[str, tuple[Aspect, ...]] = {
    "shape": tuple(aspect for aspect in PATTERNS if aspect.evidence == "shape"),
    "flow": tuple(aspect for aspect in PATTERNS if aspect.evidence == "flow"),
    "both": PATTERNS,
}


@dataclass(frozen=True, slots=True)
class Generated:
    """A provider of events from ``evaluation.events``.

    Attributes:
        seconds: Length of a scene.
        cameras: How many see it, from anywhere in front of it, each with a hand and a light of its own.
        name: What the record of a training calls it.
    """

    seconds: float = 16.0
    cameras: int = 3
    name: str = "generated events"

    def scene(self, number: int) -> Scene:
        """Return a scene."""
        seed = _SEED + number
        event = EventScene(seed, self.seconds)
        random = np.random.default_rng((seed, 9))
        tracks = [self._watched(event, random) for _ in range(self.cameras)]
        views = {
            name: [_vectors(track, aspects) for track in tracks] for name, aspects in DESCRIPTORS.items()
        }
        return Scene(views, RATE)

    def _watched(self, event: EventScene, random: np.random.Generator) -> MotionTrack:
        times = np.arange(int(self.seconds * RATE)) / RATE
        view, light = event.view(random), draw_light(random)
        pictures = event.pictures(view, light, times, _SIDE, _SIDE)
        grey = np.rint(pictures @ _GREY).astype(np.uint8)
        return track_of(zip(times.tolist(), grey, strict=True))


def _vectors(track: MotionTrack, aspects: tuple[Aspect, ...]) -> Floats:
    """Return vectors that begin at the same moment whatever the aspects reach to."""
    reach = max(aspect.reach for aspect in PATTERNS)
    first, vectors = moment_vectors(track, aspects)
    lost = track.first + reach - first
    return vectors[lost : len(vectors) - lost]
