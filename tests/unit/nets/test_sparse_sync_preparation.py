"""SparseSync and StreamSync are fed what their authors' code fed them, from samples and from files."""

from fractions import Fraction

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.base.progress import CancelToken  # noqa: E402 - needs torch for what follows
from rushlock.features.feeding import Grid, picture_segments, sound_segments  # noqa: E402
from rushlock.media.clip import Clip  # noqa: E402
from rushlock.media.framing import Middle  # noqa: E402
from rushlock.media.probe import probe  # noqa: E402
from rushlock.nets.sparse_sync.config import PUBLISHED, SparseSyncConfig  # noqa: E402
from rushlock.nets.sparse_sync.preprocessing import Spectrograms, normalised_pictures  # noqa: E402
from rushlock.nets.stream_sync.config import PUBLISHED as STREAM  # noqa: E402
from rushlock.nets.stream_sync.preprocessing import (  # noqa: E402
    softened,
    windows_of_pictures,
    windows_of_sound,
)

SEED = 20
SPECTRUM, PIXELS, CHAIN = 1e-3, 2e-6, 5e-4
"""README of the kit: standardised spectrograms, pixels, logits of the whole chain from a file."""

UNIT_ROUNDOFF = 2.0**-24
EDGES = [0, 1, 2, -3, -2, -1]


def cases(known, source):
    """Yield the cases of a fixture: offset, start, and what is known of them."""
    heads = dict.fromkeys(key.split("/")[0] for key in known if key.startswith(f"{source}|"))
    for head in heads:
        _, offset, start = head.split("|")
        told = {key.removeprefix(f"{head}/"): known[key] for key in known if key.startswith(f"{head}/")}
        yield float(offset), float(start), told


def starts(offset, start):
    """Return the first frame and sample, cut off as the reference cuts them."""
    return int(start * 25), int((start + round(offset, 2)) * 16000)


def check(told, cut, sound):
    """Compare a window of pictures, uint8, and of samples with what the reference made of them."""
    pictures = normalised_pictures(torch.from_numpy(cut)[None])[0].numpy()
    assert pictures.shape == tuple(told["video_shape"])
    np.testing.assert_allclose(pictures[::25, :, ::32, ::32], told["pixels_sub"], atol=PIXELS, rtol=0)
    np.testing.assert_allclose(pictures.mean((2, 3), np.float64), told["frame_mean"], atol=PIXELS, rtol=0)
    np.testing.assert_allclose(sound[:4], told["crop_wave_first"], atol=3e-7, rtol=0)
    np.testing.assert_allclose(sound[-4:], told["crop_wave_last"], atol=3e-7, rtol=0)
    spectrograms, samples = Spectrograms(), torch.from_numpy(sound)[None]
    powers, logarithms = spectrograms.powers(samples)[0].numpy(), spectrograms.logarithms(samples)[0].numpy()
    standardised = spectrograms(samples)[0, 0].numpy()
    assert standardised.shape == tuple(told["spec_shape"]) == (257, PUBLISHED.columns)
    np.testing.assert_allclose(standardised[::8, ::10], told["spec_sub"], atol=SPECTRUM, rtol=0)
    np.testing.assert_allclose(powers[::8, ::10], told["power_spec_sub"], rtol=1e-5, atol=rounding(sound))
    np.testing.assert_allclose(logarithms[::8, EDGES], told["log_spec_edges"], atol=SPECTRUM, rtol=0)
    np.testing.assert_allclose(logarithms.mean(1), told["log_spec_means"], atol=SPECTRUM, rtol=0)
    np.testing.assert_allclose(logarithms.std(1, ddof=1), told["log_spec_stds"], atol=SPECTRUM, rtol=0)
    return pictures, standardised


def rounding(sound):
    """Return by how much two float32 Fourier transforms of 512 points may differ in power at most."""
    loudest = 512 * np.abs(sound).max()
    return 2 * UNIT_ROUNDOFF * 9 * loudest * np.sqrt(512)


def test_windows_of_made_up_material_agree(sparse_kit):
    recipe, known = sparse_kit.recipe, sparse_kit.reference("preprocess_synthetic_seed20")
    clip, wave = recipe.make_clip(10, SEED), recipe.make_wave(10, SEED)
    corner = Middle(256, 224).cut(454, 256)
    middle = clip[:, :, corner.top : corner.top + 224, corner.left : corner.left + 224].transpose(0, 2, 3, 1)
    told_of = list(cases(known, "synthetic"))
    for offset, start, told in told_of:
        frame, sample = starts(offset, start)
        check(told, middle[frame : frame + 125], wave[sample : sample + 80000])
    assert len(told_of) == 2


