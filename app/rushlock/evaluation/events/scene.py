"""A scene drawn from a seed: who acts where, for how long; seen by any view, heard by any ear."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from rushlock.evaluation.events.actors import ACTORS
from rushlock.evaluation.events.listening import Ear
from rushlock.evaluation.events.painting import Blob, Light, Pictures, Shape, paint
from rushlock.evaluation.events.schedule import Doubles
from rushlock.evaluation.events.sounds import Sound
from rushlock.evaluation.events.views import View, draw_view

VERSION = 1
"""Which generation of scenes; one up whenever the same numbers give other pictures or sound."""

_TWO_ACTORS, _PASSER_BY = 0.12, 0.3


class EventScene:
    """What happens from 0 to ``seconds``.

    The same seed with another ``telling`` is the same people and things in the same places doing the same at
    other times: the hardest strangers there are.
    """

    def __init__(self, seed: int, seconds: float, kind: int | None = None, telling: int = 0) -> None:
        """Draw the scene.

        Args:
            seed: Of everything.
            seconds: Its length.
            kind: Number of the first actor's kind in ``ACTORS``; None: drawn.
            telling: Of the times alone.
        """
        random = np.random.default_rng((seed, 1))
        first = int(random.integers(len(ACTORS))) if kind is None else kind
        kinds = [first]
        if random.random() < _TWO_ACTORS:
            kinds.append(int(random.integers(len(ACTORS))))
        self.seconds = seconds
        self.actors = [
            ACTORS[k](np.random.default_rng((seed, 2, n, telling)), seconds, _place(n, len(kinds)))
            for n, k in enumerate(kinds)
        ]
        self._passer = _PasserBy(random, seconds) if random.random() < _PASSER_BY else None

    @cached_property
    def target(self) -> Doubles:
        """What cameras look at, metres, (3,)."""
        middle: Doubles = np.mean([actor.place + actor.heart for actor in self.actors], axis=0)
        return middle

    @cached_property
    def reach(self) -> float:
        """Radius in metres of what should be in the picture."""
        ends = [np.linalg.norm(a.place + a.heart - self.target) + a.reach for a in self.actors]
        return float(max(ends))

    def view(self, random: np.random.Generator) -> View:
        """Return a camera somewhere before the scene."""
        return draw_view(random, self.target, self.reach)

    def pictures(self, view: View, light: Light, times: Doubles, height: int, width: int) -> Pictures:
        """Return what a camera sees at ascending moments, (t, height, width, 3)."""
        shapes: list[Shape] = [s for actor in self.actors for s in actor.shapes(times)]
        if self._passer is not None:
            shapes.append(self._passer.shape(times, self.target, self.reach))
        return paint(shapes, view, light, times, height, width)

    def sound(self, ear: Ear, rate: int) -> Sound:
        """Return what a microphone hears from 0 to ``seconds``, mono."""
        return ear.hear(self.dry(rate), rate)

    def dry(self, rate: int) -> Sound:
        """Return what there is to hear, without room and microphone."""
        return np.asarray(np.sum([a.sound(self.seconds, rate) for a in self.actors], axis=0), np.float32)

    def activity(self, edges: Doubles) -> Doubles:
        """Return what happens between edges, (2, n): whether something hits; how far a mouth is open."""
        middles = (edges[1:] + edges[:-1]) / 2
        impacts = np.max([actor.impacts(edges) for actor in self.actors], axis=0)
        openness = np.max([actor.openness(middles) for actor in self.actors], axis=0)
        return np.stack([impacts, openness])


def _place(number: int, count: int) -> Doubles:
    return np.array([(number - (count - 1) / 2) * 0.9, 0.0, 0.0])


class _PasserBy:
    """Something that moves and makes no sound."""

    def __init__(self, random: np.random.Generator, seconds: float) -> None:
        self._pace, self._phase = float(random.uniform(0.1, 0.5)), float(random.uniform(0, 6.3))
        self._size, self._colour = float(random.uniform(0.1, 0.3)), random.uniform(15, 240, 3)
        self._depth, self._high = float(random.choice([-0.3, 1.0])), float(random.uniform(-0.8, 0.8))

    def shape(self, times: Doubles, target: Doubles, reach: float) -> Shape:
        across = 1.6 * reach * np.sin(2 * np.pi * self._pace * times + self._phase)
        place = target + np.stack(
            [across, np.full(len(times), self._depth), np.full(len(times), self._high * reach)], axis=1
        )
        size = np.full(len(times), self._size * reach)
        return Blob(place, size, 1.4 * size, self._colour)


def kinds() -> Sequence[str]:
    """Return the kinds of actors by number."""
    return [kind.__name__.lower() for kind in ACTORS]
