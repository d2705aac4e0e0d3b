"""Thumbnails show the moment asked for, in the clip's own shape, and are decoded once."""

from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from rushlock.base.errors import MediaError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.cache.store import Cache
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.media.thumbnails import GRID_S, HEIGHT, WIDTH, on_grid, poster_instant, thumbnails

GREYS = (40, 90, 140, 190)
"""Brightness of each second of a clip."""

STEP = 10
"""Quantiser 3 and limited range leave an even grey within this; the seconds are 50 apart."""


@pytest.fixture
def clip(tmp_path):
    """Write a clip of some size whose brightness tells the second."""

    def write(name="A001.mov", width=64, height=48, greys=GREYS):
        path = tmp_path / name
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx264", rate=25, options={"g": "100", "crf": "10"})
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            for number in range(25 * len(greys)):
                grey = np.full((height, width, 3), greys[number // 25], np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(grey, "rgb24")))
            container.mux(stream.encode())
        file = probe(path)
        return Clip(file.fingerprint, "A", (file,))

    return write


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 2**20)


def opened(jpeg):
    """Return the pixels of a JPEG file."""
    decoder = av.CodecContext.create("mjpeg", "r")
    frames = [*decoder.decode(av.Packet(jpeg)), *decoder.decode(None)]
    return frames[0].to_ndarray(format="rgb24")


def test_each_instant_shows_the_frame_of_that_moment(clip, cache):
    instants = [Fraction(second) + Fraction(9, 10) // GRID_S * GRID_S for second in (3, 0, 1)]
    made = drain(thumbnails(clip(), instants, cache, CancelToken()))
    assert {instant: GREYS[int(instant)] for instant in instants} == {
        instant: pytest.approx(opened(jpeg).mean(), abs=STEP) for instant, jpeg in made.items()
    }


def test_an_instant_in_a_later_chapter_is_that_chapters(clip, cache):
    first, second = clip("GX010001.mp4", greys=(40, 90)), clip("GX020001.mp4", greys=(140, 190))
    spanned = Clip("ab", "A", (*first.files, *second.files))
    made = drain(thumbnails(spanned, [Fraction(1), Fraction(3)], cache, CancelToken()))
    assert [opened(made[Fraction(t)]).mean() for t in (1, 3)] == pytest.approx([90, 190], abs=STEP)


@pytest.mark.parametrize(
    ("size", "shape"), [((64, 36), (72, 128, 3)), ((64, 48), (72, 96, 3)), ((36, 64), (72, 40, 3))]
)
def test_a_picture_keeps_its_shape_and_fits(clip, cache, size, shape):
    made = drain(thumbnails(clip("A.mov", *size), [Fraction(0)], cache, CancelToken()))
    assert opened(made[Fraction(0)]).shape == shape
    assert shape[0] <= HEIGHT
    assert shape[1] <= WIDTH


def test_what_was_made_once_comes_from_the_cache_without_the_file(clip, cache):
    one = clip()
    before = drain(thumbnails(one, [Fraction(1)], cache, CancelToken()))
    one.path.unlink()
    assert drain(thumbnails(one, [Fraction(1)], cache, CancelToken())) == before
    with pytest.raises(MediaError):
        drain(thumbnails(one, [Fraction(2)], cache, CancelToken()))


def test_a_cancelled_stage_stops_before_the_next_frame(clip, cache):
    token = CancelToken()
    stage = thumbnails(clip(), [Fraction(0), Fraction(3)], cache, token)
    next(stage)
    token.cancel()
    with pytest.raises(Cancelled):
        next(stage)


def test_instants_lie_on_the_grid_inside_the_clip(clip):
    one = clip()
    assert on_grid(one, 1.6) == Fraction(3, 2)
    assert on_grid(one, -3) == 0
    assert on_grid(one, 99) == one.duration - GRID_S
    assert poster_instant(one) == Fraction(1, 4)
    short = replace(one, files=(replace(one.files[0], duration=Fraction(1, 25)),))
    assert on_grid(short, 5) == 0
