"""Answers of a network about windows of a pair, laid on one axis of offsets.

Of a pair, either the master's picture is compared with the node's sound (MV-NA, *forward*) or the node's
picture with the master's sound (NV-MA, *backward*). A window of picture from clip time ``v`` and one of sound
from ``a``, answered by class ``c`` with a network that answers ``bias`` too low, say of the offset

    forward:   offset = v - a + (c + bias)
    backward:  offset = a - v - (c + bias)

so that the directions carry the bias with opposite signs.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.nets.protocol import SegmentLayout

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a network said of n windows.

    Attributes:
        classes: (classes,) seconds.
        bias: Seconds by which its answers are expected to lie low.
        place: (n,) which stretch of the pair a window is from: windows of one place share their picture.
        forward: (n,) whether the master was seen and the node heard.
        centre: (n,) the offset, less that of the candidate, at which class 0 of a network without bias lies.
        chances: (n, classes) probabilities.
        belonging: (n,) log-odds that picture and sound belong together; NaN where the weights cannot say.
    """

    classes: Doubles
    bias: float
    place: Ints
    forward: Bools
    centre: Doubles
    chances: Doubles
    belonging: Doubles

    @property
    def step(self) -> float:
        """Seconds from class to class."""
        return float(self.classes[1] - self.classes[0])

    def without(self, place: int) -> "Answers":
        """Return the answers of all other places."""
        keep = self.place != place
        return Answers(
            self.classes,
            self.bias,
            self.place[keep],
            self.forward[keep],
            self.centre[keep],
            self.chances[keep],
            self.belonging[keep],
        )

    def ratios(self, grid: Doubles) -> Doubles:
        """Return (n, len(grid)): how many times likelier than any class an offset is; NaN out of reach."""
        out = np.empty((len(self.place), grid.size))
        for row, (centre, forward) in enumerate(zip(self.centre, self.forward, strict=True)):
            asked = (grid - centre if forward else centre - grid) - self.bias
            out[row] = np.interp(asked, self.classes, self.chances[row], left=np.nan, right=np.nan)
        return out * self.classes.size


def joined(parts: "list[Answers]", layout: SegmentLayout) -> Answers:
    """Return the answers of several parts as one, none where there are none."""
    classes = np.array(layout.classes, np.float64)
    if not parts:
        none = np.zeros(0)
        flags = np.zeros(0, np.bool_)
        chances = np.zeros((0, classes.size))
        return Answers(classes, layout.bias, np.zeros(0, np.int64), flags, none, chances, none)
    return Answers(
        classes,
        layout.bias,
        np.concatenate([p.place for p in parts]),
        np.concatenate([p.forward for p in parts]),
        np.concatenate([p.centre for p in parts]),
        np.concatenate([p.chances for p in parts]),
        np.concatenate([p.belonging for p in parts]),
    )


def chances_of(logits: npt.NDArray[np.floating]) -> Doubles:
    """Return softmax over the last axis."""
    raised = np.exp(np.asarray(logits, np.float64) - logits.max(axis=-1, keepdims=True))
    out: Doubles = raised / raised.sum(axis=-1, keepdims=True)
    return out
