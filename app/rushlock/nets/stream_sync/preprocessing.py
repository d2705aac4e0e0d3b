"""How the authors of StreamSync cut one long stretch into windows, for those who train as they did.

There a spectrogram is standardised over the whole stretch and then cut, so that a window knows the level of
what follows it, its edges are those of its neighbours, and it is one column shorter. Rushlock itself prepares
every window alone (``sparse_sync.preprocessing``): what is heard later must not change an answer.
"""

import torch
from torch import Tensor

from rushlock.nets.sparse_sync.config import FFT_HOP
from rushlock.nets.sparse_sync.preprocessing import Spectrograms, standardised
from rushlock.nets.stream_sync.config import StreamSyncConfig


def windows_of_pictures(config: StreamSyncConfig, pictures: Tensor, hop: float, count: int) -> Tensor:
    """Return (count, frames, ...) for consecutive pictures (all, ...), windows beginning ``hop`` s apart."""
    starts = [int(number * hop * config.frame_rate) for number in range(count)]
    return torch.stack([pictures[start : start + config.frames] for start in starts])


def windows_of_sound(config: StreamSyncConfig, samples: Tensor, hop: float, count: int) -> Tensor:
    """Return spectrograms (count, 1, frequencies, columns - 1) for consecutive samples (all,)."""
    whole = standardised(Spectrograms().to(samples.device).logarithms(samples[None])[0])
    wide, columns = config.samples // FFT_HOP, config.sample_rate / FFT_HOP
    starts = [int(number * hop * columns) for number in range(count)]
    return torch.stack([whole[None, :, start : start + wide] for start in starts])


def softened(targets: Tensor, classes: int, smoothing: float = 0.1) -> Tensor:
    """Return (n, classes) chances for classes (n,): each neighbour that exists takes ``smoothing`` away."""
    places = torch.arange(classes, device=targets.device)
    chances = smoothing * ((places - targets[:, None]).abs() == 1)
    rest = 1 - chances.sum(1, keepdim=True)
    return torch.where(places == targets[:, None], rest, chances)
