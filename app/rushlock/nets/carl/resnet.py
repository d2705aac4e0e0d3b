"""ResNet-50 (He et al., CVPR 2016) up to its last map, under the names that CARL's checkpoints use.

Of the kind that is called 1.5: the stride lies on the 3 x 3 convolution of a block, not on the first 1 x 1.
"""

from torch import Tensor, nn

_EXPANSION = 4
_BLOCKS = (3, 4, 6)
LAST_BLOCKS = 3


class Bottleneck(nn.Module):
    """A residual block: 1 x 1 down, 3 x 3, 1 x 1 up."""

    def __init__(self, inner: int, narrow: int, stride: int) -> None:
        super().__init__()
        outer = narrow * _EXPANSION
        self.conv1 = nn.Conv2d(inner, narrow, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(narrow)
        self.conv2 = nn.Conv2d(narrow, narrow, 3, stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(narrow)
        self.conv3 = nn.Conv2d(narrow, outer, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outer)
        self.relu = nn.ReLU(inplace=True)
        self.downsample: nn.Module = nn.Identity()
        if stride > 1 or inner != outer:
            self.downsample = nn.Sequential(
                nn.Conv2d(inner, outer, 1, stride, bias=False), nn.BatchNorm2d(outer)
            )

    def forward(self, maps: Tensor) -> Tensor:
        """Return (n, 4 * narrow, height / stride, width / stride)."""
        found = self.relu(self.bn1(self.conv1(maps)))
        found = self.relu(self.bn2(self.conv2(found)))
        out: Tensor = self.relu(self.bn3(self.conv3(found)) + self.downsample(maps))
        return out


def frozen_stages(channels: int) -> nn.Sequential:
    """Return stem and first three stages: (n, 3, h, w) to (n, 16 * channels, h / 16, w / 16)."""
    stem = [
        nn.Conv2d(3, channels, 7, 2, padding=3, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, 2, padding=1),
    ]
    inner, stages = channels, []
    for number, count in enumerate(_BLOCKS):
        narrow = channels << number
        stages.append(stage(inner, narrow, count, 1 if number == 0 else 2))
        inner = narrow * _EXPANSION
    return nn.Sequential(*stem, *stages)


def stage(inner: int, narrow: int, blocks: int, stride: int) -> nn.Sequential:
    """Return blocks of one width, the first of which halves the maps where ``stride`` is 2."""
    outer = narrow * _EXPANSION
    rest = [Bottleneck(outer, narrow, 1) for _ in range(blocks - 1)]
    return nn.Sequential(Bottleneck(inner, narrow, stride), *rest)
