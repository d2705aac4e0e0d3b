"""Files that appear whole or not at all: written beside their place, flushed to disk, then renamed."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rushlock.base.errors import ExportError

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "the folder may not be written to",
    errno.EPERM: "the folder may not be written to",
    errno.EROFS: "the disk is read-only",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EEXIST: "a part of the path is a file, not a folder",
    errno.EISDIR: "there is a folder of that name",
    errno.ENAMETOOLONG: "the name is too long",
}


def write_atomically(destination: Path, text: str) -> Path:
    """Write a text as UTF-8 and return where it lies; missing folders are made.

    Lone surrogates stand for bytes of a file name that is no UTF-8; they are escaped as JSON does it.

    Raises:
        ExportError: It cannot be written; what lay there before is untouched.
    """
    return write_bytes_atomically(destination, text.encode("utf-8", "backslashreplace"))


def write_bytes_atomically(destination: Path, content: bytes) -> Path:
    """Write bytes and return where they lie; missing folders are made.

    Raises:
        ExportError: They cannot be written; what lay there before is untouched.
    """
    with being_written(destination) as part:
        part.write_bytes(content)
    return destination


@contextmanager
def being_written(destination: Path) -> Iterator[Path]:
    """Yield where to write a file that then takes its destination's place; missing folders are made.

    Where the writing raises, whatever it is, nothing is left behind.

    Raises:
        ExportError: It cannot be written; what lay there before is untouched.
    """
    part = destination.with_name(f".rushlock-{secrets.token_hex(8)}.part")
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        yield part
        _flush(part)
        part.replace(destination)
    except OSError as error:
        reason = _WORDS.get(error.errno or 0, error.strerror or str(error))
        raise ExportError(f"{destination} cannot be written: {reason}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _flush(part: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
