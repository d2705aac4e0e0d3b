"""What S3D is built of (Xie et al., ECCV 2018): convolutions in space and time apart, in four branches.

Every convolution is followed by a normalisation over batches and ReLU. Tensors are (n, channels, time, rows,
columns). A convolution in space or time alone is computed as one in two dimensions of the same memory, which
everywhere is faster, most of all where channels lie together.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d, relu

EPS = 1e-3
_MOMENTUM = 0.001


def _norm(channels: int) -> nn.BatchNorm3d:
    return nn.BatchNorm3d(channels, eps=EPS, momentum=_MOMENTUM)


def in_space(cells: Tensor, conv: nn.Conv3d) -> Tensor:
    """Return a convolution of no extent in time, of (n, inner, t, h, w)."""
    _, step, _ = conv.stride
    rim = conv.kernel_size[1] // 2
    pictures = cells.transpose(1, 2).flatten(0, 1)
    found = conv2d(pictures, conv.weight[:, :, 0], None, step, rim)
    return torch.unflatten(found, 0, (len(cells), -1)).transpose(1, 2)


def through_time(cells: Tensor, conv: nn.Conv3d) -> Tensor:
    """Return a convolution of no extent in space, of (n, inner, t, h, w)."""
    step, rim = conv.stride[0], conv.kernel_size[0] // 2
    found = conv2d(cells.flatten(3), conv.weight[..., 0], None, (step, 1), (rim, 0))
    return torch.unflatten(found, 3, cells.shape[3:])


class Basic(nn.Module):
    """A convolution over channels alone."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.conv = nn.Conv3d(inner, outer, 1, bias=False)
        self.bn = _norm(outer)

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, outer, t, h, w) for (n, inner, t, h, w)."""
        return relu(self.bn(through_time(cells, self.conv)))


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
        cells = relu(self.bn_s(in_space(cells, self.conv_s)))
        return relu(self.bn_t(through_time(cells, self.conv_t)))


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
