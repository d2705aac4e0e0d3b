"""The whole network. Either side of a window becomes selected tokens by itself; then the two are compared."""

from torch import Tensor, nn

from rushlock.nets.sparse_sync.config import SparseSyncConfig
from rushlock.nets.sparse_sync.judging import SelectingTransformer
from rushlock.nets.sparse_sync.pictures import Bridge, PictureExtractor
from rushlock.nets.sparse_sync.sound import SoundExtractor


class SparseSync(nn.Module):
    """SparseSync of any size. Published state dicts of its size load with ``strict=True``.

    Attributes:
        config: Its sizes.
        transformer: What selects and compares.
    """

    def __init__(self, config: SparseSyncConfig, transformer: SelectingTransformer | None = None) -> None:
        super().__init__()
        self.config = config
        self.vfeat_extractor = PictureExtractor(config)
        self.afeat_extractor = SoundExtractor(config)
        self.v_bridge = Bridge(config)
        self.transformer = transformer or SelectingTransformer(config)

    def picture_tokens(self, pictures: Tensor) -> Tensor:
        """Return (n, selectors, dims) for windows (n, frames, 3, height, width), normalised."""
        return self.transformer.select_pictures(self.v_bridge(self.vfeat_extractor(pictures)))

    def sound_tokens(self, spectrograms: Tensor) -> Tensor:
        """Return (n, selectors, dims) for spectrograms (n, 1, frequencies, columns) of windows."""
        return self.transformer.select_sound(self.afeat_extractor(spectrograms))

    def judge(self, pictures: Tensor, sound: Tensor) -> Tensor:
        """Return logits (n, classes) for selected tokens (n, selectors, dims) of either side."""
        row = self.transformer.global_transformer(pictures, sound)
        found: Tensor = self.transformer.off_head(row[:, 0])
        return found

    def forward(self, pictures: Tensor, spectrograms: Tensor) -> Tensor:
        """Return logits (n, classes) of windows.

        Args:
            pictures: (n, frames, 3, height, width), normalised.
            spectrograms: (n, 1, frequencies, columns), standardised.
        """
        return self.judge(self.picture_tokens(pictures), self.sound_tokens(spectrograms))
