"""File URIs that NLEs on every system read, and back (RFC 8089).

Everything outside letters, digits and ``-._~/`` is percent-encoded, as UTF-8 or, for a name that is
none, as the bytes on disk. A Windows drive becomes ``file:///C:/...``, a UNC share
``file://server/share/...``, on whatever system this runs: projects travel.
"""

import os
import re
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

_DRIVE = re.compile(r"/?[A-Za-z]:(/|$)")
_LONG_UNC = "\\\\?\\UNC\\"
_LONG = "\\\\?\\"


def uri_of(path: PurePath) -> str:
    """Return the file URI of a path; a relative path of this system is taken from the working folder."""
    if isinstance(path, Path):
        path = path.absolute()
    if isinstance(path, PureWindowsPath):
        return _windows_uri(path)
    return "file://" + quote_from_bytes(os.fsencode(str(path)))


def _windows_uri(path: PureWindowsPath) -> str:
    """Return the URI of a drive's path or a UNC path, with the long-path prefix taken off."""
    text = str(path)
    if text.startswith(_LONG_UNC):
        text = "\\\\" + text[len(_LONG_UNC) :]
    elif text.startswith(_LONG):
        text = text[len(_LONG) :]
    slashed = text.replace("\\", "/")
    if slashed.startswith("//"):
        return "file:" + quoted(slashed)
    drive, rest = slashed[:2], slashed[2:]
    return f"file:///{drive}{quoted(rest)}"


def quoted(text: str) -> str:
    """Return a path with slashes percent-encoded as UTF-8."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def path_of(uri: str) -> PurePath:
    """Return the path that a file URI (or a plain path, which some tools write instead) names.

    A drive letter or a host makes it a ``PureWindowsPath``, anything else a ``PurePosixPath``.

    Raises:
        ValueError: The URI is not of a file.
    """
    if "://" not in uri:
        return PureWindowsPath(uri) if _DRIVE.match(uri.replace("\\", "/")) else PurePosixPath(uri)
    parts = urlsplit(uri)
    if parts.scheme.lower() != "file":
        raise ValueError(f"not the URI of a file: {uri}")
    tail = uri.split("://", 1)[
        1
    ]  # urlsplit would cut at an unencoded "#" or "?", which a file's name may hold
    host, slash, path = tail.partition("/")
    path = os.fsdecode(unquote_to_bytes(slash + path))
    if _DRIVE.match(path):
        return PureWindowsPath(path.lstrip("/"))
    if host.lower() in ("", "localhost"):
        return PurePosixPath(path)
    return PureWindowsPath(f"//{host}{path}")
