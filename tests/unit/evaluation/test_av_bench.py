"""Networks measured on clips in sync: an oracle is right on real files, lists mean the files they name."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.evaluation.av.layouts import asked_of, read_fixed, read_sparse
from rushlock.evaluation.av.measure import ask, coarse_of, figures, folded
from rushlock.evaluation.av.trials import Trial, drawn_trials
from rushlock.evaluation.embedding_pair import one_clip
from rushlock.evaluation.labels import Labels
from rushlock.evaluation.writers import PictureFormat, open_writer
from rushlock.media.probe import probe
from rushlock.nets.protocol import SegmentLayout

SECONDS, RATE = 16, 16000
CLASSES = tuple(round(-2 + 0.2 * n, 3) for n in range(21))
BRIGHT = 12.0
"""Levels of brightness for each second of the clip."""


class Oracle:
    """Reads the time off a clip that shows and sounds it; two segments of a second make a window."""

    name, digest, experimental = "oracle", "0", False
    layout = SegmentLayout(
        frame_rate=25,
        sample_rate=RATE,
        frames=25,
        samples=RATE,
        hop_frames=25,
        picture=16,
        shorter_side=16,
        window=2,
        classes=CLASSES,
    )

    def embed_pictures(self, segments):
        return (segments[:, 0].mean(axis=(1, 2, 3)) / BRIGHT)[:, None, None].astype(np.float32)

    def embed_sound(self, segments):
        turns = np.abs(np.fft.rfft(segments[:, :1600], 16000)).argmax(axis=1)  # its pitch is its time
        return (turns / 200.0 - 1.0)[:, None, None].astype(np.float32)

    def offset_logits(self, pictures, sound):
        apart = (sound - pictures)[:, 0, 0, 0]
        return (-np.abs(np.array(CLASSES) - apart[:, None])).astype(np.float32) * 50

    def belonging_logits(self, pictures, sound):
        return None


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Brightness rises by 12 levels a second, pitch by 200 Hz from 200 Hz on."""
    path = tmp_path_factory.mktemp("clips") / "telling.mov"
    rate = FrameRate.parse("25")
    writer = open_writer(
        path, RATE, 1, SECONDS * RATE, Labels("telling", "A"), PictureFormat(64, 64, rate, 25)
    )
    times = np.arange(SECONDS * RATE) / RATE
    pitch = 200.0 * (1 + np.floor(times / 0.1) * 0.1 + 0.05)
    loud = np.random.default_rng(5).uniform(0.05, 0.9, SECONDS * 10).repeat(RATE // 10)  # no steady tone
    writer.write((loud * np.sin(2 * np.pi * np.cumsum(pitch) / RATE))[:, None].astype(np.float32))
    for number in range(SECONDS * 25):
        level = round(BRIGHT * number / 25)
        writer.write_frame(np.full((64, 64, 3), level, np.uint8), number / rate.fps)
    writer.close()
    return drain(one_clip(path, probe, CancelToken()))


def test_an_oracle_is_right_at_every_offset_so_signs_and_starts_are(clip):
    trials = drawn_trials([clip], Oracle.layout, 21, 1.0, 4)
    assert sorted(trial.offset for trial in trials) == sorted(CLASSES)
    found = drain(ask(Oracle(), trials, 1.0, 4, CancelToken()))
    assert not found.unusable
    assert {each.windows for each in found.answers} == {4}
    told = figures(found, CLASSES)
    assert set(told) == {"single", "mean"}
    assert told["mean"]["near"]["1"] == 1.0
    assert told["mean"]["mae_s"] < 0.1  # half a class: eight bits of brightness tell 0.08 s
    assert told["mean"]["coarse"]["accuracy"]["1"] > 0.8


def test_what_a_clip_cannot_answer_is_said_and_the_rest_goes_on(clip):
    trials = [Trial(clip, 1.0, -2.0), Trial(clip, SECONDS - 1.0, 0.0), Trial(clip, 3.0, 0.4, "bright")]
    found = drain(ask(Oracle(), trials, 1.0, 30, CancelToken()))
    assert [round(each.offset, 1) for each in found.answers] == [0.4]
    assert len(found.unusable) == 2
    assert found.answers[0].windows == 11  # the last begins at 13.4 s and is two seconds long
    assert figures(found, CLASSES)["single"]["kinds"]["bright"]["items"] == 1


def test_classes_fold_into_late_in_time_and_early():
    assert coarse_of(np.array([-2.0, -0.6, -0.5, 0.0, 0.5, 0.6, 2.0])).tolist() == [0, 0, 1, 1, 1, 2, 2]
    chances = np.full((1, 21), 1 / 21)
    assert folded(chances, np.array(CLASSES))[0] == pytest.approx([8 / 21, 5 / 21, 8 / 21])


def _clip(path):
    return SimpleNamespace(path=Path(path))


def test_lists_of_sparse_sync_name_clips_by_stem_or_by_folder(tmp_path):
    listed = tmp_path / "test.csv"
    listed.write_text(
        "path,offset_sec,vstart_sec\nab-C_1_30000_40000,-0.2,3.2\npretrain/xyz/00007,1.4,0.8\ngone,0.0,0.0\n"
    )
    here = [_clip("/set/video/ab-C_1_30000_40000.mp4"), _clip("/set/pretrain/xyz/00007.mp4"),
            _clip("/set/pretrain/other/00007.mp4")]  # fmt: skip
    found = asked_of(here, read_fixed(listed))
    assert [(t.clip, t.start, t.offset) for t in found.trials] == [(here[0], 3.2, -0.2), (here[1], 0.8, 1.4)]
    assert found.missing == 1


def test_lists_of_stream_sync_name_files_of_many_starts(tmp_path):
    listed = tmp_path / "test.json"
    listed.write_text('{"a_b-C_0_300_20_0": {"offset_sec": -0.41, "v_start_i_sec": 20.0}}')
    here = [_clip("/real/a_b-C/a_b-C_0_300.mkv")]
    found = asked_of(here, read_fixed(listed))
    assert [(t.start, t.offset) for t in found.trials] == [(18.0, -0.41)]


def test_the_sparse_subset_leaves_out_all_other_clips(tmp_path):
    subset = tmp_path / "sparse.csv"
    subset.write_text("-7tYmeOmsRg,58,people eating crisps,test\n--56QUhyDQM,185,playing tennis,train\n")
    kinds = read_sparse(subset)
    assert kinds == {"-7tYmeOmsRg_58000_68000": "people eating crisps"}
    listed = tmp_path / "test.csv"
    listed.write_text("path,offset_sec,vstart_sec\n-7tYmeOmsRg_58000_68000,1.0,3.92\nother_0_10000,0.2,0.0\n")
    found = asked_of([_clip("/v/-7tYmeOmsRg_58000_68000.mp4"), _clip("/v/other_0_10000.mp4")],
                     read_fixed(listed), kinds)  # fmt: skip
    assert [t.kind for t in found.trials] == ["people eating crisps"]


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "{", '{"x": {"offset": 1}}', "path,offset_sec,vstart_sec\nx,?,1\n"]
)
def test_a_list_that_is_none_is_refused_in_words(tmp_path, text):
    path = tmp_path / "list"
    path.write_text(text)
    with pytest.raises(UsageError, match="no list of offsets"):
        read_fixed(path)
