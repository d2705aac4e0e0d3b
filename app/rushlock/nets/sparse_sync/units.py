"""What S3D is built of (Xie et al., ECCV 2018): convolutions in space and time apart, in four branches.

Every convolution is followed by a normalisation over batches and ReLU. Tensors are (n, channels, time, rows,
columns).
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import relu

EPS = 1e-3
_MOMENTUM = 0.001


def _norm(channels: int) -> nn.BatchNorm3d:
    return nn.BatchNorm3d(channels, eps=EPS, momentum=_MOMENTUM)


class Basic(nn.Module):
    """A convolution over channels alone."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.conv = nn.Conv3d(inner, outer, 1, bias=False)
        self.bn = _norm(outer)

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, outer, t, h, w) for (n, inner, t, h, w)."""
        return relu(self.bn(self.conv(cells)))


class Separable(nn.Module):
    """A convolution in space, then one through time."""

    def __init__(self, inner: int, outer: int, kernel: int = 3, stride: int = 1) -> None:
        super().__init__()
        size, step, rim = kernel, stride, kernel // 2
        self.conv_s = nn.Conv3d(inner, outer, (1, size, size), (1, step, step), (0, rim, rim), bias=False)
        self.bn_s = _norm(outer)
        self.conv_t = nn.Conv3d(outer, outer, (size, 1, 1), (step, 1, 1), (rim, 0, 0), bias=False)
        self.bn_t = _norm(outer)

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, outer, t / stride, h / stride, w / stride) for (n, inner, t, h, w)."""
        cells = relu(self.bn_s(self.conv_s(cells)))
        return relu(self.bn_t(self.conv_t(cells)))


class Mixed(nn.Module):
    """Four ways to look at the same cells, side by side.

    Attributes:
        widths: Channels: branch 0; within and out of branch 1; within and out of branch 2; branch 3.
    """

    def __init__(self, inner: int, widths: tuple[int, int, int, int, int, int]) -> None:
        super().__init__()
        own, within, out, within_too, out_too, pooled = self.widths = widths
        self.branch0 = nn.Sequential(Basic(inner, own))
        self.branch1 = nn.Sequential(Basic(inner, within), Separable(within, out))
        self.branch2 = nn.Sequential(Basic(inner, within_too), Separable(within_too, out_too))
        self.branch3 = nn.Sequential(nn.MaxPool3d(3, 1, 1), Basic(inner, pooled))

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, sum of the branches' channels, t, h, w)."""
        branches = self.branch0, self.branch1, self.branch2, self.branch3
        return torch.cat([branch(cells) for branch in branches], dim=1)