@pytest.mark.slow
def test_logits_of_made_up_material_agree_through_the_whole_chain(sparse_kit, sparse_net):
    recipe, known = sparse_kit.recipe, sparse_kit.reference("preprocess_synthetic_seed20")
    clip, wave = recipe.make_clip(6, SEED), recipe.make_wave(10, SEED)
    middle = np.ascontiguousarray(clip[:125, :, 16:240, 115:339].transpose(0, 2, 3, 1))
    found = answered(sparse_net, middle, wave[25600 : 25600 + 80000])
    assert np.abs(found - known["synthetic|+1.6|0.0/logits"]).max() <= CHAIN


def answered(net, cut, sound):
    """Return what a network says of a window of pictures, uint8, and of samples."""
    with torch.inference_mode():
        seen = net.picture_tokens(normalised_pictures(torch.from_numpy(cut)[None]))
        heard = net.sound_tokens(Spectrograms()(torch.from_numpy(sound)[None]))
        return net.judge(seen, heard)[0].numpy()


@pytest.fixture(scope="module")
def clip(kits):
    """Return the clip of VGGSound that the kit's numbers are about."""
    path = kits / "synchformer" / "fixtures" / "3qesirWAGt4_20000_30000.mp4"
    if not path.is_file():
        pytest.skip("the kit's clip is not here")
    return Clip("c0", "A", (probe(path),))


def fed(clip, feed, at):
    """Return the one segment of a clip that begins at a time, as the product cuts it."""
    grid = Grid.through(PUBLISHED.layout(), at)
    number = (Fraction(round(at * 10**6), 10**6) - grid.origin) / grid.hop
    ((_, segment),) = feed(clip, grid, range(int(number), int(number) + 1), CancelToken())
    return segment


@pytest.mark.slow
def test_a_file_is_cut_and_prepared_as_the_reference_did(sparse_kit, sparse_net, clip):
    known = sparse_kit.reference("preprocess_clip_seed20")
    told_of = list(cases(known, "3qesirWAGt4"))
    for offset, start, told in told_of:
        frame, sample = starts(offset, start)
        cut, sound = (
            fed(clip, picture_segments, frame / 25),
            fed(clip, sound_segments, sample / 16000),
        )
        check(told, cut, sound)
        if "logits" in told:
            assert np.abs(answered(sparse_net, cut, sound) - told["logits"]).max() <= CHAIN
    assert len(told_of) == 3


@pytest.mark.parametrize("offset", [-0.6, 2.0])
def test_streams_are_cut_as_their_authors_cut_them(sparse_kit, offset):
    recipe, known = sparse_kit.recipe, sparse_kit.reference("streamsync_preprocess_seed20")
    told = {key.split("/")[1]: known[key] for key in known if key.startswith(f"off{offset:+.2f}/")}
    stretch = 5 + 4 * 1
    clip, wave = recipe.make_clip(14, SEED), recipe.make_wave(14, SEED)
    cut = torch.from_numpy(clip[50 : 50 + 25 * stretch, :, 16:240, 115:339].transpose(0, 2, 3, 1).copy())
    at = round((2 + offset) * 16000)
    pictures = windows_of_pictures(STREAM, normalised_pictures(cut[None])[0], 1.0, 4)
    sound = windows_of_sound(STREAM, torch.from_numpy(wave[at : at + 16000 * stretch]), 1.0, 4)
    assert pictures.shape == tuple(told["win_video_shape"])
    assert sound.shape == tuple(told["win_audio_shape"])
    np.testing.assert_allclose(pictures[:, ::31, :, ::56, ::56], told["win_video_sub"], atol=PIXELS, rtol=0)
    np.testing.assert_allclose(sound[:, 0, ::16, ::25], told["win_audio_sub"], atol=SPECTRUM, rtol=0)
    moments = np.stack([sound.mean((1, 2, 3)), sound.std((1, 2, 3))])
    np.testing.assert_allclose(moments, told["win_audio_mean_std"], atol=SPECTRUM, rtol=0)
    target = round((offset + 2) / 0.2)
    np.testing.assert_allclose(softened(torch.tensor([target]), 21)[0], told["target"], atol=1e-7)


def test_silence_is_zero():
    assert not Spectrograms()(torch.zeros(1, 80000)).any()


@pytest.mark.parametrize(("frames", "picture"), [(125, 224), (50, 96), (75, 112)])
def test_sizes_of_maps_are_those_of_the_extractors(frames, picture):
    from rushlock.nets.sparse_sync.network import SparseSync

    config = SparseSyncConfig(thinning=16, frames=frames, picture=picture)
    with torch.device("meta"):
        net = SparseSync(config)
        seen = net.vfeat_extractor(torch.empty(1, frames, 3, picture, picture))
        heard = net.afeat_extractor(torch.empty(1, 1, 257, config.columns))
    assert seen.shape == (1, config.steps, 64, config.cells, config.cells)
    assert heard.shape == (1, config.dims, config.bands, config.beats)
