"""Checkpoints: written beside their place and renamed, read back without unpickling anything but tensors."""

import os
from pathlib import Path
from typing import Any

import torch

from rushlock.base.errors import UsageError


def keep(state: dict[str, Any], path: Path) -> None:
    """Write a checkpoint of tensors and plain values."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def kept(path: Path) -> dict[str, Any] | None:
    """Return what was kept, None where there is nothing.

    Raises:
        UsageError: It is no checkpoint of a training.
    """
    if not path.exists():
        return None
    try:
        found: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError, KeyError) as error:
        raise UsageError(f"{path} is no checkpoint of a training: {error}") from error
    return found
