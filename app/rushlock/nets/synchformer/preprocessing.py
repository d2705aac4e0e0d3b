"""What segments become before the network sees them, as at the published networks' own inference.

Pictures pass through 16-bit floats, as they did there (on a GPU, under autocast): so values agree to the bit.
Sound becomes a log-mel spectrogram, each segment's by itself: its neighbours add nothing at its rims.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import pad
from torchaudio.transforms import MelSpectrogram  # type: ignore[import-untyped]

from rushlock.nets.synchformer.config import MEL_HOP, SynchformerConfig

_FFT = 1024
_FRAME = 400
_FLOOR = 1e-6
_MEAN, _DEVIATION = -4.2677393, 4.5689974
"""Of AudioSet's log-mel values, for which the Audio Spectrogram Transformer was made."""


def normalised_pictures(segments: Tensor) -> Tensor:
    """Return (n, frames, 3, height, width) float32 in [-1, 1] for (n, frames, height, width, 3) uint8."""
    return segments.half().div(255).sub(0.5).div(0.5).float().movedim(-1, 2)


class Spectrograms(nn.Module):
    """Segments of sound to normalised log-mel spectrograms."""

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.columns = config.columns
        self.mel = MelSpectrogram(
            config.sample_rate, n_fft=_FFT, win_length=_FRAME, hop_length=MEL_HOP, n_mels=config.mels
        )

    def forward(self, segments: Tensor) -> Tensor:
        """Return (n, 1, mels, columns) for (n, samples) at full scale 1; the last column is padding."""
        logarithm = torch.log(self.mel(segments) + _FLOOR)
        padded = pad(logarithm, (0, self.columns - logarithm.shape[-1]))
        return ((padded - _MEAN) / (2 * _DEVIATION)).unsqueeze(1)
