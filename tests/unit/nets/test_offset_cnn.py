"""VideoSync's CNN gives what the authors' own code gave; ours does not know where a matrix ends."""

import importlib.util
import json

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.base.errors import ModelError, UsageError  # noqa: E402 - needs torch for what follows
from rushlock.nets.checkpoint import write_checkpoint  # noqa: E402
from rushlock.nets.offset_cnn.config import DiagonalConfig, Temper  # noqa: E402
from rushlock.nets.offset_cnn.diagonal import (  # noqa: E402
    CONFIG,
    TEMPER,
    DiagonalCnn,
    answering,
    open_diagonal_cnn,
)
from rushlock.nets.offset_cnn.published import open_published_cnn  # noqa: E402

PAIRS = ("a", "b", "c", "d", "noise", "two_layers", "two_layers_240")
SMALL = DiagonalConfig(layers=2, channels=(4, 4), beside=2, hidden=8, least=12)


@pytest.fixture(scope="module")
def videosync_cnn(kits, tmp_path_factory):
    """Return the kit's fixtures, and VideoSync's CNN read from a file of the recipe's weights."""
    folder = kits / "videosync"
    spec = importlib.util.spec_from_file_location("make_weights", folder / "make_weights.py")
    recipe = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recipe)
    layout = json.loads((folder / "state_dict_cnn_head.json").read_text())
    path = tmp_path_factory.mktemp("cnn") / "x_cnn_model.pt"
    torch.save(recipe.torch_state_dict(layout, 0), path)
    yield folder / "fixtures", open_published_cnn(path)
    path.unlink()


def in_corner(matrix):
    """Return a matrix in the upper left of 256 x 256 zeros."""
    out = np.zeros((256, 256), np.float32)
    out[: matrix.shape[0], : matrix.shape[1]] = matrix
    return out


@pytest.mark.slow
def test_the_published_network_agrees_on_every_pair(videosync_cnn):
    fixtures, logits = videosync_cnn
    for pair in PAIRS:
        known = np.load(fixtures / f"pair_{pair}.npz")
        found = logits(in_corner(known["soft"])[None])[0]
        assert np.abs(found - known["cnn_logits"]).max() < 1e-4
        assert found.argmax() - 30 == known["offset_cnn"]
    known = np.load(fixtures / "heads.npz")
    for case in range(16):
        found = logits(in_corner(known[f"c{case:02d}_soft"])[None])[0]
        assert np.abs(found - known[f"c{case:02d}_cnn_logits"]).max() < 1e-4


def test_weights_of_another_network_are_refused(tmp_path):
    write_checkpoint(tmp_path / "x.safetensors", {"features.0.weight": torch.zeros(32, 1, 3, 3)}, {})
    with pytest.raises(ModelError, match="not complete weights of VideoSync"):
        open_published_cnn(tmp_path / "x.safetensors")
    with pytest.raises(ModelError, match="no network that reads matrices"):
        open_diagonal_cnn(tmp_path / "x.safetensors")


def made(config=SMALL, seed=0):
    """Return a network of some sizes with weights of chance."""
    torch.manual_seed(seed)
    return DiagonalCnn(config)


def noise(random, *sizes):
    return random.standard_normal(sizes)


def test_every_lag_with_enough_in_common_is_judged_and_no_other():
    found, none = answering(made())(noise(np.random.default_rng(0), 2, 30, 20))
    assert found.shape == (49,)
    common = np.minimum(np.minimum(np.arange(1, 50), np.arange(49, 0, -1)), 20)
    assert np.array_equal(np.isfinite(found), common >= SMALL.least)
    assert np.isfinite(none)


@pytest.mark.parametrize("sizes", [(3, 3), (11, 40), (1, 1)])
def test_too_little_to_judge_gives_no_lag(sizes):
    found, _ = answering(made())(noise(np.random.default_rng(0), 2, *sizes))
    assert not np.isfinite(found).any()


def test_of_noise_every_lag_gets_the_same_whatever_the_weights():
    """The noise probe, over networks that nobody trained: what is left is chance alone."""
    scores = []
    for seed in range(60):
        found, _ = answering(made(seed=seed % 6))(noise(np.random.default_rng(seed), 2, 48, 48))
        judged = np.isfinite(found)
        rise = found[judged] - found[judged].mean()
        scores.append(rise / rise.std())
    mean = np.mean(scores, axis=0)
    error = 1 / np.sqrt(len(scores))
    assert np.abs(mean).max() < 4.5 * error  # of 73 normal numbers one in two thousand tries is above
    assert abs(mean[mean.size // 2]) < 3 * error


def test_weights_come_back_from_a_file_with_their_sizes(tmp_path):
    net = made()
    temper = Temper(1.5, -0.4)
    told = {CONFIG: SMALL.to_json(), TEMPER: temper.to_json()}
    write_checkpoint(tmp_path / "net.safetensors", net.state_dict(), told)
    cells = noise(np.random.default_rng(1), 2, 30, 30)
    here, none = answering(net, temper=temper)(cells)
    there, also_none = open_diagonal_cnn(tmp_path / "net.safetensors")(cells)
    np.testing.assert_allclose(here, there, rtol=1e-5)  # memory lies elsewhere: sums in another order
    assert none == pytest.approx(also_none, rel=1e-5)


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"channels": 3}', '{"channels": [0]}', '{"channels": [4], "x": 1}', '{"layers": 0}'],
)
def test_sizes_that_cannot_be_are_refused(text):
    with pytest.raises(UsageError):
        DiagonalConfig.from_json(text)


@pytest.mark.parametrize("text", ["", "[]", '{"scale": 0}', '{"none": "x"}', '{"scale": 1, "more": 2}'])
def test_chances_that_cannot_be_weighed_are_refused(text):
    with pytest.raises(UsageError):
        Temper.from_json(text)


@pytest.mark.slow
def test_the_network_learns_to_find_a_diagonal_and_to_say_none():
    """A minute part of training: on matrices of noise, half of them with a diagonal that stands out."""
    random = np.random.default_rng(0)
    net = made(seed=1)
    steps = torch.optim.Adam(net.parameters(), 1e-2)
    for _ in range(60):
        matrices, target = batch(random, 16)
        found, none = net(matrices)
        loss = torch.nn.functional.cross_entropy(torch.cat([none[:, None], found], dim=1), target)
        steps.zero_grad()
        loss.backward()
        steps.step()
    matrices, target = batch(random, 64)
    found, none = net.eval()(matrices)
    right = torch.cat([none[:, None], found], dim=1).argmax(dim=1) == target
    assert right.float().mean() > 0.8


def batch(random, count, size=36, height=1.2):
    """Return layers, and 0 for noise or one more than the number of the lag that was planted in one layer."""
    cells, target = noise(random, count, 2, size, size), []
    for _, matrix in cells:
        lag = int(random.integers(-12, 13))
        planted = random.random() < 0.5
        if planted:
            row = np.arange(max(lag, 0), min(size, size + lag))
            matrix[row, row - lag] += height
        target.append(lag + size if planted else 0)
    cells -= cells.mean(axis=(2, 3), keepdims=True)
    cells /= cells.std(axis=(2, 3), keepdims=True)
    return torch.from_numpy(cells.astype(np.float32)), torch.tensor(target)
