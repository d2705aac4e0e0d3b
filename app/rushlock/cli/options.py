"""Settings as flags: names, help, types and bounds come from ``base.settings``, once."""

import argparse
from dataclasses import Field, fields, replace
from typing import Any

from rushlock.base.settings import Settings, default_of

_SHORTER = {"timeline_rate": "--rate"}
_VALUES = {float: "X", int: "N", str: "WORD"}


def add_settings(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add a flag for each named setting; for all of them where none is named."""
    group = parser.add_argument_group("settings")
    for spec in fields(Settings):
        if not names or spec.name in names:
            group.add_argument(*_flags(spec), dest=spec.name, **_details(spec))


def settings_from(arguments: argparse.Namespace, base: Settings | None = None) -> Settings:
    """Return settings (the defaults where none are given) with what a command line asks for laid over them.

    Raises:
        UsageError: A value lies outside its bounds.
    """
    given = {spec.name: getattr(arguments, spec.name, None) for spec in fields(Settings)}
    return replace(base or Settings(), **{name: value for name, value in given.items() if value is not None})


def _flags(spec: Field[Any]) -> list[str]:
    long = "--" + spec.name.replace("_", "-")
    return [_SHORTER[spec.name], long] if spec.name in _SHORTER else [long]


def _details(spec: Field[Any]) -> dict[str, Any]:
    default = default_of(spec)
    unit = spec.metadata["unit"]
    usually = "" if default == "" else f" (default {default}{' ' + unit if unit else ''})"
    words = spec.metadata["help"] + usually
    return {
        "type": type(default),
        "default": None,
        "metavar": _VALUES[type(default)],
        "help": words.replace("%", "%%"),
    }
