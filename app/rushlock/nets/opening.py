"""From a name to a network that computes: what is installed, which is meant, what to say where it is not."""

import logging

from rushlock.base.errors import ModelError, ModelMissingError, UsageError
from rushlock.nets.families import family_named
from rushlock.nets.protocol import WindowNet
from rushlock.nets.registry import Entry, Kind, registry
from rushlock.nets.store import all_stored, stored

_log = logging.getLogger(__name__)


def installed() -> tuple[Entry, ...]:
    """Return what can be opened, best first within a family: published, then shipped, then the user's own."""
    return tuple(each.entry for each in all_stored() if each.whole)


def chosen(name: str) -> Entry:
    """Return the entry that a name means: weights of that name, or a family's best that give offsets.

    A family means its best installed weights; its stand-in only where nothing else is installed.

    Raises:
        ModelMissingError: They are not installed; the sentence says what they would add and how to get them.
        UsageError: Nothing is called so.
    """
    here = installed()
    named = next((entry for entry in here if entry.name == name), None)
    if named is not None:
        return named
    of_family = [entry for entry in here if entry.family == name and entry.kind is Kind.OFFSETS]
    if of_family:
        return min(of_family, key=lambda entry: entry.experimental)
    known = next((entry for entry in registry() if name in (entry.name, entry.family)), None)
    if known is None:
        names = ", ".join(dict.fromkeys(word for entry in registry() for word in (entry.family, entry.name)))
        raise UsageError(f"there is no model called {name}; there is {names}")
    raise ModelMissingError(missing_words(known))


def missing_words(entry: Entry) -> str:
    """Return what weights that are not installed would add, and how to get them."""
    if entry.shipped:
        return f"{entry.name} should come with Rushlock but does not: this installation is not complete."
    size = f" ({entry.size_words})" if entry.size_words else ""
    return (
        f"{entry.name} is not installed. {entry.adds} To get it: rushlock models install {entry.name}{size}; "
        f"without a net: fetch {entry.url} elsewhere, then rushlock models import FILE."
    )


def open_net(name: str, device: str) -> WindowNet:
    """Load the network of a name; see ``chosen`` for names.

    Args:
        name: Of weights or of a family.
        device: "cuda", "mps" or "cpu".

    Raises:
        ModelMissingError: The weights are not installed.
        ModelError: They cannot be used.
        UsageError: Nothing is called so.
    """
    entry = chosen(name)
    kept = stored(entry.name)
    if kept is None:  # removed a moment ago
        raise ModelMissingError(missing_words(entry))
    family = family_named(entry.family)
    companion = stored(entry.companion) if entry.companion else None
    if companion is not None and companion.whole:
        try:
            return family.open(kept, device, companion)
        except ModelError as error:
            _log.warning("%s is opened without %s: %s", name, entry.companion, error)
    return family.open(kept, device, None)
