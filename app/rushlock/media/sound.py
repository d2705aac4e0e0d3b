"""Sound of a file as arrays: whole in one pass, or any range by seeking.

Times are *file time*: seconds since ``MediaFile.start`` on the container's presentation clock, so edit
lists, encoder priming and transport-stream start times are honoured. Samples are laid out by their own
timestamps: gaps become zeros, overlaps are cut, and timestamps that only jitter (Matroska rounds to a
millisecond) are taken as continuous.

A file that breaks off in the middle, or shrinks while it is read, gives what could be decoded; the caller
sees fewer samples than promised. Only a file that gives nothing at all raises.
"""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from types import TracebackType
from typing import Self, cast

import numpy as np
import numpy.typing as npt
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.error import FFmpegError

from rushlock.base.errors import MediaError
from rushlock.media.clip import MediaFile, SoundStream
from rushlock.media.opening import open_container

Floats = npt.NDArray[np.float32]

JITTER_S = 0.012
"""Timestamps closer than this to where the samples counted so far end are taken as continuous."""

_CHUNK = 32768  # samples that are mixed at once: few calls, and still within the processor's cache
_PREROLL_S = 0.12  # AAC, MP3 and Opus need a few packets before they answer rightly after a seek
_KINDS: dict[str, tuple[type[np.generic], float, float]] = {
    "u8": (np.uint8, 1 / 2**7, 1.0),
    "s16": (np.int16, 1 / 2**15, 0.0),
    "s32": (np.int32, 1 / 2**31, 0.0),
    "s64": (np.int64, 1 / 2**63, 0.0),
    "flt": (np.float32, 1.0, 0.0),
    "dbl": (np.float64, 1.0, 0.0),
}
"""Sample format: type, factor to full scale 1, and what is then to be taken off."""

Rows = tuple[tuple[tuple[int, float], ...], ...]
"""What to return: for each row, (channel, gain) of the channels mixed into it."""


def lay_samples(frame: AudioFrame, rows: Rows, out: Floats, at: int) -> None:
    """Write a decoded frame as float32, full scale 1, into ``out`` (rows, n) at ``at``, cut to fit.

    Channels are mixed on the way, while they lie in the processor's cache.
    """
    left, right = max(at, 0), min(at + frame.samples, out.shape[1])
    if right <= left:
        return
    kind, scale, bias = _KINDS[frame.format.name.removesuffix("p")]
    planar, channels = frame.format.is_planar, frame.layout.nb_channels
    if any(channel >= channels for mixed in rows for channel, _ in mixed):
        out[:, left:right] = 0.0  # fewer channels from here on: silence is right for what is gone
        return
    count = frame.samples * (1 if planar else channels)
    planes = [np.frombuffer(cast("memoryview", plane), kind, count) for plane in frame.planes]
    channel_of = planes if planar else planes[0].reshape(-1, channels).T
    part = slice(left - at, right - at)
    for row, mixed in enumerate(rows):
        target = out[row, left:right]
        for number, (channel, gain) in enumerate(mixed):
            if number:
                target += channel_of[channel][part] * np.float32(gain * scale)
            else:
                np.multiply(
                    channel_of[channel][part], np.float32(gain * scale), out=target, casting="same_kind"
                )
        if bias:
            target -= np.float32(bias * sum(gain for _, gain in mixed))


def _emptied(queue: AudioFifo, end: int) -> Iterator[tuple[int, AudioFrame]]:
    """Yield (sample index, frame) of all that a queue holds, if anything, where ``end`` is its last one's."""
    frame = queue.read()
    if frame is not None:
        yield end - frame.samples, frame


