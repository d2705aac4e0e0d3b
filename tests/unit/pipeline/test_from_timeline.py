"""Media of a timeline: cameras by tracks, relinked only where it is beyond doubt."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path, PureWindowsPath

import pytest

from rushlock.base.errors import MediaError, UsageError
from rushlock.base.progress import CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.pipeline.from_timeline import media_of, wanted_media
from rushlock.timeline.read import MediaSpan, TimelineRow

PAL = FrameRate(Fraction(25))
TEN = Timecode.parse("10:00:00:00", PAL)


def row(path, camera="V1", kind="Video", start=TEN, seconds=Fraction(10)):
    return TimelineRow(
        camera, camera, kind, "x", path, Fraction(0), Fraction(1), start, True, MediaSpan(start, seconds)
    )


@pytest.fixture
def probe(made_up):
    """Return a probe of files that hold "timecode frames"."""

    def probe_one(path):
        try:
            label, frames = path.read_text().split()
        except ValueError as error:
            raise MediaError(path, "broken") from error
        return made_up.picture_file(path, PAL, int(frames), Timecode.parse(label, PAL))

    return probe_one


@pytest.fixture
def put(tmp_path):
    """Write a file that the probe reads."""

    def write(name, label="10:00:00:00", frames=250):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{label} {frames}")
        return path

    return write


def found(rows, folders, probe):
    return drain(media_of(rows, folders, probe, CancelToken())).at_least_one


def test_a_files_camera_is_its_video_track_whatever_sound_tracks_it_lies_on(put):
    path = put("A/a.mov")
    rows = [row(path, "A1", "Audio"), row(path, "CAM_A"), row(path, "V2")]
    assert [(want.path, want.camera) for want in wanted_media(rows)] == [(path, "CAM_A")]


def test_a_file_that_lies_where_the_timeline_says_is_taken_unprobed(put):
    path = put("A/a.mov", "00:00:00:00", 1)
    assert found([row(path)], [], None).files == (("V1", path),)


def test_moved_media_are_found_by_name_timecode_and_length_also_from_windows(put, probe, tmp_path):
    put("new/1/A001.MOV", "11:00:00:00")
    put("new/2/A001.mov", frames=251)
    right = put("new/3/a001.mov", frames=250)
    put("new/4/A001.mov", frames=300)
    result = found(
        [row(PureWindowsPath("D:\\day\\A001.mov"), seconds=Fraction(249, 25) + Fraction(1, 50))],
        [tmp_path / "new"],
        probe,
    )
    assert result.files == (("V1", right),)


def test_two_that_fit_are_none_and_the_reason_names_them(put, probe, tmp_path):
    here = put("here.mov")
    put("new/1/a.mov")
    put("new/2/a.mov")
    result = found([row(Path("/gone/a.mov")), row(here)], [tmp_path / "new"], probe)
    assert result.files == (("V1", here),)
    ((want, reason),) = result.lost
    assert (want.path.name, reason.split(",")[0]) == ("a.mov", "2 files fit equally well")


@pytest.mark.parametrize("label", ["10:00:00:02", "09:00:00:00"])
def test_another_timecode_is_another_take(put, probe, tmp_path, label):
    put("new/a.mov", label)
    with pytest.raises(UsageError, match="another timecode or length"):
        found([row(Path("/gone/a.mov"))], [tmp_path / "new"], probe)


def test_a_file_that_cannot_be_read_is_not_the_one(probe, tmp_path):
    (tmp_path / "a.mov").write_text("")
    with pytest.raises(UsageError, match="none of the timeline's 1 media files"):
        found([row(Path("/gone/a.mov"))], [tmp_path], probe)


def test_a_timeline_without_media_is_one_sentence(probe):
    with pytest.raises(UsageError, match="no media"):
        found([replace(row(None))], [], probe)
