"""The sizes of a StreamSync: those of its SparseSync, and of what reads the windows before."""

from dataclasses import dataclass
from enum import StrEnum

from rushlock.base.errors import UsageError
from rushlock.nets.sparse_sync.config import SparseSyncConfig


class Memory(StrEnum):
    """What reads the tokens of the windows so far."""

    TRANSFORMER = "transformer"
    LSTM = "lstm"


@dataclass(frozen=True, slots=True)
class StreamSyncConfig(SparseSyncConfig):
    """Everything that decides the shape of the network. Values are checked when made.

    Attributes:
        memory: A ``Memory``.
        memory_depth: Blocks of the transformer, or layers of the LSTM, that reads the windows so far.
    """

    memory: str = Memory.TRANSFORMER.value
    memory_depth: int = 3

    def __post_init__(self) -> None:
        SparseSyncConfig.__post_init__(self)
        if self.memory not in list(Memory) or self.memory_depth < 1:
            raise UsageError(f"StreamSync cannot remember by {self.memory_depth} layers of {self.memory}")


PUBLISHED = StreamSyncConfig()
"""As in the paper and its authors' configuration, with a transformer."""

PUBLISHED_LSTM = StreamSyncConfig(memory=Memory.LSTM.value)
"""The paper's other head; its layout is ours, for no code of it is public."""
