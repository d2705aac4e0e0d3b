"""Open media files for probing: local files only, real containers only, and without a word on stderr.

FFmpeg also "opens" text files as video, folders of stills as clips and playlists that fetch from a network.
The list of containers below keeps it to what cameras, recorders and phones write. When it gives up, its own
words ("Invalid data found when processing input") help nobody, so ``why_unreadable`` looks at the first
bytes and says what is wrong.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.codec.hwaccel import HWAccel
from av.container import InputContainer
from av.error import FFmpegError

from rushlock.base.errors import MediaError
from rushlock.media.signatures import HEAD_BYTES, MEDIA, WAVES, is_text, kind_of, suffix_of

av.logging.set_level(None)  # FFmpeg's complaints become reasons; they never reach a terminal

CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mxf,mpegts,mpeg,asf,flv,live_flv,gxf,lxf,dv,nut,rm,"
    "wav,w64,aiff,caf,au,flac,ogg,mp3,aac,ac3,eac3,dts,amr,ape,wv,tta"
)
_OPTIONS = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file", "fpsprobesize": "0"}
_WAVE_OPTIONS = _OPTIONS | {"probesize": "32768"}
"""Plain WAV says all in its header; FFmpeg would read on in search of hidden DTS."""

_CUT_OFF = (
    "cut off before its index was written, as when a camera loses power or a copy stops; "
    "copy it again, or repair it with a good clip of the same camera"
)


def open_container(path: Path, hardware: HWAccel | None = None) -> InputContainer:
    """Open a container; the caller closes it.

    Args:
        path: File.
        hardware: What decodes its pictures if it can; None: the processor.

    Raises:
        MediaError: It cannot be opened, with the reason in a user's words.
    """
    options = _WAVE_OPTIONS if suffix_of(path.name) in WAVES else _OPTIONS
    try:
        return av.open(
            f"file:{os.fspath(path)}", options=dict(options), metadata_errors="replace", hwaccel=hardware
        )
    except (FFmpegError, OSError, ValueError) as error:
        raise MediaError(path, why_unreadable(path, error)) from error


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """Open a container for reading its headers, and close it.

    Raises:
        MediaError: It cannot be opened, with the reason in a user's words.
    """
    with open_container(path) as container:
        yield container


def why_unreadable(path: Path, error: Exception) -> str:
    """Return why FFmpeg could not open a file, in words for the user."""
    if isinstance(error, OSError) and not isinstance(error, FFmpegError):
        return disk_reason(error)
    try:
        with path.open("rb") as handle:
            head = handle.read(HEAD_BYTES)
    except OSError as trouble:
        return disk_reason(trouble)
    return _reason_in(head, path.suffix)


def disk_reason(error: OSError) -> str:
    """Return what the operating system objects to, in words for the user."""
    if isinstance(error, PermissionError):
        return "permission denied: you may not read it"
    if isinstance(error, FileNotFoundError):
        return "it is no longer there"
    if isinstance(error, IsADirectoryError):
        return "it is a folder, not a file"
    return f"the disk reports an error: {error.strerror or error}"


def _reason_in(head: bytes, suffix: str) -> str:
    if not head:
        return "the file is empty (0 bytes)"
    if not any(head):
        return "it begins with nothing but zeros: a copy or a recording that never finished"
    kind = kind_of(head)
    if kind == "mov":
        return _CUT_OFF
    if kind:
        return f"a {kind} file that is damaged or cut off near its beginning"
    if is_text(head):
        named = f", whatever its name says ({suffix})" if suffix.lower() in MEDIA else ""
        return f"it is a text file, not a recording{named}"
    return "no recording that can be read: damaged, encrypted, or not what its name says"
