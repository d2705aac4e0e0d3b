"""Published datasets as ``bench video FOLDER`` reads them: pairs, planted lags, refusals."""

import json
import shutil

import numpy as np
import pytest

from rushlock.base.errors import UsageError
from rushlock.cli.main import main
from rushlock.evaluation.video_pair.layouts import PANOPTIC_FRAMES, REACH, laid_pairs

ONE, OTHER = "S001C001P001R001A002_rgb.avi", "S001C002P001R001A002_rgb.avi"


def length(_path):
    return 900


def ntu(folder, dropped=(7, 12), split="test"):
    notes = folder / "NTU-SYN" / "pose" / split
    notes.mkdir(parents=True)
    (folder / "raw_videos").mkdir(exist_ok=True)
    for name, count in zip((ONE, OTHER), dropped, strict=True):
        (folder / "raw_videos" / name).touch()
        (notes / f"{name}.json").write_text(json.dumps({"category_id": count}))


def test_ntu_pairs_begin_where_the_annotation_drops_frames(tmp_path):
    ntu(tmp_path)
    layout, (pair,) = laid_pairs(tmp_path, length, most=10)
    assert (layout, pair.starts, pair.lag, pair.frames) == ("ntu", (7, 12), 5, None)
    assert (pair.master.name, pair.node.name) == (ONE, OTHER)


def test_of_ntu_s_splits_only_the_test_split_is_asked(tmp_path):
    ntu(tmp_path)
    train = tmp_path / "NTU-SYN" / "pose" / "train"
    train.mkdir()
    for name in (ONE, OTHER):
        (train / name.replace("A002", "A003")).with_suffix(".avi.json").write_text('{"category_id": 1}')
        (tmp_path / "raw_videos" / name.replace("A002", "A003")).touch()
    assert len(laid_pairs(tmp_path, length, most=10)[1]) == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"category_id": -1}', '{"category_id": "x"}'])
def test_an_annotation_that_says_nothing_is_refused_by_name(tmp_path, text):
    ntu(tmp_path)
    (tmp_path / "NTU-SYN" / "pose" / "test" / f"{ONE}.json").write_text(text)
    with pytest.raises(UsageError, match=r"category_id|annotation"):
        laid_pairs(tmp_path, length, most=10)


def test_panoptic_windows_have_lags_within_reach_drawn_alike_every_time(tmp_path):
    videos = tmp_path / "171204_pose1" / "hdVideos"
    videos.mkdir(parents=True)
    for camera in (0, 3, 6):
        (videos / f"hd_00_{camera:02}.mp4").touch()
    layout, pairs = laid_pairs(tmp_path, length, most=100)
    assert layout == "panoptic"
    assert len(pairs) == 3 * 5
    assert laid_pairs(tmp_path, length, most=100)[1] == pairs
    lags = np.array([pair.lag for pair in pairs])
    assert np.abs(lags).max() <= REACH
    assert len(set(lags.tolist())) > 5
    for pair in pairs:
        assert min(pair.starts) >= 0
        assert max(pair.starts) + PANOPTIC_FRAMES <= length(pair.master)
    assert len(laid_pairs(tmp_path, length, most=4)[1]) == 4
    with pytest.raises(UsageError, match="too few frames"):
        laid_pairs(tmp_path, lambda _: PANOPTIC_FRAMES + REACH, most=1)


def test_pouring_s_two_views_are_paired_and_strays_are_left(tmp_path):
    for name in ("creamsoda_real_view_0", "creamsoda_real_view_1", "milk_real_view_0"):
        (tmp_path / f"{name}.mp4").touch()
    layout, (pair,) = laid_pairs(tmp_path, length, most=10)
    assert (layout, pair.scene) == ("pouring", "creamsoda_real")
    assert 0 in pair.starts
    assert -REACH <= pair.lag < REACH


def test_a_folder_with_no_such_layout_is_refused(tmp_path, capsys):
    assert main(["bench", "video", str(tmp_path)]) != 0
    assert "NTU" in capsys.readouterr().err


def test_the_table_of_a_dataset_counts_from_the_planted_lag(public_media, tmp_path, capsys):
    cameras = [public_media / "multicam_video" / "handpose_2cam" / f"cam{number}.mp4" for number in (0, 1)]
    if not all(path.is_file() for path in cameras):
        pytest.skip("no multi-view clips here")
    for number, path in enumerate(cameras):
        shutil.copy(path, tmp_path / f"hands_view_{number}.mp4")
    out = tmp_path / "figures.json"
    assert main(["bench", "video", str(tmp_path), "--out", str(out), "--quiet"]) == 0
    figures = json.loads(out.read_text())
    assert (figures["layout"], figures["pairs"], figures["skipped"]) == ("pouring", 1, [])
    errors = {(e["evidence"], e["head"]): e["error"]["mean"] for e in figures["errors"]}
    (planted,) = [value for (_, head), value in errors.items() if head == "always 0" and _ == "motion"]
    assert planted > 2  # else the next line would prove nothing
    assert errors["motion", "all aspects"] <= 1
