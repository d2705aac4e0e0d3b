"""Who makes the sounds, and how they move meanwhile: poses in metres for any moments.

Everything that hits turns at the instant of the impact, as hands, hammers, balls and soles do: that instant
is what can be seen from everywhere. Actors face the negative y axis; z points up.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from rushlock.evaluation.events.painting import Blob, Colour, Limb, Shape
from rushlock.evaluation.events.schedule import Beats, Doubles, Syllables, draw_beats, draw_syllables
from rushlock.evaluation.events.sounds import VOWELS, Sound, draw_strike, draw_voice


def _moved(points: Doubles, right: float, back: float, up: float) -> Doubles:
    """Return points, (t, 3), moved by metres."""
    moved: Doubles = points + np.array([right, back, up])
    return moved


class Actor(ABC):
    """Someone or something that is seen and heard.

    Attributes:
        heart: Where a camera should look, relative to ``place``, metres, (3,).
        reach: Radius in metres of what should be in the picture.
    """

    heart: Doubles
    reach: float

    def __init__(self, random: np.random.Generator, seconds: float, place: Doubles) -> None:
        self.place = place
        self._wander = random.uniform(0.0, 0.06, (3, 3))
        self._paces = random.uniform(0.2, 1.5, (3, 3))

    @abstractmethod
    def shapes(self, times: Doubles) -> Sequence[Shape]:
        """Return what can be seen at ascending moments, from back to front."""

    @abstractmethod
    def sound(self, seconds: float, rate: int) -> Sound:
        """Return what can be heard close by from 0 to ``seconds``."""

    @abstractmethod
    def impacts(self, edges: Doubles) -> Doubles:
        """Return 1 for each stretch between two edges in which something hits, else 0."""

    @abstractmethod
    def openness(self, times: Doubles) -> Doubles:
        """Return how far a mouth is open, 0 to 1; 0 for all but mouths."""

    def stand(self, times: Doubles) -> Doubles:
        """Return where the actor is while it sways a little, (t, 3)."""
        sway = (self._wander * np.sin(times[:, None, None] * self._paces + self._wander * 90)).sum(axis=1)
        standing: Doubles = self.place + sway * (1.0, 1.0, 0.2)
        return standing


class Striker(Actor):
    """Whatever hits something."""

    kind = ""

    def __init__(self, random: np.random.Generator, seconds: float, place: Doubles) -> None:
        super().__init__(random, seconds, place)
        self.beats: Beats = draw_beats(random, seconds, float(random.uniform(0.75, 1.3)))
        self.sharpness = float(random.uniform(1.5, 2.6))
        self._strike = draw_strike(random, self.kind)
        self._colours = random.uniform(15, 240, (5, 3))
        self._random_parts(random)

    @abstractmethod
    def _random_parts(self, random: np.random.Generator) -> None:
        """Draw what only this kind has."""

    def sound(self, seconds: float, rate: int) -> Sound:
        """Return the impacts."""
        return self._strike.sound(self.beats, seconds, rate)

    def impacts(self, edges: Doubles) -> Doubles:
        """Return where they fall."""
        return self.beats.between(edges)

    def openness(self, times: Doubles) -> Doubles:
        """Return nothing: no mouth moves."""
        return np.zeros(len(times))


class Hands(Striker):
    """Someone who claps: two hands that meet before the chest."""

    kind = "clap"
    heart, reach = np.array([0.0, -0.25, 1.2]), 0.5

    def _random_parts(self, random: np.random.Generator) -> None:
        tilt = random.uniform(-0.9, 0.9)
        self._axis = np.array([np.cos(tilt), 0.0, np.sin(tilt)])
        self._width = float(random.uniform(0.22, 0.42))
        self._hand = float(random.uniform(0.055, 0.085))
        self._skin = np.array([random.uniform(120, 235), random.uniform(80, 180), random.uniform(60, 150)])

    def shapes(self, times: Doubles) -> Sequence[Shape]:
        """Return body, head, arms and hands."""
        at, still = self.stand(times), np.ones(len(times))
        gap = self._hand * 0.7 + self._width * self.beats.lift(times, self.sharpness)
        meet = at + self.heart
        left, right = meet - self._axis * gap[:, None], meet + self._axis * gap[:, None]
        shoulder = _moved(at, 0.0, 0.0, 1.42)
        return [
            Limb(_moved(at, 0.0, 0.0, 0.9), _moved(at, 0.0, 0.0, 1.35), 0.19, self._colours[0]),
            Blob(_moved(at, 0.0, 0.0, 1.68), 0.1 * still, 0.13 * still, self._skin),
            Limb(shoulder - (0.2, 0.0, 0.0), left, 0.045, self._colours[1]),
            Limb(_moved(shoulder, 0.2, 0.0, 0.0), right, 0.045, self._colours[1]),
            Blob(left, self._hand * still, 1.2 * self._hand * still, self._skin),
            Blob(right, self._hand * still, 1.2 * self._hand * still, self._skin * 0.9),
        ]


class Ball(Striker):
    """A ball that bounces on the floor, with its shadow."""

    kind = "ball"
    heart, reach = np.array([0.0, 0.0, 0.5]), 0.62

    def _random_parts(self, random: np.random.Generator) -> None:
        self._radius = float(random.uniform(0.09, 0.17))
        self._height = float(random.uniform(0.5, 0.85))
        self.sharpness = 2.0

    def shapes(self, times: Doubles) -> Sequence[Shape]:
        """Return shadow and ball; it is squashed for some hundredths of a second."""
        at, still = self.stand(times), np.ones(len(times))
        lift = self.beats.lift(times, self.sharpness)
        high = self._height * lift
        squash = 0.25 * np.exp(-high / 0.03)
        centre = at * (1, 1, 0) + np.outer(high + self._radius * (1 - squash), (0, 0, 1))
        shadow = at * (1, 1, 0) + (0.0, 0.02, 0.0)
        size = self._radius * (1.3 - 0.4 * lift)
        return [
            Blob(shadow, size, 0.35 * size, np.full(3, 25.0)),
            Blob(centre, self._radius * (1 + squash), self._radius * (1 - squash), self._colours[0]),
            Blob(
                _moved(centre, 0.0, 0.0, 0.3 * self._radius),
                0.35 * self._radius * still,
                0.3 * self._radius * still,
                np.minimum(self._colours[0] + 70, 255),
            ),
        ]


class Hammer(Striker):
    """A hammer, or a stick, that swings down on a table."""

    kind = "hammer"
    heart, reach = np.array([0.0, 0.0, 0.95]), 0.55

    def _random_parts(self, random: np.random.Generator) -> None:
        self._length = float(random.uniform(0.4, 0.6))
        self._swing = float(random.uniform(0.5, 1.2))
        self._turn = float(random.uniform(-0.8, 0.8))
        self._head = float(random.uniform(0.05, 0.11))
        self._side = float(random.choice([-1.0, 1.0]))

    def shapes(self, times: Doubles) -> Sequence[Shape]:
        """Return table, hand, handle and head."""
        at, still = self.stand(times), np.ones(len(times))
        angle = self._swing * self.beats.lift(times, self.sharpness)
        flat = self._side * np.array([np.cos(self._turn), np.sin(self._turn), 0.0])
        pivot = _moved(at, 0.0, 0.0, 0.75 + self._head) - flat * self._length * 0.6
        tip = pivot + self._length * (np.outer(np.cos(angle), flat) + np.outer(np.sin(angle), (0, 0, 1)))
        table = _moved(at, 0.0, 0.0, 0.72)
        return [
            Limb(table - (0.6, 0.0, 0.0), _moved(table, 0.6, 0.0, 0.0), 0.04, self._colours[0]),
            Limb(pivot - flat * 0.4 - (0, 0, 0.15), pivot, 0.06, self._colours[1]),
            Limb(pivot, tip, 0.022, self._colours[2]),
            Blob(pivot, 0.06 * still, 0.06 * still, self._colours[4]),
            Blob(tip, self._head * still, self._head * still, self._colours[3]),
        ]


class Feet(Striker):
    """Someone who marches on the spot: left, right, one sole after the other."""

    kind = "step"
    heart, reach = np.array([0.0, 0.0, 0.5]), 0.62

    def _random_parts(self, random: np.random.Generator) -> None:
        self._lift = float(random.uniform(0.2, 0.4))
        self._apart = float(random.uniform(0.11, 0.2))

    def shapes(self, times: Doubles) -> Sequence[Shape]:
        """Return hips, legs and feet."""
        at, still = self.stand(times) * (1, 1, 0), np.ones(len(times))
        _, _, number = self.beats.phase(times)
        lifted = self._lift * self.beats.lift(times, self.sharpness)
        shapes: list[Shape] = [Limb(_moved(at, 0, 0, 0.95), _moved(at, 0, 0, 1.4), 0.17, self._colours[0])]
        for side, parity in ((-1.0, 0), (1.0, 1)):
            foot = _moved(at, side * self._apart, -0.06, 0.05)
            foot = foot + np.outer(np.where(number % 2 == parity, lifted, 0.0), (0.0, -0.5, 1.0))
            hip = _moved(at, side * self._apart * 0.8, 0.0, 0.9)
            knee = (hip + foot) / 2 + (foot[:, 2:] - 0.05) * (0.0, -0.7, 0.35)
            shapes += [
                Limb(hip, knee, 0.075, self._colours[1]),
                Limb(knee, foot, 0.06, self._colours[1]),
                Blob(foot, 0.09 * still, 0.055 * still, self._colours[2]),
            ]
        return shapes


class Talker(Actor):
    """Someone who speaks: the mouth's opening and the sound's loudness go together."""

    heart, reach = np.array([0.0, 0.0, 1.6]), 0.2

    def __init__(self, random: np.random.Generator, seconds: float, place: Doubles) -> None:
        super().__init__(random, seconds, place)
        self._wander *= 0.5
        self.syllables: Syllables = draw_syllables(random, seconds, VOWELS)
        self._voice = draw_voice(random)
        skin = random.uniform(0.45, 1.0)
        self._skin: Colour = skin * np.array([230.0, 185.0, 150.0])
        self._hair, self._shirt = random.uniform(10, 140, 3), random.uniform(15, 240, 3)
        self._mouth = float(random.uniform(0.032, 0.05))

    def shapes(self, times: Doubles) -> Sequence[Shape]:
        """Return shoulders, hair, face, eyes, lips, mouth."""
        at, still = self.stand(times), np.ones(len(times))
        open_ = self.openness(times)
        chin = np.outer(open_, (0.0, 0.0, -0.022))
        head, mouth = at + self.heart, at + self.heart + (0.0, -0.09, -0.052) + 0.5 * chin
        lips = 0.008 + 0.028 * open_
        wide = self._mouth * (1 - 0.25 * open_)
        eyes = [_moved(head, side * 0.037, -0.09, 0.025) for side in (-1, 1)]
        return [
            Limb(_moved(at, -0.18, 0.05, 1.33), _moved(at, 0.18, 0.05, 1.33), 0.09, self._shirt),
            Blob(_moved(head, 0.0, 0.03, 0.03), 0.1 * still, 0.12 * still, self._hair),
            Blob(head + 0.5 * chin - (0.0, 0.03, 0.01), 0.082 * still, 0.11 + 0.011 * open_, self._skin),
            *(Blob(eye, 0.012 * still, 0.008 * still, np.full(3, 30.0)) for eye in eyes),
            Blob(mouth, wide + 0.008, lips + 0.007, self._skin * (0.85, 0.55, 0.55)),
            Blob(mouth, wide, lips * 0.95, np.array([45.0, 12.0, 15.0])),
        ]

    def sound(self, seconds: float, rate: int) -> Sound:
        """Return the voice."""
        return self._voice.sound(self.syllables, seconds, rate)

    def impacts(self, edges: Doubles) -> Doubles:
        """Return nothing: no lips smack."""
        return np.zeros(len(edges) - 1)

    def openness(self, times: Doubles) -> Doubles:
        """Return how far the mouth is open."""
        return self.syllables.opening(times)


ACTORS: tuple[type[Actor], ...] = (Hands, Ball, Hammer, Feet, Talker)
