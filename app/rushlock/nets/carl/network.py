"""The whole network, in the two steps of ``FrameNet``."""

from torch import Tensor, nn

from rushlock.nets.carl.config import CarlConfig
from rushlock.nets.carl.resnet import LAST_BLOCKS, frozen_stages, stage
from rushlock.nets.carl.transformer import Embedder

_MEAN = (0.485, 0.456, 0.406)
_DEVIATION = (0.229, 0.224, 0.225)


class Carl(nn.Module):
    """CARL of any size. Published state dicts of its size load with ``strict=True``.

    Attributes:
        config: Its sizes.
        ssl_projection: Only training uses it; it is there because the checkpoints hold it.
    """

    def __init__(self, config: CarlConfig) -> None:
        super().__init__()
        self.config = config
        self.backbone = frozen_stages(config.channels)
        self.res_finetune = stage(16 * config.channels, 8 * config.channels, LAST_BLOCKS, 2)
        self.embed = Embedder(config)
        self.ssl_projection = Projection(config.dims)

    def looks(self, pictures: Tensor) -> Tensor:
        """Return (n, width) for normalised frames (n, 3, height, width), each by itself."""
        maps: Tensor = self.res_finetune(self.backbone(pictures))
        return self.embed.frames(maps.amax(dim=(2, 3)))

    def embedded(self, looks: Tensor) -> Tensor:
        """Return (n, dims) of length one for the frames (n, width) of one stretch."""
        return nn.functional.normalize(self.embed(looks), dim=1)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return (n, dims) of length one for the normalised frames of one stretch."""
        return self.embedded(self.looks(pictures))


class Projection(nn.Module):
    """From embeddings, as they are before they get their length, to what the training loss compares."""

    def __init__(self, dims: int) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(dims, dims), nn.BatchNorm1d(dims), nn.ReLU(inplace=True), nn.Linear(dims, dims)
        )

    def forward(self, embedded: Tensor) -> Tensor:
        """Return (n, dims) of length one."""
        return nn.functional.normalize(self.net(embedded), dim=1)


def normalised(pictures: Tensor) -> Tensor:
    """Return (n, 3, height, width) float32 for uint8 (n, height, width, 3), RGB."""
    scaled = pictures.permute(0, 3, 1, 2).float() / 255
    mean, deviation = (scaled.new_tensor(each).view(3, 1, 1) for each in (_MEAN, _DEVIATION))
    return (scaled - mean) / deviation
