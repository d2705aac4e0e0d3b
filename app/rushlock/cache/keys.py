"""Keys of cached results: digests over everything that a result depends on."""

import struct
from hashlib import blake2b

Part = str | bytes | int | float

_DIGEST_BYTES = 20


def digest(*parts: Part) -> str:
    """Return a hexadecimal digest of some parts, the same on every machine.

    Each part is framed with its type and length, so that no two different lists of parts run together:
    ``"ab", "c"`` and ``"a", "bc"`` differ, and so do ``1``, ``1.0`` and ``"1"``.
    """
    state = blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        tag, content = _framed(part)
        state.update(tag + struct.pack("<Q", len(content)))
        state.update(content)
    return state.hexdigest()


def _framed(part: Part) -> tuple[bytes, bytes]:
    """Return a part's type tag and its content as bytes."""
    if isinstance(part, bytes):
        return b"b", part
    if isinstance(part, str):
        return b"s", part.encode("utf-8", "surrogatepass")  # file names may hold undecodable bytes
    if isinstance(part, float):
        return b"f", struct.pack("<d", part)
    return b"i", str(int(part)).encode()
