"""Bring a cache folder down to its limit: what was used longest ago goes first.

Several processes may sweep one folder at the same time; a file that another one took away first is no
trouble.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PART_SUFFIX = ".part"
_ABANDONED_S = 3600.0


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A file in the cache. Ordered by last use, oldest first."""

    used: float
    size: int
    path: str


def sweep(folder: Path, target_bytes: int) -> int:
    """Remove entries, least recently used first, until ``target_bytes`` are left at most.

    Half-written files that no living process can still be writing go too.

    Returns:
        Bytes left.
    """
    oldest_part = time.time() - _ABANDONED_S
    kept = []
    for entry in _entries(folder):
        if not entry.path.endswith(PART_SUFFIX):
            kept.append(entry)
        elif entry.used < oldest_part:
            _remove(entry.path)
    left = sum(entry.size for entry in kept)
    for entry in sorted(kept):
        if left <= target_bytes:
            break
        _remove(entry.path)
        left -= entry.size
    return left


def _entries(folder: Path) -> Iterator[Entry]:
    """Yield every file two levels down."""
    for shard in _listed(os.fspath(folder)):
        for item in _listed(shard.path):
            with contextlib.suppress(OSError):
                facts = item.stat(follow_symlinks=False)
                yield Entry(facts.st_mtime, facts.st_size, item.path)


def _listed(folder: str) -> list[os.DirEntry[str]]:
    """Return what a folder holds, nothing where it cannot be read."""
    try:
        with os.scandir(folder) as listing:
            return list(listing)
    except OSError:
        return []


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)  # noqa: PTH108 - strings: a hundred thousand Path objects would cost more than the removal
