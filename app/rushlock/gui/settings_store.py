"""Preferences on disk: options that differ from their defaults, as JSON, written atomically.

A file that cannot be read, an option that is unknown or out of bounds costs that option only: its default
holds and the log says so. Preferences must never keep the program from starting.
"""

import json
import logging
import os
from dataclasses import fields, replace
from pathlib import Path

from rushlock.base.errors import UsageError
from rushlock.base.paths import config_folder
from rushlock.base.settings import Settings, default_of

_log = logging.getLogger(__name__)


def settings_file() -> Path:
    """Return where preferences are kept."""
    return config_folder() / "preferences.json"


def load_settings() -> Settings:
    """Return the settings as kept, defaults where nothing usable is."""
    settings = Settings()
    kept = _kept()
    for spec in fields(Settings):
        if spec.name not in kept:
            continue
        try:
            settings = replace(settings, **{spec.name: type(default_of(spec))(kept[spec.name])})
        except (UsageError, TypeError, ValueError) as error:
            _log.warning("preference %s is left at its default: %s", spec.name, error)
    return settings


def save_settings(settings: Settings) -> None:
    """Keep what differs from the defaults."""
    own = {
        spec.name: getattr(settings, spec.name)
        for spec in fields(Settings)
        if getattr(settings, spec.name) != default_of(spec)
    }
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    draft.write_text(json.dumps(own, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    draft.replace(path)


def _kept() -> dict[str, object]:
    try:
        kept = json.loads(settings_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        _log.warning("preferences cannot be read, defaults hold: %s", error)
        return {}
    return kept if isinstance(kept, dict) else {}
