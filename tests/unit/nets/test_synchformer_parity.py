"""The published Synchformer: its layouts load, and it computes what the authors' own code computed.

The kit holds what the reference made of weights and inputs that follow from a recipe. Limits are those of the
kit's README. The extractors see every segment by itself, so a few stand for all of them here;
``--all-segments`` compares all, which takes minutes.
"""

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.nets.families import CONFIG  # noqa: E402 - needs torch for what follows
from rushlock.nets.synchformer.config import PUBLISHED  # noqa: E402
from rushlock.nets.synchformer.network import Synchformer  # noqa: E402
from rushlock.nets.synchformer.preprocessing import normalised_pictures  # noqa: E402
from rushlock.nets.synchformer_family import SynchformerFamily  # noqa: E402

pytestmark = pytest.mark.slow

MOST, RMS = 5e-5, 5e-6
"""README of the kit, for features and logits in float32 on a CPU."""

INPUT_SEED = 1
CLIPS = ("clipA", "clipB", "synclip")

PATCHES = [0, 1, 13, 195, 196, 392, 783, 999, 1567]
PLACED = [0, 1, 2, 14, 196, 197, 393, 784, 1000, 1568]
HEARD = [0, 1, 2, 3, 7, 8, 37, 73]
RIM = [0, 1, -1]
JUDGED = [0, 1, 2, 112, 113, 114, 197]

SEEN_STAGES = {
    "v_patch_seg0": ("vfeat_extractor.patch_embed_3d", PATCHES),
    "v_block0_timeattn_seg0": ("vfeat_extractor.blocks.0.timeattn", PLACED),
    "v_block0_spaceattn_seg0": ("vfeat_extractor.blocks.0.attn", PLACED),
    "v_block0_mlp_seg0": ("vfeat_extractor.blocks.0.mlp", PLACED),
    **{f"v_block{i}_seg0": (f"vfeat_extractor.blocks.{i}", PLACED) for i in range(12)},
    "v_norm_seg0": ("vfeat_extractor.norm", PATCHES),
}
HEARD_STAGES = {
    "a_embed_seg0": ("afeat_extractor.ast.embeddings", HEARD),
    **{f"a_layer{i}_seg0": (f"afeat_extractor.ast.encoder.layer.{i}", HEARD) for i in range(12)},
    "a_norm_seg0": ("afeat_extractor.ast.layernorm", HEARD),
}
JUDGED_STAGES = {
    "vproj_seg0": ("vproj", range(8)),
    "aproj_seg0": ("aproj", range(6)),
    "t_vis_in_lnorm": ("transformer.vis_in_lnorm", RIM),
    "t_aud_in_lnorm": ("transformer.aud_in_lnorm", RIM),
    "t_embed": ("transformer.pos_emb_cfg", JUDGED),
    **{f"t_block{i}": (f"transformer.blocks.{i}", JUDGED) for i in range(3)},
}


@pytest.fixture(scope="module")
def reference(kit):
    """Return the arrays of a fixture by its name."""
    return lambda name: np.load(kit.fixtures / f"{name}.npz")


@pytest.fixture(scope="module")
def choose(request):
    """Return what chooses the things to compare: the few given, or all there are."""
    every = request.config.getoption("--all-segments")
    return lambda few, there_is: list(there_is if every else few)


def close(found, expected):
    """Demand the README's limits, which are for numbers of the order of one."""
    gap = np.abs(np.asarray(found, np.float64) - expected) / max(1.0, np.std(expected))
    assert gap.shape == np.shape(expected)
    assert gap.max() <= MOST
    assert np.sqrt(np.mean(gap**2)) <= RMS


def seen(net, pictures):
    """Return the tokens of segments (n, 16, 3, 224, 224), two at a time."""
    with torch.inference_mode():
        parts = torch.as_tensor(pictures).split(2)
        return np.concatenate([net.picture_tokens(part).numpy() for part in parts])


def heard(net, spectrograms):
    """Return the tokens of spectrograms (n, 1, 128, 66)."""
    with torch.inference_mode():
        return net.sound_tokens(torch.as_tensor(spectrograms)).numpy()


def judged(net, pictures, sound):
    """Return the verdict on windows of tokens."""
    with torch.inference_mode():
        return net.judge(torch.as_tensor(pictures), torch.as_tensor(sound))


