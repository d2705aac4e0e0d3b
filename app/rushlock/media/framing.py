"""How decoded frames become the pictures that are asked for: turned upright, scaled, cut to size.

Pixels become square first, where the container says that they are not. Interlaced frames are taken as they
are: both fields lie within one frame's time, and scaling down blends them.

A frame that already has the size asked for is converted without being scaled, so that published reference
numbers made from such files hold to the byte. Others are scaled in their own pixel format and converted
then, as a transcode with FFmpeg followed by decoding does it; in one step it would cost twice the time.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

Picture = npt.NDArray[np.uint8]
Kind = Literal["rgb24", "gray"]


@dataclass(frozen=True, slots=True)
class Cut:
    """What to do with an upright picture: scale it to a size, then keep a part of that.

    Attributes:
        width, height: Size to scale to.
        top, left: Corner of the part that is kept.
        rows, columns: Size of that part.
    """

    width: int
    height: int
    top: int
    left: int
    rows: int
    columns: int


class Framing(Protocol):
    """What size pictures shall have, whatever the size of the frames."""

    @property
    def interpolation(self) -> Interpolation:
        """How to scale."""

    def cut(self, width: float, height: float) -> Cut:
        """Return what to do with an upright picture of square pixels of this size."""


@dataclass(frozen=True, slots=True)
class Middle:
    """The square in the middle, ``side`` wide, after the shorter side was scaled to ``shorter_side``.

    The corner is rounded half to even, as the reference code of published networks rounds it.
    """

    shorter_side: int
    side: int

    @property
    def interpolation(self) -> Interpolation:
        """Bicubic: what networks were trained on."""
        return Interpolation.BICUBIC

    def cut(self, width: float, height: float) -> Cut:
        """Return what to do with a picture of this size."""
        scale = self.shorter_side / min(width, height)
        wide, high = (max(round(length * scale), self.shorter_side) for length in (width, height))
        top, left = round((high - self.side) / 2), round((wide - self.side) / 2)
        return Cut(wide, high, top, left, self.side, self.side)


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole picture, squeezed to a size; for small descriptors, where only change counts."""

    width: int
    height: int

    @property
    def interpolation(self) -> Interpolation:
        """Mean of the area: quick, and nothing folds down."""
        return Interpolation.AREA

    def cut(self, width: float, height: float) -> Cut:
        """Return what to do with a picture of this size."""
        return Cut(self.width, self.height, 0, 0, self.height, self.width)


class Framer:
    """Turns the frames of one stream into pictures."""

    def __init__(self, framing: Framing, kind: Kind, rotation: int, pixel: Fraction | None) -> None:
        """Set up.

        Args:
            framing: What size to make.
            kind: "rgb24" or "gray".
            rotation: Degrees clockwise by which frames must be turned for display; whole quarters count.
            pixel: Width of a pixel by its height, None: square.
        """
        self._framing, self._kind = framing, kind
        self._quarters = round(rotation / 90) % 4
        self._pixel = float(pixel) if pixel and pixel > 0 else 1.0
        self._scaler, self._converter = VideoReformatter(), VideoReformatter()

    def picture(self, frame: VideoFrame) -> Picture:
        """Return a frame as uint8 (rows, columns, 3), or (rows, columns) of grey."""
        width, height = frame.width * self._pixel, float(frame.height)
        lying = self._quarters % 2 == 1
        cut = self._framing.cut(*((height, width) if lying else (width, height)))
        size = (cut.height, cut.width) if lying else (cut.width, cut.height)
        if size != (frame.width, frame.height):
            own = frame.format.name
            between = own if own.startswith("yuv") and self._kind != "gray" else self._kind
            frame = self._scaler.reformat(
                frame, *size, format=between, interpolation=self._framing.interpolation
            )
        upright = np.rot90(self._converter.reformat(frame, format=self._kind).to_ndarray(), -self._quarters)
        part = upright[cut.top : cut.top + cut.rows, cut.left : cut.left + cut.columns]
        return np.ascontiguousarray(part, np.uint8)
