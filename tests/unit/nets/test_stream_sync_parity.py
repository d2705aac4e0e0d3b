"""StreamSync: its layouts load, and windows, tokens and both heads say what the kit's reference said.

The Transformer's numbers are the authors' code's; the LSTM's are the kit's own, for no code of it is public.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.nets.checkpoint import write_checkpoint  # noqa: E402 - needs torch for what follows
from rushlock.nets.families import recognised  # noqa: E402
from rushlock.nets.protocol import StreamNet, WindowNet  # noqa: E402
from rushlock.nets.sparse_sync.config import SparseSyncConfig  # noqa: E402
from rushlock.nets.sparse_sync.network import SparseSync  # noqa: E402
from rushlock.nets.sparse_sync.open import settle  # noqa: E402
from rushlock.nets.stream_sync.config import PUBLISHED, PUBLISHED_LSTM, StreamSyncConfig  # noqa: E402
from rushlock.nets.stream_sync.memory import waves  # noqa: E402
from rushlock.nets.stream_sync.network import StreamSync  # noqa: E402
from rushlock.nets.stream_sync.open import open_stream_sync  # noqa: E402
from rushlock.offsets.heads.accumulating import averaged  # noqa: E402
from rushlock.offsets.heads.answers import chances_of  # noqa: E402

LOGITS, TOKENS, HEAD, MEAN, ROW = 1.5e-4, 2e-4, 5e-5, 1e-5, 3e-4
"""README of the kit; the largest difference."""

SEED = 20
LAYOUTS = {"streamsync_trf": (PUBLISHED, 65_404_289), "streamsync_lstm": (PUBLISHED_LSTM, 61_463_425)}


def gap(found, expected):
    return float(np.abs(np.asarray(found, np.float64) - expected).max())


@pytest.fixture(scope="module", params=list(LAYOUTS))
def whole(request, sparse_kit):
    """Return the network of a layout with the recipe's weights, and its fixture."""
    with torch.device("meta"):
        net = StreamSync(LAYOUTS[request.param][0])
    net.load_state_dict(sparse_kit.weights(request.param), strict=True, assign=True)
    return net.eval().requires_grad_(False), sparse_kit.reference(f"{request.param}_seed20")


@pytest.fixture(scope="module")
def remembered(sparse_kit):
    """Return tokens of fifty windows, oldest first."""
    return torch.from_numpy(sparse_kit.recipe.make_tokens(50, SEED))[None]


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts_are_recognised_and_load_strictly(sparse_kit, name):
    config, parameters = LAYOUTS[name]
    file = {f"module.{n}": torch.empty(shape, device="meta") for n, shape, _ in sparse_kit.layout(name)}
    found = recognised(file, {})
    assert found.family == "streamsync"
    assert StreamSyncConfig.from_json(found.metadata["config"]) == config
    with torch.device("meta"):
        net = StreamSync(config)
    net.load_state_dict(found.tensors, strict=True)
    assert sum(each.numel() for each in net.parameters()) == parameters


def test_heads_alone_agree(whole, remembered):
    net, known = whole
    with torch.inference_mode():
        if "head_logits_all50" in known:
            assert gap(net.streaming_head.after_each(remembered)[0], known["head_logits_all50"]) <= HEAD
            return
        for count in (1, 2, 3, 6, 12, 18, 50):
            assert gap(net.accumulate(remembered[:, :count])[0], known[f"head_logits_{count}"]) <= HEAD
        ages, rows = torch.arange(50.0), known["pe_rows"]
        assert gap(waves(ages, 512)[rows], known["pe_raw"]) <= HEAD
        assert gap(waves(2 * torch.tensor([1.0, 11.0]), 512), known["pe_raw_interval2"]) <= HEAD
        assert gap(net.streaming_head.streaming_pos_emb_module(ages)[rows], known["pe_projected"]) <= HEAD


def test_streams_over_the_reference_tokens_agree(whole, sparse_kit):
    net, known = whole
    tokens = torch.from_numpy(sparse_kit.reference("streamsync_trf_seed20")["streaming_tokens"])[None]
    head = net.streaming_head
    with torch.inference_mode():
        assert gap(head.after_each(tokens)[0], known["streaming_logits"]) <= LOGITS
        if "h_final" in known:
            _, (hidden, cell) = head.lstm(head.in_lnorm(tokens))
            assert gap(hidden[:, 0], known["h_final"]) <= LOGITS
            assert gap(cell[:, 0], known["c_final"]) <= LOGITS


def test_the_mean_over_windows_agrees(sparse_kit):
    known = sparse_kit.reference("streamsync_trf_seed20")
    assert gap(averaged(chances_of(known["snapshot_logits"]), 18), known["apa_probs"]) <= MEAN


