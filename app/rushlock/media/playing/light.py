"""Light copies: stretches of a clip that decode quickly, for clips that the machine cannot play.

Made on demand and a piece at a time, round the moment that is looked at: somebody who checks a clap does not
wait for a copy of the whole hour. Every frame is a key frame (JPEG), no larger than a player shows it. Frames
keep their own time stamps on their own clock, so that whoever reads a copy finds the same frame at the same
instant; NUT is the one container that keeps any clock to the tick.

They live in the cache folder under the cache's limit and go when they were not looked at for longest.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
from av import VideoFrame
from av.error import FFmpegError
from av.video.reformatter import ColorRange, Interpolation, VideoReformatter

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.eviction import PART_SUFFIX, sweep
from rushlock.cache.keys import digest
from rushlock.media.clip import MediaFile
from rushlock.media.frame_reader import FrameReader
from rushlock.media.playing.footage import Footage, Span

VERSION = 1
PIECE_S = 20

_FOLDER = "light"
_SUFFIX = ".nut"
_WIDTH, _HEIGHT = 960, 540
_QUALITY = "4"  # FFmpeg's qscale: nothing is seen of it at this size


class LightCopies:
    """Light copies in a cache folder."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        """Set up.

        Args:
            folder: The cache's.
            limit_bytes: How much everything in it may take.
        """
        self._folder, self._limit = folder, limit_bytes

    def known(self, footage: Footage) -> Footage:
        """Return footage with all copies of it that there are."""
        for span in footage.spans:
            for number in range(int(span.file.duration // PIECE_S) + 1):
                path = self._path(span.file, number)
                if not span.light and path.is_file():
                    footage = footage.with_light(_piece(span, number, path))
        return footage

    def missing(self, footage: Footage, at: float, count: int = 1) -> list[tuple[Span, int]]:
        """Return up to ``count`` pieces from a clip time on that have no copy, as (span, number)."""
        found: list[tuple[Span, int]] = []
        here = Fraction(max(at, 0.0))
        while len(found) < count and here < footage.clip.duration:
            span = footage.spans[footage.number_at(here)]
            number = int((here - span.origin) // PIECE_S)
            if not span.light:
                found.append((span, number))
            here = min(span.origin + (number + 1) * PIECE_S, span.end)
        return found

    def make(self, span: Span, number: int, token: CancelToken) -> Stage[Span]:
        """Make the copy of a piece.

        Args:
            span: Of which part of a clip.
            number: Of the piece within the file.
            token: Checked at every frame.

        Raises:
            MediaError: The file cannot be read, or the copy not be written.
        """
        path = self._path(span.file, number)
        begin, end = Fraction(number * PIECE_S), min(Fraction((number + 1) * PIECE_S), span.file.duration)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(suffix=PART_SUFFIX, dir=path.parent)
            os.close(handle)
            try:
                yield from _written(span.file, Path(name), begin, end, token)
                Path(name).replace(path)
            finally:
                Path(name).unlink(missing_ok=True)
        except (OSError, FFmpegError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise MediaError(span.file.path, f"no light copy of it could be written: {why}") from error
        sweep(self._folder, self._limit)
        return _piece(span, number, path)

    def _path(self, file: MediaFile, number: int) -> Path:
        name = digest("light", VERSION, file.fingerprint, file.pictures[0].index, _HEIGHT, number)
        return self._folder / _FOLDER / (name + _SUFFIX)


def _piece(span: Span, number: int, path: Path) -> Span:
    """Return where a copy is to be used."""
    stream = replace(span.file.pictures[0], index=0, codec="mjpeg", field_order="")
    begin = span.origin + number * PIECE_S
    return Span(
        file=replace(span.file, path=path, pictures=(stream,), sounds=()),
        origin=span.origin,
        begin=max(begin, span.begin),
        end=min(begin + PIECE_S, span.end),
        light=True,
    )


def _written(file: MediaFile, path: Path, begin: Fraction, end: Fraction, token: CancelToken) -> Stage[None]:
    """Write a file's frames from the one on screen at ``begin`` on, before ``end`` (file time, seconds)."""
    with FrameReader(file, threads=1) as reader, _encoder(path, reader) as encode:
        held: tuple[Fraction, VideoFrame] | None = None
        for at, frame in reader.stamped(begin, token):
            if at >= end:
                break
            if held is not None and (at > begin or held[0] >= begin):
                encode(held[1], held[0] + file.start)
            held = at, frame
            yield Progress(
                "Making a light copy", float(max(at - begin, Fraction(0))), float(end - begin), unit="s"
            )
        if held is not None:
            encode(held[1], held[0] + file.start)


class _Encoder:
    """Writes frames of one stream; called with a frame and its time stamp in seconds."""

    def __init__(self, container: av.container.OutputContainer, reader: FrameReader) -> None:
        self._container, self._tick = container, reader.tick
        self._pixel = reader.pixel or Fraction(1)
        self._stream: av.VideoStream | None = None
        self._scaler = VideoReformatter()

    def __call__(self, frame: VideoFrame, at: Fraction) -> None:
        stream = self._stream = self._stream or self._begun(frame)
        small = self._scaler.reformat(
            frame,
            stream.width,
            stream.height,
            format="yuvj420p",
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.AREA,
            threads=1,
        )
        small.pts, small.time_base = round(at / self._tick), self._tick
        small.pict_type = 0
        self._container.mux(stream.encode(small))

    def finish(self) -> None:
        if self._stream is not None:
            self._container.mux(self._stream.encode(None))

    def _begun(self, frame: VideoFrame) -> av.VideoStream:
        scale = min(_WIDTH / frame.width, _HEIGHT / frame.height, 1.0)
        stream = self._container.add_stream("mjpeg", options={"qscale": _QUALITY})
        stream.width, stream.height = (max(round(n * scale) & ~1, 2) for n in (frame.width, frame.height))
        stream.pix_fmt = "yuvj420p"
        stream.codec_context.time_base = self._tick
        stream.codec_context.sample_aspect_ratio = self._pixel
        return stream


@contextmanager
def _encoder(path: Path, reader: FrameReader) -> Iterator[_Encoder]:
    with av.open(f"file:{os.fspath(path)}", "w", format="nut") as container:
        encoder = _Encoder(container, reader)
        yield encoder
        encoder.finish()
