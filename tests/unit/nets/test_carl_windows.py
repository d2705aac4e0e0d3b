"""CARL's positions pull stretches of nothing together; frames that were at every place are free of them."""

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.base.errors import ModelMissingError, UsageError  # noqa: E402 - needs torch
from rushlock.base.progress import Cancelled, CancelToken, drain  # noqa: E402
from rushlock.nets.carl.config import CarlConfig  # noqa: E402
from rushlock.nets.carl.network import Carl  # noqa: E402
from rushlock.nets.carl.opened import OpenedCarl  # noqa: E402
from rushlock.nets.carl.windows import STEP, chained, roaming  # noqa: E402
from rushlock.nets.checkpoint import write_checkpoint  # noqa: E402
from rushlock.nets.families import CONFIG  # noqa: E402
from rushlock.nets.install import import_file  # noqa: E402
from rushlock.nets.opening import open_frame_net, open_net  # noqa: E402
from rushlock.nets.registry import Kind  # noqa: E402

SMALL = CarlConfig(layers=2, stretch=32, heads=2, channels=2, hidden=16, width=32, dims=16, picture=32)


def network(seed=0):
    """Return a small network with weights of chance, whose position table counts as much as its frames."""
    torch.manual_seed(seed)
    return Carl(SMALL).eval().requires_grad_(False)


@pytest.fixture(scope="module")
def net():
    return OpenedCarl("small", "0", False, network(), "cpu")


def looks(seed, count):
    """Return vectors of frames that have nothing to do with each other."""
    return np.random.default_rng(seed).standard_normal((count, SMALL.width)).astype(np.float32)


def mean_by_lag(one, other):
    """Return mean likeness along the diagonals of two stretches of equal length, the middle half of them."""
    alike = one @ other.T
    reach = len(one) // 2
    return np.array([np.diagonal(alike, -lag).mean() for lag in range(-reach, reach + 1)])


def test_frames_are_looked_at_one_by_one(net):
    frames = np.random.default_rng(0).integers(0, 256, (9, 32, 32, 3), np.uint8)
    whole = net.look(frames)
    parts = np.concatenate([net.look(frames[4:]), net.look(frames[:4])])
    np.testing.assert_allclose(whole, np.roll(parts, 4, axis=0), atol=1e-5)
    assert net.look(frames[:0]).shape == (0, SMALL.width)
    assert net.embed(whole[:0]).shape == (0, SMALL.dims)


def test_embedded_frames_have_length_one_however_long_the_clip(net):
    for found in (
        chained(net, looks(1, 100), CancelToken(), most=30),
        roaming(net, looks(1, 100), CancelToken()).values,
    ):
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_a_long_clip_is_chained_of_equal_stretches(net):
    whole = looks(2, 100)
    found = chained(net, whole, CancelToken(), most=40)
    parts = [net.embed(part) for part in np.array_split(whole, 3)]
    np.testing.assert_allclose(found, np.concatenate(parts), atol=1e-6)
    np.testing.assert_allclose(chained(net, whole, CancelToken()), net.embed(whole), atol=1e-6)


def test_only_frames_that_were_at_every_place_are_given(net):
    places = SMALL.stretch // STEP
    for count in (100, 101, 103):
        found = roaming(net, looks(3, count), CancelToken())
        assert found.first == (places - 1) * STEP
        assert len(found.values) == (count // STEP - 2 * (places - 1)) * STEP
    assert not len(roaming(net, looks(3, 2 * SMALL.stretch - 2 * STEP), CancelToken()).values)


def test_the_noise_probe_finds_the_middle_in_single_stretches_and_nothing_in_roaming_ones(net):
    """Pairs of noise, many: what is left of the mean over pairs is what the positions add."""
    size = SMALL.stretch
    single, free = [], []
    for seed in range(0, 60, 2):
        clips = [looks(seed + side, 3 * size) for side in (0, 1)]
        single.append(mean_by_lag(*(net.embed(clip[:size]) for clip in clips)))
        free.append(mean_by_lag(*(roaming(net, clip, CancelToken()).values for clip in clips)))
    assert height_of_middle(np.array(single)) > 10
    assert abs(height_of_middle(np.array(free))) < 4


def height_of_middle(curves):
    """Return how far lag 0 stands above the other lags, in standard errors over pairs."""
    rise = curves[:, curves.shape[1] // 2] - curves.mean(axis=1)
    return rise.mean() / (rise.std() / np.sqrt(len(rise)))


def test_the_same_scene_is_found_in_roaming_stretches_wherever_it_lies(net):
    scene = looks(5, 200)
    one, other = scene[:150], scene[17:167]
    found = [roaming(net, clip, CancelToken()) for clip in (one, other)]
    curve = mean_by_lag(*(each.values for each in found))
    assert np.argmax(curve) - len(curve) // 2 == 17


def test_a_cancel_is_heard_between_stretches(net):
    token = CancelToken()
    token.cancel()
    for way in (chained, roaming):
        with pytest.raises(Cancelled):
            way(net, looks(1, 200), token)


def test_a_users_checkpoint_becomes_a_network_that_looks_at_frames(tmp_path):
    path = tmp_path / "mine.safetensors"
    write_checkpoint(path, network().state_dict(), {CONFIG: SMALL.to_json()})
    here = drain(import_file(path, CancelToken()))
    assert (here.entry.family, here.entry.kind) == ("carl", Kind.FRAMES)
    opened = open_frame_net("mine", "cpu")
    assert opened.digest == here.digest
    assert opened.layout == SMALL.layout()
    np.testing.assert_allclose(
        opened.embed(looks(0, 9)), OpenedCarl("", "", False, network(), "cpu").embed(looks(0, 9)), atol=1e-5
    )
    assert open_frame_net("carl", "cpu").name == "mine"
    with pytest.raises(UsageError, match="cannot compare sound with picture"):
        open_net("mine", "cpu")


def test_what_only_a_browser_can_fetch_is_told_with_its_place():
    with pytest.raises(
        ModelMissingError, match=r"drive\.google\.com.*models import FILE --as carl-videosync"
    ):
        open_frame_net("carl", "cpu")


@pytest.mark.parametrize(
    "text", ["[]", "x", '{"layers": "3"}', '{"depth": 3}', '{"heads": 7}', '{"layers": 0}']
)
def test_sizes_that_cannot_be_are_refused(text):
    with pytest.raises(UsageError):
        CarlConfig.from_json(text)


def test_sizes_survive_being_written():
    for layers, stretch in itertools.product((2, 3), (80, 240)):
        config = CarlConfig(layers=layers, stretch=stretch)
        assert CarlConfig.from_json(config.to_json()) == config
