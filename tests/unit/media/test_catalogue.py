"""From folders to clips, end to end on small real files."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rushlock.base.errors import MediaError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.media.catalogue import catalogue
from rushlock.media.probe import probe


def gather(*paths, cameras=(), probe_one=probe):
    return drain(catalogue(paths, cameras, probe_one, CancelToken()))


@pytest.fixture
def cards(film, tmp_path):
    """Three cards with clips, chapters, a duplicate and rubbish."""
    film("CARD_A/DCIM/100GOPRO/GX010001.mp4", frames=10)
    film("CARD_A/DCIM/100GOPRO/GX020001.mp4", frames=11)
    film("CARD_A/DCIM/100GOPRO/GX010002.mp4", frames=12)
    film("CARD_B/C0002.mov", frames=13, timecode="10:00:00:00")
    film("CARD_B/C0001.mov", frames=14, timecode="11:00:00:00")
    film("SOUND/T001.m4a", frames=0)
    shutil.copy(tmp_path / "CARD_B" / "C0001.mov", tmp_path / "SOUND" / "copy.mov")
    (tmp_path / "CARD_B" / "C0003.mov").write_bytes(b"")
    (tmp_path / "CARD_B" / "still.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "CARD_B" / "C0001M01.XML").write_text("<a/>")
    return tmp_path


def test_clips_come_by_camera_then_time_with_chapters_joined(cards):
    found = gather(cards / "CARD_B", cards / "CARD_A", cards / "SOUND")
    assert [(clip.camera, [file.path.name for file in clip.files]) for clip in found.clips] == [
        ("CARD_A", ["GX010001.mp4", "GX020001.mp4"]),
        ("CARD_A", ["GX010002.mp4"]),
        ("CARD_B", ["C0002.mov"]),
        ("CARD_B", ["C0001.mov"]),
        ("SOUND", ["T001.m4a"]),
    ]
    assert found.clips[0].duration == sum(file.duration for file in found.clips[0].files)


def test_every_file_found_is_a_clips_or_listed_or_counted(cards):
    found = gather(cards)
    used = [file.path for clip in found.clips for file in clip.files]
    listed = [entry.path for entry in found.unreadable]
    on_disk = [path for path in cards.rglob("*") if path.is_file()]
    assert len(set(used) | set(listed)) + found.ignored == len(on_disk)
    assert not set(used) & set(listed)


def test_reasons_are_told_and_a_copy_names_its_original(cards):
    reasons = {entry.path.name: entry.reason for entry in gather(cards).unreadable}
    assert set(reasons) == {"C0003.mov", "still.jpg", "copy.mov"}
    assert "empty" in reasons["C0003.mov"]
    assert str(Path("CARD_B", "C0001.mov")) in reasons["copy.mov"]


def test_keys_follow_content_and_not_names(cards):
    before = {clip.key for clip in gather(cards).clips}
    (cards / "CARD_B").rename(cards / "RENAMED")
    assert {clip.key for clip in gather(cards).clips} == before
    assert all(len(key) == 32 and int(key, 16) >= 0 for key in before)


def test_given_is_the_path_as_the_user_wrote_it(cards, monkeypatch):
    monkeypatch.chdir(cards)
    assert gather(Path("CARD_B")).clips[0].given == str(Path("CARD_B", "C0002.mov"))


def test_one_bad_file_does_not_stop_the_others(cards):
    def fussy(path):
        if path.name == "T001.m4a":
            raise MediaError(path, "the disk reports an error")
        return probe(path)

    found = gather(cards / "SOUND", cards / "CARD_B", probe_one=fussy)
    assert len(found.clips) == 2
    assert "the disk reports an error" in [entry.reason for entry in found.unreadable]


def test_cameras_are_overruled_by_the_user(cards):
    found = gather(cards, cameras=[("Wide", cards / "CARD_B"), ("Wide", cards / "SOUND")])
    assert {clip.camera for clip in found.clips} == {"CARD_A", "Wide"}


def test_progress_counts_to_the_end_and_a_stop_is_heard_at_the_next_file(cards):
    seen = []
    drain(catalogue([cards], (), probe, CancelToken()), seen.append)
    reading = [step for step in seen if step.stage == "Reading clips"]
    assert (reading[0].done, reading[-1].done) == (0, reading[-1].total)

    token = CancelToken()

    def stop(path):
        token.cancel()
        return probe(path)

    with pytest.raises(Cancelled):
        drain(catalogue([cards], (), stop, token))


def test_dates_with_and_without_zone_sort_together(media_file, tmp_path):
    facts = {
        "a.mov": {"created": datetime(2024, 5, 6, 12, tzinfo=UTC)},
        "b.mov": {"created": datetime(2024, 5, 6, 11)},
        "c.mov": {},
    }
    for name in facts:
        (tmp_path / name).write_bytes(b"x")
    found = gather(tmp_path, cameras=[("A", tmp_path)], probe_one=lambda p: media_file(p, **facts[p.name]))
    assert [clip.name for clip in found.clips] == ["b.mov", "a.mov", "c.mov"]


def test_public_rushes_are_all_used_or_listed(public_media):
    folder = public_media / "camera_metadata"
    found = gather(folder)
    items = json.loads((folder / "manifest.json").read_text())["items"]
    media = [folder / entry["file"] for item in items for entry in item["files"] if entry.get("media")]
    assert {file.path for clip in found.clips for file in clip.files} == set(media)
    assert found.unreadable == ()
    split = {clip.camera for clip in found.clips if clip.name.startswith("A101_1_")}
    assert split == {"bwf_sounddevices tr1", "bwf_sounddevices tr2"}
