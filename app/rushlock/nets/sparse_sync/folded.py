"""The extractors as they compute fastest on a CPU; for inference alone.

Normalisations are folded into the convolutions before them. All cells lie with their channels together, as
(pictures, rows, columns, channels), from the first to the last; a convolution in space sees each picture as
one, a convolution through time sees all cells of a picture as one row, and neither copies anything. Units of
the same input share one product. The largest of three neighbours is sought along one axis after the other.
"""

from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, max_pool2d

from rushlock.nets.onednn import PackedConvolution
from rushlock.nets.sparse_sync.pictures import Bridge, PictureExtractor
from rushlock.nets.sparse_sync.sound import Residual, SoundExtractor
from rushlock.nets.sparse_sync.units import Basic, Mixed, Separable

M = TypeVar("M", bound=nn.Module)

_NEIGHBOURS = 3
_PLACES = 392
"""Of a picture, that are convolved through time at once: five moments of 192 channels are 1.5 MB."""


def folded(conv: nn.Conv2d | nn.Conv3d, norm: nn.BatchNorm2d | nn.BatchNorm3d) -> tuple[Tensor, Tensor]:
    """Return weight and bias of a convolution that does what one does with the normalisation behind it."""
    assert norm.running_mean is not None, "published norms keep statistics"
    assert norm.running_var is not None, "published norms keep statistics"
    scale = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
    weight = conv.weight.double() * scale.view(-1, *[1] * (conv.weight.ndim - 1))
    bias = norm.bias.double() - norm.running_mean.double() * scale
    return weight.float(), bias.float()


class FoldedBasic(nn.Module):
    """One or several ``Basic`` units of the same input, side by side in the channels."""

    def __init__(self, *units: Basic) -> None:
        super().__init__()
        parts = [folded(unit.conv, unit.bn) for unit in units]
        weight, bias = (torch.cat(each) for each in zip(*parts, strict=True))
        self.conv = PackedConvolution(weight[..., 0], bias, (1, 1), (0, 0), positive=True)

    def forward(self, cells: Tensor, windows: int) -> Tensor:
        """Return (pictures, outer, rows, columns) for (pictures, inner, rows, columns)."""
        found: Tensor = self.conv(cells)
        return found


class FoldedSeparable(nn.Module):
    """``Separable``."""

    def __init__(self, unit: Separable) -> None:
        super().__init__()
        step, rim = unit.conv_s.stride[1], unit.conv_s.kernel_size[1] // 2
        weight, bias = folded(unit.conv_s, unit.bn_s)
        self.space = PackedConvolution(weight[:, :, 0], bias, (step, step), (rim, rim), positive=True)
        weight, bias = folded(unit.conv_t, unit.bn_t)
        self.time = PackedConvolution(weight[..., 0], bias, (step, 1), (rim, 0), positive=True)

    def forward(self, cells: Tensor, windows: int) -> Tensor:
        """Return (pictures / stride, outer, rows / stride, columns / stride) for pictures of windows."""
        cells = self.space(cells)
        high, wide = cells.shape[2:]
        through = torch.unflatten(cells, 0, (windows, -1)).transpose(1, 2).flatten(3)
        found = torch.unflatten(self._through_time(through), 3, (high, wide))
        return found.transpose(1, 2).flatten(0, 1)

    def _through_time(self, cells: Tensor) -> Tensor:
        """Return the convolution through time of (n, channels, time, places), by parts that a cache holds."""
        places = cells.shape[3]
        if places <= 2 * _PLACES:
            whole: Tensor = self.time(cells)
            return whole
        first: Tensor = self.time(_together(cells[..., :_PLACES]))
        found = first.new_empty((*first.shape[:3], places)).contiguous(memory_format=torch.channels_last)
        found[..., :_PLACES] = first
        for begin in range(_PLACES, places, _PLACES):
            some = slice(begin, begin + _PLACES)
            found[..., some] = self.time(_together(cells[..., some]))
        return found


class FoldedMixed(nn.Module):
    """``Mixed``: the products that begin three of its branches are one."""

    def __init__(self, unit: Mixed) -> None:
        super().__init__()
        own, within, _, within_too, _, _ = unit.widths
        self.widths = (own, within, within_too)
        begin = (branch[0] for branch in (unit.branch0, unit.branch1, unit.branch2))
        self.begin = FoldedBasic(*(_the(Basic, each) for each in begin))
        self.one = FoldedSeparable(_the(Separable, unit.branch1[1]))
        self.two = FoldedSeparable(_the(Separable, unit.branch2[1]))
        self.pooled = FoldedBasic(_the(Basic, unit.branch3[1]))

    def forward(self, cells: Tensor, windows: int) -> Tensor:
        """Return (pictures, outer, rows, columns) for (pictures, inner, rows, columns) of windows."""
        own, one, two = self.begin(cells, windows).split(self.widths, dim=1)
        one, two = self.one(_together(one), windows), self.two(_together(two), windows)
        near = _largest_near(_largest_near(cells, 3), 2)
        near = _largest_near(torch.unflatten(near, 0, (windows, -1)), 1).flatten(0, 1)
        return torch.cat([own, one, two, self.pooled(near, windows)], dim=1)


