"""Which network votes in a run, on what, and for how long: what ``--embeddings`` means on this computer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from rushlock.base.errors import ModelMissingError, UsageError
from rushlock.base.settings import Settings
from rushlock.cache.keys import digest
from rushlock.jobs.devices import chosen_device
from rushlock.nets.opening import chosen, installed, open_net
from rushlock.nets.protocol import WindowNet
from rushlock.nets.registry import Entry, Kind
from rushlock.nets.store import stored
from rushlock.offsets.pooling import EXPERIMENTAL_MOST, Reliability, shipped_reliability

_log = logging.getLogger(__name__)

CHECK, SEARCH = "check", "search"
"""Uses of a network: to check places that sound leaves in doubt; to find silent pictures a place."""

_PATIENCE_S = {"cuda": 20_000.0, "mps": 2_000.0, "cpu": 120.0}
_SMALL = 30.0
_ASKED_FOR = 5.0

NOTHING_INSTALLED = (
    "No network is installed that compares picture with sound: one would check doubtful places, and find "
    "silent cameras theirs (see: rushlock models list)"
)


@dataclass(frozen=True, slots=True)
class NetChoice:
    """A network that is to vote, not yet loaded.

    Attributes:
        name: Of its weights.
        digest: Of all weights that have a say.
        experimental: Whether users must be told not to rely on it.
        uses: What it is used for: ``CHECK``, ``SEARCH``.
        reliability: What its votes are worth.
        patience: Returns how many seconds of picture a run may spend on it.
        open: Loads it.
    """

    name: str
    digest: str
    experimental: bool
    uses: frozenset[str]
    reliability: Reliability
    patience: Callable[[], float]
    open: Callable[[], WindowNet]


Choose = Callable[[Settings], NetChoice | None]


def chosen_net(settings: Settings) -> NetChoice | None:
    """Return the network that the settings mean; None where none is to be used.

    ``auto`` takes the best that is installed; an experimental one only for what it was measured to help with.

    Raises:
        ModelMissingError: One is asked for by name that is not installed.
        UsageError: There is none of that name, or it gives no offsets.
    """
    if settings.embeddings == "off":
        return None
    if settings.embeddings == "auto":
        return _automatic(settings)
    entry = chosen(settings.embeddings)
    if entry.kind is not Kind.OFFSETS:
        raise UsageError(f"{entry.name} tells {entry.kind}, not offsets: it cannot vote")
    return _choice(entry, settings, frozenset({CHECK, SEARCH}), _ASKED_FOR)


def _automatic(settings: Settings) -> NetChoice | None:
    able = sorted((e for e in installed() if e.kind is Kind.OFFSETS), key=lambda e: e.experimental)
    if not able:
        _log.info(NOTHING_INSTALLED)
        return None
    entry = able[0]
    uses = frozenset({CHECK, SEARCH})
    if entry.experimental:
        uses = _reliability(entry).uses
    if not uses:
        _log.info("%s is not used: it was not measured to help. %s", entry.name, NOTHING_INSTALLED)
        return None
    return _choice(entry, settings, uses, 1.0)


def _choice(entry: Entry, settings: Settings, uses: frozenset[str], patience: float) -> NetChoice:
    kept = stored(entry.name)
    if kept is None:
        raise ModelMissingError(f"{entry.name} was removed a moment ago")
    companion = stored(entry.companion) if entry.companion else None
    small = _SMALL if entry.experimental else 1.0
    return NetChoice(
        name=entry.name,
        digest=kept.digest if companion is None else digest(kept.digest, companion.digest),
        experimental=entry.experimental,
        uses=uses,
        reliability=_reliability(entry),
        patience=lambda: _PATIENCE_S[chosen_device(settings)] * patience * small,
        open=lambda: open_net(entry.name, chosen_device(settings)),
    )


def _reliability(entry: Entry) -> Reliability:
    """Return what a network's votes are worth; an experimental one's have their cap, measured or not."""
    kept = stored(entry.name)
    found = shipped_reliability(entry.name, "" if kept is None else kept.digest)
    return replace(found, most=min(found.most, EXPERIMENTAL_MOST)) if entry.experimental else found
