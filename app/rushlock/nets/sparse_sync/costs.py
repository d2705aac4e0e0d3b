"""How many floating-point operations a SparseSync takes, as torch counts them: products alone, two each."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch.utils.flop_counter import FlopCounterMode

from rushlock.nets.sparse_sync.config import FFT
from rushlock.nets.sparse_sync.network import SparseSync


@dataclass(frozen=True, slots=True)
class Operations:
    """Floating-point operations for one window.

    Attributes:
        picture: From pixels to selected tokens.
        sound: From a spectrogram to selected tokens.
        judge: From tokens of both to logits.
    """

    picture: int
    sound: int
    judge: int


def operations(make: Callable[[], SparseSync]) -> Operations:
    """Count on tensors without memory: the network is made and asked, but nothing is computed."""
    with torch.device("meta"):
        net = make().eval()
        config = net.config
        pictures = torch.empty(1, config.frames, 3, config.picture, config.picture)
        spectrogram = torch.empty(1, 1, FFT // 2 + 1, config.columns)
    with torch.no_grad():
        with FlopCounterMode(display=False) as seeing:
            seen = net.picture_tokens(pictures)
        with FlopCounterMode(display=False) as hearing:
            heard = net.sound_tokens(spectrogram)
        with FlopCounterMode(display=False) as judging:
            net.judge(seen, heard)
    counters = (seeing, hearing, judging)
    return Operations(*(counter.get_total_flops() for counter in counters))
