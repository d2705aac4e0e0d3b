"""By which descriptors the moments of scenes are compared, and tracks that run side by side as layers."""

from collections.abc import Sequence

from rushlock.evaluation.matrix_training.material import Floats, Scene
from rushlock.features.aspects import Aspect
from rushlock.features.motion import RATE, MotionTrack
from rushlock.offsets.heads.matrix.moments import LAYERS, PATTERNS, moment_layers, moment_vectors

DESCRIPTORS: dict[str, tuple[Aspect, ...]] = {
    "shape": tuple(aspect for aspect in PATTERNS if aspect.evidence == "shape"),
    "flow": tuple(aspect for aspect in PATTERNS if aspect.evidence == "flow"),
    "both": PATTERNS,
    "brief": LAYERS,
}
"""What heads that look at one matrix are given; all aspects of a descriptor count the same in it."""


def scene_of(tracks: Sequence[MotionTrack]) -> Scene:
    """Return the scene of tracks whose moments of one number are the same moment."""
    first = max(track.first for track in tracks)
    last = min(track.first + len(track) for track in tracks)
    aside = [track.part(first - track.first, last - track.first) for track in tracks]
    return Scene([moment_layers(track)[1] for track in aside], RATE)


def vectors_of(track: MotionTrack, name: str) -> tuple[int, Floats]:
    """Return (number of the first moment, vectors) of a track by one descriptor."""
    return moment_vectors(track, DESCRIPTORS[name])
