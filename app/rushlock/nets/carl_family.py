"""How weights of CARL are recognised, and what is learnt of their sizes.

A published file holds its weights as "model_state" beside the training configuration. How many layers the
transformer has follows from the names. Onto how many positions a stretch is laid and how many heads attend
follows from no tensor; ``checkpoint`` keeps those two numbers of the configuration.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rushlock.base.errors import ModelError, UsageError
from rushlock.nets.carl.config import CarlConfig
from rushlock.nets.families import CONFIG, Recognised, Tensors, Texts, check_shapes, undistributed
from rushlock.nets.frame_protocol import FrameNet
from rushlock.nets.registry import Kind

if TYPE_CHECKING:
    from torch import Tensor

    from rushlock.nets.store import Stored

_TOLD = {"cfg.TRAIN.NUM_FRAMES": "stretch", "cfg.MODEL.EMBEDDER_MODEL.NUM_HEADS": "heads"}
_LAYER = re.compile(r"embed\.video_encoder\.enc_layers\.(\d+)\.")
_MARK = "res_finetune.0.conv1.weight"


class CarlFamily:
    """CARL, see ``families.Family``."""

    name = "carl"

    def recognised(self, tensors: Tensors, metadata: Texts) -> Recognised | None:
        """Return weights as CARL's, None where their names are not of its make."""
        plain = undistributed(tensors)
        if _MARK not in plain:
            return None
        try:
            config = _config(plain, metadata)
        except (UsageError, ValueError) as error:
            raise ModelError(f"these weights of CARL come with sizes that cannot be: {error}") from error
        check_shapes(plain, _layout(config), "CARL")
        return Recognised(self.name, Kind.FRAMES, plain, {CONFIG: config.to_json()})

    def open(self, stored: "Stored", device: str, companion: "Stored | None") -> FrameNet:
        """Load the network; it has no companions."""
        from rushlock.nets.carl.open import open_carl

        return open_carl(
            stored.path,
            name=stored.entry.name,
            digest=stored.digest,
            device=device,
            experimental=stored.entry.experimental,
        )


def _config(names: "Mapping[str, Tensor]", metadata: Texts) -> CarlConfig:
    if CONFIG in metadata:
        return CarlConfig.from_json(metadata[CONFIG])
    layers = {int(found[1]) for name in names if (found := _LAYER.match(name))}
    told = {ours: int(metadata[theirs]) for theirs, ours in _TOLD.items() if theirs in metadata}
    return CarlConfig(layers=max(layers, default=-1) + 1, **told)


def _layout(config: CarlConfig) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a network's tensors by name."""
    from rushlock.nets.carl.network import Carl
    from rushlock.nets.loading import shapes

    return shapes(lambda: Carl(config))
