"""A Synchformer of any size: what its parts compute, and what it answers once opened from a file."""

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.base.errors import ModelError, UsageError  # noqa: E402 - needs torch for what follows
from rushlock.nets.checkpoint import write_checkpoint  # noqa: E402
from rushlock.nets.onednn import pack  # noqa: E402
from rushlock.nets.synchformer.aggregation import Aggregation  # noqa: E402
from rushlock.nets.synchformer.config import PUBLISHED, SynchformerConfig  # noqa: E402
from rushlock.nets.synchformer.network import Synchformer  # noqa: E402
from rushlock.nets.synchformer.open import open_synchformer  # noqa: E402
from rushlock.nets.synchformer.pictures import DividedAttention, TubeEmbedding  # noqa: E402
from rushlock.nets.synchformer.preprocessing import Spectrograms, normalised_pictures  # noqa: E402

SMALL = SynchformerConfig(
    dims=24,
    picture_depth=2,
    sound_depth=2,
    judge_depth=2,
    heads=2,
    judge_heads=3,
    picture=32,
    shorter_side=36,
    mels=48,
    window=5,
    offset_limit=1.0,
    offset_classes=5,
)
ROUNDING = {"rtol": 1e-4, "atol": 1e-5}
"""Two ways of summing some thousand float32 products of order one."""


def made(config, seed=1):
    torch.manual_seed(seed)
    net = Synchformer(config).eval().requires_grad_(False)
    for each in net.parameters():
        each.normal_(std=0.2)
    return net


def material(config, segments, seed=1):
    some = np.random.default_rng(seed)
    pictures = some.integers(0, 256, (segments, config.frames, config.picture, config.picture, 3), np.uint8)
    return pictures, some.normal(0, 0.1, (segments, config.samples)).astype(np.float32)


@pytest.fixture
def opened(tmp_path):
    """Return a function that writes a network to a file and opens it."""

    def open_one(net, companion=None, **more):
        for name, each in (("net", net), ("companion", companion)):
            if each is not None:
                path = tmp_path / f"{name}.safetensors"
                write_checkpoint(path, each.state_dict(), {"config": each.config.to_json()})
        beside = {} if companion is None else {"companion": tmp_path / "companion.safetensors"}
        facts = {"name": "small", "digest": "ab", "device": "cpu", "bias": 0.064} | beside | more
        return open_synchformer(tmp_path / "net.safetensors", **facts)

    return open_one


