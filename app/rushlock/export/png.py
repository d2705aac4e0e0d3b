"""Pictures as PNG files, with nothing but zlib (ISO/IEC 15948): one IDAT chunk, filter 1 on every row."""

import struct
import zlib

import numpy as np
import numpy.typing as npt

_MARK = b"\x89PNG\r\n\x1a\n"
_DEPTH, _RGB = 8, 2
_LEFT = 1


def png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Return a picture, uint8 (rows, columns, 3) RGB, as the bytes of a PNG file.

    Raises:
        ValueError: The picture is empty or of another shape.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or 0 in pixels.shape:
        raise ValueError(f"{pixels.shape} is no picture")
    rows, columns, _ = pixels.shape
    lines = np.empty((rows, 1 + 3 * columns), np.uint8)
    lines[:, 0] = _LEFT  # each pixel less the one on its left: what is smooth compresses well
    lines[:, 1:4] = pixels[:, 0]
    lines[:, 4:] = (pixels[:, 1:] - pixels[:, :-1]).reshape(rows, -1)
    header = struct.pack(">IIBBBBB", columns, rows, _DEPTH, _RGB, 0, 0, 0)
    data = zlib.compress(lines.tobytes(), 6)
    return _MARK + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
