"""From a name to a network that computes: what is installed, which is meant, what to say where it is not."""

import logging

from rushlock.base.errors import ModelError, ModelMissingError, UsageError
from rushlock.nets.families import Net, family_named
from rushlock.nets.frame_protocol import FrameNet
from rushlock.nets.protocol import WindowNet
from rushlock.nets.registry import Entry, Kind, registry
from rushlock.nets.store import all_stored, stored

_log = logging.getLogger(__name__)

_PLACING = (Kind.OFFSETS, Kind.FRAMES)
"""What a network must answer to be meant by its family's name."""


def installed() -> tuple[Entry, ...]:
    """Return what can be opened, best first within a family: published, then shipped, then the user's own."""
    return tuple(each.entry for each in all_stored() if each.whole)


def chosen(name: str) -> Entry:
    """Return the entry that a name means: weights of that name, or a family's best that can place clips.

    A family means its best installed weights; its stand-in only where nothing else is installed.

    Raises:
        ModelMissingError: They are not installed; the sentence says what they would add and how to get them.
        UsageError: Nothing is called so.
    """
    here = installed()
    named = next((entry for entry in here if entry.name == name), None)
    if named is not None:
        return named
    of_family = [entry for entry in here if entry.family == name and entry.kind in _PLACING]
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
    if not entry.url:
        return (
            f"{entry.name} is not installed. {entry.adds} To get it: look for {entry.file} at {entry.page} "
            f"in a browser, then rushlock models import FILE --as {entry.name}."
        )
    size = f" ({entry.size_words})" if entry.size_words else ""
    return (
        f"{entry.name} is not installed. {entry.adds} To get it: rushlock models install {entry.name}{size}; "
        f"without a net: fetch {entry.url} elsewhere, then rushlock models import FILE."
    )


def open_net(name: str, device: str) -> WindowNet:
    """Load the network of a name that compares sound with picture; see ``chosen`` for names.

    Args:
        name: Of weights or of a family.
        device: "cuda", "mps" or "cpu".

    Raises:
        ModelMissingError: The weights are not installed.
        ModelError: They cannot be used.
        UsageError: Nothing is called so, or it is a network that looks at frames.
    """
    entry = chosen(name)
    net = None if entry.kind is Kind.FRAMES else _opened(entry, device)
    if net is None or not isinstance(net, WindowNet):
        raise UsageError(f"{name} looks at frames; it cannot compare sound with picture")
    return net


def open_frame_net(name: str, device: str) -> FrameNet:
    """Load the network of a name that looks at frames.

    Args:
        name: Of weights or of a family.
        device: "cuda", "mps" or "cpu".

    Raises:
        ModelMissingError: The weights are not installed.
        ModelError: They cannot be used.
        UsageError: Nothing is called so, or it is a network that compares sound with picture.
    """
    entry = chosen(name)
    net = _opened(entry, device) if entry.kind is Kind.FRAMES else None
    if net is None or not isinstance(net, FrameNet):
        raise UsageError(f"{name} compares sound with picture; it cannot place a silent clip by frames")
    return net


def _opened(entry: Entry, device: str) -> Net:
    """Load weights, with their companion where it is installed and fits."""
    kept = stored(entry.name)
    if kept is None:  # removed a moment ago
        raise ModelMissingError(missing_words(entry))
    family = family_named(entry.family)
    companion = stored(entry.companion) if entry.companion else None
    if companion is not None and companion.whole:
        try:
            return family.open(kept, device, companion)
        except ModelError as error:
            _log.warning("%s is opened without %s: %s", entry.name, entry.companion, error)
    return family.open(kept, device, None)
