"""Clips whose every frame shows its own number, to find out which frame somebody shows.

A number is sixteen squares, black or white, four by four over the whole picture. They survive any codec, any
size from some dozen pixels on, and being scaled.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av import VideoStream

from rushlock.evaluation.writers import picture_codec

SQUARES = 4

_BLACK, _WHITE = 20, 220
_MIDDLE = 110


def painted(number: int, width: int, height: int) -> npt.NDArray[np.uint8]:
    """Return uint8 (height, width) that shows a number below 65536."""
    bits = np.array([number >> bit & 1 for bit in range(SQUARES**2)], np.uint8).reshape(SQUARES, SQUARES)
    rows = np.arange(height) * SQUARES // height
    columns = np.arange(width) * SQUARES // width
    return np.where(bits[rows][:, columns], _WHITE, _BLACK).astype(np.uint8)


def number_in(picture: npt.NDArray[np.generic]) -> int:
    """Return the number that a picture shows: uint8 (rows, columns), or pixels as players have them."""
    grey = picture.astype(np.uint32) >> 8 & 0xFF if picture.dtype == np.uint32 else picture
    rows, columns = grey.shape
    number = 0
    for bit in range(SQUARES**2):
        row, column = divmod(bit, SQUARES)
        inside = grey[_inside(row, rows), _inside(column, columns)]
        number |= int(inside.mean() > _MIDDLE) << bit
    return number


def write_numbered(
    path: Path,
    stamps: Sequence[Fraction],
    *,
    rate: Fraction = Fraction(25),
    tick: Fraction | None = None,
    size: tuple[int, int] = (64, 64),
    options: dict[str, str] | None = None,
    texture: bool = False,
) -> None:
    """Write a clip.

    Args:
        path: Where to; the suffix names the container.
        stamps: When each frame appears, seconds, ascending.
        rate: Its nominal rate.
        tick: Seconds of a tick of its clock; None: a frame.
        size: Width and height.
        options: For the encoder ("g": frames from key frame to key frame).
        texture: Fill the squares with noise that moves, as hard to decode as pictures.
    """
    tick = tick or 1 / rate
    with av.open(str(path), "w") as container:
        stream = container.add_stream(picture_codec(), rate=rate, options=options or {})
        if not isinstance(stream, VideoStream):
            raise TypeError(stream)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = tick
        noise = _noise(size) if texture else None
        for number, at in enumerate(stamps):
            frame = av.VideoFrame.from_ndarray(_frame(number, size, noise), "gray")
            frame.pts, frame.time_base = round(at / tick), tick
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _frame(number: int, size: tuple[int, int], noise: npt.NDArray[np.uint8] | None) -> npt.NDArray[np.uint8]:
    squares = painted(number, *size)
    if noise is None:
        return squares
    width, height = size
    left, top = (number * 3) % width, (number * 2) % height
    return np.asarray(squares // 2 + noise[top : top + height, left : left + width], np.uint8)


def _noise(size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """Return blobs of several pixels, twice as wide and high as a frame."""
    width, height = size
    small = np.random.default_rng(1).integers(0, 100, (height // 4 + 1, width // 4 + 1), np.uint8)
    return np.kron(small, np.ones((8, 8), np.uint8))[: 2 * height, : 2 * width]


def _inside(number: int, length: int) -> slice:
    """Return the middle half of a square: edges blur."""
    side = length / SQUARES
    return slice(
        int((number + 0.25) * side), max(int((number + 0.75) * side), int((number + 0.25) * side) + 1)
    )
