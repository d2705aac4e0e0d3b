"""Generated scenes, seen without weights from several sides.

Small events and figures that walk about, and people in motion, see ``evaluation.seen_filming``.
"""

from dataclasses import dataclass

from rushlock.evaluation.matrix_training.descriptors import scene_of
from rushlock.evaluation.matrix_training.material import Scene
from rushlock.evaluation.seen_filming import filmed_track, people_track

_FIRST = (1 << 31) + (5 << 24)
"""Keeps these scenes apart from all others that anything is trained or scored on."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A provider of them.

    Attributes:
        seconds: Length of a scene.
        cameras: How many see it, each with a hand and a light of its own.
        name: What the record of a training calls it.
    """

    seconds: float = 16.0
    cameras: int = 3
    name: str = "generated scenes"

    def scene(self, number: int) -> Scene:
        """Return a scene."""
        return scene_of(
            [filmed_track(_FIRST + number, view, seconds=self.seconds) for view in range(self.cameras)]
        )


@dataclass(frozen=True, slots=True)
class People:
    """A provider of people in motion.

    Attributes:
        seconds: Length of a scene.
        cameras: How many see it, from anywhere round it.
        name: What the record of a training calls it.
    """

    seconds: float = 12.0
    cameras: int = 3
    name: str = "generated people"

    def scene(self, number: int) -> Scene:
        """Return a scene."""
        cameras = range(self.cameras)
        return scene_of([people_track(_FIRST + number, view, seconds=self.seconds) for view in cameras])
