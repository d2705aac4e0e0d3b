"""By which descriptors the moments of scenes are compared, and tracks that run side by side as vectors."""

from collections.abc import Sequence

import numpy as np

from rushlock.evaluation.matrix_training.material import Floats, Scene
from rushlock.features.aspects import ASPECTS, Aspect
from rushlock.features.motion import RATE, MotionTrack
from rushlock.offsets.heads.matrix.moments import PATTERNS, moment_vectors

_SHORT = 4

DESCRIPTORS: dict[str, tuple[Aspect, ...]] = {
    "shape": tuple(aspect for aspect in PATTERNS if aspect.evidence == "shape"),
    "flow": tuple(aspect for aspect in PATTERNS if aspect.evidence == "flow"),
    "both": PATTERNS,
    "brief": tuple(aspect for aspect in ASPECTS if aspect.kind != "light" and aspect.reach <= _SHORT),
}
"""``brief`` takes in so few neighbours that a clip of a second and a half has moments left."""


def scene_of(tracks: Sequence[MotionTrack]) -> Scene:
    """Return the scene of tracks whose moments of one number are the same moment."""
    first = max(track.first for track in tracks)
    last = min(track.first + len(track) for track in tracks)
    aside = [track.part(first - track.first, last - track.first) for track in tracks]
    return Scene(
        {
            name: [np.asarray(moment_vectors(track, aspects)[1], np.float32) for track in aside]
            for name, aspects in DESCRIPTORS.items()
        },
        RATE,
    )


def vectors_of(track: MotionTrack, name: str) -> tuple[int, Floats]:
    """Return (number of the first moment, vectors) of a track by one descriptor."""
    return moment_vectors(track, DESCRIPTORS[name])
