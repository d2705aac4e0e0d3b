"""``rushlock doctor``: say what this installation consists of, and what it lacks."""

import argparse
import importlib.metadata
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from rushlock import __version__
from rushlock.base.paths import cache_folder, config_folder, log_folder, models_folder
from rushlock.cli.codes import Exit
from rushlock.cli.system import FACES, debian_packages, missing_libraries
from rushlock.cli.text import printable

_LIBRARIES = (
    "av",
    "numpy",
    "opentimelineio",
    "PySide6-Essentials",
    "scipy",
    "torch",
    "torchaudio",
    "wavinfo",
)
_GIB = 1 << 30


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--missing",
        choices=sorted(FACES),
        help="print only the Debian packages that Qt lacks, for the window or for tests without a screen",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the report, or the missing packages."""
    if arguments.missing:
        packages = debian_packages(missing_libraries(arguments.missing))
        print("\n".join(packages), end="\n" if packages else "")
        return Exit.DONE
    faults = 0
    for subject, words, good in _findings():
        print(f"{'ok  ' if good else 'FAIL'}  {subject:<14} {printable(words)}", flush=True)
        faults += not good
    return Exit.FAILED if faults else Exit.DONE


def _findings() -> Iterator[tuple[str, str, bool]]:
    """Yield (subject, words, whether all is well)."""
    yield "rushlock", __version__, True
    python_fits = (3, 11) <= sys.version_info[:2] < (3, 14)
    yield (
        "python",
        f"{platform.python_version()} on {platform.platform()}, {os.cpu_count()} cores",
        python_fits,
    )
    for name in _LIBRARIES:
        yield _library(name)
    yield _device()
    yield _codecs()
    for subject, folder in (
        ("cache", cache_folder()),
        ("preferences", config_folder()),
        ("logs", log_folder()),
        ("models", models_folder()),
    ):
        yield subject, f"{folder}, {_size(folder) / _GIB:.2f} GiB", _writable(folder)
    for face in sorted(FACES):
        yield _system(face)


def _library(name: str) -> tuple[str, str, bool]:
    try:
        return name, importlib.metadata.version(name), True
    except importlib.metadata.PackageNotFoundError:
        return name, "not installed", False


def _device() -> tuple[str, str, bool]:
    import torch

    if torch.cuda.is_available():
        return "device", f"cuda: {torch.cuda.get_device_name(0)}", True
    if torch.backends.mps.is_available():
        return "device", "mps", True
    return "device", f"cpu, {torch.get_num_threads()} threads", True


def _codecs() -> tuple[str, str, bool]:
    from rushlock.media.decoders import WANTED, decoders

    lacking = sorted(set(WANTED) - decoders())
    words = f"all of {', '.join(WANTED)}" if not lacking else f"without {', '.join(lacking)}"
    return "decoders", words, not lacking


def _system(face: str) -> tuple[str, str, bool]:
    packages = debian_packages(missing_libraries(face))
    words = f"missing: {' '.join(packages)}" if packages else "all there"
    return f"Qt {face}", words, not packages


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else 0


def _writable(folder: Path) -> bool:
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)
