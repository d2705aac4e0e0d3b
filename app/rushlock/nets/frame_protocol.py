"""What Rushlock asks of a network that turns every frame of a silent picture into a vector.

Again two steps, as in ``protocol``. *Frames* are looked at one by one, which is where all the work lies;
those vectors can be kept and shared by everything that looks at the clip. A *stretch* of consecutive frames
is then embedded in milliseconds, each frame knowing of the others.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rushlock.nets.protocol import Floats, Pictures


@dataclass(frozen=True, slots=True)
class FrameLayout:
    """What a network wants to be fed, and what it gives.

    Attributes:
        frame_rate: Frames a second that it was mostly trained on.
        picture: Side in pixels of the square that the whole frame is stretched to.
        width: Of a frame's own vector.
        dims: Of an embedded frame.
        stretch: Frames of a stretch that it was trained on; much longer ones it has never seen.
    """

    frame_rate: int
    picture: int
    width: int
    dims: int
    stretch: int


@runtime_checkable
class FrameNet(Protocol):
    """A network behind the two steps; safe to use from one thread at a time."""

    @property
    def name(self) -> str:
        """Registry name of the weights, such as "carl-ntu"."""

    @property
    def digest(self) -> str:
        """Digest of the weights: part of every cache key."""

    @property
    def experimental(self) -> bool:
        """Whether the weights are a stand-in that users must be told about."""

    @property
    def layout(self) -> FrameLayout:
        """What it wants to be fed."""

    def look(self, pictures: Pictures) -> Floats:
        """Look at frames one by one.

        Args:
            pictures: (n, picture, picture, 3) uint8, RGB; consecutive or not.

        Returns:
            (n, width) float32: depends on nothing but the frame.
        """

    def embed(self, looks: Floats) -> Floats:
        """Embed one stretch of consecutive frames.

        Args:
            looks: (n, width) from ``look``.

        Returns:
            (n, dims) float32, each of length one. It depends on all frames of the stretch and on how far
            into it each one lies: see ``nets.carl.windows`` before comparing stretches.
        """
