"""What must be true before a window can open."""

import os
import sys

from rushlock.base.errors import RushlockError

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def check_display() -> None:
    """Raise a sentence where Qt would abort the process: on Linux without a display.

    Raises:
        RushlockError: No display is named.
    """
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _DISPLAYS):
        raise RushlockError("there is no display for a window; `rushlock sync FOLDER` works without one")
