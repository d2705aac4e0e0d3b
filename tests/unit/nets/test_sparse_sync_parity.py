"""The published SparseSync: its layouts load, and it computes what its authors' own code computed.

Compared are the network as it is trained and the one that it becomes to compute fast. Limits are those of the
kit's README.
"""

import sys
import types
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.base.errors import ModelError  # noqa: E402 - needs torch for what follows
from rushlock.nets.checkpoint import read_checkpoint  # noqa: E402
from rushlock.nets.families import recognised  # noqa: E402
from rushlock.nets.sparse_sync.config import PUBLISHED, SparseSyncConfig  # noqa: E402
from rushlock.nets.sparse_sync.costs import operations  # noqa: E402
from rushlock.nets.sparse_sync.network import SparseSync  # noqa: E402
from rushlock.nets.sparse_sync.open import loaded, settle  # noqa: E402

MAP, SOUND_MAP, SEEN, HEARD, ROW, LOGITS = 1e-3, 2e-4, 5e-4, 2e-4, 3e-4, 1.5e-4
"""README of the kit, largest differences: S3D, sound map, selectors of either side, final tokens, logits."""

SEED = 20
STAGES = {
    **{f"stage_s3d_{number:02d}": f"vfeat_extractor.base.{number}" for number in range(16)},
    **{f"stage_rn_{name}": f"afeat_extractor.{name}" for name in ("conv1", "maxpool")},
    **{f"stage_rn_layer{number}": f"afeat_extractor.layer{number}" for number in (1, 2, 3, 4)},
}
BLOCKS = {
    **{
        f"{side}_selector_block{n}": f"transformer.{side}_selector.blocks.{n}"
        for side in "va"
        for n in range(3)
    },
    **{f"global_block{n}": f"transformer.global_transformer.blocks.{n}" for n in range(3)},
}


@pytest.fixture(scope="module")
def made(sparse_kit):
    """Return pictures and spectrogram of six seconds, and what the reference made of the first five."""
    pictures = torch.from_numpy(sparse_kit.recipe.make_frames(0, 150, SEED))
    spectrogram = torch.from_numpy(sparse_kit.recipe.make_spectrogram(0, 751, SEED))
    return pictures, spectrogram, sparse_kit.reference("sparsesync_seed20")


@pytest.fixture(scope="module")
def fast(sparse_kit):
    """Return the network as it computes in the product, on the CPU."""
    net = SparseSync(PUBLISHED)
    net.load_state_dict(sparse_kit.weights("sparsesync"), strict=True)
    net.eval().requires_grad_(False)
    settle(net, "cpu")
    return net


def gap(found, expected):
    return float(np.abs(np.asarray(found, np.float64) - expected).max())


@torch.inference_mode()
def compare(net, pictures, spectrogram, known):
    """Compare all of a network that is not inside its extractors and selectors."""
    cells = net.vfeat_extractor(pictures[None, :125])
    assert gap(cells[0, :, ::16], known["visual_features_sub"]) <= MAP
    assert gap(cells[0].mean((0, 2, 3)), known["visual_features_mean"]) <= MAP
    bands = net.afeat_extractor(spectrogram[None, :, :, :626])
    assert gap(bands[0], known["audio_features"]) <= SOUND_MAP
    bridged = net.v_bridge(cells)
    assert gap(bridged[0, :, ::8, ::3, ::3], known["v_bridge_sub"]) <= MAP
    transformer = net.transformer
    context = transformer.picture_context(bridged)[0, ::3, ::3, ::3, ::4]
    assert gap(context, known["vis_ctx_sub"]) <= MAP
    assert gap(transformer.sound_context(bands)[0, ::2, ::3, ::4], known["aud_ctx_sub"]) <= SOUND_MAP
    seen, heard = transformer.select_pictures(bridged), transformer.select_sound(bands)
    assert gap(seen[0], known["v_selector_block2"]) <= SEEN
    assert gap(heard[0], known["a_selector_block2"]) <= HEARD
    row = transformer.global_transformer(seen, heard)
    assert gap(row[0], known["global_out"]) <= ROW
    assert gap(net.judge(seen, heard)[0], known["logits"]) <= LOGITS
    return seen, heard


@pytest.mark.slow
def test_the_network_as_it_is_trained_agrees_stage_by_stage(sparse_net, made):
    pictures, spectrogram, known = made
    outputs = {}
    hooks = [
        sparse_net.get_submodule(module).register_forward_hook(
            lambda _, __, found, name=name: outputs.update({name: found})
        )
        for name, module in {**STAGES, **BLOCKS}.items()
    ]
    compare(sparse_net, pictures, spectrogram, known)
    for hook in hooks:
        hook.remove()
    for name in STAGES:
        stage = outputs[name]
        assert stage.shape[1:] == tuple(known[f"{name}_shape"])[-stage.ndim + 1 :]
        places = (np.arange(64) * (stage.numel() - 1)) // 63
        limit = MAP if "s3d" in name else SOUND_MAP
        assert gap(stage.contiguous().flatten()[torch.from_numpy(places)], known[name]) <= limit, name
    for name in BLOCKS:
        assert gap(outputs[name][0], known[name]) <= SEEN, name


