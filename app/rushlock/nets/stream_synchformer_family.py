"""How weights of a Synchformer with memory are recognised. None are published: sizes travel with them."""

from typing import TYPE_CHECKING

from rushlock.base.errors import ModelError, UsageError
from rushlock.nets.families import CONFIG, Recognised, Tensors, Texts, check_shapes
from rushlock.nets.protocol import WindowNet
from rushlock.nets.registry import Kind
from rushlock.nets.sparse_sync_family import STREAMING
from rushlock.nets.stream_synchformer.config import StreamSynchformerConfig

if TYPE_CHECKING:
    from rushlock.nets.store import Stored

_MARK = "transformer.pos_emb_cfg.pos_emb"


class StreamSynchformerFamily:
    """Synchformer with memory, see ``families.Family``."""

    name = "streamsynchformer"

    def recognised(self, tensors: Tensors, metadata: Texts) -> Recognised | None:
        """Return weights as this family's, None where their names are not of its make."""
        if _MARK not in tensors or STREAMING not in tensors:
            return None
        try:
            config = StreamSynchformerConfig.from_json(metadata.get(CONFIG, "{}"))
        except UsageError as error:
            raise ModelError(str(error)) from error
        check_shapes(tensors, _layout(config), "Synchformer with memory")
        return Recognised(self.name, Kind.OFFSETS, tensors, {CONFIG: config.to_json()})

    def open(self, stored: "Stored", device: str, companion: "Stored | None") -> WindowNet:
        """Load the network; it has no companions."""
        from rushlock.nets.stream_synchformer.open import open_stream_synchformer

        return open_stream_synchformer(
            stored.path,
            name=stored.entry.name,
            digest=stored.digest,
            device=device,
            bias=stored.entry.bias,
            experimental=stored.entry.experimental,
        )


def _layout(config: StreamSynchformerConfig) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a network's tensors by name."""
    from rushlock.nets.loading import shapes
    from rushlock.nets.stream_synchformer.network import StreamSynchformer

    return shapes(lambda: StreamSynchformer(config))
