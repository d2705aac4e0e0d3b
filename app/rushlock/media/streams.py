"""A container's picture and sound streams as Rushlock's own, with where each begins and how long it is.

Lengths come from the stream's header, from the tag that Matroska writers leave, or from the container.
Where none states one (a recording that was never closed, bare AAC) the packets are run through once,
without decoding. Where a QuickTime file is cut off, its index tells which frames are still there.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

import av
from av import AudioStream, VideoStream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.codeccontext import VideoCodecContext

from rushlock.media.atoms import Movie
from rushlock.media.clip import PictureStream, SoundStream
from rushlock.media.frame_times import FrameTimes, frame_times, keeps_to, nominal_rate

_NO_LENGTH_STATED = ("aac", "ac3", "eac3", "amr", "dts")
"""Bare streams: FFmpeg guesses their length from a bit rate."""

_FIELD_ORDERS = {1: "progressive", 2: "tff", 3: "bff", 4: "tff", 5: "bff"}
_NOT_PICTURES = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


@dataclass(slots=True)
class Streams:
    """What was found in a container.

    Attributes:
        pictures: Usable picture streams.
        sounds: Usable sound streams.
        notes: What a user should know of streams left out or shortened.
    """

    pictures: list[PictureStream] = field(default_factory=list)
    sounds: list[SoundStream] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Lengths:
    """Where streams begin and how long they are; packets are run through at most once."""

    def __init__(self, container: InputContainer, movie: Movie) -> None:
        self._container = container
        self._intact_bytes = container.size if movie.missing_bytes else None
        self._measured: dict[int, Fraction] | None = None

    def span(
        self, stream: VideoStream | AudioStream, first: Fraction | None = None
    ) -> tuple[Fraction, Fraction]:
        """Return a stream's start and duration in seconds; ``first``: its earliest time stamp seen."""
        tick = stream.time_base or Fraction(1, 90_000)
        stated = (stream.start_time or 0) * tick
        start = min(stated, first) if first is not None else stated
        end = self._end(stream, stated, tick)
        return start, max(end - start, Fraction(0))

    def _end(self, stream: VideoStream | AudioStream, start: Fraction, tick: Fraction) -> Fraction:
        name = self._container.format.name
        if self._intact_bytes is not None:
            return _intact_end(stream, self._intact_bytes, start, tick)
        if name in _NO_LENGTH_STATED:
            return self._run_through().get(stream.index, start)
        if stream.duration is not None:
            return start + stream.duration * tick
        tagged = _seconds(stream.metadata.get("DURATION", ""))
        if tagged is not None:
            return tagged
        if self._container.duration:
            return Fraction((self._container.start_time or 0) + self._container.duration, av.time_base)
        return self._run_through().get(stream.index, start)

    def _run_through(self) -> dict[int, Fraction]:
        """Return the end of every stream by its packets."""
        if self._measured is None:
            self._measured = {}
            with suppress(FFmpegError, OSError):  # damaged further on: what came before counts
                self._container.seek(0)
                for packet in self._container.demux():
                    if packet.pts is not None and packet.time_base:
                        end = (packet.pts + (packet.duration or 0)) * packet.time_base
                        index = packet.stream_index
                        self._measured[index] = max(end, self._measured.get(index, end))
        return self._measured


def read_streams(container: InputContainer, movie: Movie) -> Streams:
    """Return the usable streams of an open container, in its order."""
    found, lengths = Streams(), _Lengths(container, movie)
    for video in _pictures(container):
        _add_picture(found, container, video, lengths, movie)
    for audio in container.streams.audio:
        _add_sound(found, audio, lengths)
    return found


def is_still(container: InputContainer) -> bool:
    """Whether a container's only pictures are cover art or thumbnails."""
    return bool(container.streams.video) and not any(_pictures(container))


def _pictures(container: InputContainer) -> Iterator[VideoStream]:
    return (stream for stream in container.streams.video if not stream.disposition & _NOT_PICTURES)


def _add_picture(
    found: Streams, container: InputContainer, stream: VideoStream, lengths: _Lengths, movie: Movie
) -> None:
    context: VideoCodecContext | None = stream.codec_context  # PyAV's types deny that it may be missing
    if context is None:
        found.notes.append("its picture is in a format unknown here and is left out")
        return
    times = frame_times(container, stream)
    rate = nominal_rate(stream.average_rate, stream.base_rate, times)
    start, duration = lengths.span(stream, times.first if container.format.name.startswith("mpeg") else None)
    if rate is None or duration <= 0:
        found.notes.append("its picture stream holds no frames and is left out")
        return
    order = _FIELD_ORDERS.get(int(context.field_order), "")
    variable = not keeps_to(rate, times, fields=order in ("tff", "bff")) or _frames_missing(
        stream, rate.fps, times
    )
    if variable:
        found.notes.append("its frame rate varies: time stamps are used, never frame counts")
    found.pictures.append(
        PictureStream(
            index=stream.index,
            codec=context.name,
            width=context.width,
            height=context.height,
            rate=rate,
            variable=variable,
            frames=stream.frames if stream.frames and abs(stream.frames - duration * rate.fps) <= 1 else None,
            start=start,
            duration=duration,
            rotation=movie.rotations.get(stream.id, 0),
            field_order=order,
        )
    )


def _frames_missing(stream: VideoStream, fps: Fraction, times: FrameTimes) -> bool:
    """Whether header counts contradict a steady rate, where no time stamps are at hand."""
    if times.stamps or not stream.frames or not stream.duration or not stream.time_base:
        return False
    return abs(stream.duration * stream.time_base * fps - stream.frames) > 1


def _add_sound(found: Streams, stream: AudioStream, lengths: _Lengths) -> None:
    context = stream.codec_context
    if context is None or not context.sample_rate or not context.channels:
        found.notes.append("one of its sound streams is in a format unknown here and is left out")
        return
    start, duration = lengths.span(stream)
    if duration <= 0:
        found.notes.append("one of its sound streams holds no samples and is left out")
        return
    found.sounds.append(
        SoundStream(
            index=stream.index,
            codec=context.name,
            sample_rate=context.sample_rate,
            channels=context.channels,
            layout=context.layout.name,
            start=start,
            duration=duration,
        )
    )


def _intact_end(stream: VideoStream | AudioStream, size: int, start: Fraction, tick: Fraction) -> Fraction:
    """Return where the last frame or sample that still lies within the file ends."""
    entries = stream.index_entries
    low, high = 0, len(entries)
    while low < high:  # bytes lie in the order of time: cameras interleave as they record
        middle = (low + high) // 2
        if entries[middle].pos + entries[middle].size <= size:
            low = middle + 1
        else:
            high = middle
    if low == len(entries):
        return start + (stream.duration or 0) * tick
    return start + (entries[low].timestamp - entries[0].timestamp) * tick if low else start


def _seconds(text: str) -> Fraction | None:
    """Return the seconds of Matroska's "00:01:02.345000000"."""
    hours, _, rest = text.partition(":")
    minutes, _, seconds = rest.partition(":")
    try:
        return Fraction(seconds) + int(timedelta(hours=int(hours), minutes=int(minutes)).total_seconds())
    except ValueError:
        return None
