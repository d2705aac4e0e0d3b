"""Walking folders: each file once, in people's order, and a reason for whatever cannot be looked at."""

import inspect
import os
import sys
import time
from pathlib import Path

import pytest

from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.media.scan import scan

TS = (b"\x47" + bytes(187)) * 6


def scanned(*paths):
    return drain(scan(paths, CancelToken()))


@pytest.fixture
def tree(tmp_path):
    def make(*names, content=b"x"):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return tmp_path

    return make


def names(result, root):
    return [found.path.relative_to(root).as_posix() for found in result.files]


def test_files_come_in_the_order_people_count(tree):
    root = tree("B/clip10.mov", "B/clip2.mov", "A/x.wav", "clip1.mp4")
    assert names(scanned(root), root) == ["clip1.mp4", "A/x.wav", "B/clip2.mov", "B/clip10.mov"]


def test_a_folder_given_twice_and_its_parts_count_once(tree):
    root = tree("A/x.mov", "A/B/y.mov")
    assert (
        len(scanned(root, root, root / "A", root / "A" / "B" / "y.mov", root / "A" / ".." / "A").files) == 2
    )


def test_what_was_given_is_kept_as_it_was_written(tree, monkeypatch):
    root = tree("CARD A/DCIM/x.mov")
    monkeypatch.chdir(root)
    (found,) = scanned(Path("CARD A")).files
    assert found.given == str(Path("CARD A", "DCIM", "x.mov"))
    assert found.path == root / "CARD A" / "DCIM" / "x.mov"


def test_links_loops_and_hard_links_count_once(tree):
    root = tree("A/x.mov")
    (root / "A" / "loop").symlink_to(root, target_is_directory=True)
    (root / "A" / "again.mov").symlink_to(root / "A" / "x.mov")
    os.link(root / "A" / "x.mov", root / "A" / "hard.mov")
    assert len(scanned(root).files) == 1


def test_a_link_that_points_nowhere_is_listed(tree):
    root = tree("A/x.mov")
    (root / "A" / "gone.mov").symlink_to(root / "nowhere")
    (root / "A" / "self.mov").symlink_to(root / "A" / "self.mov")
    result = scanned(root)
    assert len(result.files) == 1
    assert sorted(entry.path.name for entry in result.unreadable) == ["gone.mov", "self.mov"]


def test_junk_sidecars_thumbnails_and_proxies_are_only_counted(tree):
    root = tree(
        "DCIM/100GOPRO/GX010001.MP4",
        "DCIM/100GOPRO/GL010001.LRV",
        "DCIM/100GOPRO/GX010001.THM",
        "DCIM/100GOPRO/._GX010001.MP4",
        "DCIM/100GOPRO/.DS_Store",
        "Thumbs.db",
        ".Trashes/old.mov",
        "$RECYCLE.BIN/old.mov",
        "PRIVATE/M4ROOT/CLIP/C0001.MP4",
        "PRIVATE/M4ROOT/CLIP/C0001M01.XML",
        "PRIVATE/M4ROOT/SUB/C0001S03.MP4",
        "PRIVATE/M4ROOT/THMBNL/C0001T01.JPG",
        "RED/A001.mov",
        "RED/Proxy/A001.mov",
        "RED/Proxy/B999.mov",
    )
    assert names(scanned(root), root) == [
        "DCIM/100GOPRO/GX010001.MP4",
        "PRIVATE/M4ROOT/CLIP/C0001.MP4",
        "RED/A001.mov",
        "RED/Proxy/B999.mov",
    ]


def test_proxies_are_used_where_they_are_all_there_is(tree):
    root = tree("Proxy/A001.mov")
    assert names(scanned(root / "Proxy"), root) == ["Proxy/A001.mov"]


def test_names_that_say_nothing_are_told_by_their_first_bytes(tree):
    root = tree("recording", content=TS)
    (root / "notes").write_bytes(b"meet at nine")
    (root / "empty").write_bytes(b"")
    result = scanned(root)
    assert names(result, root) == ["recording"]
    assert result.ignored == 2


def test_a_file_that_the_user_names_is_always_a_candidate(tree):
    root = tree("notes.txt")
    assert len(scanned(root / "notes.txt").files) == 1
    assert len(scanned(root).files) == 0


def test_what_is_not_there_is_listed(tmp_path):
    (entry,) = scanned(tmp_path / "CARD_Z").unreadable
    assert (entry.path.name, entry.reason) == ("CARD_Z", "there is no such file or folder")


def test_a_folder_that_may_not_be_entered_is_listed_and_the_rest_goes_on(tree, monkeypatch):
    root = tree("A/x.mov", "B/y.mov")
    listing = os.scandir

    def guarded(path):
        if os.fspath(path).endswith("A"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", guarded)
    result = scanned(root)
    assert names(result, root) == ["B/y.mov"]
    assert [(entry.path.name, entry.reason) for entry in result.unreadable] == [
        ("A", "permission denied: you may not read it")
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_listed(tree):
    root = tree("A/x.mov")
    (root / "A").chmod(0)
    try:
        assert [entry.path.name for entry in scanned(root).unreadable] == ["A"]
    finally:
        (root / "A").chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_opened(tree):
    root = tree("A/x.mov")
    os.mkfifo(root / "A" / "live.mov")
    assert len(scanned(root).files) == 1
    assert scanned(root / "A" / "live.mov").unreadable[0].reason == "it is neither a file nor a folder"


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names")
def test_odd_names_are_found(tmp_path):
    for name in (b"new\nline.mov", "\U0001f3a5.mov".encode(), b"caf\xe9.mov", b"#1 %s?.mov"):
        (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    assert len(scanned(tmp_path).files) == 4


def test_folders_nested_deeper_than_python_recurses_are_walked(tmp_path):
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "x.mov").write_bytes(b"x")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        assert len(scanned(tmp_path).files) == 1
    finally:
        sys.setrecursionlimit(limit)


def test_ten_thousand_files_take_seconds_and_stop_at_once(tree):
    root = tree(*(f"CAM_{n % 20}/C{n:05}.{('mov', 'xml', 'bin', 'wav')[n % 4]}" for n in range(10_000)))
    began = time.process_time()
    assert len(scanned(root).files) == 5000
    assert time.process_time() - began < 5
    token = CancelToken()
    stage = scan([root], token)
    next(stage)
    token.cancel()
    with pytest.raises(Cancelled):
        next(stage)
