"""The sound extractor: ResNet-18 (He et al., CVPR 2016) on one channel, without pooling and classifier."""

from torch import Tensor, nn
from torch.nn.functional import relu

from rushlock.nets.sparse_sync.config import SparseSyncConfig

_WIDTHS = (64, 128, 256, 512)


class Residual(nn.Module):
    """Two convolutions, added to what they were made of."""

    def __init__(self, inner: int, outer: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inner, outer, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outer)
        self.conv2 = nn.Conv2d(outer, outer, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outer)
        self.downsample = None
        if stride != 1:
            shortcut = nn.Conv2d(inner, outer, 1, stride, bias=False)
            self.downsample = nn.Sequential(shortcut, nn.BatchNorm2d(outer))

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, outer, h / stride, w / stride) for (n, inner, h, w)."""
        beside = cells if self.downsample is None else self.downsample(cells)
        found = relu(self.bn1(self.conv1(cells)))
        return relu(self.bn2(self.conv2(found)) + beside)


class SoundExtractor(nn.Module):
    """Spectrograms of windows to a map of cells."""

    def __init__(self, config: SparseSyncConfig) -> None:
        super().__init__()
        one, two, three, four = (width // config.thinning for width in _WIDTHS)
        self.conv1 = nn.Conv2d(1, one, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(one)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(Residual(one, one, 1), Residual(one, one, 1))
        self.layer2 = nn.Sequential(Residual(one, two, 2), Residual(two, two, 1))
        self.layer3 = nn.Sequential(Residual(two, three, 2), Residual(three, three, 1))
        self.layer4 = nn.Sequential(Residual(three, four, 2), Residual(four, four, 1))

    def forward(self, spectrograms: Tensor) -> Tensor:
        """Return (n, dims, bands, beats) for (n, 1, frequencies, columns), standardised."""
        cells: Tensor = self.maxpool(relu(self.bn1(self.conv1(spectrograms))))
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            cells = layer(cells)
        return cells
