"""Decoding by the graphics card, where PyAV and the machine offer it.

Decoders in hardware give the same pictures as those in software (H.264, HEVC, VP9 and AV1 say what every bit
must be), so that nothing that is worked out from them depends on the machine. They are left to the user's
choice nevertheless: drivers limit how many files may be open at a time, and for ordinary HD files copying
frames back costs what decoding saves. A file that the card cannot decode is decoded as ever, and one on
which it gives up midway is gone on with in software (``frame_reader.FrameReader``).
"""

import logging
from functools import cache
from pathlib import Path

import av
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.container import InputContainer
from av.error import FFmpegError

from rushlock.media.opening import open_container

DEVICES = ("videotoolbox", "cuda", "d3d11va", "vaapi")
"""Best first: macOS, NVIDIA, Windows, Linux. FFmpeg's others decode no better where these are missing."""

_log = logging.getLogger(__name__)


def offered() -> tuple[str, ...]:
    """Return the kinds of devices that this build of FFmpeg can talk to, whether or not they are there."""
    known = set(hwdevices_available())
    return tuple(device for device in DEVICES if device in known)


def open_accelerated(path: Path) -> InputContainer:
    """Open a container whose pictures the graphics card decodes if it can, else as ever.

    Raises:
        MediaError: It cannot be opened.
    """
    device = usable()
    return open_container(path) if device is None else open_container(path, device)


@cache
def usable() -> HWAccel | None:
    """Return the first kind of device that is there, found out once a process; None without any."""
    for kind in offered():
        try:
            found = HWAccel(device_type=kind, allow_software_fallback=True)
            av.CodecContext.create("h264", "r", hwaccel=found)
        except (FFmpegError, OSError, RuntimeError, ValueError) as error:
            _log.debug("no decoding by %s: %s", kind, error)
            continue
        _log.info("pictures are decoded by %s", kind)
        return found
    return None
