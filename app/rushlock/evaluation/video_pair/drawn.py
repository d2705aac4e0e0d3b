"""The matrix of two clips' motion as ``similarity`` draws matrices."""

from collections.abc import Sequence

import numpy as np

from rushlock.base.errors import UsageError
from rushlock.evaluation.video_pair.evidence import Evidence, Motion
from rushlock.features.motion import HOP_S, MotionTrack
from rushlock.offsets.heads.matrix.moments import moment_vectors
from rushlock.similarity.matrix import Matrix
from rushlock.similarity.vectors import Vectors


def motion_matrix(evidence: Sequence[Evidence]) -> Matrix:
    """Return the matrix of the first motion in some evidence.

    Raises:
        UsageError: A clip is too short for any moment.
    """
    motion = next(each for each in evidence if isinstance(each, Motion))
    master, node = _vectors(motion, motion.master), _vectors(motion, motion.node)
    if not len(master) or not len(node):
        raise UsageError("a clip is too short: no moment of it has the second around it that a matrix needs")
    return Matrix(master.centred(), node.centred())


def _vectors(motion: Motion, track: MotionTrack) -> Vectors:
    first, values = moment_vectors(track, motion.aspects)
    present = np.asarray(np.square(values).sum(axis=1) > 0)
    return Vectors(first * HOP_S, HOP_S, HOP_S, values, present)
