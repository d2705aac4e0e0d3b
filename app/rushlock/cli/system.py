"""Which system libraries Qt still needs on this machine, and which Debian packages bring them.

Asked of the dynamic linker itself (``ldd``) instead of kept as a list: Qt's wheels change what they need.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

FACES = {
    "offscreen": ("QtWidgets.abi3.so", "QtSvg.abi3.so", "Qt/plugins/platforms/libqoffscreen.so"),
    "window": (
        "QtWidgets.abi3.so",
        "QtSvg.abi3.so",
        "Qt/plugins/platforms/libqxcb.so",
        "Qt/plugins/platforms/libqwayland.so",
    ),
}
"""What has to load, below PySide6's folder: for tests without a screen, and for the window."""

_PACKAGES = {
    "libEGL": "libegl1",
    "libGL": "libgl1",
    "libGLX": "libglx0",
    "libOpenGL": "libopengl0",
    "libX11": "libx11-6",
    "libX11-xcb": "libx11-xcb1",
    "libxcb": "libxcb1",
    "libxcb-cursor": "libxcb-cursor0",
    "libxcb-icccm": "libxcb-icccm4",
    "libxcb-image": "libxcb-image0",
    "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-render": "libxcb-render0",
    "libxcb-render-util": "libxcb-render-util0",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-shm": "libxcb-shm0",
    "libxcb-sync": "libxcb-sync1",
    "libxcb-util": "libxcb-util1",
    "libxcb-xfixes": "libxcb-xfixes0",
    "libxcb-xkb": "libxcb-xkb1",
    "libxkbcommon": "libxkbcommon0",
    "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libwayland-client": "libwayland-client0",
    "libwayland-cursor": "libwayland-cursor0",
    "libwayland-egl": "libwayland-egl1",
    "libdbus-1": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libfreetype": "libfreetype6",
    "libglib-2.0": "libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0",
    "libz": "zlib1g",
    "libzstd": "libzstd1",
}
_MISSING = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)


def missing_libraries(face: str) -> list[str]:
    """Return the file names of libraries that the linker does not find, sorted; none without ``ldd``."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None or not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return []
    folder = Path(spec.origin).parent
    found: set[str] = set()
    for file in FACES[face]:
        if (folder / file).exists():
            answer = subprocess.run(["ldd", folder / file], capture_output=True, text=True, check=False)
            found.update(_MISSING.findall(answer.stdout))
    return sorted(found)


def debian_packages(libraries: list[str]) -> list[str]:
    """Return the Debian packages of libraries, sorted; a library nobody knows stands for itself."""
    return sorted({_PACKAGES.get(name.partition(".so")[0], name) for name in libraries})
