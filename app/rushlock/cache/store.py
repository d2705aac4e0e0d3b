"""The cache: results by content key in a folder, bounded in size, shared by any number of processes.

No locks. An entry is written beside its place and moved there in one step, so a reader sees all of it or
nothing, and two writers of one key write the same content. A reader touches what it reads; eviction takes
what was touched longest ago.

A folder walk costs half a second at 100,000 entries, so it is not done at every store but each time this
process has written a twentieth of the limit. The first such share is drawn at random: else many short
runs, each too small for a sweep of its own, would let the folder grow for ever.

Caching may fail (full disk, read-only folder) and the run must not: after the first failure nothing more
is stored, one warning is logged, and ``trouble`` holds the sentence for the user.
"""

import contextlib
import logging
import os
import random
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from rushlock.base.paths import cache_folder
from rushlock.base.settings import Settings
from rushlock.cache import entries
from rushlock.cache.eviction import PART_SUFFIX, sweep
from rushlock.cache.keys import digest

_log = logging.getLogger(__name__)

_SLACK = 1 / 20


class Cache:
    """Named arrays and texts by key. No method raises when the folder or the disk is at fault.

    Attributes:
        folder: Where the entries lie, two levels deep.
        limit_bytes: How much they may take together; 0 stores nothing.
        trouble: Why nothing is stored any more, for the user; empty while all is well.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self.trouble = ""
        self._slack = int(limit_bytes * _SLACK)
        self._until_sweep = random.uniform(0, self._slack)

    def arrays(self, key: str) -> dict[str, np.ndarray] | None:
        """Return the arrays stored under a key, None where there are none."""
        content = self._read(self._place(key, ".arrays"))
        return None if content is None else entries.unpacked(content)

    def store_arrays(self, key: str, arrays: Mapping[str, np.ndarray]) -> None:
        """Keep arrays under a key.

        Raises:
            ValueError: An array holds Python objects.
        """
        self._write(self._place(key, ".arrays"), entries.packed(arrays))

    def text(self, key: str) -> str | None:
        """Return the text stored under a key, None where there is none."""
        content = self._read(self._place(key, ".text"))
        return None if content is None else content.decode("utf-8", "surrogatepass")

    def store_text(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        self._write(self._place(key, ".text"), text.encode("utf-8", "surrogatepass"))

    def _place(self, key: str, suffix: str) -> Path:
        """Return where an entry lies; keys are digested once more, so that no key can leave the folder."""
        name = digest(key)
        return self.folder / name[:2] / (name + suffix)

    def _read(self, path: Path) -> bytes | None:
        """Return an entry's content and mark it as used; remove it where it is damaged."""
        try:
            content = entries.opened(path.read_bytes())
        except OSError:
            return None
        with contextlib.suppress(OSError):  # a folder that may only be read still serves
            if content is None:
                path.unlink()
            else:
                os.utime(path)
        return content

    def _write(self, path: Path, content: bytes) -> None:
        """Put an entry in its place; on failure give up storing for good."""
        if self.trouble or len(content) > self.limit_bytes - self._slack:
            return
        try:
            _replace(path, entries.sealed(content))
        except OSError as error:
            self._give_up(error)
            return
        self._until_sweep -= len(content)
        if self._until_sweep < 0:
            sweep(self.folder, self.limit_bytes - self._slack)
            self._until_sweep = self._slack

    def _give_up(self, error: OSError) -> None:
        why = error.strerror or str(error)
        self.trouble = f"Results are not kept for the next run: {why} in the cache folder {self.folder}"
        _log.warning("%s", self.trouble)


def open_default(settings: Settings) -> Cache:
    """Return the user's own cache, as large as the settings allow."""
    return Cache(cache_folder(settings.cache_place), int(settings.cache_gib * 2**30))


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step. Without fsync: the checksum finds what a power cut left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=PART_SUFFIX, dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        if not path.exists():  # Windows refuses to replace what a reader has open: then it is there already
            raise
