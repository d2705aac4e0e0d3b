from dataclasses import replace
from pathlib import Path

import pytest

from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.media.fingerprint import fingerprint
from rushlock.placements.sync_map import SyncMap
from rushlock.project.document import Source
from rushlock.project.relink import RelinkResult, missing, moved_sources, relink, search


@pytest.fixture
def shoot(project, run, tmp_path):
    """A project of four clips whose files lie on disk, in cards/CAM_A and cards/CAM_B."""
    clips = []
    for number, clip in enumerate(run[0]):
        path = tmp_path / "cards" / clip.camera / clip.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes([number]) * (5000 + number // 2))
        file = replace(clip.files[0], path=path, size=path.stat().st_size, fingerprint=fingerprint(path))
        clips.append(replace(clip, files=(file,)))
    project.store_run(clips, (), SyncMap(()))
    project.set_sources([Source(tmp_path / "cards" / "CAM_A"), Source(tmp_path / "cards" / "CAM_B", "Jib")])
    return project


def paths_of(project):
    return [clip.path for clip in project.clips()]


def test_nothing_is_missing_while_nothing_moved(shoot, tmp_path):
    before = shoot.history()
    assert missing(shoot) == ()
    assert drain(relink(shoot, [tmp_path], CancelToken())) == RelinkResult({}, ())
    assert shoot.history() == before


def test_a_card_that_moved_is_found_and_so_is_its_folder(shoot, tmp_path):
    (tmp_path / "cards").rename(tmp_path / "drive é #2")
    assert len(missing(shoot)) == 4
    result = drain(relink(shoot, [tmp_path / "drive é #2"], CancelToken()))
    assert result.missing == missing(shoot) == ()
    assert shoot.sources() == (
        Source(tmp_path / "drive é #2" / "CAM_A"),
        Source(tmp_path / "drive é #2" / "CAM_B", "Jib"),
    )


def test_files_are_known_by_content_whatever_they_are_called_now(shoot, tmp_path):
    old = paths_of(shoot)
    new = [tmp_path / "sorted" / f"{n}.bin" for n in (3, 1, 2, 0)]
    new[0].parent.mkdir()
    for a, b in zip(old, new, strict=True):
        a.rename(b)
    drain(relink(shoot, [tmp_path / "sorted"], CancelToken()))
    assert paths_of(shoot) == new


def test_another_file_under_the_old_name_and_of_the_old_size_is_not_taken_for_it(shoot, tmp_path):
    first = paths_of(shoot)[0]
    first.unlink()
    impostor = tmp_path / "other" / first.name
    impostor.parent.mkdir()
    impostor.write_bytes(b"z" * 5000)
    result = drain(relink(shoot, [tmp_path / "other"], CancelToken()))
    assert [file.path for file in result.missing] == [first]
    assert paths_of(shoot)[0] == first


def test_a_file_that_became_shorter_counts_as_missing(shoot):
    paths_of(shoot)[0].write_bytes(b"short")
    assert [file.path for file in missing(shoot)] == paths_of(shoot)[:1]


def test_of_two_copies_the_one_with_the_old_name_is_taken(shoot, tmp_path):
    first = paths_of(shoot)[0]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "copy.mov").write_bytes(first.read_bytes())
    first.rename(tmp_path / "b" / first.name)
    drain(relink(shoot, [tmp_path / "a", tmp_path / "b"], CancelToken()))
    assert paths_of(shoot)[0] == tmp_path / "b" / first.name


def test_folders_that_are_missing_and_links_in_circles_do_no_harm(shoot, tmp_path):
    first = paths_of(shoot)[0]
    place = tmp_path / "found"
    place.mkdir()
    (place / "round").symlink_to(place, target_is_directory=True)
    (place / "dangling.mov").symlink_to(place / "nowhere")
    first.rename(place / first.name)
    drain(relink(shoot, [tmp_path / "missing", place, place], CancelToken()))
    assert paths_of(shoot)[0] == place / first.name


def test_a_cancelled_search_changes_nothing(shoot, tmp_path):
    (tmp_path / "cards").rename(tmp_path / "moved")
    before = paths_of(shoot)
    token = CancelToken()
    with pytest.raises(Cancelled):
        drain(relink(shoot, [tmp_path / "moved"], token), lambda _: token.cancel())
    assert paths_of(shoot) == before


def test_a_search_needs_no_project_and_may_run_in_any_thread(shoot, tmp_path):
    wanted = [file for clip in shoot.clips() for file in clip.files]
    (tmp_path / "cards").rename(tmp_path / "moved")
    result = drain(search(wanted, [tmp_path / "moved"], CancelToken()))
    assert set(result.moved) == {file.path for file in wanted}


def test_a_source_stays_where_it_is_when_its_files_went_different_ways(run):
    file = run[0][0].files[0]
    moved = {
        Path("/gone/A/1.mov"): replace(file, path=Path("/x/A/1.mov")),
        Path("/gone/A/2.mov"): replace(file, path=Path("/y/A/2.mov")),
        Path("/gone/B/1.mov"): replace(file, path=Path("/x/B/renamed.mov")),
        Path("/gone/C/day/1.mov"): replace(file, path=Path("/x/C/day/1.mov")),
        Path("/gone/one.wav"): replace(file, path=Path("/x/uno.wav")),
    }
    sources = [Source(Path("/gone") / name) for name in ("A", "B", "C", "one.wav", "untouched")]
    assert [source.path for source in moved_sources(sources, moved)] == [
        Path("/gone/A"),
        Path("/gone/B"),
        Path("/x/C"),
        Path("/x/uno.wav"),
        Path("/gone/untouched"),
    ]
