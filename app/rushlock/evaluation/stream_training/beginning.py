"""First weights: a network that tells offsets already, and a memory that begins as the mean of windows.

Tokens carry the windows' logits in their first dims, the memory's deciding token looks at all windows alike,
fetches what they carry there, and its head reads it. That is a product of the windows' answers: which of
them deserve more trust, and what else they tell, is learnt. An LSTM begins at random.
"""

import json
from pathlib import Path

import torch
from torch import Tensor, nn

from rushlock.base.errors import UsageError
from rushlock.evaluation.stream_training.backbone import StreamingNetwork
from rushlock.evaluation.stream_training.recipe import StreamRecipe
from rushlock.nets.blocks import Block
from rushlock.nets.checkpoint import read_checkpoint
from rushlock.nets.families import CONFIG, Recognised, recognised
from rushlock.nets.stream_sync.config import StreamSyncConfig
from rushlock.nets.stream_sync.memory import TransformerMemory
from rushlock.nets.stream_sync.network import StreamSync
from rushlock.nets.stream_synchformer.config import StreamSynchformerConfig
from rushlock.nets.stream_synchformer.network import StreamSynchformer

_POSITIONS = "transformer.pos_emb_cfg.pos_emb"
_CARRIED, _FAINT = 0.3, 0.1


def begun(path: Path, recipe: StreamRecipe) -> StreamingNetwork:
    """Return a network to train, begun with the weights in a file.

    Args:
        path: Weights of a SparseSync, a StreamSync, a Synchformer or a Synchformer with memory.
        recipe: Says what the memory is, if the weights have none.

    Raises:
        ModelError: The file cannot be read.
        UsageError: They are weights that tell no offsets.
    """
    checkpoint = read_checkpoint(path)
    found = recognised(checkpoint.tensors, checkpoint.metadata)
    torch.manual_seed(recipe.seed)
    network = _made(found, recipe)
    weights = {name: tensor.float() for name, tensor in found.tensors.items()}
    fresh = "transformer.offset_tok" not in weights
    if fresh and _POSITIONS in weights:
        weights[_POSITIONS] = nn.functional.pad(weights[_POSITIONS], (0, 0, 0, 1))
    network.load_state_dict(weights, strict=not fresh)
    if fresh:
        begin_as_mean(network)
    return network


def _made(found: Recognised, recipe: StreamRecipe) -> StreamingNetwork:
    sizes = json.loads(found.metadata.get(CONFIG, "{}"))
    memory = {"memory": recipe.memory, "memory_depth": recipe.depth}
    if found.family in ("sparsesync", "streamsync"):
        return StreamSync(StreamSyncConfig(**(memory | sizes)))
    if found.family in ("synchformer", "streamsynchformer") and sizes.get("offset_classes", 0):
        return StreamSynchformer(StreamSynchformerConfig(**(memory | sizes)))
    raise UsageError(f"a memory of windows goes with networks that tell offsets; this is a {found.family}")


@torch.no_grad()
def begin_as_mean(network: StreamingNetwork) -> None:
    """Give what StreamSync adds its first weights."""
    transformer, classes, dims = network.transformer, network.config.offset_classes, network.config.dims
    head = transformer.off_head
    assert head is not None, "its sizes ask for this head"
    nn.init.normal_(transformer.offset_tok)
    carry = transformer.streaming_down_proj
    carry.weight[:classes] = 0
    carry.weight[:classes, dims : 2 * dims] = _CARRIED * _centred(head.weight)
    carry.bias[:classes] = 0 if head.bias is None else _CARRIED * _centred(head.bias)
    if isinstance(network.streaming_head, TransformerMemory):
        _average(network.streaming_head, classes)


def _average(memory: TransformerMemory, classes: int) -> None:
    memory.OFF_tok[..., :classes] = 0
    memory.streaming_pos_emb_module.down_proj.weight *= _FAINT
    for number, block in enumerate(memory.blocks):
        assert isinstance(block, Block)
        for layer in (block.attn.query, block.attn.key, block.attn.value, block.attn.proj, block.mlp[2]):
            assert isinstance(layer, nn.Linear)
            layer.weight *= _FAINT
            nn.init.zeros_(layer.bias)
        if number == 0:
            for layer in (block.attn.value, block.attn.proj):
                layer.weight += torch.eye(len(layer.weight))
    memory.logit_head.weight *= _FAINT
    memory.logit_head.weight[:, :classes] += torch.eye(classes)
    nn.init.zeros_(memory.logit_head.bias)


def _centred(weights: Tensor) -> Tensor:
    return weights - weights.mean(0)
