"""What of a motion track is compared with another's: aspects, each a set of channels on the grid of moments.

A *pattern* is the matrix of distances among the neighbours of a moment, centred and brought to one length:
what the movement looks like, at one time scale. A *pace* is how much changes from one moment to the next few,
against the second around it. *Rise* is how much moves down and up against the second around: no pattern is
needed for what cameras see alike. *Light* is how the brightness jumps. A moment whose pattern would reach
beyond the clip has none, so that nothing of a clip's ends can be compared.

Channels are made one by one, so that a track of hours needs no more memory than one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rushlock.features.likeness import Floats
from rushlock.features.motion import RATE, Halfs, MotionTrack

Kind = Literal["pattern", "pace", "rise", "light"]

_PACES = (1, 2, 3, 5, 8)
_FAINT = 1e-4
_STILL = 0.1  # grey steps: what grain alone makes
_JUMP = 8.0


@dataclass(frozen=True, slots=True)
class Aspect:
    """One way to look at a track.

    Attributes:
        name: For users and files.
        kind: See above.
        evidence: "shape", "flow", "rise" or "light": an array of the track.
        reach: Moments to either side that a pattern takes in.
        step: Moments from one of its neighbours to the next.
    """

    name: str
    kind: Kind
    evidence: Literal["shape", "flow", "rise", "light"]
    reach: int
    step: int = 1

    @property
    def channels(self) -> int:
        """How many there are."""
        neighbours = 2 * self.reach // self.step + 1
        cells = neighbours * (neighbours - 1) // 2
        return {"pattern": cells, "pace": len(_PACES), "rise": 2, "light": 1}[self.kind]


ASPECTS = (
    Aspect("shape", "pattern", "shape", 4),
    Aspect("flow", "pattern", "flow", 4),
    Aspect("shape's pace", "pace", "shape", 4),
    Aspect("flow's pace", "pace", "flow", 4),
    Aspect("rise", "rise", "rise", 1),
    Aspect("light", "light", "light", 1),
)
"""Patterns of half a second and a second, of every third or fifth moment, told less than these short ones, on
clips of eight seconds as well as on such of two."""


class View:
    """A track by one aspect: ``channels()`` yields float32 (moments,), moment 0 the track's first.

    Attributes:
        power: float64 (moments,): sum of squares over all channels.
    """

    def __init__(self, track: MotionTrack, aspect: Aspect, stride: int = 1) -> None:
        """Set up.

        Args:
            track: Whose.
            aspect: Which.
            stride: Only every so many moments are looked at.
        """
        self.aspect, self._stride = aspect, stride
        self._distances: Halfs = getattr(track, aspect.evidence)
        self._here = self._whole(track.present)
        self.power = np.zeros(len(self._here), np.float64)
        for channel in self.channels():
            self.power += np.square(channel)

    def _whole(self, present: np.ndarray) -> np.ndarray:
        """Return at which moments all that the aspect takes in is present."""
        reach = self.aspect.reach
        out = np.zeros(len(present), np.bool_)
        if len(present) > 2 * reach:
            missing = np.concatenate([[0], np.cumsum(~present)])
            out[reach : len(present) - reach] = missing[2 * reach + 1 :] == missing[: -2 * reach - 1]
        return out[:: self._stride]

    def channels(self) -> Iterator[Floats]:
        """Yield the channels, each of mean 0 over all moments that have one; 0 where there is none."""
        made = {"pattern": self._pattern, "pace": self._pace, "rise": self._rise, "light": self._light}[
            self.aspect.kind
        ]
        for values in made():
            channel = np.where(self._here, values, 0.0).astype(np.float32)
            if self._here.any():
                channel[self._here] -= channel[self._here].mean()
            yield channel

    def _pattern(self) -> Iterator[Floats]:
        """Yield the cells of the pattern, centred over the pattern and brought to one length."""
        total, squares = np.zeros((2, len(self._here)), np.float64)
        for cell in self._cells():
            total += cell
            squares += np.square(cell)
        mean = total / self.aspect.channels
        length = np.sqrt(np.maximum(squares - total * mean, 0.0)) + _FAINT
        for cell in self._cells():
            yield np.asarray((cell - mean) / length, np.float32)

    def _cells(self) -> Iterator[Floats]:
        reach, step = self.aspect.reach, self.aspect.step
        neighbours = range(-reach, reach + 1, step)
        for at, one in enumerate(neighbours):
            for other in neighbours[at + 1 :]:
                yield self._shifted(self._distances[:, other - one - 1], one)

    def _shifted(self, values: Halfs | Floats, by: int) -> Floats:
        """Return (moments,): what lies ``by`` moments later; 0 beyond the ends."""
        out = np.zeros(len(values), np.float32)
        size = len(values) - abs(by)
        if size > 0:
            out[max(-by, 0) : max(-by, 0) + size] = values[max(by, 0) : max(by, 0) + size]
        return out[:: self._stride]

    def _pace(self) -> Iterator[Floats]:
        for span in _PACES:
            known = max(len(self._distances) - span, 0)  # the last moments have no neighbour so far off
            quick = np.zeros(len(self._distances), np.float32)
            if known:
                change = np.log(self._distances[:known, span - 1].astype(np.float32) + _STILL)
                change -= _mean_around(change, RATE // 2)
                quick[:known] = change / (change.std() + _FAINT)
            yield self._shifted(quick, -(span // 2))

    def _rise(self) -> Iterator[Floats]:
        for way in self._distances.astype(np.float32).T:
            moved = np.sqrt(way)
            moved -= _mean_around(moved, RATE // 2)
            yield self._shifted(moved / (moved.std() + _FAINT), 0)

    def _light(self) -> Iterator[Floats]:
        jumps = np.diff(self._distances.astype(np.float32), prepend=self._distances[:1].astype(np.float32))
        usual = 1.4826 * float(np.median(np.abs(jumps - np.median(jumps)))) + _FAINT
        yield np.clip((jumps - np.median(jumps)) / usual, -_JUMP, _JUMP)[:: self._stride].astype(np.float32)


def _mean_around(values: Floats, reach: int) -> Floats:
    """Return the mean over the neighbourhood of each value, over as much of it as there is."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    begin, end = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(values))
    return np.asarray((sums[end] - sums[begin]) / (end - begin), np.float32)