def watched(net, stages, run):
    """Return the output of each stage of a network during a run, and the input of the first picture block."""
    outputs, hooks = {}, []
    for name, (module, _) in stages.items():
        keep = lambda _, given, made, name=name: outputs.update({name: (given, made)})  # noqa: E731
        hooks.append(net.get_submodule(module).register_forward_hook(keep))
    run()
    for hook in hooks:
        hook.remove()
    return outputs


@pytest.fixture(scope="module")
def seen_once(kit, published):
    """Return the tokens of made-up segments (item, number); what was computed is kept."""
    kept = {}

    def tokens(*which):
        missing = [each for each in which if each not in kept]
        if missing:
            pictures = [kit.recipe.make_video_segment(INPUT_SEED, *each) for each in missing]
            kept.update(zip(missing, seen(published, np.stack(pictures)), strict=True))
        return np.stack([kept[each] for each in which])

    return tokens


@pytest.mark.parametrize("layout", ["sync", "synchability", "avclip"])
def test_weights_of_every_published_layout_load_strictly(kit, layout):
    entries = kit.layout(layout)
    file = {f"module.{name}": torch.empty(shape, device="meta") for name, shape, _ in entries}
    found = SynchformerFamily().recognised(file, {})
    with torch.device("meta"):
        net = Synchformer(PUBLISHED.from_json(found.metadata[CONFIG]))
    net.load_state_dict(found.tensors, strict=True)
    if layout != "avclip":  # what no checkpoint's network uses may stay in
        net.load_state_dict({name.removeprefix("module."): each for name, each in file.items()}, strict=True)
    published = {"sync": 237_460_245, "synchability": 237_434_882, "avclip": 214_841_089}[layout]
    never_used = 590_592 + (layout == "avclip")
    assert sum(each.numel() for each in net.parameters()) == published - never_used


def test_layer_norms_have_the_epsilons_of_their_parts():
    with torch.device("meta"):
        net = Synchformer(PUBLISHED)
    found = {name: each.eps for name, each in net.named_modules() if isinstance(each, torch.nn.LayerNorm)}
    for name, eps in found.items():
        part = name.split(".")[0] if "_agg" not in name else "agg"
        assert (
            eps == {"vfeat_extractor": 1e-6, "agg": 1e-6, "afeat_extractor": 1e-12, "transformer": 1e-5}[part]
        ), name
    assert len(found) == 12 * 3 + 1 + 2 + 12 * 2 + 1 + 2 + 3 * 2 + 3


def test_recipe_weights_are_those_that_the_reference_ran_with(kit, recipe_weights):
    import hashlib
    import json

    known = json.loads((kit.fixtures / "weights_check.json").read_text())["tensor_sha256"]
    weights = recipe_weights("sync")
    assert {name: hashlib.sha256(weights[name].numpy().tobytes()).hexdigest() for name in known} == known


def test_every_stage_of_the_picture_extractor_agrees(kit, published, reference):
    expected = reference("synth_b1")
    pictures = kit.recipe.make_video_segment(INPUT_SEED, 0, 0)[None]
    stages = watched(published, SEEN_STAGES, lambda: seen(published, pictures))
    (placed, _), _ = stages["v_block0_seg0"]
    close(placed[0, PLACED], expected["v_embed_seg0"])
    for name, (_, rows) in SEEN_STAGES.items():
        close(stages[name][1][0, rows], expected[name])


def test_picture_tokens_agree_in_batches_of_two(seen_once, reference, choose):
    expected = reference("synth_b1")["vfeat"][0], reference("synth_b2")["vfeat_item1"][0]
    which = choose([(0, 1), (1, 5)], [(item, number) for item in range(2) for number in range(14)])
    close(seen_once(*which), np.stack([expected[item][number] for item, number in which]))


@pytest.mark.parametrize("clip", CLIPS)
def test_picture_tokens_of_real_clips_agree(published, reference, choose, clip_segments, clip):
    numbers = choose([CLIPS.index(clip) * 6], range(14))
    pictures = normalised_pictures(torch.from_numpy(clip_segments(clip)[numbers]))
    close(seen(published, pictures), reference(clip)["vfeat"][0, numbers])


