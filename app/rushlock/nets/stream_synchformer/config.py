"""The sizes of a Synchformer with memory: Synchformer's, and of what reads the windows before."""

from dataclasses import dataclass

from rushlock.base.errors import UsageError
from rushlock.nets.stream_sync.config import Memory
from rushlock.nets.synchformer.config import SynchformerConfig


@dataclass(frozen=True, slots=True)
class StreamSynchformerConfig(SynchformerConfig):
    """Everything that decides the shape of the network. Values are checked when made.

    Attributes:
        memory: A ``Memory``.
        memory_depth: Blocks of the transformer, or layers of the LSTM, that reads the windows so far.
    """

    memory: str = Memory.TRANSFORMER.value
    memory_depth: int = 3

    def __post_init__(self) -> None:
        SynchformerConfig.__post_init__(self)
        fits = self.memory in list(Memory) and self.memory_depth >= 1 and self.offset_classes
        if not fits:
            raise UsageError(f"Synchformer cannot remember by {self.memory_depth} layers of {self.memory}")

    @property
    def positions(self) -> int:
        """Tokens of a window: Synchformer's, and the one that passes on."""
        return 3 + self.window * (self.steps + self.beats)
