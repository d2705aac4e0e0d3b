"""People in motion: jointed bodies that walk, lean, bend, reach and stand about, filmed from all round.

The other actors hit things, and the figures of ``evaluation.pictures`` stride. Silent
cameras mostly show people who do neither: who shift their weight, lift a leg, swing their arms. Every joint
goes from one angle to the next in a smooth stroke at moments of its own (minimum jerk: Flash and Hogan, The
Coordination of Arm Movements, J. Neuroscience 1985); a gait may go on beneath. The lower foot stays on the
ground, so that bodies rise and sink as bodies do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rushlock.evaluation.events.painting import Blob, Limb, Shape
from rushlock.evaluation.events.schedule import Doubles
from rushlock.evaluation.events.views import View, draw_view

_PELVIS, _TORSO, _NECK, _HEAD = 0.1, 0.5, 0.12, 0.11
_UPPER, _FORE, _THIGH, _SHIN = 0.3, 0.27, 0.43, 0.43
_SHOULDER, _SOLE = 0.2, 0.06
_LEAST_STROKE, _MOST_STROKE = 0.22, 0.9
_SETTLED_S = 3.0
"""Joints have moved for so long before a scene begins."""

_TILT, _ON_ITS_SIDE = 0.15, 0.05

_MOVES = {
    "lean": (-0.45, 0.45),
    "bow": (-0.15, 0.7),
    "turn": (-0.6, 0.6),
    "hip": (-0.35, 0.9),
    "side": (-0.1, 0.6),
    "knee": (0.0, 1.1),
    "swing": (-0.6, 1.9),
    "spread": (0.05, 1.6),
    "elbow": (0.0, 1.7),
}
"""Angles in radians between which each joint goes."""

_PAIRED = frozenset({"hip", "side", "knee", "swing", "spread", "elbow"})


@dataclass(frozen=True, slots=True)
class Strokes:
    """A joint that goes from angle to angle.

    Attributes:
        times: Ascending, when a stroke begins, seconds, (n,).
        lengths: Of each stroke, seconds, (n,).
        angles: Where each one goes, radians, (n,); before the first it rests there already.
    """

    times: Doubles
    lengths: Doubles
    angles: Doubles

    def at(self, moments: Doubles) -> Doubles:
        """Return the angle at some moments."""
        last = np.maximum(np.searchsorted(self.times, moments, side="right") - 1, 0)
        part = np.clip((moments - self.times[last]) / self.lengths[last], 0.0, 1.0)
        eased = part**3 * (10 - 15 * part + 6 * part**2)
        before = self.angles[np.maximum(last - 1, 0)]
        going: Doubles = before + eased * (self.angles[last] - before)
        return going


def draw_strokes(
    random: np.random.Generator, seconds: float, reach: tuple[float, float], liveliness: float
) -> Strokes:
    """Return a joint's strokes.

    Args:
        random: Draws everything.
        seconds: From 0 to here it moves.
        reach: Angles between which it goes.
        liveliness: Strokes a second.
    """
    span = seconds + 2 * _SETTLED_S
    count = int(2 * span * liveliness) + 4
    pauses = random.exponential(1 / liveliness, count)
    lengths = random.uniform(_LEAST_STROKE, _MOST_STROKE, count)
    times = np.cumsum(np.maximum(pauses, lengths)) - _SETTLED_S
    rest = np.clip(0.0, *reach)
    angles = rest + random.beta(0.8, 1.6, count) * (random.choice(reach, count) - rest)
    return Strokes(times, lengths, angles)


class Person:
    """One jointed body.

    Attributes:
        place: Where it stands at first, metres, (3,).
    """

    def __init__(self, random: np.random.Generator, seconds: float, place: Doubles, idle: bool) -> None:
        """Draw a body and what it does.

        Args:
            random: Draws everything.
            seconds: From 0 to here it acts.
            place: Where, metres, (3,).
            idle: Whether it only stands about.
        """
        self.place = place
        lively = float(random.uniform(0.15, 0.4) if idle else random.uniform(0.5, 1.6))
        scale = float(random.uniform(0.15, 0.4) if idle else random.uniform(0.5, 1.1))
        self._joints = {
            (name, side): draw_strokes(random, seconds, (scale * reach[0], scale * reach[1]), lively)
            for name, reach in _MOVES.items()
            for side in ((-1, 1) if name in _PAIRED else (0,))
        }
        self._faces = float(random.uniform(0, 2 * np.pi))
        self._pace = float(random.uniform(0.7, 1.2))
        self._gait = 0.0 if idle or random.random() < 0.5 else float(random.uniform(0.4, 1.0))
        self._onwards = float(random.choice([0.0, 0.6])) * self._gait
        self._middle = seconds / 2
        self._phase, self._size = float(random.uniform(0, 2 * np.pi)), float(random.uniform(0.85, 1.08))
        self._drift = random.uniform(0.0, 0.1, (2, 2)), random.uniform(0.1, 0.4, (2, 2))
        skin = random.uniform(0.35, 1.0) * np.array([235.0, 185.0, 150.0])
        self._skin, self._shirt, self._trousers, self._hair = (
            skin,
            skin if random.random() < 0.15 else random.uniform(15, 240, 3),
            random.uniform(15, 200, 3),
            random.uniform(10, 160, 3),
        )

    def shapes(self, times: Doubles) -> list[Shape]:
        """Return what can be seen at some moments, from back to front."""
        angle = {key: joint.at(times) for key, joint in self._joints.items()}
        stride = 2 * np.pi * self._pace * times + self._phase
        ahead, right = self._facing(angle["turn", 0])
        up = _tilted(ahead, right, angle["bow", 0], angle["lean", 0])
        legs = [self._leg(angle, side, stride, ahead, right) for side in (-1, 1)]
        pelvis = self._standing(times)
        pelvis[:, 2] += _SOLE - np.min([foot[:, 2] for _, _, foot in legs], axis=0)
        chest = pelvis + _TORSO * self._size * up
        arms = [
            (chest + side * _SHOULDER * right, *self._arm(angle, side, stride, ahead, right))
            for side in (-1, 1)
        ]
        return [
            *(shape for leg in legs for shape in self._leg_shapes(pelvis, leg, ahead)),
            Limb(pelvis, chest - 0.05 * up, 0.15, self._shirt),
            *self._head_shapes(chest + (_NECK + _HEAD) * up, ahead, up),
            *(shape for arm in arms for shape in self._arm_shapes(*arm)),
        ]

    def _leg_shapes(
        self, pelvis: Doubles, leg: tuple[Doubles, Doubles, Doubles], ahead: Doubles
    ) -> list[Shape]:
        hip, knee, foot = (pelvis + each for each in leg)
        still = np.ones(len(pelvis))
        return [
            Limb(hip, knee, 0.085, self._trousers),
            Limb(knee, foot, 0.06, self._trousers),
            Blob(foot + 0.08 * ahead, 0.1 * still, 0.05 * still, self._skin * 0.5),
        ]

    def _head_shapes(self, head: Doubles, ahead: Doubles, up: Doubles) -> list[Shape]:
        size = np.full(len(head), _HEAD)
        return [
            Blob(head, size, 1.25 * size, self._skin),
            Blob(head + 0.05 * up - 0.02 * ahead, size, size, self._hair),
        ]

    def _arm_shapes(self, shoulder: Doubles, elbow: Doubles, hand: Doubles) -> list[Shape]:
        size = np.full(len(hand), 0.055)
        return [
            Limb(shoulder, shoulder + elbow, 0.05, self._shirt),
            Limb(shoulder + elbow, shoulder + hand, 0.042, self._skin),
            Blob(shoulder + hand, size, size, self._skin),
        ]

    def _facing(self, turn: Doubles) -> tuple[Doubles, Doubles]:
        faces = self._faces + turn
        flat = np.zeros(len(faces))
        ahead = np.stack([np.cos(faces), np.sin(faces), flat], axis=1)
        return ahead, np.stack([np.sin(faces), -np.cos(faces), flat], axis=1)

    def _standing(self, times: Doubles) -> Doubles:
        sizes, paces = self._drift
        sway = (sizes * np.sin(2 * np.pi * paces * times[:, None, None] + 40 * sizes)).sum(axis=1)
        way = self._onwards * (times - self._middle)
        flat = self.place[:2] + sway + np.outer(way, (np.cos(self._faces), np.sin(self._faces)))
        return np.concatenate([flat, np.full((len(times), 1), self.place[2])], axis=1)

    def _leg(
        self,
        angle: dict[tuple[str, int], Doubles],
        side: int,
        stride: Doubles,
        ahead: Doubles,
        right: Doubles,
    ) -> tuple[Doubles, Doubles, Doubles]:
        """Return hip, knee and foot relative to the pelvis."""
        swing = side * np.sin(stride)
        hip_angle = angle["hip", side] + self._gait * 0.5 * swing
        knee_angle = angle["knee", side] + self._gait * 0.9 * np.maximum(side * np.cos(stride), 0.0)
        hip = side * _PELVIS * right
        knee = hip + _THIGH * self._size * _hanging(hip_angle, angle["side", side], side, ahead, right)
        shin = _hanging(hip_angle - knee_angle, angle["side", side], side, ahead, right)
        return hip, knee, knee + _SHIN * self._size * shin

    def _arm(
        self,
        angle: dict[tuple[str, int], Doubles],
        side: int,
        stride: Doubles,
        ahead: Doubles,
        right: Doubles,
    ) -> tuple[Doubles, Doubles]:
        """Return elbow and hand relative to the shoulder."""
        swing = angle["swing", side] - self._gait * 0.4 * side * np.sin(stride)
        elbow = _UPPER * self._size * _hanging(swing, angle["spread", side], side, ahead, right)
        fore = _hanging(swing + angle["elbow", side], angle["spread", side], side, ahead, right)
        return elbow, elbow + _FORE * self._size * fore


def _hanging(forwards: Doubles, sideways: Doubles, side: int, ahead: Doubles, right: Doubles) -> Doubles:
    """Return unit vectors that hang down, swung forwards and out to a side by angles."""
    out = np.sin(sideways)[:, None] * side * right + (np.sin(forwards) * np.cos(sideways))[:, None] * ahead
    out[:, 2] -= np.cos(forwards) * np.cos(sideways)
    return out


def _tilted(ahead: Doubles, right: Doubles, forwards: Doubles, sideways: Doubles) -> Doubles:
    """Return unit vectors that stand up, bowed forwards and leant to a side by angles."""
    return -_hanging(-forwards, -sideways, 1, ahead, right)


@dataclass(frozen=True, slots=True)
class Company:
    """Those who are in a scene.

    Attributes:
        people: The first does most.
    """

    people: Sequence[Person]

    @property
    def target(self) -> Doubles:
        """What cameras look at, metres, (3,)."""
        middle: Doubles = np.mean([person.place for person in self.people], axis=0)
        return np.asarray(middle + np.array([0.0, 0.0, 0.95]))

    def shapes(self, times: Doubles, view: View) -> list[Shape]:
        """Return what a camera sees at some moments, from back to front."""
        far_first = sorted(self.people, key=lambda person: -float((person.place - view.eye) @ view.axes[2]))
        return [shape for person in far_first for shape in person.shapes(times)]


def draw_company(random: np.random.Generator, seconds: float) -> Company:
    """Return one to three people, of whom the first does most."""
    count = 1 + int(random.choice(3, p=(0.5, 0.35, 0.15)))
    places = [np.zeros(3)]
    for _ in range(count - 1):
        away, angle = random.uniform(0.7, 1.6), random.uniform(0, 2 * np.pi)
        places.append(np.array([away * np.cos(angle), away * np.sin(angle), 0.0]))
    return Company(
        [
            Person(random, seconds, place, idle=n > 0 and random.random() < 0.6)
            for n, place in enumerate(places)
        ]
    )


def draw_place(random: np.random.Generator, company: Company) -> View:
    """Return a camera anywhere round a company, upright but for a hand's tilt; seldom on its side."""
    view = draw_view(random, company.target, float(random.uniform(1.0, 1.7)), widest=np.pi)
    side = float(random.choice([-1.0, 1.0])) * np.pi / 2 if random.random() < _ON_ITS_SIDE else 0.0
    return replace(view, roll=side + float(random.normal(0.0, _TILT)))
