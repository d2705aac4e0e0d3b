"""How one cache entry looks on disk: a mark, a checksum over the rest, the content.

The checksum is what makes a power cut harmless without an fsync for each entry: whatever came out short
or scrambled counts as absent. Arrays are written one after the other in NumPy's own format without
pickle, uncompressed: reading them must be quicker than working them out, and float16 features hardly
compress.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO

import numpy as np

_MARK = b"RLC1"
_HEADER = struct.Struct("<4sI")


def sealed(content: bytes) -> bytes:
    """Return an entry's bytes."""
    return _HEADER.pack(_MARK, zlib.crc32(content)) + content


def opened(entry: bytes) -> bytes | None:
    """Return an entry's content, None where it is not whole."""
    if len(entry) < _HEADER.size:
        return None
    mark, checksum = _HEADER.unpack_from(entry)
    content = entry[_HEADER.size :]
    return content if mark == _MARK and zlib.crc32(content) == checksum else None


def packed(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return named arrays as bytes: a line of JSON with the names, then each array.

    Raises:
        ValueError: An array holds Python objects.
    """
    buffer = BytesIO()
    buffer.write(json.dumps(list(arrays)).encode() + b"\n")
    for array in arrays.values():
        np.lib.format.write_array(buffer, np.asanyarray(array), allow_pickle=False)
    return buffer.getvalue()


def unpacked(content: bytes) -> dict[str, np.ndarray]:
    """Return the arrays that ``packed`` wrote."""
    buffer = BytesIO(content)
    names = json.loads(buffer.readline())
    return {name: np.lib.format.read_array(buffer, allow_pickle=False) for name in names}
