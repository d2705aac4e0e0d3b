"""Synchformer with memory: its weights are told from all others, its parts answer as the whole does."""

import numpy as np
import pytest
import torch

from rushlock.base.errors import ModelError, UsageError
from rushlock.nets.checkpoint import write_checkpoint
from rushlock.nets.families import recognised
from rushlock.nets.protocol import StreamNet
from rushlock.nets.sparse_sync_family import CONFIG
from rushlock.nets.stream_synchformer.config import StreamSynchformerConfig
from rushlock.nets.stream_synchformer.network import StreamSynchformer
from rushlock.nets.stream_synchformer.open import open_stream_synchformer
from rushlock.offsets.heads.accumulating import Learned, accumulation

SIZES = StreamSynchformerConfig(
    dims=32,
    picture_depth=1,
    sound_depth=1,
    judge_depth=1,
    heads=2,
    judge_heads=4,
    growth=2,
    picture=16,
    shorter_side=16,
    patch=8,
    tube=4,
    mels=32,
    sound_stride=16,
    window=3,
    hop_frames=16,
    belonging=True,
    memory_depth=1,
)


@pytest.fixture
def weights(tmp_path):
    torch.manual_seed(2)
    network = StreamSynchformer(SIZES).eval()
    path = tmp_path / "memory.safetensors"
    write_checkpoint(path, network.state_dict(), {CONFIG: SIZES.to_json()})
    return network, path


def test_its_weights_are_recognised_as_no_other_network_s(weights):
    network, _ = weights
    found = recognised(network.state_dict(), {CONFIG: SIZES.to_json()})
    assert found.family == "streamsynchformer"
    assert StreamSynchformerConfig.from_json(found.metadata[CONFIG]) == SIZES


def test_weights_that_are_not_complete_are_refused(weights):
    network, _ = weights
    tensors = dict(network.state_dict())
    tensors.pop("streaming_head.logit_head.bias")
    with pytest.raises(ModelError, match="not complete"):
        recognised(tensors, {CONFIG: SIZES.to_json()})


def test_opened_it_remembers_as_the_network_does(weights):
    network, path = weights
    net = open_stream_synchformer(path, name="memory", digest="0", device="cpu", bias=0.0)
    assert isinstance(net, StreamNet)
    assert isinstance(accumulation(net, 4), Learned)
    random = np.random.default_rng(1)
    seen = random.standard_normal((4, 3, SIZES.steps, 32)).astype(np.float32)
    heard = random.standard_normal((4, 3, SIZES.beats, 32)).astype(np.float32)
    with torch.no_grad():
        snapshot = network.snapshot(torch.from_numpy(seen), torch.from_numpy(heard))
        together = network.accumulate(snapshot.token[None])
    tokens = net.stream_tokens(seen, heard)
    assert np.allclose(tokens, snapshot.token, atol=1e-5)
    assert np.allclose(net.stream_logits(tokens[None]), together, atol=1e-5)
    assert np.allclose(net.offset_logits(seen, heard), snapshot.verdict.offsets, atol=1e-5)
    assert net.belonging_logits(seen, heard).shape == (4,)


def test_sizes_without_offsets_have_nothing_to_remember():
    with pytest.raises(UsageError, match="cannot remember"):
        StreamSynchformerConfig(offset_classes=0, belonging=True)
