"""Generated scenes, seen without weights from several sides.

Small events and figures that walk about, filmed as ``evaluation.seen_cases`` films them: each camera with a
rate and a phase of its own, so that its frames lie between another's.
"""

from dataclasses import dataclass

from rushlock.evaluation.matrix_training.descriptors import scene_of
from rushlock.evaluation.matrix_training.material import Scene
from rushlock.evaluation.seen_cases import filmed_track

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
