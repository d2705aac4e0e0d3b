"""Motion tracks as vectors that a matrix can be made of, where it shall exist as a whole.

For hours against hours ``offsets.seen`` sums along diagonals without ever making the matrix. Heads that look
at cells want a stretch of it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rushlock.features.aspects import ASPECTS, Aspect, View
from rushlock.features.motion import HOP_S, MotionTrack
from rushlock.offsets.heads.matrix.head import Grid

Floats = npt.NDArray[np.float32]

PATTERNS = tuple(aspect for aspect in ASPECTS if aspect.kind == "pattern")


def moment_vectors(track: MotionTrack, aspects: Sequence[Aspect] = PATTERNS) -> tuple[int, Floats]:
    """Return (number of the first moment, (n, channels)); each aspect's part of a vector has the same length.

    Moments at the clip's ends whose patterns would reach beyond it are left out. One in a gap is all zeros.
    """
    reach = max(aspect.reach for aspect in aspects)
    kept = slice(reach, max(len(track) - reach, reach))
    parts = [_unit(View(track, aspect), kept) for aspect in aspects]
    return track.first + reach, np.concatenate(parts, axis=1) / np.float32(np.sqrt(len(parts)))


def moment_matrix(
    master: MotionTrack, node: MotionTrack, aspects: Sequence[Aspect] = PATTERNS
) -> tuple[Floats, Grid]:
    """Return the matrix of two whole tracks, and what its lags mean; for minutes, not hours."""
    (first_master, of_master), (first_node, of_node) = (moment_vectors(t, aspects) for t in (master, node))
    return of_master @ of_node.T, Grid(HOP_S, (first_master - first_node) * HOP_S)


def _unit(view: View, kept: slice) -> Floats:
    values = np.stack(list(view.channels()), axis=1)[kept]
    length = np.sqrt(view.power[kept])[:, None]
    return np.asarray(values / np.maximum(length, 1e-6), np.float32)
