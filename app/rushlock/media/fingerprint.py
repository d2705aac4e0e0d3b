"""A file's identity: a digest of its size and of samples of its content, whatever its name and place.

Cards number their files alike and drives get new letters, so names identify nothing. Reading 80 GB to be
quite sure would take minutes a clip; size, head, tail and four places between tell camera files apart,
because time stamps and identifiers stand in their heads and tails and no two recordings compress to the
same bytes elsewhere.
"""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from rushlock.base.errors import MediaError
from rushlock.media.opening import disk_reason

WHOLE_BYTES = 1 << 20
"""Files up to this size are read wholly."""

BLOCK_BYTES = 1 << 16
BLOCKS = 6
_DIGEST_BYTES = 16


def fingerprint(path: Path) -> str:
    """Return a file's identity, 32 hexadecimal digits.

    Raises:
        MediaError: It cannot be read, or became shorter while it was read.
    """
    try:
        with path.open("rb", buffering=0) as handle:
            size = os.fstat(handle.fileno()).st_size
            digest = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=_DIGEST_BYTES)
            for offset, length in sampled(size):
                digest.update(_block(handle, offset, length, path))
    except OSError as error:
        raise MediaError(path, disk_reason(error)) from error
    return digest.hexdigest()


def sampled(size: int) -> list[tuple[int, int]]:
    """Return the (offset, length) pairs of a file of some size that its fingerprint reads."""
    if size <= WHOLE_BYTES:
        return [(0, size)]
    last = size - BLOCK_BYTES
    return [(last * step // (BLOCKS - 1), BLOCK_BYTES) for step in range(BLOCKS)]


def _block(handle: BinaryIO, offset: int, length: int, path: Path) -> bytes:
    handle.seek(offset)
    parts, missing = [], length
    while missing:
        part = handle.read(missing)
        if not part:
            raise MediaError(path, "it became shorter while it was read: is it still being copied?")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
