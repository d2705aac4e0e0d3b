"""Small pictures of clips, by which a person tells one from another; kept in the cache as JPEG.

An instant's thumbnail is the very frame that is shown then, not the nearest key frame: in a program that is
about frames, a picture that is two seconds off would be a lie. Where several instants lie close together
they are decoded in one go, else each is sought. One thread decodes, so that a run beside it keeps its cores.

Light at import: PyAV is loaded when a picture is made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.media.clip import Clip

if TYPE_CHECKING:
    from av.video.reformatter import Interpolation

    from rushlock.media.framing import Cut, Picture

VERSION = "1"
WIDTH, HEIGHT = 128, 72
"""No thumbnail is wider or higher than this, in pixels."""

GRID_S = Fraction(1, 4)
"""Instants are multiples of this, so that a picture made for one view serves another."""

_TOGETHER_S = Fraction(1)
_POSTER_AT = Fraction(1, 10)
_QUANTISER = "3"  # some 3 kB a picture; no blocks are seen at this size


def on_grid(clip: Clip, instant: Fraction | float) -> Fraction:
    """Return the instant, seconds of clip time, whose thumbnail stands for another one."""
    last = max(clip.duration - GRID_S, Fraction(0))
    return min(max(Fraction(instant), Fraction(0)), last) // GRID_S * GRID_S


def poster_instant(clip: Clip) -> Fraction:
    """Return the instant that stands for a whole clip: a little in, where the camera is in place."""
    return on_grid(clip, clip.duration * _POSTER_AT)


def thumbnails(
    clip: Clip, instants: Sequence[Fraction], cache: Cache, token: CancelToken
) -> Stage[dict[Fraction, bytes]]:
    """Return JPEG files of a clip at some instants, from the cache or freshly decoded.

    Args:
        clip: Whose pictures.
        instants: Seconds of clip time, see ``on_grid``.
        cache: Where they are kept.
        token: Checked at every decoded frame.

    Returns:
        By instant; those at which nothing is shown are left out.

    Raises:
        MediaError: A file cannot be opened or has no picture.
    """
    found: dict[Fraction, bytes] = {}
    missing = []
    for instant in sorted(set(instants)):
        kept = cache.arrays(_key(clip, instant))
        if kept is None:
            missing.append(instant)
        else:
            found[instant] = kept["jpeg"].tobytes()
    for done, (instant, picture) in enumerate(_decoded(clip, missing, token)):
        yield Progress("Thumbnails", done, len(missing), clip.name)
        found[instant] = _as_jpeg(picture)
        cache.store_arrays(_key(clip, instant), {"jpeg": np.frombuffer(found[instant], np.uint8)})
    return found


def _key(clip: Clip, instant: Fraction) -> str:
    return digest("thumbnail", VERSION, clip.key, str(instant), WIDTH, HEIGHT)


@dataclass(frozen=True, slots=True)
class _Inside:
    """The whole picture in its own shape, as large as fits."""

    @property
    def interpolation(self) -> "Interpolation":
        from av.video.reformatter import Interpolation

        return Interpolation.AREA

    def cut(self, width: float, height: float) -> "Cut":
        from rushlock.media.framing import Cut

        scale = min(WIDTH / width, HEIGHT / height)
        wide, high = max(round(width * scale), 1), max(round(height * scale), 1)
        return Cut(wide, high, 0, 0, high, wide)


def _decoded(
    clip: Clip, instants: Sequence[Fraction], token: CancelToken
) -> "Iterator[tuple[Fraction, Picture]]":
    """Yield (instant, picture) for ascending instants."""
    if not instants:
        return
    from rushlock.media.pictures import PictureReader

    starts = (*clip.chapter_starts(), clip.duration + 1)
    for file, (begin, end) in zip(clip.files, pairwise(starts), strict=True):
        inside = [instant for instant in instants if begin <= instant < end]
        if inside:
            with PictureReader(file, _Inside(), threads=1) as reader:
                for run in _runs(inside):
                    for place, picture in reader.shown([t - begin for t in run], token):
                        yield run[place], picture


def _runs(instants: Sequence[Fraction]) -> list[list[Fraction]]:
    """Part ascending instants where going on decoding would cost more than seeking."""
    runs = [[instants[0]]]
    for before, instant in pairwise(instants):
        if instant - before > _TOGETHER_S:
            runs.append([])
        runs[-1].append(instant)
    return runs


def _as_jpeg(picture: "Picture") -> bytes:
    """Return a picture, uint8 (rows, columns, 3), as a JPEG file."""
    from av import CodecContext, VideoFrame
    from av.video.codeccontext import VideoCodecContext

    encoder = CodecContext.create("mjpeg", "w")
    if not isinstance(encoder, VideoCodecContext):
        raise TypeError(encoder)
    encoder.height, encoder.width = picture.shape[:2]
    encoder.pix_fmt, encoder.time_base = "yuvj420p", Fraction(1, 25)
    encoder.options = {"qmin": _QUANTISER, "qmax": _QUANTISER}
    packets = [*encoder.encode(VideoFrame.from_ndarray(picture, format="rgb24")), *encoder.encode(None)]
    return b"".join(bytes(packet) for packet in packets)
