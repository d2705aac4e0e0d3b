"""From a file of weights to a network that holds them: recognised, made without memory, filled strictly."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import torch
from torch import nn

from rushlock.base.errors import ModelError
from rushlock.nets.checkpoint import read_checkpoint
from rushlock.nets.families import CONFIG, Family

N = TypeVar("N", bound=nn.Module)


def empty(make: Callable[[], N]) -> N:
    """Return a network without memory for its numbers: they come from a file."""
    with torch.device("meta"):
        return make()


def shapes(make: Callable[[], nn.Module]) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a network's tensors by name."""
    return {name: tuple(each.shape) for name, each in empty(make).state_dict().items()}


def load(path: Path, family: Family, title: str, make: Callable[[str], N]) -> N:
    """Return a network with its weights, on the CPU in float32, as it was trained but fixed.

    Args:
        path: safetensors, or a checkpoint as it is published.
        family: What the weights must be for.
        title: What that is called in a sentence.
        make: Makes the network from the sizes that the family keeps as ``CONFIG``.

    Raises:
        ModelError: The file cannot be read, or holds weights of another network.
    """
    checkpoint = read_checkpoint(path)
    found = family.recognised(checkpoint.tensors, checkpoint.metadata)
    if found is None:
        raise ModelError(f"{path} holds no weights of {title}")
    net = empty(lambda: make(found.metadata[CONFIG]))
    weights = {
        name: each.float() if each.is_floating_point() else each for name, each in found.tensors.items()
    }
    net.load_state_dict(weights, strict=True, assign=True)
    return net.eval().requires_grad_(False)
