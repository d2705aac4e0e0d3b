"""The whole network: SparseSync, whose windows each leave a token, and the head that reads those tokens."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from rushlock.nets.sparse_sync.config import SparseSyncConfig
from rushlock.nets.sparse_sync.judging import SelectingTransformer, learned_token
from rushlock.nets.sparse_sync.network import SparseSync
from rushlock.nets.stream_sync.config import StreamSyncConfig
from rushlock.nets.stream_sync.memory import memory_of


class Snapshot(NamedTuple):
    """What one window says by itself.

    Attributes:
        logits: (n, classes).
        token: (n, dims), for the streaming head.
    """

    logits: Tensor
    token: Tensor


class Streamed(NamedTuple):
    """What consecutive windows say.

    Attributes:
        snapshots: (n, windows, classes) logits of each by itself.
        streams: (n, windows, classes) logits of all up to each.
    """

    snapshots: Tensor
    streams: Tensor


class StreamingTransformer(SelectingTransformer):
    """SparseSync's, with what makes a token of a window."""

    def __init__(self, config: SparseSyncConfig) -> None:
        super().__init__(config, passing=True)
        dims = config.dims
        self.offset_tok = learned_token(1, config.offset_classes, dims)
        self.streaming_down_proj = nn.Linear(3 * dims, dims)

    def snapshot(self, row: Tensor) -> Snapshot:
        """Return what a compared row (n, row, dims) says: its first tokens decide and pass on."""
        logits = self.off_head(row[:, 0])
        meant = logits.softmax(-1) @ self.offset_tok[0]
        token = self.streaming_down_proj(torch.cat([meant, row[:, 0], row[:, 1]], dim=-1))
        return Snapshot(logits, token)


class StreamSync(SparseSync):
    """StreamSync of any size; ``picture_tokens`` and ``sound_tokens`` are SparseSync's.

    Weights of a SparseSync of the same sizes load with ``strict=False``; what is missing then begins anew.

    Attributes:
        config: Its sizes.
    """

    config: StreamSyncConfig
    transformer: StreamingTransformer

    def __init__(self, config: StreamSyncConfig) -> None:
        super().__init__(config, StreamingTransformer(config))
        self.streaming_head = memory_of(config)

    def judge(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return logits (n, classes) of windows, each by itself, for (n, selectors, dims) of either side."""
        return self.snapshot(pictures, sound).logits

    def snapshot(self, pictures: Tensor, sound: Tensor) -> Snapshot:
        """Return what windows say, each by itself, for (n, selectors, dims) of either side."""
        return self.transformer.snapshot(self.transformer.global_transformer(pictures, sound))

    def accumulate(self, tokens: Tensor) -> Tensor:
        """Return logits (n, classes) of what windows say together, (n, windows, dims), oldest first."""
        found: Tensor = self.streaming_head(tokens)
        return found

    def stream(self, pictures: Tensor, sound: Tensor, learning: Tensor | None = None) -> Streamed:
        """Return what consecutive windows say, as in training.

        Args:
            pictures: (n, windows, selectors, dims) from ``picture_tokens``, oldest first.
            sound: The same from ``sound_tokens``.
            learning: bool (windows,): through which windows gradients reach what made ``pictures`` and
                ``sound`` and compared them; all if not given. Heads learn from every window.
        """
        windows = pictures.shape[:2]
        row = self.transformer.global_transformer(pictures.flatten(0, 1), sound.flatten(0, 1))
        row = torch.unflatten(row, 0, windows)
        if learning is not None:
            row = torch.where(learning[None, :, None, None], row, row.detach())
        logits, tokens = self.transformer.snapshot(row.flatten(0, 1))
        snapshots, tokens = torch.unflatten(logits, 0, windows), torch.unflatten(tokens, 0, windows)
        return Streamed(snapshots, self.streaming_head.after_each(tokens))

    def forward(self, pictures: Tensor, spectrograms: Tensor) -> Tensor:
        """Return logits (n, classes) of sequences of windows together.

        Args:
            pictures: (n, windows, frames, 3, height, width), normalised, oldest first.
            spectrograms: (n, windows, 1, frequencies, columns), standardised.
        """
        windows = pictures.shape[:2]
        seen = self.picture_tokens(pictures.flatten(0, 1))
        heard = self.sound_tokens(spectrograms.flatten(0, 1))
        streamed = self.stream(torch.unflatten(seen, 0, windows), torch.unflatten(heard, 0, windows))
        return streamed.streams[:, -1]
