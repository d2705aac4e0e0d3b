"""The network that comes with Rushlock, under the noise probe: clips of equal length, one of them noise."""

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from rushlock.base.paths import shipped  # noqa: E402 - needs torch for what follows
from rushlock.evaluation.seen_filming import filmed_track  # noqa: E402
from rushlock.features.motion import RATE, track_of  # noqa: E402
from rushlock.nets.checksums import sha256  # noqa: E402
from rushlock.nets.offset_cnn.diagonal import open_diagonal_cnn  # noqa: E402
from rushlock.offsets.heads.matrix.moments import layered_matrix  # noqa: E402
from rushlock.offsets.heads.matrix.unbiased import Network  # noqa: E402

FRAMES = 120
PROBES, CLIPS = 20, 6


@pytest.fixture(scope="module")
def path():
    return shipped("models") / "offset_cnn.safetensors"


def noise(seed):
    random = np.random.default_rng((seed, 40))
    pictures = random.integers(0, 256, (FRAMES, 48, 48), dtype=np.uint8)
    return track_of(zip((np.arange(FRAMES) / RATE).tolist(), pictures, strict=True))


def test_noise_has_no_peak_at_zero_and_is_said_to_share_nothing(path):
    torch.set_num_threads(1)
    head = Network(open_diagonal_cnn(path))
    clips = [filmed_track(7_000 + number, 0, seconds=FRAMES / RATE) for number in range(CLIPS)]
    zero, judged, none, at_zero = 0, 0, [], []
    for seed in range(PROBES):
        blank = noise(seed)
        for clip in clips:
            cells, _ = layered_matrix(clip.part(0, len(blank)), blank.part(0, len(clip)))
            said = head.posterior(cells)
            zero += abs(said.best) <= 1
            judged = int((said.probability > 0).sum())
            none.append(said.none)
            at_zero.append(float(said.probability[np.abs(said.offsets) <= 1].sum()) / (1 - said.none))
    count = PROBES * CLIPS
    expected = count * 3 / judged
    # A Poisson count stays below its mean plus four standard deviations and four but once in ten thousand.
    assert zero <= expected + 4 * np.sqrt(expected) + 4
    assert np.mean(at_zero) < 3 * 3 / judged
    assert np.median(none) > 0.5


def test_the_record_beside_the_weights_is_theirs(path):
    record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert record["sha256"] == sha256(path)
    groups = {row["group"] for row in record["unseen"]["within 30 frames"]}
    assert "generated, 8 s" in groups
