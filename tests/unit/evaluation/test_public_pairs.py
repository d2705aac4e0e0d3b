"""Published pairs: reading manifests, judging results."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from rushlock.base.clock import Clock, Piece
from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, drain
from rushlock.evaluation.labels import Labels
from rushlock.evaluation.public import (
    Expected,
    PairVerdict,
    evaluate_pairs,
    found_error,
    outcome_of,
    read_pairs,
)
from rushlock.evaluation.scene.blocks import seed_for
from rushlock.evaluation.scene.voices import Conversation, Talker
from rushlock.evaluation.writers import open_writer
from rushlock.media.clip import Clip, MediaFile
from rushlock.pipeline.request import SyncResult
from rushlock.placements.sync_map import Placement, Status, SyncMap


def a_manifest(folder, pairs, seconds=20.0):
    files = [
        {"file": f"set/{n}", "media": {"duration_s": seconds, "start_time_s": 0.0}}
        for n in ("a.wav", "b.wav")
    ]
    item = {"id": "set", "files": files, "ground_truth": {"pairs": pairs}}
    (folder / "manifest.json").write_text(json.dumps({"format": 1, "items": [item]}))
    return folder


def a_pair(**known):
    return {"a": "a.wav", "b": "b.wav", "start_b_minus_start_a": 3.0, "tolerance_s": 0.001, **known}


def a_result(a, b, status=Status.SYNCED, groups=(0, 0)):
    clips, placements = [], []
    for name, clock, group in (("a.wav", a, groups[0]), ("b.wav", b, groups[1])):
        file = MediaFile(Path("set") / name, 1, 1, name, "wav", Fraction(0), Fraction(20))
        clips.append(Clip(name, name, (file,)))
        placements.append(Placement(name, group, clock, status, 0.99, "sound"))
    return SyncResult(tuple(clips), (), SyncMap(tuple(placements), 1))


@pytest.mark.parametrize(
    ("off", "verdict"), [(0.0005, PairVerdict.EXACT), (0.02, PairVerdict.NEAR), (-0.05, PairVerdict.WRONG)]
)
def test_a_pair_is_judged_by_its_tolerance_and_by_a_frame(tmp_path, off, verdict):
    (pair,) = read_pairs(a_manifest(tmp_path, [a_pair(drift_ppm=0.0)]))
    found = outcome_of(pair, a_result(Clock.line(100.0), Clock.line(103.0 + off)))
    assert found.verdict is verdict
    assert found.error == pytest.approx(off)


def test_drift_is_part_of_the_truth(tmp_path):
    (pair,) = read_pairs(a_manifest(tmp_path, [a_pair(drift_ppm=50.0)]))
    found = outcome_of(pair, a_result(Clock.line(0.0, 1 + 10e-6), Clock.line(3.0 * (1 + 10e-6), 1 + 60e-6)))
    assert abs(found.error) < 1e-7
    assert found.drift_error == pytest.approx(0.0, abs=1e-2)


def test_each_stretch_of_a_spliced_file_is_judged(tmp_path):
    segments = [
        {"from_t_b": 0.0, "to_t_b": 8.0, "lag_s": 3.0},
        {"from_t_b": 8.0, "to_t_b": 20.0, "lag_s": 5.0},
    ]
    (pair,) = read_pairs(a_manifest(tmp_path, [a_pair(segments=segments)]))
    stepped = Clock((Piece(0.0, 3.0), Piece(8.0, 5.0)))
    assert outcome_of(pair, a_result(Clock.line(0.0), stepped)).verdict is PairVerdict.EXACT
    unstepped = outcome_of(pair, a_result(Clock.line(0.0), Clock.line(3.0)))
    assert unstepped.verdict is PairVerdict.WRONG
    assert unstepped.error == pytest.approx(-2.0)


def test_the_step_may_also_be_on_the_first_file():
    master = Clock((Piece(0.0, 0.0), Piece(10.0, 0.5)))
    assert found_error(master, Clock.line(12.5), Expected(0.0, 12.0)) == pytest.approx(0.0)


def test_unplaced_and_apart_and_review_are_told_apart(tmp_path):
    (together,) = read_pairs(a_manifest(tmp_path, [a_pair()]))
    (apart,) = read_pairs(a_manifest(tmp_path, [a_pair(start_b_minus_start_a=300.0)]))
    unplaced = a_result(Clock.line(0.0), Clock.line(0.0), groups=(0, 1))
    assert outcome_of(together, unplaced).verdict is PairVerdict.UNPLACED
    assert outcome_of(apart, unplaced).verdict is PairVerdict.APART
    offered = a_result(Clock.line(0.0), Clock.line(9.0), Status.REVIEW)
    assert outcome_of(together, offered).verdict is PairVerdict.REVIEW


def test_a_folder_without_a_manifest_is_said_to_have_none(tmp_path):
    with pytest.raises(UsageError, match=r"manifest\.json"):
        read_pairs(tmp_path)


@pytest.mark.slow
def test_a_pair_made_of_one_recording_is_found_within_tolerance(tmp_path):
    speech = Talker(seed_for(1), Conversation(1, 1, 8.0), 0).sound(0, 24 * 48000)[:, None] * np.float32(0.05)
    (tmp_path / "set").mkdir()
    for name, begin, end in (("a.wav", 0, 20 * 48000), ("b.wav", 3 * 48000, 23 * 48000)):
        writer = open_writer(tmp_path / "set" / name, 48000, 1, end - begin, Labels(name))
        writer.write(speech[begin:end])
        writer.close()
    report = drain(evaluate_pairs(a_manifest(tmp_path, [a_pair()]), CancelToken()))
    assert [outcome.verdict for outcome in report.outcomes] == [PairVerdict.EXACT]
    assert "none placed wrongly" in report.summary()
