"""Stills are upright, in shape, in their true colours, whatever the camera wrote."""

from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace

from rushlock.base.rate import FrameRate
from rushlock.media.clip import PictureStream
from rushlock.media.playing.easel import Easel, bytes_of

RED, WHITE, GREEN, BLACK = (255, 0, 0), (255, 255, 255), (0, 160, 0), (0, 0, 0)


def stream(width, height, rotation=0, field_order=""):
    rate = FrameRate(Fraction(25))
    second = Fraction(1)
    return PictureStream(
        0, "h264", width, height, rate, False, 25, Fraction(0), second, rotation, field_order
    )


def corners(width, height):
    """Red and white above, green and black below."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2], picture[: height // 2, width // 2 :] = RED, WHITE
    picture[height // 2 :, : width // 2] = GREEN
    return av.VideoFrame.from_ndarray(picture, "rgb24")


def colours(still):
    """The four corners' colours, clockwise from above left."""
    pixels = still.pixels()
    rows, columns = pixels.shape
    at = [(1, 1), (1, 3), (3, 3), (3, 1)]
    found = (int(pixels[rows * y // 4, columns * x // 4]) for y, x in at)
    return [(value >> 16 & 255, value >> 8 & 255, value & 255) for value in found]


def near(found, wanted):
    """Eight bits of brightness in 219 steps, colour at half of it: a few steps of each may be lost."""
    return np.abs(np.subtract(found, wanted)).max() <= 6


@pytest.mark.parametrize(
    ("rotation", "wanted"),
    [
        (0, [RED, WHITE, BLACK, GREEN]),
        (90, [GREEN, RED, WHITE, BLACK]),
        (180, [BLACK, GREEN, RED, WHITE]),
        (270, [WHITE, BLACK, GREEN, RED]),
    ],
)
def test_a_turned_picture_is_upright_and_fills_its_place(rotation, wanted):
    easel = Easel(stream(640, 360, rotation), (160, 160))
    still = easel.still(corners(640, 360).reformat(format="yuv420p"), Fraction(1), None)
    assert near(colours(still), wanted)
    assert still.aspect == pytest.approx(9 / 16 if rotation % 180 else 16 / 9)
    assert max(still.pixels().shape) == 160


def test_pixels_that_are_not_square_are_shown_in_shape():
    easel = Easel(stream(1440, 1080), (320, 320))
    still = easel.still(corners(1440, 1080).reformat(format="yuv420p"), Fraction(0), Fraction(4, 3))
    assert still.aspect == pytest.approx(16 / 9)
    assert still.pixels().shape == (180, 320)


def test_fields_are_blended_into_half_the_lines():
    lines = np.zeros((576, 704, 3), np.uint8)
    lines[::2] = 255  # one field white, the other black: a comb
    easel = Easel(stream(704, 576, field_order="tff"), (704, 576))
    frame = av.VideoFrame.from_ndarray(lines, "rgb24").reformat(format="yuv444p")
    pixels = easel.still(frame, Fraction(0), None).pixels()
    assert pixels.shape == (288, 704)
    assert np.abs((pixels & 255).astype(int) - 128).max() <= 4


@pytest.mark.parametrize(
    ("kind", "matrix", "span"),
    [
        ("yuv420p", Colorspace.ITU709, ColorRange.MPEG),
        ("yuvj420p", Colorspace.ITU709, ColorRange.JPEG),
        ("yuv422p10le", Colorspace.ITU709, ColorRange.MPEG),
        ("yuv420p10le", Colorspace.BT2020, ColorRange.MPEG),
        ("yuv420p", Colorspace.ITU601, ColorRange.MPEG),
        ("rgb24", None, None),
    ],
)
def test_colours_are_true_for_every_matrix_range_and_depth(kind, matrix, span):
    frame = corners(1280, 720).reformat(format=kind, dst_colorspace=matrix, dst_color_range=span)
    still = Easel(stream(1280, 720), (320, 180)).still(frame, Fraction(0), None)
    assert near(colours(still), [RED, WHITE, BLACK, GREEN])


@pytest.mark.parametrize("untagged", [(1920, 1080, Colorspace.ITU709), (720, 576, Colorspace.ITU601)])
def test_a_matrix_left_out_is_the_usual_one_of_its_size(untagged):
    width, height, usual = untagged
    frame = corners(width, height).reformat(format="yuv420p", dst_colorspace=usual)
    frame.colorspace = 2  # unspecified
    still = Easel(stream(width, height), (320, 180)).still(frame, Fraction(0), None)
    assert near(colours(still), [RED, WHITE, BLACK, GREEN])


@pytest.mark.parametrize("width", [50, 182, 298, 308, 311, 640])
def test_no_column_is_garbage_and_no_still_larger_than_its_place(width):
    grey = av.VideoFrame.from_ndarray(np.full((360, 640, 3), 180, np.uint8), "rgb24").reformat(
        format="yuv420p"
    )
    for _ in range(3):
        pixels = Easel(stream(640, 360), (width, 400)).still(grey, Fraction(0), None).pixels()
        assert pixels.shape[1] <= width
        assert pixels.nbytes * 3 / 8 <= bytes_of((width, 400))
        assert np.abs((pixels >> 8 & 255).astype(int) - 180).max() <= 3
