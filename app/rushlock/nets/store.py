"""Which weights are on this computer: NAME.safetensors in one folder, beside each a NAME.json about it.

The JSON is written last and removed first, so weights without it are the rest of something that was
interrupted and count as not there. It holds the sha256 of the file as we wrote it (part of every cache key
of features, and what ``verify`` compares with) and where the weights came from. What a net is good for comes
from the registry, so that a newer Rushlock's knowledge holds for weights fetched by an older one; for files
of the user's own it is kept in the JSON.

Weights that come with Rushlock lie in its own folder and are looked up in the same way.
"""

import json
import logging
import os
import re
import secrets
import shutil
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from rushlock.base.errors import ModelError
from rushlock.base.paths import models_folder, shipped
from rushlock.nets.checksums import sha256
from rushlock.nets.registry import Entry, Kind, registry

_log = logging.getLogger(__name__)

_SUFFIX = ".safetensors"
_SCHEMA = 1
_UNREADABLE = (OSError, ValueError, KeyError, TypeError)
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
_OWN = ("family", "kind", "trained_on", "bias")
"""Facts that are kept for files of the user's own."""


class State(StrEnum):
    """How weights stand on this computer."""

    ABSENT = "not installed"
    PARTLY = "partly fetched"
    INSTALLED = "installed"
    BUILT_IN = "built in"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Weights on this computer.

    Attributes:
        entry: What is known of them.
        path: Their file.
        digest: sha256 of the file as it was written.
        size: Its bytes as it was written.
        origin: Address or file that they came from.
        proof: How far they are known to be what they are called, in words.
    """

    entry: Entry
    path: Path
    digest: str
    size: int
    origin: str
    proof: str

    @property
    def whole(self) -> bool:
        """Whether the file is there in its full length; ``verify`` looks at its content."""
        try:
            return self.path.stat().st_size == self.size
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of all weights that are known of.

    Attributes:
        entry: What is known of them.
        stored: What is here of them, None where they are not installed.
        fetched: Bytes of a download that was stopped.
    """

    entry: Entry
    stored: Stored | None
    fetched: int = 0

    @property
    def state(self) -> State:
        """How they stand."""
        if self.stored is None:
            return State.PARTLY if self.fetched else State.ABSENT
        if not self.stored.whole:
            return State.DAMAGED
        return State.BUILT_IN if self.entry.shipped else State.INSTALLED


def catalogue() -> tuple[Listed, ...]:
    """Return all weights that are known of: the registry's in its order, then the user's own by name.

    Weights that should come with Rushlock and do not are left out: nothing can be done about them.
    """
    here = {each.entry.name: each for each in all_stored()}
    published = [entry for entry in registry() if entry.name in here or not entry.shipped]
    own = [each.entry for name, each in here.items() if name not in {entry.name for entry in published}]
    return tuple(Listed(entry, here.get(entry.name), _fetched(entry.name)) for entry in [*published, *own])


def is_name(text: str) -> bool:
    """Return whether weights may be called so: a name that is a file's name everywhere, and no path."""
    return _NAME.fullmatch(text) is not None


def weights_path(name: str) -> Path:
    """Return where weights of a name lie or would lie."""
    return models_folder() / (name + _SUFFIX)


def draft_path(name: str) -> Path:
    """Return a new place beside it for weights that are being written."""
    return models_folder() / f".{name}-{secrets.token_hex(4)}.draft"


def all_stored() -> tuple[Stored, ...]:
    """Return all weights on this computer in the registry's order, then the user's own by name."""
    published = [entry.name for entry in registry()]
    own = sorted({path.stem for path in models_folder().glob("*.json")} - set(published))
    found = (stored(name) for name in [*published, *own])
    return tuple(each for each in found if each is not None)


def stored(name: str) -> Stored | None:
    """Return the weights of a name, None where they are not on this computer."""
    known = _known(name)
    if known is not None and known.shipped:
        return _shipped(known)
    path = weights_path(name)
    if not path.is_file():
        return None
    try:
        return _read(path)
    except FileNotFoundError:
        return None
    except _UNREADABLE as error:
        _log.warning("%s counts as not installed: %s cannot be read: %s", name, _record(path), error)
        return None


