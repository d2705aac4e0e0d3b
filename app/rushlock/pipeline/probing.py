"""Probing with a memory: a file that lies unchanged where it lay is not opened again."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rushlock.base.errors import MediaError
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.media.clip import MediaFile
from rushlock.project.records import RecordError, read, written

VERSION = "probe-1"
"""Part of the cache key: change it with anything that changes what a probe says."""


def cached_probe(cache: Cache) -> Callable[[Path], MediaFile]:
    """Return a probe that looks into the cache first, by path, size and modification time.

    The returned function raises MediaError as ``media.probe.probe`` does.
    """

    def probe_one(path: Path) -> MediaFile:
        try:
            stat = path.stat()
        except OSError as error:
            raise MediaError(path, error.strerror or "cannot be read") from error
        key = digest(VERSION, str(path.absolute()), stat.st_size, stat.st_mtime_ns)
        held = cache.text(key)
        if held is not None:
            with suppress(RecordError):  # written by another version: probe again
                return read(MediaFile, held)
        from rushlock.media.probe import probe

        found = probe(path)
        cache.store_text(key, written(found))
        return found

    return probe_one
