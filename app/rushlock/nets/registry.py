"""Which weights Rushlock knows: the entries of ``models/registry.toml``, typed.

An entry is what is known of weights without having them; ``nets.store`` says which are on this computer.
Publishers state checksums in full, in part or not at all. ``Digest`` keeps what is stated and says how much
it proves; nothing is filled up with what we happened to download.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any

from rushlock.base.errors import UsageError
from rushlock.base.paths import shipped

_LENGTHS = {"sha256": 64, "md5": 32}


class Kind(StrEnum):
    """What a network's head answers."""

    OFFSETS = "offsets"
    SYNCHRONIZABILITY = "synchronizability"
    EXTRACTORS = "extractors"


@dataclass(frozen=True, slots=True)
class Digest:
    """A published checksum, or the beginning of one.

    Attributes:
        algorithm: "sha256" or "md5".
        digits: Its hexadecimal digits, or as many of the first ones as are published.

    Raises:
        ValueError: No such checksum can exist.
    """

    algorithm: str
    digits: str

    def __post_init__(self) -> None:
        known = _LENGTHS.get(self.algorithm, 0)
        if not 0 < len(self.digits) <= known or not set(self.digits) <= set("0123456789abcdef"):
            raise ValueError(f"{self} is no checksum")

    @classmethod
    def parse(cls, text: str) -> "Digest":
        """Return the checksum that ``md5:54037d2`` means."""
        algorithm, _, digits = text.partition(":")
        return cls(algorithm, digits)

    @property
    def whole(self) -> bool:
        """Whether all digits are published."""
        return len(self.digits) == _LENGTHS[self.algorithm]

    @property
    def proves(self) -> bool:
        """Whether a match proves the file: md5 tells damage, but two files can be made to share it."""
        return self.whole and self.algorithm == "sha256"

    def agrees(self, found: Mapping[str, str]) -> bool:
        """Return whether a file's checksums, by algorithm, begin as published."""
        return found[self.algorithm].startswith(self.digits)

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.digits}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Weights that are known of.

    Attributes:
        name: What the user calls them.
        family: Which network they are for: a key of ``nets.families.FAMILIES``.
        kind: What the network answers with them.
        file: What the published file is called.
        url: Where it is fetched from, empty where it cannot be.
        size: Its bytes as published, None where they are not.
        about: Its bytes as read off a rounded figure, where ``size`` is not known.
        digests: Its published checksums, strongest first.
        licence: What is known of the licence.
        trained_on: The data they were trained on.
        bias: Seconds by which answers to aligned sound lie low.
        companion: Name of weights on the same extractors that say if picture and sound belong together, empty
            where there are none.
        adds: What they add to Rushlock, for the user.
        shipped: Whether they come with Rushlock.
        experimental: Whether users must be told not to rely on them.
    """

    name: str
    family: str
    kind: Kind
    file: str = ""
    url: str = ""
    size: int | None = None
    about: int | None = None
    digests: tuple[Digest, ...] = ()
    licence: str = ""
    trained_on: str = ""
    bias: float = 0.0
    companion: str = ""
    adds: str = ""
    shipped: bool = False
    experimental: bool = False

    @property
    def size_words(self) -> str:
        """The size for people: "950 MB", "about 1.1 GB", empty where it is not known."""
        if self.size is not None:
            return size_words(self.size)
        return "" if self.about is None else f"about {size_words(self.about)}"


def size_words(size: float) -> str:
    """Return bytes as people write them: "950 MB", "1.13 GB"."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= scale:
            return f"{size / scale:.3g} {unit}"
    return f"{size:.0f} bytes"


@cache
def registry() -> tuple[Entry, ...]:
    """Return all entries of the registry, best first within a family."""
    return parsed((shipped("models") / "registry.toml").read_text(encoding="utf-8"))


def parsed(text: str) -> tuple[Entry, ...]:
    """Return the entries of a registry's text.

    Raises:
        ValueError: An entry has an unknown or missing field, a false checksum, or another one's name.
    """
    entries = tuple(_entry(table) for table in tomllib.loads(text)["model"])
    names = [entry.name for entry in entries]
    if len(set(names)) < len(names):
        raise ValueError("two models have one name")
    return entries


def entry_named(name: str) -> Entry:
    """Return the registry's entry of a name.

    Raises:
        UsageError: There is none; the sentence lists what there is.
    """
    for entry in registry():
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in registry())
    raise UsageError(f"there is no model called {name}; there is {known}")


def _entry(table: Mapping[str, Any]) -> Entry:
    unknown = table.keys() - {spec.name for spec in fields(Entry)}
    if unknown:
        raise ValueError(f"a model has no {', '.join(sorted(unknown))}")
    digests = tuple(Digest.parse(text) for text in table.get("digests", ()))
    return Entry(**{**table, "kind": Kind(table["kind"]), "digests": digests})
