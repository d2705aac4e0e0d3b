"""The scorer against sync maps whose faults were planted."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.base.clock import Clock
from rushlock.evaluation.calibration_figures import auroc, brier, reliability
from rushlock.evaluation.score import Verdict, pooled, score
from rushlock.evaluation.truth import ClipTruth, Truth
from rushlock.media.clip import Clip, MediaFile
from rushlock.pipeline.request import SyncResult
from rushlock.placements.sync_map import Placement, Status, SyncMap

FOLDER = Path("/shoot")
STARTS = (0.0, 12.5, 30.25, 47.0, 61.125)
PPMS = (0.0, 20.0, -15.0, 8.0, -40.0)


def a_truth(overlaps=True, travels=(0.0,) * 5):
    clips = {}
    for number, (start, ppm, travel) in enumerate(zip(STARTS, PPMS, travels, strict=True)):
        rate = 1 + ppm * 1e-6
        name = f"CAM_{number}/clip.wav"
        clips[name] = ClipTruth(
            f"CAM_{number}",
            "here",
            start,
            ((0.0, start, rate),),
            40.0,
            rate,
            travel,
            False,
            overlaps,
            20.0,
            None,
            None,
        )
    return Truth("planted", 1, 36000.0, clips)


def a_clip(path):
    file = MediaFile(FOLDER / path, 1, 1, path, "wav", Fraction(0), Fraction(40))
    return Clip(key=path, camera=path.split("/")[0], files=(file,))


def a_result(truth, shift=100.0, master_ppm=0.0, heard=False):
    """Return what a perfect run would find, on a project clock that runs by the master's rate."""
    scale = 1 / (1 + master_ppm * 1e-6)
    placements = []
    for path, known in truth.clips.items():
        start = known.start - (known.travel if heard else 0.0)
        clock = Clock.line(shift + scale * start, scale * known.rate)
        placements.append(Placement(path, 0, clock, Status.SYNCED, 0.999, "sound"))
    return SyncResult(
        tuple(map(a_clip, truth.clips)), (), SyncMap(tuple(placements), 1, master="CAM_0/clip.wav")
    )


def with_placement(result, path, **changes):
    placements = tuple(replace(p, **changes) if p.clip == path else p for p in result.sync_map.placements)
    return replace(result, sync_map=replace(result.sync_map, placements=placements))


@given(st.floats(-1e5, 1e5), st.sampled_from(PPMS))
def test_a_perfect_map_has_no_error_wherever_its_zero_lies_and_whosever_clock_it_keeps(shift, ppm):
    truth = a_truth()
    master = f"CAM_{PPMS.index(ppm)}/clip.wav"
    result = a_result(truth, shift, ppm)
    result = replace(result, sync_map=replace(result.sync_map, master=master))
    found = score(result, truth, FOLDER)
    assert len(found.placed) == 5
    assert not found.wrong
    assert found.errors().max() < 1e-9
    assert found.drift_errors(shortest=0).max() < 1e-4


def test_one_wrong_clip_is_found_and_does_not_move_the_others():
    truth = a_truth()
    path = "CAM_3/clip.wav"
    result = with_placement(a_result(truth), path, clock=Clock.line(100.0 + STARTS[3] + 7.5))
    found = score(result, truth, FOLDER)
    assert [clip.path for clip in found.wrong] == [path]
    assert found.wrong[0].heard_error == pytest.approx(7.5)
    assert found.as_dict()["placed_wrongly_share"] == 0.2
    assert sorted(found.errors())[:4] == pytest.approx([0.0] * 4, abs=1e-9)


def test_a_clip_left_out_is_told_from_one_said_to_be_ambiguous_and_one_kept_out():
    truth = a_truth()
    result = a_result(truth)
    result = with_placement(
        result, "CAM_1/clip.wav", clock=None, group=None, status=Status.UNSYNCED, reason="?"
    )
    ambiguous = {"clock": None, "group": None, "status": Status.UNSYNCED, "reason": "two equally good places"}
    result = with_placement(result, "CAM_2/clip.wav", **ambiguous)
    found = score(result, truth, FOLDER)
    assert [clip.path for clip in found.left_out] == ["CAM_1/clip.wav"]
    assert [clip.path for clip in found.ambiguous] == ["CAM_2/clip.wav"]
    lonely = score(result, a_truth(overlaps=False), FOLDER)
    assert [clip.verdict for clip in lonely.clips[1:3]] == [Verdict.KEPT_OUT] * 2
    assert len(lonely.strays) == 5
    assert len(lonely.strays_kept_out) == 2


def test_a_clip_offered_for_review_at_a_wrong_place_is_no_wrong_placement():
    truth = a_truth()
    off = Clock.line(100.0 + STARTS[4] - 3.0)
    result = with_placement(
        a_result(truth), "CAM_4/clip.wav", clock=off, status=Status.REVIEW, confidence=0.4
    )
    found = score(result, truth, FOLDER)
    assert not found.wrong
    assert [clip.path for clip in found.wrong_in_review] == ["CAM_4/clip.wav"]
    assert found.auroc == 1.0
    assert found.brier == pytest.approx((4 * 0.001**2 + 0.4**2) / 5)


def test_travel_time_is_taken_out_where_asked():
    travels = (0.0, 0.01, 0.03, 0.06, 0.09)
    truth = a_truth(travels=travels)
    found = score(a_result(truth, heard=True), truth, FOLDER)
    assert found.errors().max() < 1e-9
    assert found.errors(heard=False).max() > 0.03
    assert not found.wrong


def test_of_two_clips_only_one_has_an_error_and_it_is_the_whole():
    whole = a_truth()
    truth = replace(whole, clips=dict(list(whole.clips.items())[:2]))
    result = with_placement(
        a_result(truth), "CAM_1/clip.wav", clock=Clock.line(100 + STARTS[1] + 0.01, 1 + 20e-6)
    )
    assert score(result, truth, FOLDER).errors() == pytest.approx([0.01])


def test_a_drift_that_carries_the_end_off_by_more_than_a_frame_is_wrong():
    truth = a_truth()
    result = with_placement(a_result(truth), "CAM_2/clip.wav", clock=Clock.line(100.0 + STARTS[2], 1.0015))
    assert [clip.path for clip in score(result, truth, FOLDER).wrong] == ["CAM_2/clip.wav"]


def test_a_clip_that_the_run_lost_is_unreadable_not_forgotten():
    truth = a_truth()
    result = a_result(truth)
    result = replace(result, clips=result.clips[1:])
    assert [clip.verdict for clip in score(result, truth, FOLDER).clips].count(Verdict.UNREADABLE) == 1


def test_pooled_scores_add_up():
    truth = a_truth()
    both = pooled([score(a_result(truth), truth, FOLDER)] * 2)
    assert len(both.clips) == 10
    assert both.as_dict()["shoots"] == 2
    assert ("clips", "10") in both.table()


def test_calibration_figures_on_known_cases():
    confidence, right = np.array([0.9, 0.8, 0.3, 0.1]), np.array([True, True, False, False])
    assert auroc(confidence, right) == 1.0
    assert auroc(confidence, ~right) == 0.0
    assert auroc(np.full(4, 0.5), right) == 0.5
    assert auroc(confidence, np.ones(4, bool)) is None
    assert brier(confidence, right) == pytest.approx((0.01 + 0.04 + 0.09 + 0.01) / 4)
    points = reliability(np.array([0.96, 0.96, 0.96, 0.2]), np.array([True, True, False, False]))
    assert [(p.count, round(p.right, 3)) for p in points] == [(1, 0.0), (3, 0.667)]
