"""Decoded frames as pixels to be painted: upright, no larger than they are shown.

A frame is scaled in the deck's thread to planes of brightness and colour of the size shown, whatever the
camera wrote (4:2:2, 10 bit); a few megabytes hold a hundred of them. Pixels are made of those that are truly
shown, when they are.

Matrices and ranges are minded; those left out in the file are taken as everybody takes them: BT.709 from 720
lines on, BT.601 below. HLG and PQ are not mapped, for FFmpeg takes 50 ms a frame to do it: such pictures come
out flat, which is good enough to see a hand clap.

An interlaced frame holds two moments on alternate lines. It is made at most half as high, so that each
line is the mean of both fields, and painted to full height: moving edges are soft instead of combed.
"""

from fractions import Fraction
from typing import cast

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from rushlock.media.clip import PictureStream

Pixels = npt.NDArray[np.uint32]

_HD_LINES = 720
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
}
"""By ITU-T H.273's numbers of matrix coefficients."""

_INTERLACED = ("tff", "bff")


def bytes_of(box: tuple[int, int]) -> int:
    """Return how many bytes a still takes that fills a box."""
    return box[0] * box[1] * 3 // 2


class Still:
    """One frame, as large as it is shown.

    Attributes:
        begin: Clip time at which it appears, seconds.
        aspect: Width by height as it is to be shown, whatever the shape of ``pixels``.
        light: Whether it comes from a light copy.
    """

    __slots__ = ("_easel", "_frame", "_matrix", "aspect", "begin", "light")

    def __init__(
        self,
        easel: "Easel",
        frame: VideoFrame,
        matrix: Colorspace,
        begin: Fraction,
        aspect: float,
        light: bool,
    ) -> None:
        self._easel, self._frame, self._matrix = easel, frame, matrix
        self.begin, self.aspect, self.light = begin, aspect, light

    def pixels(self) -> Pixels:
        """Return the picture upright as uint32 (rows, columns), 0xAARRGGBB; for one thread."""
        return self._easel.print(self._frame, self._matrix)


class Easel:
    """Makes stills of one stream's frames, and pixels of stills; each by one thread."""

    def __init__(self, stream: PictureStream, box: tuple[int, int]) -> None:
        """Set up.

        Args:
            stream: Whose frames.
            box: Width and height that stills shall fit into, pixels of the screen.
        """
        self._box = box
        self._quarters = round(stream.rotation / 90) % 4
        self._interlaced = stream.field_order in _INTERLACED
        self._scaler, self._printer = VideoReformatter(), VideoReformatter()

    def still(
        self, frame: VideoFrame, begin: Fraction, pixel: Fraction | None, *, light: bool = False
    ) -> Still:
        """Return a frame as a still; ``pixel`` is the width of its pixels by their height."""
        shape = float(pixel) if pixel and pixel > 0 else 1.0
        lying = self._quarters % 2 == 1
        aspect = frame.width * shape / frame.height
        columns, rows = self._size(frame, aspect, self._box[::-1] if lying else self._box)
        matrix = _matrix(frame)
        small = self._scaler.reformat(
            frame,
            columns,
            rows,
            format="yuv420p",
            src_colorspace=None if frame.format.is_rgb else matrix,
            dst_colorspace=matrix,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA,
            threads=1,
        )
        return Still(self, small, matrix, begin, 1 / aspect if lying else aspect, light)

    def print(self, small: VideoFrame, matrix: Colorspace) -> Pixels:
        """Return a still's frame as pixels."""
        drawn = self._printer.reformat(
            small, format="bgra", src_colorspace=matrix, src_color_range=ColorRange.MPEG, threads=1
        )
        plane = drawn.planes[0]
        pixels = np.frombuffer(cast("memoryview", plane), np.uint32)
        upright = np.rot90(pixels.reshape(drawn.height, -1)[:, : drawn.width], -self._quarters)
        return np.array(upright, order="C")  # a copy: FFmpeg's memory goes with the frame

    def _size(self, frame: VideoFrame, aspect: float, box: tuple[int, int]) -> tuple[int, int]:
        """Return (columns, rows) that fit into a box, never more than the frame has.

        Columns go by eights: FFmpeg's quickest way to pixels leaves garbage in what is over.
        """
        width = min(box[0], box[1] * aspect)
        columns = max(min(int(width), frame.width) & ~7, 8)
        height = (columns if frame.width >= width else width) / aspect
        rows = min(round(height), frame.height // 2 if self._interlaced else frame.height)
        return columns, max(rows & ~1, 2)


def _matrix(frame: VideoFrame) -> Colorspace:
    """Return the colour matrix of a frame, the usual one where the file leaves it out."""
    usual = Colorspace.ITU709 if frame.height >= _HD_LINES else Colorspace.ITU601
    return _MATRICES.get(int(frame.colorspace), usual)
