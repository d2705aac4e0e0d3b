"""The picture shown at an instant is the right one, to the frame; where nothing is scaled, to the byte."""

import hashlib
import json
import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from rushlock.base.errors import MediaError
from rushlock.base.progress import Cancelled, CancelToken
from rushlock.media import hardware
from rushlock.media.ahead import Ahead
from rushlock.media.clip import Clip
from rushlock.media.framing import Middle, Whole
from rushlock.media.opening import open_container
from rushlock.media.pictures import PictureReader, pictures
from rushlock.media.probe import probe

SMALL = Whole(8, 8)


def bits(number):
    """A picture that shows a number as two rows of black and white squares; survives any codec."""
    squares = [(number >> k & 1) * 200 + 20 for k in range(8)]
    row = np.repeat(np.array(squares, np.uint8), 8)
    return np.repeat(np.broadcast_to(row, (64, 64))[..., None], 3, axis=2)


def number_in(picture):
    """Read what ``bits`` wrote."""
    row = picture.reshape(8, 8, -1).mean(axis=(0, 2))
    return sum((value > 120) << k for k, value in enumerate(row))


@pytest.fixture
def numbered(tmp_path):
    """Write a clip whose n-th frame shows n, presented at given ticks, and return its file."""

    def write(name, ticks, tick, codec="libx264", options=None, rotate=False):
        path = tmp_path / name
        with av.open(str(path), "w") as container:
            stream = container.add_stream(codec, rate=25, options=options or {})
            stream.width = stream.height = 64
            stream.pix_fmt = "yuv420p"
            stream.codec_context.time_base = tick
            for number, at in enumerate(ticks):
                frame = av.VideoFrame.from_ndarray(bits(number), "rgb24")
                frame.pts, frame.time_base = at, tick
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
        return probe(path)

    return write


def clip_of(*files):
    return Clip("00", "A", tuple(files))


def seen(clip, start, rate, count):
    found = pictures(clip, SMALL, Fraction(start), Fraction(rate), count, CancelToken(), kind="gray")
    return {number: number_in(np.repeat(np.repeat(p, 8, 0), 8, 1)[..., None][:8]) for number, p in found}


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.avi"])
def test_at_the_clips_own_rate_every_frame_comes_once(numbered, name):
    codec = "mpeg4" if name.endswith("avi") else "libx264"
    file = numbered(name, range(100), Fraction(1, 25), codec, {"g": "30"})
    assert seen(clip_of(file), 0, 25, 100) == {n: n for n in range(100)}


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
@pytest.mark.parametrize("first", [1, 29, 30, 31, 77, 99])
def test_seeking_lands_on_the_very_frame_asked_for(numbered, name, first):
    file = numbered(name, range(100), Fraction(1, 25), options={"g": "30", "bf": "2"})
    assert seen(clip_of(file), Fraction(first, 25), 25, 1) == {0: first}


def test_open_groups_of_pictures_and_a_single_key_frame_are_found_in(numbered):
    for options in ({"g": "24", "x264-params": "open-gop=1:bframes=3"}, {"g": "250", "bf": "3"}):
        file = numbered("a.mp4", range(120), Fraction(1, 25), options=options)
        for first in (23, 24, 25, 47, 100):
            assert seen(clip_of(file), Fraction(first, 25), 25, 3) == {0: first, 1: first + 1, 2: first + 2}


def test_a_variable_rate_shows_what_is_on_screen_at_each_instant(numbered):
    random = np.random.default_rng(5)
    ticks = np.concatenate([[0], np.cumsum(random.choice([300, 600, 1200, 3600], 90))])
    file = numbered("a.mp4", [int(t) for t in ticks], Fraction(1, 18000), options={"g": "12"})
    wanted = {}
    for number in range(200):
        at = Fraction(number, 30) + Fraction(1, 100)
        if at * 18000 < ticks[-1]:
            wanted[number] = int(np.searchsorted(ticks, at * 18000, side="right") - 1)
    found = seen(clip_of(file), Fraction(1, 100), 30, len(wanted))
    assert found == wanted