@pytest.mark.slow
def test_windows_of_a_stream_agree(sparse_kit, request):
    known = sparse_kit.reference("streamsync_trf_seed20")
    numbers = range(6) if request.config.getoption("--all-segments") else [5]
    with torch.device("meta"):
        net = StreamSync(PUBLISHED)
    net.load_state_dict(sparse_kit.weights("streamsync_trf"), strict=True, assign=True)
    net.eval().requires_grad_(False)
    settle(net, "cpu")
    rows = {}
    comparing = net.transformer.global_transformer
    comparing.register_forward_hook(lambda _, __, row: rows.update(out=row[0, :3]))
    comparing.blocks[0].register_forward_hook(lambda _, given, __: rows.update(into=given[0][0, :3]))
    for number in numbers:
        pictures = torch.from_numpy(sparse_kit.recipe.make_frames(25 * number, 125, SEED))[None]
        sound = torch.from_numpy(sparse_kit.recipe.make_spectrogram(125 * number, 625, SEED))[None]
        with torch.inference_mode():
            found = net.snapshot(net.picture_tokens(pictures), net.sound_tokens(sound))
        assert gap(found.logits[0], known["snapshot_logits"][number]) <= LOGITS
        assert gap(found.token[0], known["streaming_tokens"][number]) <= TOKENS
        assert gap(rows["into"], known["global_in_first3"][number]) <= ROW
        assert gap(rows["out"], known["global_out_first3"][number]) <= ROW


SMALL = StreamSyncConfig(
    thinning=16, frames=25, picture=64, shorter_side=64, judge_heads=4, selectors=3, offset_classes=5
)


def small(memory="transformer", seed=1):
    """Return a small network whose normalisations have something to fold."""
    torch.manual_seed(seed)
    net = StreamSync(StreamSyncConfig.from_json(SMALL.to_json().replace("transformer", memory)))
    for module in net.modules():
        if hasattr(module, "running_var"):
            module.running_var.uniform_(0.3, 3)
            module.running_mean.normal_(std=0.2)
    return net


@pytest.mark.parametrize("memory", ["transformer", "lstm"])
def test_an_opened_network_answers_as_it_was_trained(tmp_path, memory):
    net, some = small(memory).eval(), np.random.default_rng(1)
    write_checkpoint(tmp_path / "a.safetensors", net.state_dict(), {"config": net.config.to_json()})
    opened = open_stream_sync(
        tmp_path / "a.safetensors", name="a", digest="d", device="cpu", bias=0.1, experimental=True
    )
    assert isinstance(opened, WindowNet)
    assert isinstance(opened, StreamNet)
    assert (opened.layout.window, opened.layout.samples, opened.layout.bias) == (1, 16000, 0.1)
    pictures = some.integers(0, 256, (4, 25, 64, 64, 3), np.uint8)
    sound = some.normal(0, 0.1, (4, 16000)).astype(np.float32)
    seen, heard = opened.embed_pictures(pictures)[:, None], opened.embed_sound(sound)[:, None]
    from rushlock.nets.sparse_sync.preprocessing import Spectrograms, normalised_pictures

    with torch.inference_mode():
        pixels = normalised_pictures(torch.from_numpy(pictures))
        spectrograms = Spectrograms()(torch.from_numpy(sound))
        expected = net.snapshot(net.picture_tokens(pixels), net.sound_tokens(spectrograms))
        together = net(pixels[None], spectrograms[None])
    rounding = {"rtol": 1e-3, "atol": 1e-4}
    np.testing.assert_allclose(opened.offset_logits(seen, heard), expected.logits, **rounding)
    tokens = opened.stream_tokens(seen, heard)
    np.testing.assert_allclose(tokens, expected.token, **rounding)
    np.testing.assert_allclose(opened.stream_logits(tokens[None]), together, **rounding)
    assert opened.belonging_logits(seen, heard) is None
    assert opened.offset_logits(seen[:0], heard[:0]).shape == (0, 5)
    assert opened.stream_logits(tokens[None, :0][:0]).shape == (0, 5)
    assert opened.embed_pictures(pictures[:0]).shape == opened.embed_sound(sound[:0]).shape == (0, 3, 32)


@pytest.mark.parametrize("memory", ["transformer", "lstm"])
def test_every_parameter_is_trained(memory):
    net = small(memory).train()
    windows = torch.randn(2, 3, 25, 3, 64, 64), torch.randn(2, 3, 1, 257, SMALL.columns)
    seen, heard = (
        part.unflatten(0, (2, 3))
        for part in (net.picture_tokens(windows[0].flatten(0, 1)), net.sound_tokens(windows[1].flatten(0, 1)))
    )
    found = net.stream(seen, heard)
    (found.snapshots.square().sum() + found.streams.square().sum()).backward()
    assert [name for name, each in net.named_parameters() if each.grad is None or not each.grad.any()] == []


def test_gradients_pass_through_the_windows_that_are_to_learn_alone():
    net = small().eval()
    seen = torch.randn(2, 4, 3, 32, requires_grad=True)
    heard = torch.randn(2, 4, 3, 32)
    found = net.stream(seen, heard, torch.tensor([False, True, True, False]))
    (found.snapshots.square().sum() + found.streams.square().sum()).backward()
    assert seen.grad.flatten(2).abs().sum((0, 2)).bool().tolist() == [False, True, True, False]
    alone = net.stream(seen, heard)
    torch.testing.assert_close(found.streams, alone.streams)
    torch.testing.assert_close(found.snapshots[:, 0], net.judge(seen[:, 0], heard[:, 0]))


def test_a_sparse_sync_begins_a_stream_sync_and_63_tensors_begin_anew(sparse_kit):
    names = [{name for name, *_ in sparse_kit.layout(kind)} for kind in ("sparsesync", "streamsync_trf")]
    with torch.device("meta"):
        stream, sparse = StreamSync(PUBLISHED), SparseSync(SparseSyncConfig())
    told = stream.load_state_dict(sparse.state_dict(), strict=False)
    assert not told.unexpected_keys
    assert set(told.missing_keys) == names[1] - names[0]
    assert len(told.missing_keys) == 63