class FoldedPool(nn.Module):
    """The largest of some cells in every stride, of the kinds that S3D has: in space, then through time."""

    def __init__(self, pool: nn.MaxPool3d) -> None:
        super().__init__()
        sizes = (pool.kernel_size, pool.stride, pool.padding)
        (self.long, self.side), (self.every, self.step), (_, self.rim) = map(_time_and_space, sizes)

    def forward(self, cells: Tensor, windows: int) -> Tensor:
        """Return (pictures / stride, channels, rows / stride, columns / stride) for pictures of windows."""
        cells = max_pool2d(cells, self.side, self.step, self.rim)
        if self.long == 1:
            return cells
        moments = torch.unflatten(cells, 0, (windows, -1))
        if self.long == self.every:
            whole = moments.shape[1] // self.every
            kept = torch.unflatten(moments[:, : whole * self.every], 1, (whole, self.every)).amax(2)
        else:
            kept = _largest_near(moments, 1)[:, :: self.every]
        return _together(kept.flatten(0, 1))


class FoldedPictures(nn.Module):
    """``PictureExtractor``."""

    def __init__(self, extractor: PictureExtractor) -> None:
        super().__init__()
        self.units = nn.ModuleList(_folded_unit(unit) for unit in extractor.base)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return (n, steps, channels, cells, cells) for (n, frames, 3, height, width), normalised."""
        windows = len(pictures)
        cells = _together(pictures.flatten(0, 1))
        for unit in self.units:
            cells = unit(cells, windows)
        return torch.unflatten(cells, 0, (windows, -1))


class FoldedBridge(nn.Module):
    """``Bridge``, as the product that it is."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        conv = _the(nn.Conv3d, bridge.bridge[0])
        assert conv.bias is not None, "the bridge has a bias"
        self.product = nn.Linear(conv.in_channels, conv.out_channels, device="meta")
        weights = {"weight": conv.weight.detach().flatten(1), "bias": conv.bias.detach()}
        self.product.load_state_dict(weights, assign=True)
        self.requires_grad_(False)

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, steps, dims, rows, columns) for (n, steps, channels, rows, columns)."""
        return gelu(self.product(cells.movedim(2, -1))).movedim(-1, 2)


class FoldedResidual(nn.Module):
    """``Residual``."""

    def __init__(self, unit: Residual) -> None:
        super().__init__()
        self.one = _folded_2d(unit.conv1, unit.bn1, positive=True)
        self.two = _folded_2d(unit.conv2, unit.bn2, positive=False)
        self.beside = None
        if unit.downsample is not None:
            conv, norm = _the(nn.Conv2d, unit.downsample[0]), _the(nn.BatchNorm2d, unit.downsample[1])
            self.beside = _folded_2d(conv, norm, positive=False)

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, outer, h / stride, w / stride) for (n, inner, h, w)."""
        beside = cells if self.beside is None else self.beside(cells)
        found: Tensor = self.two(self.one(cells))
        return found.add_(beside).relu_()


class FoldedSound(nn.Module):
    """``SoundExtractor``."""

    def __init__(self, extractor: SoundExtractor) -> None:
        super().__init__()
        layers = (extractor.layer1, extractor.layer2, extractor.layer3, extractor.layer4)
        self.stem = _folded_2d(extractor.conv1, extractor.bn1, positive=True)
        self.blocks = nn.Sequential(
            *(FoldedResidual(_the(Residual, each)) for layer in layers for each in layer)
        )

    def forward(self, spectrograms: Tensor) -> Tensor:
        """Return (n, dims, bands, beats) for (n, 1, frequencies, columns), standardised."""
        found: Tensor = self.blocks(max_pool2d(_together(self.stem(spectrograms)), 3, 2, 1))
        return found


def _folded_unit(unit: nn.Module) -> nn.Module:
    if isinstance(unit, Basic):
        return FoldedBasic(unit)
    if isinstance(unit, Separable):
        return FoldedSeparable(unit)
    if isinstance(unit, Mixed):
        return FoldedMixed(unit)
    return FoldedPool(_the(nn.MaxPool3d, unit))


def _folded_2d(conv: nn.Conv2d, norm: nn.BatchNorm2d, *, positive: bool) -> PackedConvolution:
    step, rim = conv.stride[0], conv.kernel_size[0] // 2
    weight, bias = folded(conv, norm)
    return PackedConvolution(weight, bias, (step, step), (rim, rim), positive=positive)


def _the(kind: type[M], module: nn.Module) -> M:
    """Return a module as the kind that it is."""
    assert isinstance(module, kind), f"{module} is no {kind.__name__}"
    return module


def _time_and_space(size: int | tuple[int, ...]) -> tuple[int, int]:
    return (size, size) if isinstance(size, int) else (size[0], size[1])


def _together(cells: Tensor) -> Tensor:
    """Return cells whose channels lie together."""
    return cells.contiguous(memory_format=torch.channels_last)


def _largest_near(cells: Tensor, axis: int) -> Tensor:
    """Return the largest of each cell and its two neighbours along an axis."""
    count = cells.shape[axis]
    if count < _NEIGHBOURS:
        return cells.amax(axis, keepdim=True).expand_as(cells)
    inner = count - 2
    pairs = torch.maximum(cells.narrow(axis, 1, count - 1), cells.narrow(axis, 0, count - 1))
    found = torch.empty_like(cells)
    within = found.narrow(axis, 1, inner)
    torch.maximum(pairs.narrow(axis, 1, inner), pairs.narrow(axis, 0, inner), out=within)
    found.select(axis, 0).copy_(pairs.select(axis, 0))
    found.select(axis, -1).copy_(pairs.select(axis, -1))
    return found
