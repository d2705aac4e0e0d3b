"""What training asks of whatever provides multi-view scenes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Layers = Sequence[Floats]


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene as all its cameras see it.

    Attributes:
        views: For each camera and each layer (frames, dims): vectors whose products say how alike two frames
            are. All cameras begin at the same moment and have the same rate.
        rate: Frames a second.
    """

    views: Sequence[Layers]
    rate: float

    def joined(self, camera: int) -> Floats:
        """Return a camera's layers side by side, (frames, dims), for what looks at one matrix."""
        layers = self.views[camera]
        return np.concatenate(layers, axis=1) / np.float32(np.sqrt(len(layers)))

    def __len__(self) -> int:
        """Return its frames."""
        return len(self.views[0][0])


class Provider(Protocol):
    """Scenes by number; the same number always gives the same scene."""

    @property
    def name(self) -> str:
        """What the record of a training calls it."""

    def scene(self, number: int) -> Scene:
        """Return a scene; any number from 0 on."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A provider of scenes that are there: recordings whose cameras are known to be in step.

    Attributes:
        name: What the record of a training calls it.
        scenes: Numbers beyond them begin anew.
    """

    name: str
    scenes: Sequence[Scene]

    def scene(self, number: int) -> Scene:
        """Return a scene."""
        return self.scenes[number % len(self.scenes)]
