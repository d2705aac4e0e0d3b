"""Where sequences come from: films that are in step, by number."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rushlock.evaluation.events.listening import draw_ear
from rushlock.evaluation.events.scene import VERSION, EventScene
from rushlock.evaluation.filmed import Filmed, filmed_pair
from rushlock.evaluation.window_training.material import HELD_OUT
from rushlock.nets.protocol import Floats, SegmentLayout

_FIRST_SCENE = 8_000_000
_SEED_STEP = 10_000_000
FIRST_HELD_OUT = HELD_OUT + (4 << 24)
"""Scenes of its own: none that other networks, votes or protocols are trained, weighed or measured on."""


@dataclass(frozen=True)
class Stretch:
    """One stretch of time.

    Attributes:
        films: What cameras recorded of it; the first frames and samples of all were taken at once.
        stranger: Sound that belongs to none of it, as long; None where there is no better one than another
            stretch's.
    """

    films: tuple[Filmed, ...]
    stranger: Floats | None


class Source(Protocol):
    """Gives stretches by number; a number gives the same one always."""

    @property
    def told(self) -> str:
        """What it is, as it is written beside the weights."""

    def stretch(self, number: int, seconds: float, layout: SegmentLayout) -> Stretch:
        """Return a stretch to train on."""

    def held_out(self, number: int, seconds: float, layout: SegmentLayout) -> Stretch:
        """Return one that is never trained on."""


@dataclass(frozen=True)
class Generated:
    """Generated scenes, each before two cameras."""

    seed: int

    @property
    def told(self) -> str:
        """See ``Source``."""
        return f"generated scenes of generation {VERSION}, two cameras each"

    def stretch(self, number: int, seconds: float, layout: SegmentLayout) -> Stretch:
        """See ``Source``; the stranger does the same at other times."""
        return _scene(self.seed * _SEED_STEP + _FIRST_SCENE + number, seconds, layout)

    def held_out(self, number: int, seconds: float, layout: SegmentLayout) -> Stretch:
        """See ``Source``."""
        return _scene(FIRST_HELD_OUT + number, seconds, layout)


def _scene(number: int, seconds: float, layout: SegmentLayout) -> Stretch:
    ear = draw_ear(np.random.default_rng((number, 9)))
    other = EventScene(number, seconds + 1.0, telling=1).sound(ear, layout.sample_rate)
    return Stretch(filmed_pair(number, seconds, layout), other[layout.sample_rate // 2 :])
