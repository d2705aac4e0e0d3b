"""Segments as vectors to be compared: by ear, by eye, or both set end to end."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from rushlock.features.segments import SegmentTrack

Floats = npt.NDArray[np.float32]
Modality = Literal["audio", "video", "both"]

MODALITIES: tuple[Modality, ...] = ("audio", "video", "both")


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors on a time grid.

    Attributes:
        start: Clip time of the first one, seconds.
        hop: Seconds from one to the next.
        segment: Seconds that each one covers.
        values: float32 (n, dims).
        present: bool (n,); what is not present takes part in nothing.
    """

    start: float
    hop: float
    segment: float
    values: Floats
    present: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.values)

    def centred(self) -> "Vectors":
        """Return the vectors less their mean: what a scene, a lens or a microphone adds to all of them.

        Two clips of one moment resemble each other above all by what does not change. Taken away, the
        matrix shows what happens.
        """
        if not self.present.any():
            return self
        mean = self.values[self.present].mean(axis=0, dtype=np.float64)
        return replace(self, values=np.asarray(self.values - mean, np.float32))

    def part(self, first: int, count: int) -> "Vectors":
        """Return ``count`` vectors from one on."""
        some = slice(first, first + count)
        start = self.start + first * self.hop
        return replace(self, start=start, values=self.values[some], present=self.present[some])


def vectors_of(
    modality: Modality, pictures: SegmentTrack | None = None, sound: SegmentTrack | None = None
) -> Vectors:
    """Return a clip's segments in one modality, each as the mean over its tokens.

    For "both", the vectors of picture and sound are set end to end where both tracks reach.

    Raises:
        ValueError: A track that is needed is missing, or the two do not lie on one grid.
    """
    tracks = {"audio": (sound,), "video": (pictures,), "both": (sound, pictures)}[modality]
    found = [_plain(track) for track in tracks if track is not None]
    if len(found) < len(tracks):
        raise ValueError(f"{modality} needs a track that is not there")
    return found[0] if len(found) == 1 else _end_to_end(*found)


def _plain(track: SegmentTrack) -> Vectors:
    return Vectors(track.start, track.hop, track.segment, track.vectors(), track.present)


def _end_to_end(one: Vectors, other: Vectors) -> Vectors:
    steps = (other.start - one.start) / one.hop
    if one.hop != other.hop or abs(steps - round(steps)) > 1e-6:
        raise ValueError("picture and sound were embedded on different grids")
    later = round(steps)
    count = max(min(len(one) - max(later, 0), len(other) - max(-later, 0)), 0)
    one, other = one.part(max(later, 0), count), other.part(max(-later, 0), count)
    values = np.concatenate([one.values, other.values], axis=1)
    return replace(one, values=values, present=one.present & other.present)