@pytest.mark.slow
def test_the_network_as_it_computes_fast_agrees_and_follows_its_sides(fast, made):
    pictures, spectrogram, known = made
    seen, heard = compare(fast, pictures, spectrogram, known)
    with torch.inference_mode():
        later_seen = fast.picture_tokens(pictures[None, 25:])
        later_heard = fast.sound_tokens(spectrogram[None, :, :, 125:])
        for name, one, other in (
            ("logits_vis_plus1s", later_seen, heard),
            ("logits_aud_plus1s", seen, later_heard),
            ("logits_both_plus1s", later_seen, later_heard),
        ):
            assert gap(fast.judge(one, other)[0], known[name]) <= LOGITS, name
        queries = fast.transformer.v_selector
        assert gap(queries.selectors + queries.selectors_pos_emb(), known["v_selector_queries"]) == 0
        assert gap(fast.transformer.global_transformer.joined(seen, heard)[0], known["global_in"]) <= SEEN


def test_three_classes_are_the_first_three(sparse_kit, sparse_net, made):
    *_, known = made
    entries = [
        [name, [3, 512] if name == "transformer.off_head.weight" else shape, kind]
        for name, shape, kind in sparse_kit.layout("sparsesync")
    ]
    head = sparse_kit.recipe.make_state(entries[-1:], SEED)["transformer.off_head.weight"]
    deciding = known["global_out"][0]
    assert gap(head @ deciding, known["logits"][:3]) <= LOGITS
    coarse = {name: torch.empty(shape, device="meta") for name, shape, _ in entries}
    found = recognised(coarse, {})
    config = SparseSyncConfig.from_json(found.metadata["config"])
    assert config.offsets == (-1.0, 0.0, 1.0)
    with torch.device("meta"):
        SparseSync(config).load_state_dict(found.tensors, strict=True)


def test_epsilons_are_those_of_the_reference():
    with torch.device("meta"):
        net = SparseSync(PUBLISHED)
    kinds = {torch.nn.BatchNorm3d: 1e-3, torch.nn.BatchNorm2d: 1e-5, torch.nn.LayerNorm: 1e-5}
    norms = [each for each in net.modules() if type(each) in kinds]
    assert all(each.eps == kinds[type(each)] for each in norms)
    assert sum(type(each) is torch.nn.BatchNorm3d for each in norms) == 77


def test_parameters_and_operations_are_those_that_the_kit_counts():
    with torch.device("meta"):
        net = SparseSync(PUBLISHED)
    count = {name: sum(each.numel() for each in part.parameters()) for name, part in net.named_children()}
    assert count["vfeat_extractor"] == 7_910_048
    assert count["afeat_extractor"] == 11_170_240
    assert count["v_bridge"] == 524_800
    assert sum(count.values()) == 54_348_652
    found = operations(lambda: SparseSync(PUBLISHED))
    extractors = 2 * (141.9e9 + 5.9e9)
    assert found.picture + found.sound + found.judge == pytest.approx(extractors + 2 * 2.7e9, rel=1e-3)
    assert found.judge < found.sound < found.picture < 2 * 145e9


def test_published_files_are_read_without_running_what_is_in_them(sparse_kit, tmp_path, monkeypatch):
    path = tmp_path / "22-07-18T08-00-00.pt"
    small = replace(SparseSyncConfig(thinning=16), offset_classes=3, offset_limit=1.0, judge_heads=4)
    net = SparseSync(small)
    save_as_published(path, net.state_dict(), 1, monkeypatch)
    checkpoint = read_checkpoint(path)
    assert checkpoint.metadata == {"args.data.max_off_sec": "1"}
    assert checkpoint.tensors.keys() == net.state_dict().keys()
    with pytest.raises(ModelError, match="not complete weights of SparseSync"):
        loaded(path)  # sizes as published are expected where a file tells none


def save_as_published(path, state, reach, monkeypatch):
    """Write weights as the authors did: beside a configuration of OmegaConf's classes."""

    class Node:
        def __init__(self, **state):
            self.__dict__.update(state)

    monkeypatch.setitem(sys.modules, "omegaconf", types.ModuleType("omegaconf"))
    kinds = []
    for module, name in (("omegaconf.dictconfig", "DictConfig"), ("omegaconf.nodes", "AnyNode")):
        kinds.append(type(name, (Node,), {"__module__": module}))
        monkeypatch.setitem(sys.modules, module, types.ModuleType(module))
        setattr(sys.modules[module], name, kinds[-1])
    tree, leaf = kinds
    data = tree(_content={"max_off_sec": leaf(_val=reach), "crop_len_sec": leaf(_val=5)}, _metadata=None)
    args = tree(_content={"data": data}, _metadata=None)
    torch.save({"args": args, "model": state, "epoch": 3, "loss": np.float64(0.5)}, path)