def test_a_patch_sees_its_group_and_the_opening_token_everything():
    steps, places, dims = 3, 4, 16
    tokens = torch.randn(2, 1 + steps * places, dims, generator=torch.Generator().manual_seed(1))
    numbers = torch.arange(steps * places)
    for through_time, group in ((True, numbers % places), (False, numbers // places)):
        layer = DividedAttention(dims, 2, through_time=through_time)
        allowed = torch.ones(1 + steps * places, 1 + steps * places, dtype=torch.bool)
        allowed[1:, 1:] = group[:, None] == group[None]
        query, key, value = (
            part.unflatten(-1, (2, -1)).transpose(1, 2) for part in layer.qkv(tokens).chunk(3, -1)
        )
        scores = (query @ key.mT / (dims // 2) ** 0.5).masked_fill(~allowed, -torch.inf)
        expected = layer.proj((scores.softmax(-1) @ value).transpose(1, 2).flatten(2))
        torch.testing.assert_close(layer(tokens, steps), expected, **ROUNDING)


def test_tubes_are_embedded_as_the_convolution_would():
    embedding = TubeEmbedding(SMALL)
    pictures = torch.randn(2, 16, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    expected = embedding.proj(pictures.transpose(1, 2)).flatten(2).mT
    torch.testing.assert_close(embedding(pictures), expected, **ROUNDING)


def test_aggregation_is_a_transformer_layer_of_which_one_token_is_kept():
    torch.manual_seed(1)
    ours = Aggregation(SMALL)
    theirs = torch.nn.TransformerEncoderLayer(
        24, 2, 96, 0.0, "gelu", layer_norm_eps=1e-6, batch_first=True, norm_first=True
    )
    theirs.load_state_dict({name: each for name, each in ours.state_dict().items() if name != "cls_token"})
    groups = torch.randn(3, 7, 24)
    expected = theirs(torch.cat([ours.cls_token.expand(3, -1, -1), groups], dim=1))[:, 0]
    torch.testing.assert_close(ours(groups), expected, **ROUNDING)


def test_packed_layers_compute_what_linear_layers_do():
    net, packed = made(SMALL), made(SMALL)
    pack(packed)
    pictures, sound = material(SMALL, 5)
    seen, heard = (
        normalised_pictures(torch.from_numpy(pictures)),
        Spectrograms(SMALL)(torch.from_numpy(sound)),
    )
    torch.testing.assert_close(
        packed(seen[None], heard[None]).offsets, net(seen[None], heard[None]).offsets, **ROUNDING
    )


def test_every_parameter_is_trained():
    net = Synchformer(replace(SMALL, belonging=True))
    pictures, sound = torch.randn(2, 5, 16, 3, 32, 32), torch.randn(2, 5, 1, 48, SMALL.columns)
    verdict = net(pictures, sound)
    (verdict.offsets.square().sum() + verdict.belonging.square().sum()).backward()
    assert [name for name, each in net.named_parameters() if each.grad is None or not each.grad.any()] == []


def test_an_opened_net_answers_as_the_network_and_says_what_it_wants(opened):
    net = made(replace(SMALL, belonging=True))
    pictures, sound = material(SMALL, 7)
    seen = net.picture_tokens(normalised_pictures(torch.from_numpy(pictures)))
    heard = net.sound_tokens(Spectrograms(SMALL)(torch.from_numpy(sound)))
    verdict = net.judge(seen.unfold(0, 5, 1).movedim(-1, 1), heard.unfold(0, 5, 1).movedim(-1, 1))
    small = opened(net, experimental=True)
    tokens, beats = small.embed_pictures(pictures), small.embed_sound(sound)
    np.testing.assert_allclose(tokens, seen, **ROUNDING)
    np.testing.assert_allclose(beats, heard, **ROUNDING)
    windows = [np.stack([each[i : i + 5] for i in range(3)]) for each in (tokens, beats)]
    np.testing.assert_allclose(small.offset_logits(*windows), verdict.offsets, **ROUNDING)
    odds = verdict.belonging[:, 1] - verdict.belonging[:, 0]
    np.testing.assert_allclose(small.belonging_logits(*windows), odds, **ROUNDING)
    assert (small.name, small.digest, small.experimental) == ("small", "ab", True)
    assert small.layout.classes == (-1.0, -0.5, 0.0, 0.5, 1.0)
    assert (small.layout.samples, small.layout.window, small.layout.bias) == (10240, 5, 0.064)


def test_an_opened_net_takes_nothing_halves_and_what_may_not_be_written_to(opened):
    small = opened(made(SMALL))
    pictures, sound = material(SMALL, 5)
    assert small.embed_pictures(pictures[:0]).shape == (0, 8, 24)
    assert small.embed_sound(sound[:0]).shape == (0, 6, 24)
    tokens, beats = small.embed_pictures(pictures)[None], small.embed_sound(sound)[None]
    assert small.offset_logits(tokens[:0], beats[:0]).shape == (0, 5)
    assert small.belonging_logits(tokens, beats) is None
    tokens.flags.writeable = False
    whole = small.offset_logits(tokens, beats)
    halves = small.offset_logits(tokens.astype(np.float16), beats.astype(np.float16))
    assert np.abs(whole - halves).max() < 0.05


def test_extractors_alone_embed_and_judge_nothing(opened):
    extractors = opened(made(replace(SMALL, offset_classes=0)))
    pictures, sound = material(SMALL, 5)
    tokens, beats = extractors.embed_pictures(pictures)[None], extractors.embed_sound(sound)[None]
    assert extractors.layout.classes == ()
    assert extractors.offset_logits(tokens, beats).shape == (1, 0)
    assert extractors.belonging_logits(tokens, beats) is None


def test_a_companion_on_the_same_extractors_says_what_belongs_together(opened):
    net, judge = made(SMALL), made(replace(SMALL, window=4, offset_classes=0, belonging=True), seed=2)
    extractors = {name: each for name, each in net.state_dict().items() if "feat_extractor" in name}
    judge.load_state_dict(extractors, strict=False)
    pictures, sound = material(SMALL, 5)
    both = opened(net, judge)
    tokens, beats = both.embed_pictures(pictures)[None], both.embed_sound(sound)[None]
    said = judge.judge(torch.from_numpy(tokens[:, :4]), torch.from_numpy(beats[:, :4])).belonging
    np.testing.assert_allclose(both.belonging_logits(tokens, beats), said[:, 1] - said[:, 0], **ROUNDING)
    assert both.offset_logits(tokens, beats).shape == (1, 5)


def test_a_companion_on_other_extractors_is_refused(opened):
    other = made(replace(SMALL, window=4, offset_classes=0, belonging=True), seed=2)
    with pytest.raises(ModelError, match="does not go with"):
        opened(made(SMALL), other)


def test_weights_of_another_network_are_refused(tmp_path):
    write_checkpoint(tmp_path / "other.safetensors", {"weight": torch.zeros(3)}, {})
    with pytest.raises(ModelError, match="no weights of Synchformer"):
        open_synchformer(tmp_path / "other.safetensors", name="x", digest="", device="cpu", bias=0.0)


def test_sizes_survive_being_written_down():
    assert SynchformerConfig.from_json(SMALL.to_json()) == SMALL
    assert SynchformerConfig.from_json("{}") == PUBLISHED


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"dims": "many"}', '{"dims": 2.5}', '{"belonging": 1}', '{"size": 1}', '{"dims": 100}'],
)
def test_sizes_that_cannot_be_are_refused(text):
    with pytest.raises(UsageError):
        SynchformerConfig.from_json(text)


def test_published_sizes_are_those_of_the_paper():
    assert (PUBLISHED.columns, PUBLISHED.steps, PUBLISHED.beats, PUBLISHED.bands) == (66, 8, 6, 12)
    assert (PUBLISHED.samples, PUBLISHED.positions) == (10240, 198)
    assert PUBLISHED.offsets[0] == -2.0
    assert PUBLISHED.offsets[10:12] == (0.0, 0.2)
    assert PUBLISHED.layout().window_seconds == pytest.approx(4.8)
