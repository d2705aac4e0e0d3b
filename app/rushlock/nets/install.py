"""Bring weights into the store: fetched or from a file, checked, as safetensors, whole or not at all.

Checked is, in this order: the file's length and checksums against what is published; that it can be read as
tensors and nothing else (``nets.checkpoint`` executes nothing); that these are all the tensors of the network
that the entry names, each of its shape. Only then the store sees anything of it.

A file of which no checksum is published, or one of the user's own, is taken as well; ``Stored.proof`` says
what is known of it and what is not. A file from another computer's store is known by the record beside it.
"""

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from rushlock.base.errors import ModelError, UsageError
from rushlock.base.paths import models_folder
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.nets.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from rushlock.nets.checksums import checksums
from rushlock.nets.download import download
from rushlock.nets.families import Recognised, recognised
from rushlock.nets.part_file import PartFile
from rushlock.nets.registry import Digest, Entry, entry_named, registry
from rushlock.nets.store import Stored, carried, draft_path, is_name, keep, own_entry, part_path

_UNKNOWN = "not known"
_NO_PROOF = "no published checksum fits: a file of your own"
_Naming = Callable[[Recognised], Entry]


def install(entry: Entry, token: CancelToken) -> Stage[Stored]:
    """Fetch the weights of an entry and take them into the store.

    Raises:
        ModelError: They cannot be fetched, or what comes is not what is published.
        Cancelled: The token was raised; what was fetched is kept for the next attempt.
    """
    if not entry.url:
        raise ModelError(f"{entry.name} comes with Rushlock: there is nothing to fetch")
    with _refusals_told():
        part = PartFile(part_path(entry.name))
        yield from download(entry.url, part, entry.name, token, size=entry.size)
        found = yield from checksums(part.path, entry.name, token)
        if not _agrees(entry, found):
            part.drop()
            raise ModelError(f"{entry.url} is not the published file: {_difference(entry, found)}")
        checkpoint = yield from _read(part.path, entry.name, token)
        kept = yield from _taken(checkpoint, lambda _: entry, entry.url, proof_words(entry), token)
        part.drop()
    return kept


def import_file(path: Path, token: CancelToken, *, name: str = "", like: str = "") -> Stage[Stored]:
    """Take weights from a file into the store; its checksum and its tensors tell which ones they are.

    Args:
        path: The file: .pt, .pth or .safetensors; NAME.json beside it is read where it is from a store.
        token: Stops it.
        name: What to call weights that are not known by their checksum; empty: as the file is called.
        like: Entry whose training such weights share, for its bias; empty: not known, the bias is taken as 0.

    Raises:
        UsageError: There is no such file, or the name cannot be used.
        ModelError: It holds no weights that a network of Rushlock's could use.
        Cancelled: The token was raised.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    model = entry_named(like) if like else None
    with _refusals_told():
        models_folder().mkdir(parents=True, exist_ok=True)
        found = yield from checksums(path, path.name, token)
        checkpoint = yield from _read(path, path.name, token)
        known, before = _published(found), carried(path, found["sha256"])
        if known is not None:
            return (
                yield from _taken(checkpoint, _always(known), str(path.absolute()), proof_words(known), token)
            )
        if before is not None and not name:
            proof = f"{before.proof}; carried here unchanged"
            return (yield from _taken(checkpoint, _always(before.entry), before.origin, proof, token))
        naming = _naming(name or _slug(path.stem), model)
        return (yield from _taken(checkpoint, naming, str(path.absolute()), _NO_PROOF, token))


def proof_words(entry: Entry) -> str:
    """Return what it says of a file that it agrees with an entry's published checksums."""
    if not entry.digests:
        return "no checksum is published; all tensors are there"
    best = entry.digests[0]
    if best.whole:
        return f"the published file by its {best.algorithm}"
    digits = len(best.digits)
    return f"agrees with the {digits} digits that are published of its {best.algorithm}: not a proof"


def _read(path: Path, name: str, token: CancelToken) -> Stage[Checkpoint]:
    yield Progress("Reading weights", 0, 0, name, unit="")
    token.check()
    return read_checkpoint(path)


def _taken(
    checkpoint: Checkpoint, naming: _Naming, origin: str, proof: str, token: CancelToken
) -> Stage[Stored]:
    """Write a checked file's tensors as safetensors into the store."""
    found = recognised(checkpoint.tensors, checkpoint.metadata)
    entry = _fitting(naming(found), found)
    draft = draft_path(entry.name)
    try:
        yield Progress("Writing weights", 0, 0, entry.name, unit="")
        token.check()
        write_checkpoint(draft, found.tensors, found.metadata)
        digest = (yield from checksums(draft, entry.name, token))["sha256"]
        return keep(entry, draft, digest, origin, proof)
    finally:
        draft.unlink(missing_ok=True)


def _fitting(entry: Entry, found: Recognised) -> Entry:
    if (entry.family, entry.kind) != (found.family, found.kind):
        raise ModelError(
            f"{entry.name} should be {entry.family} ({entry.kind}), "
            f"but the file holds {found.family} ({found.kind})"
        )
    return entry


def _always(entry: Entry) -> _Naming:
    return lambda _: entry


def _naming(name: str, like: Entry | None) -> _Naming:
    """Return what makes an entry of weights that no published checksum knows.

    Raises:
        UsageError: The name is no name, or that of published weights that these are not.
    """
    if not is_name(name):
        raise UsageError(f"no model can be called {name}: use small letters, digits, dots and - (--as NAME)")
    known = next((each for each in registry() if each.name == name), None)
    if known is not None and (known.shipped or known.digests):
        raise UsageError(
            f"this is not the published file of {name}: its checksum differs. Give it a name of its own with "
            f"--as NAME, and --like {name} if it was trained like it"
        )
    if known is not None:
        return _always(known)
    trained_on, bias = (like.trained_on, like.bias) if like else (_UNKNOWN, 0.0)
    return lambda found: own_entry(name, found.family, found.kind, trained_on, bias)


def _published(found: Mapping[str, str]) -> Entry | None:
    """Return the entry whose published checksums a file's begin with."""
    return next((entry for entry in registry() if entry.digests and _agrees(entry, found)), None)


def _agrees(entry: Entry, found: Mapping[str, str]) -> bool:
    return all(digest.agrees(found) for digest in entry.digests)


def _difference(entry: Entry, found: Mapping[str, str]) -> str:
    wrong: Digest = next(digest for digest in entry.digests if not digest.agrees(found))
    start = found[wrong.algorithm][: len(wrong.digits)]
    return f"its {wrong.algorithm} begins {start[:16]} instead of {wrong.digits[:16]}; nothing was installed"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")


@contextlib.contextmanager
def _refusals_told() -> Iterator[None]:
    """Say in a sentence what the system refuses."""
    try:
        yield
    except OSError as error:
        where = error.filename or models_folder()
        raise ModelError(f"{where}: {error.strerror or error}") from error
