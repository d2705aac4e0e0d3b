"""The whole network: Synchformer, whose windows each leave a token, and the head that reads those tokens."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from rushlock.nets.sparse_sync.judging import learned_token
from rushlock.nets.stream_sync.memory import memory_of
from rushlock.nets.stream_synchformer.config import StreamSynchformerConfig
from rushlock.nets.synchformer.judging import Judge, Verdict
from rushlock.nets.synchformer.network import Synchformer


class Snapshot(NamedTuple):
    """What one window says by itself.

    Attributes:
        verdict: What the heads say.
        token: (n, dims), for the streaming head.
    """

    verdict: Verdict
    token: Tensor


class PassingJudge(Judge):
    """Synchformer's, with a token behind the sound that passes on, and what makes a token of a window."""

    def __init__(self, config: StreamSynchformerConfig) -> None:
        super().__init__(config)
        dims = config.dims
        self.PASS_tok = learned_token(1, 1, dims)
        self.offset_tok = learned_token(1, config.offset_classes, dims)
        self.streaming_down_proj = nn.Linear(3 * dims, dims)

    def joined(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return the row as it begins."""
        row = super().joined(pictures, sound)
        return torch.cat([row, self.PASS_tok.expand(len(row), -1, -1)], dim=1)

    def snapshot(self, ends: Tensor) -> Snapshot:
        """Return what windows say whose deciding and passing tokens are (n, 2, dims), normalised."""
        verdict = self.verdict(ends[:, 0])
        assert verdict.offsets is not None, "its sizes ask for this head"
        meant = verdict.offsets.softmax(-1) @ self.offset_tok[0]
        return Snapshot(verdict, self.streaming_down_proj(torch.cat([meant, ends.flatten(1)], dim=-1)))


class StreamSynchformer(Synchformer):
    """Synchformer with memory; ``picture_tokens``, ``sound_tokens`` and ``judge`` are Synchformer's.

    Attributes:
        config: Its sizes.
        transformer: What judges windows and makes a token of each.
        streaming_head: (n, windows, dims), oldest first, to logits (n, classes).
    """

    config: StreamSynchformerConfig
    transformer: PassingJudge

    def __init__(self, config: StreamSynchformerConfig) -> None:
        super().__init__(config)
        self.transformer = PassingJudge(config)
        self.streaming_head = memory_of(config)

    def ends(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return deciding and passing tokens (n, 2, dims), normalised, of windows as ``judge`` takes them."""
        row = self.transformer.compared(self.vproj(pictures.flatten(1, 2)), self.aproj(sound.flatten(1, 2)))
        found: Tensor = self.transformer.ln_f(row[:, [0, -1]])
        return found

    def snapshot(self, pictures: Tensor, sound: Tensor) -> Snapshot:
        """Return what windows say, each by itself; arguments as ``judge`` takes them."""
        return self.transformer.snapshot(self.ends(pictures, sound))

    def accumulate(self, tokens: Tensor) -> Tensor:
        """Return logits (n, classes) of what windows say together, (n, windows, dims), oldest first."""
        found: Tensor = self.streaming_head(tokens)
        return found
