"""What windows become before the network sees them: as at the published networks' own inference, in float32.

The logarithm's floor makes a spectrogram depend on level where it is quiet; standardising each frequency by
itself takes a constant gain away everywhere else.
"""

import torch
from torch import Tensor, nn

from rushlock.nets.sparse_sync.config import FFT, FFT_HOP

_MEAN = (0.485, 0.456, 0.406)
_DEVIATION = (0.229, 0.224, 0.225)
"""Of ImageNet's red, green and blue."""

_FLOOR = 1e-6


def normalised_pictures(segments: Tensor) -> Tensor:
    """Return (n, frames, 3, height, width) float32 for (n, frames, height, width, 3) uint8, RGB."""
    mean, deviation = (torch.tensor(each, device=segments.device) for each in (_MEAN, _DEVIATION))
    return ((segments / 255 - mean) / deviation).movedim(-1, 2)


class Spectrograms(nn.Module):
    """Windows of sound to standardised logarithms of power."""

    window: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("window", torch.hann_window(FFT), persistent=False)

    def forward(self, segments: Tensor) -> Tensor:
        """Return (n, 1, frequencies, columns) for (n, samples), mono, full scale 1."""
        return standardised(self.logarithms(segments)).unsqueeze(1)

    def logarithms(self, segments: Tensor) -> Tensor:
        """Return (n, frequencies, columns): log power, the ends mirrored."""
        return torch.log(self.powers(segments) + _FLOOR)

    def powers(self, segments: Tensor) -> Tensor:
        """Return (n, frequencies, columns)."""
        found = torch.stft(
            segments, FFT, FFT_HOP, window=self.window, pad_mode="reflect", return_complex=True
        )
        return found.real.square() + found.imag.square()


def standardised(logarithms: Tensor) -> Tensor:
    """Return (..., frequencies, columns) of mean 0 and deviation 1 over time, each frequency by itself."""
    deviation, mean = torch.std_mean(logarithms, dim=-1, keepdim=True)
    return (logarithms - mean) / (deviation + _FLOOR)
