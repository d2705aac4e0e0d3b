"""How weights of Synchformer are recognised, and brought from each published layout into the one that loads.

Published are three layouts of the same network: with the offset head, with the head for synchronizability
(13 segments instead of 14), and the two extractors of the first training stage under other names. Reduced
networks (the stand-in) carry their sizes in the file's metadata.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rushlock.base.errors import ModelError, UsageError
from rushlock.nets.families import CONFIG, Recognised, Tensors, Texts, check_shapes, undistributed
from rushlock.nets.protocol import WindowNet
from rushlock.nets.registry import Kind
from rushlock.nets.store import Stored
from rushlock.nets.synchformer.config import PUBLISHED, SynchformerConfig

if TYPE_CHECKING:
    from torch import Tensor

_PUBLISHED = {
    Kind.OFFSETS: PUBLISHED,
    Kind.SYNCHRONIZABILITY: replace(PUBLISHED, window=13, offset_classes=0, belonging=True),
    Kind.EXTRACTORS: replace(PUBLISHED, offset_classes=0),
}
_FIRST_STAGE = {"v_encoder.": "vfeat_extractor.", "a_encoder.": "afeat_extractor."}
_NOT_NEEDED = {
    "logit_scale",  # of the first stage's loss
    "vfeat_extractor.patch_embed.proj.weight",  # the picture model that the extractor was made from
    "vfeat_extractor.patch_embed.proj.bias",
}
_MARK = "vfeat_extractor."
_OFFSETS = "transformer.off_head.weight"
_BELONGING = "transformer.sync_head.weight"


class SynchformerFamily:
    """Synchformer, see ``families.Family``."""

    name = "synchformer"

    def recognised(self, tensors: Tensors, metadata: Texts) -> Recognised | None:
        """Return weights as Synchformer's, None where their names are not of its make."""
        renamed = _renamed(tensors)
        if not any(name.startswith(_MARK) for name in renamed):
            return None
        kind = _kind(renamed)
        config = _config(metadata, kind)
        check_shapes(renamed, _layout(config), f"Synchformer ({kind})")
        return Recognised(self.name, kind, renamed, {CONFIG: config.to_json()})

    def open(self, stored: Stored, device: str, companion: Stored | None) -> WindowNet:
        """Load the network."""
        from rushlock.nets.synchformer.open import open_synchformer

        return open_synchformer(
            stored.path,
            name=stored.entry.name,
            digest=stored.digest,
            device=device,
            bias=stored.entry.bias,
            experimental=stored.entry.experimental,
            companion=None if companion is None else companion.path,
        )


def _renamed(tensors: Tensors) -> dict[str, "Tensor"]:
    """Return weights under the names of the whole network, without what only training needs."""
    named = {_final_name(name): each for name, each in undistributed(tensors).items()}
    return {name: each for name, each in named.items() if name not in _NOT_NEEDED}


def _final_name(name: str) -> str:
    for theirs, ours in _FIRST_STAGE.items():
        if name.startswith(theirs):
            return ours + name.removeprefix(theirs)
    return name


def _kind(names: Mapping[str, "Tensor"]) -> Kind:
    if _OFFSETS in names:
        return Kind.OFFSETS
    return Kind.SYNCHRONIZABILITY if _BELONGING in names else Kind.EXTRACTORS


def _config(metadata: Texts, kind: Kind) -> SynchformerConfig:
    if CONFIG not in metadata:
        return _PUBLISHED[kind]
    try:
        return SynchformerConfig.from_json(metadata[CONFIG])
    except UsageError as error:
        raise ModelError(str(error)) from error


def _layout(config: SynchformerConfig) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a network's tensors by name, without making one: on "meta" nothing is stored."""
    from rushlock.nets.loading import shapes
    from rushlock.nets.synchformer.network import Synchformer

    return shapes(lambda: Synchformer(config))