class SoundReader:
    """One open file, one of its sound streams: read it whole, or ranges of it.

    Raises:
        MediaError: The file cannot be opened or has no such stream.
    """

    def __init__(self, file: MediaFile, stream: SoundStream) -> None:
        self.file = file
        self.stream = stream
        self._container = open_container(file.path)
        try:
            self._av = self._container.streams[stream.index]
            self._av.codec_context.thread_count = 1
        except (IndexError, AttributeError) as error:
            self._container.close()
            raise MediaError(file.path, "its sound is no longer there") from error
        self._origin = float(file.start)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    @property
    def _all(self) -> Rows:
        return tuple(((channel, 1.0),) for channel in range(self.stream.channels))

    def blocks(self, seconds: float, rows: Rows | None = None) -> Iterator[tuple[int, Floats]]:
        """Yield (index of the first sample, float32 (rows, n)) of the whole stream, without its gaps.

        ``rows`` says what to mix; every channel is a row of its own if not given. Blocks hold about
        ``seconds`` of sound and are overwritten by the next one. Index 0 is file time 0.
        """
        rate, rows = self.stream.sample_rate, rows or self._all
        block = np.empty((len(rows), int(seconds * rate) + 4 * _CHUNK), np.float32)
        first = count = 0
        for at, frame in self._joined():
            if count and (at != first + count or count >= seconds * rate):
                yield first, block[:, :count]
                count = 0
            if not count:
                first = at
            lay_samples(frame, rows, block, count)
            count = min(count + frame.samples, block.shape[1])
        if count:
            yield first, block[:, :count]

    def read(self, start: float, seconds: float, rows: Rows | None = None) -> Floats:
        """Return float32 (rows, n) from file time ``start`` on, with zeros beyond the file's ends."""
        rows = rows or self._all
        rate = self.stream.sample_rate
        begin, length = round(start * rate), round(seconds * rate)
        out = np.zeros((len(rows), length), np.float32)
        if length and start + seconds > 0 and start < float(self.file.duration):
            self._seek(max(start - _PREROLL_S, 0.0))
            for at, frame in self._joined(begin + length):
                lay_samples(frame, rows, out, at - begin)
        return out

    def _seek(self, file_time: float) -> None:
        base = self._av.time_base or Fraction(1, self.stream.sample_rate)
        with suppress(FFmpegError):  # not seekable: decode from where we are
            self._container.seek(int((file_time + self._origin) / base), stream=self._av, backward=True)

    def _joined(self, until: int | None = None) -> Iterator[tuple[int, AudioFrame]]:
        """Yield (sample index, frame); frames that follow each other are joined to some ``_CHUNK`` samples.

        Decoded frames that begin at sample ``until`` or later are left out.
        """
        queue, end, jitter = AudioFifo(), -1, JITTER_S * self.stream.sample_rate
        begun = False
        for at, frame in self._frames():
            follows = begun and abs(at - end) <= jitter
            at = end if follows else at
            if until is not None and at >= until:
                break
            if not follows or queue.samples >= _CHUNK:
                yield from _emptied(queue, end)
            frame.pts = None  # else the queue would insist on timestamps without jitter
            try:
                queue.write(frame)
            except ValueError:  # another layout from here on
                yield from _emptied(queue, at)
                queue = AudioFifo()
                queue.write(frame)
            begun, end = True, at + frame.samples
        yield from _emptied(queue, end)

    def _frames(self) -> Iterator[tuple[int, AudioFrame]]:
        """Yield (sample index by timestamp, decoded frame); broken packets are skipped."""
        rate, base = (
            self.stream.sample_rate,
            float(self._av.time_base or Fraction(1, self.stream.sample_rate)),
        )
        origin, expected = self._origin, 0
        packets = self._container.demux(self._av)
        while True:
            try:
                packet = next(packets, None)
            except (FFmpegError, OSError):
                return  # the file ends here, whatever its header promised
            if packet is None:
                return
            try:
                frames = packet.decode()
            except FFmpegError:
                continue
            for frame in frames:
                if not isinstance(frame, AudioFrame) or frame.sample_rate != rate:
                    continue  # a change of rate in mid-stream: nothing to compare it with
                pts = frame.pts
                at = expected if pts is None else round((pts * base - origin) * rate)
                expected = at + frame.samples
                yield at, frame
