"""What Rushlock asks of a network that compares sound with picture, window after window.

All stand behind the same two steps. *Segments* (well under a second)
are embedded one by one, sound and picture apart, so that windows that overlap share them. A *window* of
consecutive segments of picture and of sound, from one recording or from two, is then judged by a head: which
of the known offsets explains them, and do they belong together at all.

Sign of the classes, for all networks (papers that differ are converted inside their own module): class
value ``c`` is in seconds, positive when the sound runs **ahead** of the picture, that is, when the window of
sound was taken ``c`` seconds later in time than the window of picture.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Pictures = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SegmentLayout:
    """How a network cuts time; what it wants to be fed.

    Attributes:
        frame_rate: Pictures per second.
        sample_rate: Samples per second.
        frames: Pictures of one segment.
        samples: Samples of one segment.
        hop_frames: Pictures from one segment's start to the next.
        picture: Side in pixels of the square that is fed: the middle of the picture after its shorter side
            was scaled to ``shorter_side``.
        shorter_side: See ``picture``.
        window: Segments of one window.
        classes: Offsets in seconds that the head tells apart, ascending, evenly spaced.
        bias: Seconds by which answers to truly aligned sound are expected to lie low (answer = truth - bias).
    """

    frame_rate: int
    sample_rate: int
    frames: int
    samples: int
    hop_frames: int
    picture: int
    shorter_side: int
    window: int
    classes: tuple[float, ...]
    bias: float = 0.0

    @property
    def segment(self) -> float:
        """Seconds of one segment."""
        return self.frames / self.frame_rate

    @property
    def hop(self) -> float:
        """Seconds from one segment's start to the next."""
        return self.hop_frames / self.frame_rate

    @property
    def window_seconds(self) -> float:
        """Seconds that one window spans."""
        return self.segment + (self.window - 1) * self.hop


@runtime_checkable
class WindowNet(Protocol):
    """A network behind the two steps; safe to use from one thread at a time."""

    @property
    def name(self) -> str:
        """Registry name of the weights, such as "synchformer-audioset"."""

    @property
    def digest(self) -> str:
        """Digest of the weights: part of every cache key."""

    @property
    def experimental(self) -> bool:
        """Whether the weights are a stand-in that users must be told about."""

    @property
    def layout(self) -> SegmentLayout:
        """What it wants to be fed."""

    def embed_pictures(self, segments: Pictures) -> Floats:
        """Embed segments of picture.

        Args:
            segments: (n, frames, picture, picture, 3) uint8, RGB.

        Returns:
            (n, tokens, dims) float32.
        """

    def embed_sound(self, segments: Floats) -> Floats:
        """Embed segments of sound.

        Args:
            segments: (n, samples) float32, mono, full scale 1.

        Returns:
            (n, tokens, dims) float32.
        """

    def offset_logits(self, pictures: Floats, sound: Floats) -> Floats:
        """Judge windows.

        Args:
            pictures: (windows, window, tokens, dims) from ``embed_pictures``.
            sound: The same from ``embed_sound``; its tokens may differ in number.

        Returns:
            (windows, len(classes)) unnormalised log-probabilities of ``layout.classes``.
        """

    def belonging_logits(self, pictures: Floats, sound: Floats) -> Floats | None:
        """Judge whether picture and sound of windows belong together at all.

        Returns:
            (windows,) log-odds of "synchronizable", or None when the weights at hand cannot say.
        """


@runtime_checkable
class StreamNet(WindowNet, Protocol):
    """A network that has learnt to judge many windows of one unchanging offset together."""

    def stream_tokens(self, pictures: Floats, sound: Floats) -> Floats:
        """Return what windows leave to be remembered.

        Args:
            pictures: (windows, window, tokens, dims) from ``embed_pictures``.
            sound: The same from ``embed_sound``.

        Returns:
            (windows, dims) float32.
        """

    def stream_logits(self, history: Floats) -> Floats:
        """Judge several histories of windows.

        Args:
            history: (n, windows, dims) from ``stream_tokens``, oldest first, evenly spaced.

        Returns:
            (n, len(classes)) unnormalised log-probabilities of ``layout.classes``.
        """
