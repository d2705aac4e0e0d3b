"""What training asks of whatever provides multi-view scenes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene as all its cameras see it.

    Attributes:
        views: By name of a descriptor, for each camera (frames, dims): vectors whose products say how alike
            two frames are. All cameras begin at the same moment and have the same rate.
        rate: Frames a second.
    """

    views: Mapping[str, Sequence[Floats]]
    rate: float

    @property
    def cameras(self) -> int:
        """How many see it."""
        return len(next(iter(self.views.values())))


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
