"""What FFmpeg does not tell of a QuickTime or MP4 file, read from its boxes without touching the recording.

Read are: bytes that the last box promises and the file does not hold, each track's rotation, the frame rate
that a timecode track counts at, a GoPro's serial hash and Sony's embedded XML. Boxes are walked by seeking
over them; counts and sizes are bounded, so a hostile file costs no more than a good one.

Source: ISO/IEC 14496-12 (boxes, tkhd), Apple's QuickTime File Format (tmcd sample description, clean matrix).
"""

import math
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, NamedTuple

from rushlock.base.rate import FrameRate

_MOST_BOXES = 20_000
_MOST_XML_BYTES = 1 << 20
_MOST_TRACKS = 64


@dataclass(slots=True)
class Movie:
    """Facts of one file's boxes.

    Attributes:
        missing_bytes: Bytes that the last box promises beyond the file's end.
        rotations: Track id to degrees clockwise that a picture must be turned by for display.
        timecode_rate: What a timecode track counts at, if there is one.
        serial_hash: GoPro's hash of the camera's serial number, hexadecimal, else empty.
        xml: Embedded metadata document (Sony's NonRealTimeMeta), else empty.
    """

    missing_bytes: int = 0
    rotations: dict[int, int] = field(default_factory=dict)
    timecode_rate: FrameRate | None = None
    serial_hash: str = ""
    xml: bytes = b""


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


def movie_facts(path: Path) -> Movie:
    """Read a QuickTime or MP4 file's boxes; whatever is damaged is left out.

    Raises:
        OSError: The file cannot be read.
    """
    movie = Movie()
    with path.open("rb") as handle:
        size = os.fstat(handle.fileno()).st_size
        for box in _boxes(handle, 0, size):
            movie.missing_bytes = max(movie.missing_bytes, box.end - size)
            if box.kind == b"moov":
                _read_moov(handle, box, movie)
            elif box.kind == b"meta":
                _read_meta(handle, box, movie)
    return movie


def _boxes(handle: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    """Yield the boxes between two offsets; the last may promise more than there is."""
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        handle.seek(start)
        head = handle.read(16)
        if len(head) < 8:
            return
        size, kind = struct.unpack(">I4s", head[:8])
        body = 8
        if size == 1 and len(head) == 16:
            size, body = struct.unpack(">Q", head[8:])[0], 16
        elif size == 0:
            size = end - start  # by definition up to the end
        if size < body:
            return
        yield _Box(kind, start + body, start + size)
        start += size


def _read_moov(handle: BinaryIO, moov: _Box, movie: Movie) -> None:
    tracks = 0
    for box in _boxes(handle, moov.start, moov.end):
        if box.kind == b"trak" and tracks < _MOST_TRACKS:
            tracks += 1
            _read_track(handle, box, movie)
        elif box.kind == b"udta":
            _read_user_data(handle, box, movie)
        elif box.kind == b"meta":
            _read_meta(handle, box, movie)


def _read_track(handle: BinaryIO, track: _Box, movie: Movie) -> None:
    header = _body(handle, _descend(handle, track, b"tkhd"), 96)
    if len(header) >= 84:
        at = 52 if header[0] == 1 else 40
        (number,) = struct.unpack_from(">I", header, 20 if header[0] == 1 else 12)
        a, b = struct.unpack_from(">ii", header, at)
        movie.rotations[number] = round(math.degrees(math.atan2(b, a))) % 360
    description = _body(handle, _descend(handle, track, b"mdia", b"minf", b"stbl", b"stsd"), 41)
    if description[12:16] == b"tmcd" and len(description) == 41:
        scale, frame = struct.unpack_from(">II", description, 32)
        if scale and frame:
            movie.timecode_rate = FrameRate.nearest(Fraction(scale, frame))


def _read_user_data(handle: BinaryIO, user_data: _Box, movie: Movie) -> None:
    serial = _body(handle, _descend(handle, user_data, b"CAME"), 16)
    if len(serial) == 16 and any(serial):
        movie.serial_hash = serial.hex()


def _read_meta(handle: BinaryIO, meta: _Box, movie: Movie) -> None:
    """Read an XML document: in ISO files a version precedes the boxes, in QuickTime it does not."""
    for skipped in (4, 0):
        xml = _descend(handle, _Box(b"meta", meta.start + skipped, meta.end), b"xml ")
        if xml is not None:
            movie.xml = _body(handle, xml, _MOST_XML_BYTES)[4:].rstrip(b"\0")
            return


def _descend(handle: BinaryIO, box: _Box, *kinds: bytes) -> _Box | None:
    """Return the first box found by going down a path of kinds."""
    found: _Box | None = box
    for kind in kinds:
        if found is None:
            return None
        found = next((b for b in _boxes(handle, found.start, found.end) if b.kind == kind), None)
    return found


def _body(handle: BinaryIO, box: _Box | None, most: int) -> bytes:
    if box is None:
        return b""
    handle.seek(box.start)
    return handle.read(min(box.end - box.start, most))
