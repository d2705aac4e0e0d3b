"""Linear layers and convolutions through oneDNN on x86: for float32 products torch itself goes to MKL.

MKL leaves half of what AMD's CPUs can do unused. oneDNN, which torch brings along for convolutions, does not:
on a Zen 5 core a layer of 768 x 3072 ran at 200 GFLOP/s instead of 95, and Synchformer in half the time.
torch has no public way to it that does without copies; the operators used here are those that torch.compile
emits. Where a build of torch lacks them, all stays as it is.

Convolutions torch does give to oneDNN, but each by itself: weights are brought into order anew at every call,
and what follows (a ReLU) reads all again. Convolutions in three dimensions it is slow at in any layout; those
in space or time alone are ones in two dimensions of the same memory and run several times as fast.
"""

import platform

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d

_MACHINES = ("x86_64", "AMD64")
_OPERATORS = (
    "_linear_pointwise",
    "_reorder_linear_weight",
    "_convolution_pointwise",
    "_reorder_convolution_weight",
)
_ALONE = (1, 1)


class PackedLinear(nn.Module):
    """A linear layer for inference, its weights as oneDNN likes them to lie."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self._weight = torch.ops.mkldnn._reorder_linear_weight(layer.weight.detach())
        self._bias = None if layer.bias is None else layer.bias.detach()

    def forward(self, items: Tensor) -> Tensor:
        """Return (..., outer) for (..., inner)."""
        found: Tensor = torch.ops.mkldnn._linear_pointwise(items, self._weight, self._bias, "none", [], "")
        return found


class PackedConvolution(nn.Module):
    """A convolution in two dimensions for inference, with its bias and, if wanted, a ReLU.

    Fastest on tensors whose channels lie together (``torch.channels_last``); it returns such ones then.
    """

    def __init__(
        self, weight: Tensor, bias: Tensor, stride: tuple[int, int], rim: tuple[int, int], *, positive: bool
    ) -> None:
        """Take over weights.

        Args:
            weight: (outer, inner, rows, columns).
            bias: (outer,).
            stride: Cells from one place to the next.
            rim: Cells of zeros before and after.
            positive: Whether a ReLU follows.
        """
        super().__init__()
        self._stride, self._rim, self._positive = stride, rim, positive
        self._packed = available()
        self._bias = bias.detach()
        self._weight = weight.detach().contiguous()
        if self._packed:
            reorder = torch.ops.mkldnn._reorder_convolution_weight
            self._weight = reorder(self._weight, rim, stride, _ALONE, 1, None)

    def forward(self, cells: Tensor) -> Tensor:
        """Return (n, outer, h, w) for (n, inner, h, w)."""
        if not self._packed:
            found = conv2d(cells, self._weight, self._bias, self._stride, self._rim)
            return found.relu_() if self._positive else found
        then = "relu" if self._positive else "none"
        made: Tensor = torch.ops.mkldnn._convolution_pointwise(
            cells, self._weight, self._bias, self._rim, self._stride, _ALONE, 1, then, [], ""
        )
        return made


def available() -> bool:
    """Return whether this torch on this computer can do it."""
    here = platform.machine() in _MACHINES and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    return here and all(hasattr(torch.ops.mkldnn, name) for name in _OPERATORS)


def pack(net: nn.Module) -> None:
    """Replace the linear layers of a float32 network on the CPU that is not to be trained any more."""
    if available():
        for part in list(net.modules()):
            for name, child in list(part.named_children()):
                if type(child) is nn.Linear:
                    setattr(part, name, PackedLinear(child))