def carried(path: Path, digest: str) -> Stored | None:
    """Return what the record beside a file from another computer's store says of it.

    Args:
        path: The file.
        digest: Its sha256.

    Returns:
        None where no record lies beside it, or one of other content.
    """
    try:
        here = _read(path)
    except _UNREADABLE:
        return None
    return here if here.digest == digest else None


def keep(entry: Entry, draft: Path, digest: str, origin: str, proof: str) -> Stored:
    """Take a file of weights into the store, in place of what lay there under its name.

    Args:
        entry: What the weights are.
        draft: The file, in the store's folder.
        digest: Its sha256.
        origin: Where it came from.
        proof: See ``Stored``.
    """
    path = weights_path(entry.name)
    kept = Stored(
        entry=entry, path=path, digest=digest, size=draft.stat().st_size, origin=origin, proof=proof
    )
    _record(path).unlink(missing_ok=True)
    draft.replace(path)
    _write(kept)
    shutil.copymode(_record(path), path)  # safetensors writes for its user alone, whatever the umask says
    return kept


def remove(name: str) -> int:
    """Remove weights and what was fetched of them, and return how many bytes that freed.

    Raises:
        ModelError: They are not installed, or come with Rushlock.
    """
    if any(entry.name == name and entry.shipped for entry in registry()):
        raise ModelError(f"{name} comes with Rushlock and stays")
    path, part = weights_path(name), part_path(name)
    there = [file for file in (path, part) if is_name(name) and file.is_file()]
    if not there:
        raise ModelError(f"{name} is not installed")
    freed = sum(file.stat().st_size for file in there)
    for file in (_record(path), path, part.with_name(part.name + ".json"), part):
        file.unlink(missing_ok=True)
    return freed


def part_path(name: str) -> Path:
    """Return where a file lies while it is being fetched."""
    return models_folder() / f"{name}.part"


def _fetched(name: str) -> int:
    part = part_path(name)
    return part.stat().st_size if part.is_file() else 0


def _known(name: str) -> Entry | None:
    return next((entry for entry in registry() if entry.name == name), None)


def _read(path: Path) -> Stored:
    record = json.loads(_record(path).read_text(encoding="utf-8"))
    name = str(record["name"])
    entry = _known(name) or _own_entry(name, record["own"])
    told = {name: str(record[name]) for name in ("digest", "origin", "proof")}
    return Stored(entry=entry, path=path, size=int(record["size"]), **told)


def _own_entry(name: str, facts: dict[str, Any]) -> Entry:
    return own_entry(
        name, str(facts["family"]), Kind(facts["kind"]), str(facts["trained_on"]), float(facts["bias"])
    )


def own_entry(name: str, family: str, kind: Kind, trained_on: str, bias: float) -> Entry:
    """Return what is known of a file of the user's own."""
    return Entry(
        name=name,
        family=family,
        kind=kind,
        trained_on=trained_on,
        bias=bias,
        licence="yours to know",
        adds="Weights of your own; nobody but you vouches for them.",
    )


def _write(kept: Stored) -> None:
    facts = asdict(kept.entry)
    content = {
        "schema": _SCHEMA,
        "name": kept.entry.name,
        "digest": kept.digest,
        "size": kept.size,
        "origin": kept.origin,
        "proof": kept.proof,
        "own": {name: facts[name] for name in _OWN},
    }
    record = _record(kept.path)
    draft = record.with_name(f".{record.name}-{secrets.token_hex(4)}.draft")
    with draft.open("x", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(record)


def _shipped(entry: Entry) -> Stored | None:
    path = shipped("models") / entry.file
    if not path.is_file():
        return None
    size = path.stat().st_size
    digest = _shipped_digest(path, size, path.stat().st_mtime_ns)
    return Stored(
        entry=entry, path=path, digest=digest, size=size, origin="Rushlock", proof="comes with Rushlock"
    )


@cache
def _shipped_digest(path: Path, _size: int, _modified: int) -> str:
    return sha256(path)


def _record(path: Path) -> Path:
    return path.with_suffix(".json")
