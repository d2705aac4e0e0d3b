"""Archives: namesakes, missing files, a stop on the way."""

import zipfile
from dataclasses import replace

import opentimelineio as otio
import pytest

from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.export import otioz_file
from rushlock.export.delivery import Delivery


@pytest.fixture
def shoot(made_up, tmp_path):
    """Return two cards that hold a file of the same name, and a file that is gone."""
    rate, clips = made_up.rate("25"), []
    for camera in ("A", "B", "C"):
        path = tmp_path / "cards" / camera / "C0001 é#1.mov"
        path.parent.mkdir(parents=True)
        path.write_bytes(camera.encode() * 1000)
        clips.append(made_up.clip(camera, made_up.picture_file(path, rate, 50, sound=False)))
    (tmp_path / "cards" / "C" / "C0001 é#1.mov").unlink()
    placements = [made_up.placement(clip, 1.0) for clip in clips]
    return Delivery(tuple(clips), (), made_up.sync_map(*placements), "Day", rate)


def test_namesakes_of_two_cards_keep_their_names_and_contents(shoot, tmp_path):
    written = otioz_file.DIALECT.write(tmp_path / "day.otioz", shoot)
    with zipfile.ZipFile(written) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
    read = otio.schema.Timeline.from_json_file(str(tmp_path / "out" / "content.otio"))
    first, second, gone = read.find_clips()
    for clip, content in ((first, b"A"), (second, b"B")):
        path = tmp_path / "out" / otio.url_utils.filepath_from_url(clip.media_reference.target_url)
        assert path.name == "C0001 é#1.mov"
        assert path.read_bytes() == content * 1000
    assert isinstance(gone.media_reference, otio.schema.MissingReference)
    assert gone.media_reference.available_range == first.media_reference.available_range
    assert any("1 file not where it was" in sentence for sentence in otioz_file.DIALECT.losses(shoot))


def test_otios_own_reader_takes_it(shoot, tmp_path):
    written = otioz_file.DIALECT.write(tmp_path / "day.otioz", shoot)
    (tmp_path / "unpacked").mkdir()
    read = otio.adapters.read_from_file(str(written), extract_to_directory=str(tmp_path / "unpacked"))
    assert [clip.name for clip in read.find_clips()] == ["C0001 é#1.mov"] * 3


def test_a_stopped_archive_leaves_nothing_and_the_old_one_stays(shoot, tmp_path):
    destination = tmp_path / "day.otioz"
    destination.write_bytes(b"last night's")
    token = CancelToken()
    stage = otioz_file.DIALECT.export(destination, shoot, token)
    next(stage)
    token.cancel()
    with pytest.raises(Cancelled):
        drain(stage)
    assert destination.read_bytes() == b"last night's"
    assert {path.name for path in tmp_path.iterdir()} == {"cards", "day.otioz"}


def test_a_file_that_cannot_be_read_ends_the_archive_in_one_sentence(shoot, made_up, tmp_path):
    from rushlock.base.errors import ExportError

    clip = shoot.clips[0]
    with pytest.raises(ExportError):
        otioz_file.DIALECT.write(clip.path / "day.otioz", replace(shoot, clips=(clip,)))
