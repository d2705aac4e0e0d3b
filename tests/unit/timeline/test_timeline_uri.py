"""File URIs, both ways, for every system on any system."""

import os
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushlock.timeline.uri import path_of, uri_of

NAMES = st.text(st.characters(exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in (".", "..")
)
WINDOWS_NAMES = NAMES.map(lambda name: "".join(c for c in name if c not in ':*?"<>|')).filter(
    lambda name: name.strip(". ") != ""
)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/media/CARD A/clip #1.mov"), "file:///media/CARD%20A/clip%20%231.mov"),
        (PurePosixPath("/media/100%/ä.mov"), "file:///media/100%25/%C3%A4.mov"),
        (PureWindowsPath(r"C:\Rushes\CARD A\clip#1.mov"), "file:///C:/Rushes/CARD%20A/clip%231.mov"),
        (PureWindowsPath(r"\\nas\show\Day 1\ö.mxf"), "file://nas/show/Day%201/%C3%B6.mxf"),
        (PureWindowsPath(r"\\?\D:\very long\a.mov"), "file:///D:/very%20long/a.mov"),
        (PureWindowsPath(r"\\?\UNC\nas\show\a.mov"), "file://nas/show/a.mov"),
    ],
)
def test_the_uri_is_what_an_nle_on_that_system_reads(path, uri):
    assert uri_of(path) == uri


@given(st.lists(NAMES, min_size=1))
def test_any_posix_path_comes_back(names):
    path = PurePosixPath("/", *names)
    uri = uri_of(path)
    assert path_of(uri) == path or PureWindowsPath(str(path)[1:]).drive
    assert uri.isascii()
    assert not urlsplit(uri).fragment
    assert not urlsplit(uri).query


@given(st.sampled_from(["C:\\", "z:\\", "\\\\server\\share\\"]), st.lists(WINDOWS_NAMES, min_size=1))
def test_any_windows_path_comes_back(anchor, names):
    path = PureWindowsPath(anchor, *names)
    assert path_of(uri_of(path)) == path


@given(st.binary(min_size=1).filter(lambda name: not set(name) & {0, 0x2F} and name not in (b".", b"..")))
def test_a_name_that_is_no_utf8_comes_back_byte_for_byte(name):
    path = PurePosixPath("/cards") / os.fsdecode(name)
    assert os.fsencode(path_of(uri_of(path))) == b"/cards/" + name


def test_what_others_write_is_understood():
    assert path_of("file://localhost/C%3a/Rushes/a.mov") == PureWindowsPath("C:/Rushes/a.mov")
    assert path_of("file://localhost/Volumes/a.mov") == PurePosixPath("/Volumes/a.mov")
    assert path_of("file:///m/a b#1.mov") == PurePosixPath("/m/a b#1.mov")
    assert path_of("rushes/a.mov") == PurePosixPath("rushes/a.mov")
    assert path_of(r"C:\Rushes\a.mov") == PureWindowsPath("C:/Rushes/a.mov")
    with pytest.raises(ValueError, match="not the URI of a file"):
        path_of("https://example.com/a.mov")


def test_a_relative_path_is_taken_from_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert path_of(uri_of(Path("a.mov"))) == PurePosixPath(tmp_path / "a.mov")
