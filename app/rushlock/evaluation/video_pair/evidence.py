"""What a matrix of two clips is made of: their motion, or frames as a network embeds them.

Evidence is cut before it is compared, so that nothing beyond a cut takes part: neither the neighbours of a
moment nor the other frames of a stretch.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Protocol

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.features.aspects import Aspect
from rushlock.features.motion import HOP_S, MotionTrack
from rushlock.media.clip import Clip
from rushlock.media.framing import Whole
from rushlock.media.pictures import frames
from rushlock.nets.carl.windows import chained
from rushlock.nets.frame_protocol import FrameNet
from rushlock.nets.protocol import Floats
from rushlock.offsets.heads.matrix.head import Grid, Matrix, negative_squares
from rushlock.offsets.heads.matrix.moments import layered_matrix, moment_matrix

_AT_ONCE = 64


class Evidence(Protocol):
    """Two clips' frames on one grid."""

    @property
    def name(self) -> str:
        """What tables call it."""

    @property
    def hop(self) -> float:
        """Seconds from one frame to the next."""

    @property
    def origin(self) -> float:
        """Clip time of the master's first frame less that of the node's."""

    @property
    def lengths(self) -> tuple[int, int]:
        """Frames of master and node."""

    def matrix(self, rows: slice, columns: slice, token: CancelToken) -> tuple[Matrix, Grid]:
        """Return how alike some frames of the master and of the node are, and what the lags mean."""


@dataclass(frozen=True, slots=True)
class Motion:
    """Motion tracks by some aspects.

    Attributes:
        whole: Whether what looks at all aspects is asked as well: once for a pair is enough.
    """

    name: str
    master: MotionTrack
    node: MotionTrack
    aspects: Sequence[Aspect]
    whole: bool = False
    hop: float = HOP_S

    @property
    def origin(self) -> float:
        """See ``Evidence``."""
        return (self.master.first - self.node.first) * HOP_S

    @property
    def lengths(self) -> tuple[int, int]:
        """See ``Evidence``."""
        return len(self.master), len(self.node)

    def matrix(self, rows: slice, columns: slice, token: CancelToken) -> tuple[Matrix, Grid]:
        """See ``Evidence``; moments at a cut whose patterns would reach beyond it are left out."""
        token.check()
        one, other = self.master.part(rows.start, rows.stop), self.node.part(columns.start, columns.stop)
        return moment_matrix(one, other, self.aspects)

    def layers(self, rows: slice, columns: slice) -> tuple[Matrix, Grid]:
        """Return (layers, n, m), see ``layered_matrix``, of some moments of the master and of the node."""
        one, other = self.master.part(rows.start, rows.stop), self.node.part(columns.start, columns.stop)
        return layered_matrix(one, other)


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames looked at by a network, row k at clip time ``k * hop``; embedded anew for every cut."""

    name: str
    net: FrameNet
    master: Floats
    node: Floats
    hop: float
    origin: float = 0.0

    @property
    def lengths(self) -> tuple[int, int]:
        """See ``Evidence``."""
        return len(self.master), len(self.node)

    def matrix(self, rows: slice, columns: slice, token: CancelToken) -> tuple[Matrix, Grid]:
        """See ``Evidence``: as published, negative squared distances."""
        one = chained(self.net, self.master[rows], token)
        other = chained(self.net, self.node[columns], token)
        return negative_squares(one, other), Grid(self.hop, (rows.start - columns.start) * self.hop)


def looked_at(clip: Clip, net: FrameNet, seconds: float, token: CancelToken) -> Stage[Floats]:
    """Return (n, width): what a network sees in the frame that is shown at each moment of its own grid.

    Raises:
        MediaError: No picture can be read.
    """
    shown = _on_grid(clip, net.layout.picture, net.layout.frame_rate, seconds, token)
    found: list[Floats] = []
    for looked in _in_batches(shown, net):
        found.append(looked)
        yield Progress("Looking at frames", sum(map(len, found)), 0, clip.name, "frames")
    return _joined(found, net)


def embedded_pictures(shown: Iterable[np.ndarray], net: FrameNet) -> Floats:
    """Return (n, width): what a network sees in pictures of its own size."""
    return _joined(list(_in_batches(shown, net)), net)


def _in_batches(shown: Iterable[np.ndarray], net: FrameNet) -> Iterator[Floats]:
    left = iter(shown)
    while batch := list(islice(left, _AT_ONCE)):
        yield net.look(np.stack(batch))


def _joined(found: Sequence[Floats], net: FrameNet) -> Floats:
    return np.concatenate([np.zeros((0, net.layout.width), np.float32), *found])


def _on_grid(clip: Clip, side: int, rate: int, seconds: float, token: CancelToken) -> Iterator[np.ndarray]:
    """Yield the picture that is shown at every moment of a grid, until so many seconds."""
    moment, shown = Fraction(0), None
    for at, picture in frames(clip, Whole(side, side), token):
        while shown is not None and moment < at and moment < seconds:
            yield shown
            moment += Fraction(1, rate)
        shown = picture
        if at >= seconds:
            return
    if shown is not None and moment < seconds:
        yield shown
