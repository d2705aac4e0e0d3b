"""Checksums of a file of weights, as a stage: a gigabyte takes a few seconds, and the user may stop it."""

import hashlib
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage

_CHUNK = 4 * 2**20
_MB = 1e6


def checksums(path: Path, name: str, token: CancelToken) -> Stage[dict[str, str]]:
    """Return a file's sha256 and md5 by algorithm, as hexadecimal digits.

    Args:
        path: The file.
        name: What the user calls it.
        token: Stops it.

    Raises:
        OSError: It cannot be read.
    """
    hashes = [hashlib.sha256(), hashlib.md5(usedforsecurity=False)]
    size, done = path.stat().st_size, 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            token.check()
            for each in hashes:
                each.update(chunk)
            done += len(chunk)
            yield Progress("Checking", done / _MB, size / _MB, name, unit="MB")
    return {each.name: each.hexdigest() for each in hashes}


def sha256(path: Path) -> str:
    """Return the digits of a small file's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
