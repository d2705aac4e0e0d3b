"""Torch and PyAV are loaded while nobody waits: after the window is shown, before the first sync.

Importing torch from a thread still stops the window, for it holds Python's lock while the linker maps a
gigabyte of libraries. Called through ctypes the linker runs without the lock, and the import that follows
finds everything mapped. Measured on a real sync in fresh processes, longest standstill of the event loop:
224 to 236 ms without this module, 20 to 33 ms with it. What it cannot avoid, some 110 ms, is spent here,
while nothing runs.
"""

import contextlib
import ctypes
import importlib.util
import sys
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage

_LIBRARIES = ("c10", "torch_cpu", "torch", "torch_python")
_SUFFIX = ".dylib" if sys.platform == "darwin" else ".so"
_LAZY = 1  # RTLD_LAZY, the same number on Linux and macOS


def warmed_up(token: CancelToken) -> Stage[None]:
    """Load both; whatever goes wrong here goes wrong again, and is told, when it is needed."""
    yield Progress("Warming up", 0, 0, "av")
    with contextlib.suppress(ImportError, OSError):
        import rushlock.media.pictures  # noqa: F401 - the first thumbnail shall not stop the window
    for library in _torch_libraries():
        token.check()
        yield Progress("Warming up", 0, 0, library.name)
        _map(library)
    token.check()
    with contextlib.suppress(ImportError, OSError):
        import torch  # noqa: F401


def _torch_libraries() -> list[Path]:
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None or sys.platform == "win32":
        return []
    folder = Path(spec.origin).parent / "lib"
    return [path for name in _LIBRARIES if (path := folder / f"lib{name}{_SUFFIX}").is_file()]


def _map(library: Path) -> None:
    """Have the linker map a library without holding Python's lock."""
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    dlopen(str(library).encode(), _LAZY)
