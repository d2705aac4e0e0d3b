"""How weights of SparseSync are recognised, and what is learnt of their sizes.

A published file holds its weights as "model" beside its configuration. How many offsets the head tells apart
is its shape; how far they reach is in the configuration alone, which ``checkpoint`` reads with distrust.
"""

from typing import TYPE_CHECKING, Any

from rushlock.base.errors import ModelError, UsageError
from rushlock.nets.families import CONFIG, Recognised, Tensors, Texts, check_shapes, undistributed
from rushlock.nets.protocol import WindowNet
from rushlock.nets.registry import Kind
from rushlock.nets.sparse_sync.config import SparseSyncConfig

if TYPE_CHECKING:
    from rushlock.nets.store import Stored

MARK = "vfeat_extractor.base.0.conv_s.weight"
STREAMING = "transformer.offset_tok"
HEAD = "transformer.off_head.weight"
_REACH = "args.data.max_off_sec"
_COARSE = 3
"""Classes of the published coarse models, which tell one second early, in time, one second late."""


class SparseSyncFamily:
    """SparseSync, see ``families.Family``."""

    name = "sparsesync"

    def recognised(self, tensors: Tensors, metadata: Texts) -> Recognised | None:
        """Return weights as SparseSync's, None where their names are not of its make."""
        plain = undistributed(tensors)
        if MARK not in plain or STREAMING in plain:
            return None
        try:
            config = _config(plain, metadata)
        except (UsageError, ValueError) as error:
            raise ModelError(f"these weights of SparseSync have sizes that cannot be: {error}") from error
        check_shapes(plain, _layout(config), "SparseSync")
        return Recognised(self.name, Kind.OFFSETS, plain, {CONFIG: config.to_json()})

    def open(self, stored: "Stored", device: str, companion: "Stored | None") -> WindowNet:
        """Load the network; it has no companions."""
        from rushlock.nets.sparse_sync.open import open_sparse_sync

        return open_sparse_sync(
            stored.path,
            name=stored.entry.name,
            digest=stored.digest,
            device=device,
            bias=stored.entry.bias,
            experimental=stored.entry.experimental,
        )


def head_of(tensors: Tensors, metadata: Texts) -> dict[str, Any]:
    """Return the sizes of the head of a published file: how many offsets, and how far they reach.

    Raises:
        ValueError: The configuration tells no number.
    """
    if HEAD not in tensors:
        return {}
    classes = len(tensors[HEAD])
    reach = metadata.get(_REACH, "1" if classes == _COARSE else "2")
    return {"offset_classes": classes, "offset_limit": float(reach)}


def _config(tensors: Tensors, metadata: Texts) -> SparseSyncConfig:
    if CONFIG in metadata:
        return SparseSyncConfig.from_json(metadata[CONFIG])
    return SparseSyncConfig(**head_of(tensors, metadata))


def _layout(config: SparseSyncConfig) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a network's tensors by name."""
    from rushlock.nets.loading import shapes
    from rushlock.nets.sparse_sync.network import SparseSync

    return shapes(lambda: SparseSync(config))
