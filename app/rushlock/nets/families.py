"""The kinds of networks that weights may be for, and how a file of weights says which one it is.

A family recognises its own weights by the names and shapes of their tensors, brings them into the one layout
that its network loads strictly, and opens them. To add one: a module with a class like ``Family``, and a
line in ``families``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rushlock.base.errors import ModelError
from rushlock.nets.frame_protocol import FrameNet
from rushlock.nets.protocol import WindowNet
from rushlock.nets.registry import Kind

if TYPE_CHECKING:
    from torch import Tensor

    from rushlock.nets.store import Stored

Tensors = Mapping[str, "Tensor"]
Texts = Mapping[str, str]
Net = WindowNet | FrameNet

CONFIG = "config"
"""Under which name the sizes stand in a file's metadata."""

_DISTRIBUTED = "module."
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Recognised:
    """Weights of which is known what they are.

    Attributes:
        family: The network they are for.
        kind: What it answers with them.
        tensors: The weights under the names that the network loads; complete, each of its right shape.
        metadata: What the network must know besides, to be kept with them.
    """

    family: str
    kind: Kind
    tensors: Tensors
    metadata: Texts


class Family(Protocol):
    """A kind of network."""

    @property
    def name(self) -> str:
        """What the registry calls it."""

    def recognised(self, tensors: Tensors, metadata: Texts) -> Recognised | None:
        """Return weights as this family's, None where their names are not of its make.

        Raises:
            ModelError: They are of its make, but tensors are missing, too many, or of other shapes.
        """

    def open(self, stored: "Stored", device: str, companion: "Stored | None") -> Net:
        """Load weights that were kept as ``recognised`` returned them, with their companion (see ``Entry``).

        Raises:
            ModelError: They cannot be read, or do not go with the companion.
        """


def families() -> tuple[Family, ...]:
    """Return all families."""
    from rushlock.nets.carl_family import CarlFamily
    from rushlock.nets.sparse_sync_family import SparseSyncFamily
    from rushlock.nets.stream_sync_family import StreamSyncFamily
    from rushlock.nets.stream_synchformer_family import StreamSynchformerFamily
    from rushlock.nets.synchformer_family import SynchformerFamily

    # Synchformer takes whatever has an extractor of its name: those that look closer come first.
    return (
        SparseSyncFamily(),
        StreamSyncFamily(),
        StreamSynchformerFamily(),
        SynchformerFamily(),
        CarlFamily(),
    )


def family_named(name: str) -> Family:
    """Return the family that the registry calls so.

    Raises:
        ModelError: This Rushlock has none of that name.
    """
    for family in families():
        if family.name == name:
            return family
    raise ModelError(f"this Rushlock has no network called {name}")


def recognised(tensors: Tensors, metadata: Texts) -> Recognised:
    """Return what weights are.

    Raises:
        ModelError: No family knows them, or they are not complete.
    """
    for family in families():
        found = family.recognised(tensors, metadata)
        if found is not None:
            return found
    names = ", ".join(list(tensors)[:_NAMED]) or "no tensors at all"
    known = ", ".join(family.name for family in families())
    raise ModelError(f"these are weights of no network that Rushlock has ({known}); the file holds {names} …")


def undistributed(tensors: Tensors) -> dict[str, "Tensor"]:
    """Return weights without the prefix that training on several devices leaves."""
    distributed = all(name.startswith(_DISTRIBUTED) for name in tensors)
    return {name.removeprefix(_DISTRIBUTED) if distributed else name: each for name, each in tensors.items()}


def check_shapes(tensors: Tensors, expected: Mapping[str, tuple[int, ...]], name: str) -> None:
    """Compare weights with a network's layout.

    Args:
        tensors: The weights.
        expected: Shapes by name.
        name: What the network is called.

    Raises:
        ModelError: They differ; the sentence names the first differences.
    """
    faults = [f"{key} is missing" for key in expected.keys() - tensors.keys()]
    faults += [f"{key} is not of it" for key in tensors.keys() - expected.keys()]
    faults += [
        f"{key} has the shape {_shape(tensors[key].shape)} instead of {_shape(shape)}"
        for key, shape in expected.items()
        if key in tensors and tuple(tensors[key].shape) != shape
    ]
    if faults:
        more = f" and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
        first = ", ".join(sorted(faults)[:_NAMED])
        raise ModelError(f"these are not complete weights of {name}: {first}{more}")


def _shape(shape: tuple[int, ...]) -> str:
    return " x ".join(str(size) for size in shape) or "of a single number"
