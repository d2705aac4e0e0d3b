"""How weights of StreamSync are recognised. None are published: sizes travel with those trained here."""

from typing import TYPE_CHECKING

from rushlock.base.errors import ModelError, UsageError
from rushlock.nets.families import CONFIG, Recognised, Tensors, Texts, check_shapes, undistributed
from rushlock.nets.protocol import WindowNet
from rushlock.nets.registry import Kind
from rushlock.nets.sparse_sync_family import MARK, STREAMING, head_of
from rushlock.nets.stream_sync.config import Memory, StreamSyncConfig

if TYPE_CHECKING:
    from rushlock.nets.store import Stored

_RECURRENT = "streaming_head.lstm.weight_ih_l0"


class StreamSyncFamily:
    """StreamSync, see ``families.Family``."""

    name = "streamsync"

    def recognised(self, tensors: Tensors, metadata: Texts) -> Recognised | None:
        """Return weights as StreamSync's, None where their names are not of its make."""
        plain = undistributed(tensors)
        if MARK not in plain or STREAMING not in plain:
            return None
        try:
            config = _config(plain, metadata)
        except (UsageError, ValueError) as error:
            raise ModelError(f"these weights of StreamSync have sizes that cannot be: {error}") from error
        check_shapes(plain, _layout(config), "StreamSync")
        return Recognised(self.name, Kind.OFFSETS, plain, {CONFIG: config.to_json()})

    def open(self, stored: "Stored", device: str, companion: "Stored | None") -> WindowNet:
        """Load the network; it has no companions."""
        from rushlock.nets.stream_sync.open import open_stream_sync

        return open_stream_sync(
            stored.path,
            name=stored.entry.name,
            digest=stored.digest,
            device=device,
            bias=stored.entry.bias,
            experimental=stored.entry.experimental,
        )


def _config(tensors: Tensors, metadata: Texts) -> StreamSyncConfig:
    if CONFIG in metadata:
        return StreamSyncConfig.from_json(metadata[CONFIG])
    memory = Memory.LSTM if _RECURRENT in tensors else Memory.TRANSFORMER
    return StreamSyncConfig(memory=memory.value, **head_of(tensors, metadata))


def _layout(config: StreamSyncConfig) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a network's tensors by name."""
    from rushlock.nets.loading import shapes
    from rushlock.nets.stream_sync.network import StreamSync

    return shapes(lambda: StreamSync(config))
