"""What ``bench video`` finds: cuts are what they claim, errors count from the truth, every head answers."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, drain
from rushlock.cli.main import main
from rushlock.evaluation.embedding_pair import one_clip
from rushlock.evaluation.matrix_training.descriptors import DESCRIPTORS
from rushlock.evaluation.seen_filming import filmed_track
from rushlock.evaluation.video_pair.answers import CURVE, answers
from rushlock.evaluation.video_pair.crops import REACH, cut, planted, planted_lags
from rushlock.evaluation.video_pair.drawn import motion_matrix
from rushlock.evaluation.video_pair.evidence import Frames, Motion, looked_at
from rushlock.features.motion import HOP_S, RATE
from rushlock.media.framing import Whole
from rushlock.media.pictures import frames
from rushlock.media.probe import probe
from rushlock.nets.frame_protocol import FrameLayout

TOKEN = CancelToken()
OFFSET = 11 * HOP_S
HEADS = ["diagonals", "votes", "free path", "argmax", "DTW", "always 0"]


class Plain:
    """A net to which every frame is what it looks like."""

    name, digest, experimental = "plain", "none", False
    layout = FrameLayout(frame_rate=25, picture=8, width=6, dims=6, stretch=40)

    def look(self, pictures):
        return pictures.reshape(len(pictures), -1)[:, :6].astype(np.float32)

    def embed(self, looks):
        return looks / np.linalg.norm(looks, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def motion():
    """Return two views of one generated scene, the second one's camera started eleven moments later."""
    master, node = (filmed_track(61, view, seconds=8.0) for view in (0, 1))
    begin = 11 + master.first - node.first
    late = node.part(begin, len(node))
    shifted = replace(late, first=late.first - 11)
    return Motion("motion", master, shifted, DESCRIPTORS["both"], whole=True)


@pytest.mark.parametrize("lag", [-30, -7, 0, 12, 30])
def test_a_cut_has_equal_lengths_and_the_planted_lag(motion, lag):
    rows, columns = cut(motion, OFFSET, lag)
    assert rows.stop - rows.start == columns.stop - columns.start > 100
    # The moment that both cuts begin with differs by the lag, on the master's clock.
    assert round((columns.start - rows.start) - motion.origin * RATE + OFFSET * RATE) == lag
    assert rows.stop <= motion.lengths[0]
    assert columns.stop <= motion.lengths[1]


def test_lags_are_planted_evenly_and_within_reach():
    lags = planted_lags(40)
    assert lags == planted_lags(40)
    assert -REACH <= min(lags) < -REACH + 3
    assert REACH - 3 < max(lags) <= REACH
    assert all(0 <= later - earlier <= 4 for earlier, later in pairwise(lags))


def test_every_head_answers_in_the_clips_own_time(motion):
    rows, columns = (slice(0, length) for length in motion.lengths)
    found = {each.head: each for each in answers(motion, rows, columns, TOKEN)}
    assert list(found) == [*HEADS, CURVE]
    for head in ("diagonals", "votes", "free path", CURVE):
        assert found[head].offset == pytest.approx(OFFSET, abs=HOP_S)
        assert found[head].chance + found[head].none <= 1 + 1e-9
    assert found["argmax"].chance is None


def test_always_zero_is_off_by_what_was_planted_and_the_diagonals_are_not(motion):
    lags = [-25, -4, 9, 30]
    found = {each.head: each.error for each in drain(planted(motion, OFFSET, lags, RATE, TOKEN))}
    assert found["always 0"].mean == pytest.approx(np.mean(np.abs(lags)))
    assert found["diagonals"].median <= 1
    assert found["diagonals"].pairs == len(lags)


def test_embedded_frames_are_compared_as_published_and_cut_before_they_are_embedded():
    looks = np.random.default_rng(2).standard_normal((90, 6)).astype(np.float32)
    embedded = Frames("plain", Plain(), looks, looks[20:], 1 / 25)
    found = {each.head: each for each in answers(embedded, slice(0, 90), slice(0, 70), TOKEN)}
    assert list(found) == HEADS
    assert found["diagonals"].offset == pytest.approx(20 / 25)
    cells, grid = embedded.matrix(slice(30, 60), slice(5, 35), TOKEN)
    assert grid.origin == pytest.approx(1.0)
    assert np.diagonal(cells, 5).max() == pytest.approx(0, abs=1e-6)  # row 30 + k is column 10 + k


def test_a_network_looks_at_the_frame_shown_at_each_moment_of_its_own_rate(public_media):
    path = public_media / "multicam_video" / "handpose_2cam" / "cam0.mp4"
    if not path.is_file():
        pytest.skip("no multi-view clips here")
    clip = drain(one_clip(path, probe, TOKEN))
    shown = [picture for at, picture in frames(clip, Whole(8, 8), TOKEN) if at < 2]
    looks = drain(looked_at(clip, Plain(), 2.0, TOKEN))
    assert len(looks) == 2 * 25
    at_30 = [number * 30 // 25 for number in range(50)]  # the last frame at or before number / 25 s
    assert np.array_equal(looks, Plain().look(np.stack(shown)[at_30]))


def test_clips_too_short_for_any_moment_are_told_apart_from_a_matrix_of_nothing(motion):
    short = Motion("motion", motion.master.part(0, 8), motion.node, motion.aspects)
    with pytest.raises(UsageError, match="too short"):
        motion_matrix([short])
    assert answers(short, slice(0, 8), slice(0, 90), TOKEN) == []


def test_the_command_prints_answers_and_writes_matrix_and_figures(
    public_media, tmp_path, capsys, monkeypatch
):
    folder = public_media / "multicam_video" / "handpose_2cam"
    if not folder.is_dir():
        pytest.skip("no multi-view clips here")
    out, drawn = tmp_path / "figures.json", tmp_path / "matrix.npz"
    clips = [str(folder / name) for name in ("cam0.mp4", "cam1.mp4")]
    asked = ["--seconds", "6", "--offset", "0", "--cuts", "2", "--heatmap", str(drawn), "--out", str(out)]
    code = main(["bench", "video", *clips, *asked])
    assert code == 0
    assert "all aspects" in capsys.readouterr().out
    figures = json.loads(out.read_text())
    by_head = {(a["evidence"], a["head"]): a["frames_off"] for a in figures["answers"]}
    assert by_head["motion", "diagonals"] <= 1
    assert {each["error"]["pairs"] for each in figures["planted"]} == {2}
    with np.load(drawn, allow_pickle=False) as arrays:
        assert abs(arrays["offsets"][np.argmax(arrays["probability"])]) <= HOP_S


@pytest.mark.parametrize("words", [["one"], ["one", "two", "three"], ["one", "two", "--cuts", "3"]])
def test_a_question_that_cannot_be_answered_is_refused(words, capsys):
    assert main(["bench", "video", *words]) != 0
    assert "Traceback" not in capsys.readouterr().err
