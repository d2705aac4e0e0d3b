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

LAYERS = tuple(aspect for aspect in ASPECTS if aspect.kind != "light" and aspect.reach <= 4)
"""These take in so few neighbours that a clip of a second and a half has moments left."""

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


def moment_layers(track: MotionTrack, aspects: Sequence[Aspect] = LAYERS) -> tuple[int, list[Floats]]:
    """Return (number of the first moment, for each aspect (n, channels)), all aspects equally strong.

    In one matrix aspects drown each other; a network that gets each as a layer of its own can tell which one
    sees something. Moments keep their strength against each other.
    """
    reach = max(aspect.reach for aspect in aspects)
    kept = slice(reach, max(len(track) - reach, reach))
    return track.first + reach, [_even(View(track, aspect), kept) for aspect in aspects]


def layered_matrix(
    master: MotionTrack, node: MotionTrack, aspects: Sequence[Aspect] = LAYERS
) -> tuple[Floats, Grid]:
    """Return (aspects, n, m) matrices of two whole tracks, and what their lags mean."""
    (first_master, of_master), (first_node, of_node) = (moment_layers(t, aspects) for t in (master, node))
    stacked = np.stack([one @ other.T for one, other in zip(of_master, of_node, strict=True)])
    return stacked, Grid(HOP_S, (first_master - first_node) * HOP_S)


def _even(view: View, kept: slice) -> Floats:
    values = np.stack(list(view.channels()), axis=1)[kept]
    strength = float(np.sqrt(view.power[kept].mean())) if view.power[kept].size else 0.0
    return np.asarray(values / max(strength, 1e-6), np.float32)


def _unit(view: View, kept: slice) -> Floats:
    values = np.stack(list(view.channels()), axis=1)[kept]
    length = np.sqrt(view.power[kept])[:, None]
    return np.asarray(values / np.maximum(length, 1e-6), np.float32)
