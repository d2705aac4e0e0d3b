"""How alike two clips are at every pair of moments, as a small picture for a report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Likeness:
    """A heatmap of a clip and the one that says most of its place.

    Attributes:
        clip: Key of the clip, which runs across.
        other: Key of the other one, which runs down.
        kind: What was compared: "sound" or "picture".
        png: The picture; where the sync map lays the two is marked by a dashed line.
    """

    clip: str
    other: str
    kind: str
    png: bytes