def test_milliseconds_of_matroska_do_not_turn_ntsc_frames_to_their_neighbours(numbered):
    rate = Fraction(30000, 1001)
    file = numbered("a.mkv", range(150), 1 / rate)
    assert seen(clip_of(file), 0, rate, 150) == {n: n for n in range(150)}
    assert seen(clip_of(file), 40 / rate, rate, 50) == {n: n + 40 for n in range(50)}


def test_half_the_rate_takes_every_second_frame_and_double_shows_each_twice(numbered):
    file = numbered("a.mp4", range(60), Fraction(1, 25))
    assert seen(clip_of(file), 0, Fraction(25, 2), 30) == {n: 2 * n for n in range(30)}
    assert seen(clip_of(file), 0, 50, 100) == {n: n // 2 for n in range(100)}


def test_chapters_run_on_as_one_clip(numbered):
    one = numbered("a.mp4", range(50), Fraction(1, 25))
    two = numbered("b.mp4", range(70), Fraction(1, 25), options={"crf": "30"})
    found = seen(clip_of(one, two), Fraction(45, 25), 25, 20)
    assert found == {n: (45 + n if n < 5 else n - 5) for n in range(20)}


def test_a_lost_chapter_leaves_a_gap_and_shifts_nothing(numbered):
    one, two, three = (numbered(f"{n}.mp4", range(25), Fraction(1, 25)) for n in "abc")
    two.path.unlink()
    found = seen(clip_of(one, two, three), 0, 25, 75)
    assert {n: v for n, v in found.items() if n < 25 or n >= 50} == found
    assert [found[n] for n in (24, 50, 74)] == [24, 0, 24]


def test_nothing_to_read_is_said_with_the_file_and_the_reason(numbered):
    file = numbered("a.mp4", range(5), Fraction(1, 25))
    file.path.write_bytes(b"")
    with pytest.raises(MediaError, match="empty") as raised:
        seen(clip_of(file), 0, 25, 5)
    assert raised.value.path == file.path
    with pytest.raises(MediaError, match="no picture"):
        seen(clip_of(replace(file, pictures=())), 0, 25, 5)


def test_a_file_that_breaks_off_gives_what_it_has(numbered):
    file = numbered("a.ts", range(100), Fraction(1, 25), options={"g": "10"})
    file.path.write_bytes(file.path.read_bytes()[: file.size // 2])
    found = seen(clip_of(file), 0, 25, 100)
    assert 20 < len(found) < 90
    assert all(found[n] == n for n in sorted(found)[:-14])


def test_rotation_turns_the_picture_upright(numbered):
    file = numbered("a.mp4", range(3), Fraction(1, 25))
    with PictureReader(file, SMALL, "gray") as reader:
        plain = dict(reader.shown([Fraction(0)], CancelToken()))[0]
    turned = replace(file, pictures=(replace(file.pictures[0], rotation=90),))
    with PictureReader(turned, SMALL, "gray") as reader:
        upright = dict(reader.shown([Fraction(0)], CancelToken()))[0]
    assert np.array_equal(upright, np.rot90(plain, -1))


class GivesUp:
    """A container whose graphics card fails at one packet, and at every one after it."""

    def __init__(self, container, at):
        self._container, self._at = container, at

    def __getattr__(self, name):
        return getattr(self._container, name)

    def demux(self, stream):
        for number, packet in enumerate(self._container.demux(stream)):
            yield packet if number < self._at else GivenUp()


class GivenUp:
    def decode(self):
        raise av.error.ExternalError(1, "no more surfaces")


@pytest.mark.parametrize("at", [0, 1, 17, 60, 99])
def test_where_the_graphics_card_gives_up_the_processor_goes_on_with_the_next_frame(
    numbered, monkeypatch, at
):
    file = numbered("a.mp4", range(100), Fraction(1, 25))
    opened = []

    def accelerated(path):
        opened.append(path)
        return GivesUp(open_container(path), at)

    monkeypatch.setattr("rushlock.media.frame_reader.open_accelerated", accelerated)
    with PictureReader(file, Whole(64, 64), hardware=True) as reader:
        shown = [(time, number_in(picture[:8])) for time, picture in reader.each(CancelToken())]
    assert opened == [file.path]
    assert shown == [(Fraction(number, 25), number) for number in range(100)]


def test_without_a_graphics_card_files_are_opened_as_ever(numbered, monkeypatch):
    file = numbered("a.mp4", range(30), Fraction(1, 25))
    monkeypatch.setattr(hardware, "usable", lambda: None)
    with PictureReader(file, Whole(64, 64), hardware=True) as reader:
        assert [number_in(p[:8]) for _, p in reader.each(CancelToken())] == list(range(30))
    assert set(hardware.offered()) <= set(hardware.DEVICES)


@pytest.mark.parametrize(
    ("size", "framing", "cut"),
    [
        ((454, 256), Middle(256, 224), (454, 256, 16, 115)),
        ((340, 256), Middle(256, 224), (340, 256, 16, 58)),
        ((1920, 1080), Middle(256, 224), (455, 256, 16, 116)),
        ((1080, 1920), Middle(256, 224), (256, 455, 116, 16)),
        ((1000, 1000), Middle(96, 96), (96, 96, 0, 0)),
    ],
)
def test_the_middle_is_cut_at_the_corner_that_the_reference_computes(size, framing, cut):
    found = framing.cut(*size)
    assert (found.width, found.height, found.top, found.left) == cut
    assert (found.rows, found.columns) == (framing.side, framing.side)


def test_wide_pixels_become_square(numbered):
    file = numbered("a.mp4", range(3), Fraction(1, 25))
    wide = Middle(64, 64).cut(64 * 4 / 3, 64)
    assert (wide.width, wide.left) == (85, 10)
    with PictureReader(file, Middle(32, 32)) as reader:
        assert dict(reader.shown([Fraction(0)], CancelToken()))[0].shape == (32, 32, 3)


KIT = Path(__file__).resolve().parents[4] / "shared" / "kits" / "synchformer" / "fixtures"
EXAMPLES = {"A": ("3qesirWAGt4_20000_30000.mp4", 0), "B": ("ZYc410CE4Rg_0_10000.mp4", 4)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_pictures_of_published_examples_are_the_references_to_the_byte(name):
    if not KIT.is_dir():
        pytest.skip("no kit of Synchformer beside this checkout")
    path, start = EXAMPLES[name]
    expected = json.loads((KIT / f"prep_clip{name}.json").read_text())["segments_uint8_sha256"]
    clip = clip_of(probe(KIT / path))
    found = pictures(clip, Middle(256, 224), start + Fraction(2, 25), Fraction(25), 120, CancelToken())
    frames = [np.ascontiguousarray(picture.transpose(2, 0, 1)) for _, picture in found]
    for number, digest in enumerate(expected):
        segment = frames[8 * number : 8 * number + 16]
        assert hashlib.sha256(b"".join(f.tobytes() for f in segment)).hexdigest() == digest


def test_what_runs_ahead_stops_when_nobody_takes_any_more():
    made = []

    def endless(token):
        number = 0
        while True:
            token.check()
            made.append(number)
            yield number
            number += 1

    before = threading.active_count()
    with Ahead(endless, 3, CancelToken()) as items:
        taken = [item for item, _ in zip(items, range(5), strict=False)]
    assert taken == list(range(5))
    assert len(made) <= 5 + 3 + 2
    assert threading.active_count() == before


def test_what_goes_wrong_ahead_is_raised_where_items_are_taken():
    def failing(_):
        yield 1
        raise ValueError("no more")

    with Ahead(failing, 3, CancelToken()) as items, pytest.raises(ValueError, match="no more"):
        assert list(items) == [1]


def test_waiting_for_what_runs_ahead_ends_with_a_cancel():
    token, gate = CancelToken(), threading.Event()

    def stuck(own):
        token.cancel()
        while not own.cancelled:
            gate.wait(0.01)
        yield 1

    with Ahead(stuck, 3, token) as items, pytest.raises(Cancelled):
        list(items)
