"""The chunks of a WAV, RF64 or BW64 file that carry metadata, read with bounds.

A recorder that lost power leaves a data chunk of length zero and then gigabytes that a naive walk takes for
tiny chunks; a hostile file claims chunks of 4 GB. Here a walk ends at the data chunk of unknown length,
after a fixed number of chunks, and no chunk larger than a megabyte or so is read.

Source: EBU Tech 3285 (BWF), EBU Tech 3306 (RF64), ITU-R BS.2088 (BW64).
"""

import os
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_MOST_CHUNKS = 512
_MOST_BYTES = 1 << 20
_UNKNOWN = 0xFFFFFFFF
_WANTED = frozenset((b"fmt ", b"bext", b"iXML"))


@dataclass(slots=True)
class WaveChunks:
    """What a WAV file's chunks say.

    Attributes:
        chunks: ``fmt``, ``bext`` and ``iXML`` where present, the first of each.
        missing_bytes: Sound that the header promises and the file does not hold.
        unclosed: The header was never completed: the length of the sound is not stated.
    """

    chunks: dict[bytes, bytes] = field(default_factory=dict)
    missing_bytes: int = 0
    unclosed: bool = False


def wave_chunks(path: Path) -> WaveChunks:
    """Read a WAV file's metadata chunks; what is damaged is left out.

    Raises:
        OSError: The file cannot be read.
    """
    found = WaveChunks()
    with path.open("rb") as handle:
        size = os.fstat(handle.fileno()).st_size
        long_data, at = None, 12
        handle.seek(at)
        for _ in range(_MOST_CHUNKS):
            head = handle.read(8)
            if len(head) < 8:
                break
            kind, length = struct.unpack("<4sI", head)
            if kind == b"ds64":
                long_data = _data_length(handle)
            elif kind == b"data":
                length = _true_length(length, long_data, size - at - 8, found)
            elif kind in _WANTED and kind not in found.chunks and length <= _MOST_BYTES:
                found.chunks[kind] = handle.read(length)
            at += 8 + length + length % 2
            handle.seek(at)
    return found


def _data_length(handle: BinaryIO) -> int | None:
    body = handle.read(16)
    return int(struct.unpack_from("<Q", body, 8)[0]) if len(body) == 16 else None


def _true_length(length: int, long_data: int | None, there: int, found: WaveChunks) -> int:
    """Return the sound's length in bytes as far as the file holds it, and note what is wrong with it."""
    if length == _UNKNOWN and long_data is not None:
        length = long_data
    if length in (0, _UNKNOWN) and there > 0:
        found.unclosed = True
        return there
    found.missing_bytes = max(length - there, 0)
    return length
