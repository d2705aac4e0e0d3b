"""Where the program finds what it ships with, and where it may keep things."""

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return a folder shipped with the program (``resources``, ``models``), in a checkout or an installation.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    for root in (_PACKAGE, _PACKAGE.parent.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(name)


def cache_folder(place: str = "") -> Path:
    """Return the folder for results that can be made again.

    Args:
        place: The one that was asked for; empty: that of ``RUSHLOCK_CACHE``, else the platform's.
    """
    chosen = place or os.environ.get("RUSHLOCK_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path("rushlock", appauthor=False)


def config_folder() -> Path:
    """Return the folder for preferences; ``RUSHLOCK_CONFIG`` overrides the platform's place."""
    chosen = os.environ.get("RUSHLOCK_CONFIG")
    return Path(chosen) if chosen else platformdirs.user_config_path("rushlock", appauthor=False)


def models_folder() -> Path:
    """Return the folder for weights that were fetched; ``RUSHLOCK_MODELS`` overrides the platform's place."""
    chosen = os.environ.get("RUSHLOCK_MODELS")
    return Path(chosen) if chosen else platformdirs.user_data_path("rushlock", appauthor=False) / "models"


def log_folder() -> Path:
    """Return the folder for log files; ``RUSHLOCK_LOG`` overrides the platform's place."""
    chosen = os.environ.get("RUSHLOCK_LOG")
    return Path(chosen) if chosen else platformdirs.user_log_path("rushlock", appauthor=False)