def test_every_stage_of_the_sound_extractor_agrees(kit, published, reference):
    expected = reference("synth_b1")
    sound = kit.recipe.make_audio(INPUT_SEED, 0)
    stages = watched(published, HEARD_STAGES, lambda: heard(published, sound))
    for name, (_, rows) in HEARD_STAGES.items():
        whole = stages[name][1].double()
        close(whole[0, rows], expected[name])
        facts = [whole.mean(), whole.std(correction=0), whole.abs().max(), torch.linalg.vector_norm(whole)]
        np.testing.assert_allclose(facts, expected[f"stats/{name}"], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("item", [0, 1])
def test_sound_tokens_agree(kit, published, reference, item):
    expected = reference("synth_b1")["afeat"] if item == 0 else reference("synth_b2")["afeat_item1"]
    close(heard(published, kit.recipe.make_audio(INPUT_SEED, item)), expected[0])


@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("kind", ["legacy", "modern"])
def test_sound_tokens_of_real_clips_agree(published, reference, choose, clip, kind):
    numbers = choose([0, 4, 9, 13], range(14))
    spectrograms = reference(f"prep_{clip}")[f"audio_{kind}"][numbers]
    close(heard(published, spectrograms), reference(clip)[f"afeat_{kind}"][0, numbers])


def test_every_stage_of_the_judge_agrees(published, reference):
    expected = reference("synth_b1")
    verdicts = []
    stages = watched(
        published,
        JUDGED_STAGES | {"t_lnf_off": ("transformer.ln_f", [0])},
        lambda: verdicts.append(judged(published, expected["vfeat"], expected["afeat"])),
    )
    for name, (_, rows) in JUDGED_STAGES.items():
        close(stages[name][1][0, rows], expected[name])
    close(stages["t_lnf_off"][1], expected["t_lnf_off"])
    close(verdicts[0].offsets, expected["logits"])
    assert verdicts[0].belonging is None


def both_items(reference):
    one, two = reference("synth_b1"), reference("synth_b2")
    pictures = np.concatenate([one["vfeat"], two["vfeat_item1"]])
    sound = np.concatenate([one["afeat"], two["afeat_item1"]])
    return pictures, sound, two


def test_offsets_of_a_batch_agree_and_follow_their_sound(published, reference):
    pictures, sound, expected = both_items(reference)
    close(judged(published, pictures, sound).offsets, expected["logits"])
    close(judged(published, pictures, sound[::-1].copy()).offsets, expected["logits_swapped_audio"])


@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("kind", ["legacy", "modern"])
def test_offsets_of_real_clips_agree(published, reference, clip, kind):
    expected = reference(clip)
    found = judged(published, expected["vfeat"], expected[f"afeat_{kind}"]).offsets
    close(found, expected[f"logits_{kind}"])


def test_synchronizability_agrees(reference, recipe_weights, with_weights):
    config = replace(PUBLISHED, window=13, offset_classes=0, belonging=True)
    net = with_weights(config, recipe_weights("synchability"))
    pictures, sound, _ = both_items(reference)
    found = judged(net, pictures[:, :13], sound[:, :13])
    close(found.belonging, reference("synchability")["logits"])
    assert found.offsets is None


def test_segments_agree_with_the_first_training_stage(kit, published, seen_once, reference, recipe_weights):
    names = {"v_encoder.": "vfeat_extractor.", "a_encoder.": "afeat_extractor."}
    sync = recipe_weights("sync")
    file = {"logit_scale": torch.tensor(0.07)}
    for name, *_ in kit.layout("avclip"):
        for theirs, ours in names.items():
            if name.startswith(theirs):
                file[name] = sync[name.replace(theirs, ours)]
    found = SynchformerFamily().recognised(file, {}).tensors
    assert all(found[name] is sync[name] for name in found)  # so both compute the same
    expected = reference("avclip")
    pictures = unit(seen_once((0, 0), (0, 1)))
    sound = unit(heard(published, kit.recipe.make_audio(INPUT_SEED, 0, 2)))
    close(pictures, expected["segment_vfeat"])
    close(sound, expected["segment_afeat"])
    sides = {"v": pictures, "a": sound}
    for one, two in ("va", "av", "vv", "aa"):
        similar = sides[one] @ sides[two].T
        close(similar, 0.07 * expected[f"segment_sim_{one}2{two}"])


def unit(tokens):
    """Return the mean over tokens, of length one."""
    mean = tokens.mean(axis=1)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)
