"""Linear layers through oneDNN on x86: for float32 products torch itself goes to MKL.

MKL leaves half of what AMD's CPUs can do unused. oneDNN, which torch brings along for convolutions, does not:
on a Zen 5 core a layer of 768 x 3072 ran at 200 GFLOP/s instead of 95, and Synchformer in half the time.
torch has no public way to it that does without copies; the operators used here are those that torch.compile
emits. Where a build of torch lacks them, all stays as it is.
"""

import platform

import torch
from torch import Tensor, nn

_MACHINES = ("x86_64", "AMD64")
_OPERATORS = ("_linear_pointwise", "_reorder_linear_weight")


class PackedLinear(nn.Module):
    """A linear layer for inference, its weights as oneDNN likes them to lie."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self._weight = torch.ops.mkldnn._reorder_linear_weight(layer.weight.detach())
        self._bias = layer.bias.detach()

    def forward(self, items: Tensor) -> Tensor:
        """Return (..., outer) for (..., inner)."""
        found: Tensor = torch.ops.mkldnn._linear_pointwise(items, self._weight, self._bias, "none", [], "")
        return found


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
