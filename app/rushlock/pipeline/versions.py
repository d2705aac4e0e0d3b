"""What Rushlock runs on here, for the about box and for reports of problems."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from rushlock import __version__

_LIBRARIES = {
    "PySide6-Essentials": "PySide6",
    "av": "PyAV",
    "torch": "torch",
    "torchaudio": "torchaudio",
    "opentimelineio": "OpenTimelineIO",
    "numpy": "numpy",
    "scipy": "scipy",
    "pyqtgraph": "pyqtgraph",
    "pyaaf2": "pyaaf2",
    "lxml": "lxml",
}


def versions(device: str) -> dict[str, str]:
    """Return versions by name, Rushlock's own first; none of them names the user or the machine.

    Args:
        device: Where networks are asked to run. Which device that is can be told only once torch is loaded;
            it is not loaded for this, which would take seconds.
    """
    found = {
        "Rushlock": __version__,
        "Python": platform.python_version(),
        "System": f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores",
    }
    found |= {title: told for name, title in _LIBRARIES.items() if (told := _version(name))}
    return found | {"FFmpeg": _ffmpeg(), "Networks run on": _device(device)}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _ffmpeg() -> str:
    from rushlock.media.decoders import ffmpeg_version

    return ffmpeg_version()


def _device(wanted: str) -> str:
    torch = sys.modules.get("torch")
    if torch is None:
        return wanted
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        return f"{wanted}: {torch.cuda.get_device_name(0)}"
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return f"{wanted}: mps"
    return f"{wanted}: cpu"
