"""What ``sync`` and ``export`` share: flags for dialects and policies, and what is said about an export.

Flags come from the fields of ``export.policy.Policy``, once. That module is light; the dialects are loaded
when something is written.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import Field, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.settings import default_of
from rushlock.cli.text import printable
from rushlock.export.policy import Policy

if TYPE_CHECKING:
    from rushlock.export.delivery import Delivery
    from rushlock.export.dialect import Dialect

FORMATS = "otio, multicam.otio, otioz, xml, multiclip.xml, fcpxml, aaf, ale, edl, csv, json, html, wav"


def add_policies(parser: argparse.ArgumentParser) -> None:
    """Add a flag for each policy."""
    group = parser.add_argument_group("how a timeline is handed out")
    for spec in fields(Policy):
        flag = "--" + spec.name.replace("_", "-")
        group.add_argument(flag, dest=f"policy_{spec.name}", default=default_of(spec), **_details(spec))


def _details(spec: Field[Any]) -> dict[str, Any]:
    default = default_of(spec)
    unit = f" {spec.metadata['unit']}" if spec.metadata["unit"] else ""
    words = f"{spec.metadata['help']} (default {default}{unit})".replace("%", "%%")
    if isinstance(default, StrEnum):
        return {"help": words, "choices": [str(choice) for choice in type(default)]}
    return {"help": words, "type": type(default), "metavar": "SECONDS"}


def policy_from(arguments: argparse.Namespace) -> Policy:
    """Return the policies that a command line asks for.

    Raises:
        UsageError: One lies outside its bounds.
    """
    chosen = {spec.name: getattr(arguments, f"policy_{spec.name}") for spec in fields(Policy)}
    kinds = {spec.name: type(default_of(spec)) for spec in fields(Policy)}
    return Policy(**{name: kinds[name](value) for name, value in chosen.items()})


def print_losses(targets: Iterable[tuple[Path, "Dialect"]], delivery: "Delivery") -> None:
    """Say before writing what each dialect cannot say of this shoot."""
    for path, dialect in targets:
        for sentence in dialect.losses(delivery):
            print(f"{printable(path.name)}: not carried: {printable(sentence)}")


def print_written(dialect: "Dialect", written: Sequence[Path]) -> None:
    """Say after writing where the files lie and how to bring them into an NLE."""
    for path in written:
        print(f"wrote {printable(str(path))} ({dialect.name}; {dialect.loses})")
    for number, step in enumerate(dialect.steps, start=1):
        print(f"  {number}. {step}")
