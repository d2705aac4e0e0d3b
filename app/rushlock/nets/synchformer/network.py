"""The whole network: two extractors, which see one segment at a time, and the judge of windows."""

import torch
from torch import Tensor, nn

from rushlock.nets.synchformer.config import SynchformerConfig
from rushlock.nets.synchformer.judging import Judge, Verdict
from rushlock.nets.synchformer.pictures import PictureExtractor
from rushlock.nets.synchformer.sound import SoundExtractor


class Synchformer(nn.Module):
    """Synchformer of any size. Published state dicts of its size load with ``strict=True``.

    Attributes:
        config: Its sizes. Without a head there is no judge either: ``picture_tokens`` and ``sound_tokens``
            are all that segment-level weights can do.
    """

    def __init__(self, config: SynchformerConfig) -> None:
        super().__init__()
        self.config = config
        self.vfeat_extractor = PictureExtractor(config)
        self.afeat_extractor = SoundExtractor(config)
        if config.judges:
            self.vproj = nn.Linear(config.dims, config.dims)
            self.aproj = nn.Linear(config.dims, config.dims)
            self.transformer = Judge(config)

    def picture_tokens(self, pictures: Tensor) -> Tensor:
        """Return (n, steps, dims) for segments (n, frames, 3, height, width), normalised to [-1, 1]."""
        found: Tensor = self.vfeat_extractor(pictures)
        return found

    def sound_tokens(self, spectrograms: Tensor) -> Tensor:
        """Return (n, beats, dims) for spectrograms (n, 1, mels, columns) of segments."""
        found: Tensor = self.afeat_extractor(spectrograms)
        return found

    def judge(self, pictures: Tensor, sound: Tensor) -> Verdict:
        """Judge windows of tokens.

        Args:
            pictures: (windows, window, steps, dims) from ``picture_tokens``.
            sound: (windows, window, beats, dims) from ``sound_tokens``.
        """
        seen, heard = self.vproj(pictures.flatten(1, 2)), self.aproj(sound.flatten(1, 2))
        verdict: Verdict = self.transformer(seen, heard)
        return verdict

    def forward(self, pictures: Tensor, spectrograms: Tensor) -> Verdict:
        """Judge windows that share no segments, as in training.

        Args:
            pictures: (windows, window, frames, 3, height, width), normalised.
            spectrograms: (windows, window, 1, mels, columns), normalised.
        """
        windows = pictures.shape[:2]
        seen = self.picture_tokens(pictures.flatten(0, 1))
        heard = self.sound_tokens(spectrograms.flatten(0, 1))
        return self.judge(torch.unflatten(seen, 0, windows), torch.unflatten(heard, 0, windows))
