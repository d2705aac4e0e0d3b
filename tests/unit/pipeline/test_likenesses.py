"""Pictures of the report: a diagonal where two clips were planted together, of what the cache holds."""

import io
from dataclasses import replace

import av
import numpy as np
import pytest

from rushlock.base.progress import CancelToken, drain
from rushlock.cache.store import open_default
from rushlock.export.delivery import Delivery
from rushlock.features.gathering import TrackJob
from rushlock.features.hearing import hear_one
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.pipeline.likenesses import SIDE, with_likenesses
from rushlock.placements.sync_map import Evidence, Status
from rushlock.similarity.scales import SPAN

RATE, LAG = 16_000, 8.0


@pytest.fixture(scope="module")
def shoot(made_up, tmp_path_factory):
    """Two recorders that heard the same scene, the second from ``LAG`` seconds on, and a third without."""
    folder = tmp_path_factory.mktemp("sound")
    noise = np.random.default_rng(4)
    loud = np.repeat(noise.uniform(0, 1, 400) ** 3, RATE // 10)
    scene = noise.standard_normal(len(loud)) * loud * 0.3
    clips = []
    for name, first in (("A", 0.0), ("B", LAG), ("C", 0.0)):
        path = folder / f"{name}.wav"
        write(path, scene[round(first * RATE) : round((first + 30) * RATE)])
        clips.append(Clip(name, name, (probe(path),)))
    heard = Evidence("sound", "A", 100 + LAG, 0.001, 0.99, True, "sound of A.wav")
    placed = (
        made_up.placement(clips[0], 100.0),
        made_up.placement(clips[1], 100.0 + LAG, evidence=(heard,)),
        made_up.placement(clips[2], 100.0, status=Status.REVIEW, evidence=(heard,)),
    )
    return Delivery(tuple(clips), (), made_up.sync_map(*placed), "Day", made_up.rate("25"))


def write(path, samples):
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=RATE, layout="mono")
        whole = (samples * 32767).clip(-32767, 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(whole[None], format="s16", layout="mono")
        frame.sample_rate = RATE
        file.mux(stream.encode(frame))


def pixels(png):
    with av.open(io.BytesIO(png), format="png_pipe") as file:
        return next(file.decode(video=0)).to_ndarray(format="rgb24")


def test_a_pair_shows_its_diagonal_where_it_was_planted_and_the_unheard_are_left_out(shoot):
    cache = open_default(shoot.settings)
    for clip in shoot.clips[:2]:
        hear_one(TrackJob(str(clip.path), clip, cache))
    drawn = drain(with_likenesses(shoot, CancelToken(), cache))
    (likeness,) = drawn.likenesses
    assert (likeness.clip, likeness.other, likeness.kind) == ("B", "A", "sound")
    picture = pixels(likeness.png)
    height, width, _ = picture.shape
    assert SIDE / 4 < height <= SIDE
    dashed = np.argwhere((picture == 255).all(axis=2))
    cell = 30 / (height + SPAN - 1)  # a cell is a stretch of so many bins
    late = (dashed[:, 0] - dashed[:, 1]) * cell
    assert np.abs(late - LAG).max() <= 2 * cell
    lightness = picture.astype(int).sum(axis=2)
    beside = [lightness[row, column] for row, column in undashed(dashed, height, width)]
    assert np.mean(beside) > lightness.mean() + 2 * lightness.std()


def undashed(dashed, height, width):
    """Return the cells of the diagonal between the dashes."""
    shift = round(np.median(dashed[:, 0] - dashed[:, 1]))
    known = {tuple(cell) for cell in dashed}
    line = [(column + shift, column) for column in range(width) if 0 < column + shift < height]
    return [cell for cell in line if cell not in known]


def test_without_a_cache_a_report_has_no_pictures_and_all_else(shoot):
    empty = replace(shoot, name="another")
    drawn = drain(with_likenesses(empty, CancelToken(), open_default(empty.settings)))
    assert drawn == empty
