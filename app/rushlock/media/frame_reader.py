"""One open file's picture stream: frames with their time stamps, from any instant on.

Seeking lands on a key frame at or before the instant, if the index is right. Where it lands too late (time
stamps of transport streams are searched for by guessing) it is tried again from further back, and in the end
from the beginning. Broken packets are skipped; a file that breaks off ends there.
"""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import chain
from types import TracebackType
from typing import Self

from av import VideoFrame, VideoStream
from av.codec.context import ThreadType
from av.error import FFmpegError

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken
from rushlock.media.clip import MediaFile
from rushlock.media.hardware import open_accelerated
from rushlock.media.opening import open_container

_LATE_S = Fraction(1, 1000)
_WHOLE_S = Fraction(1, 2)
_BACK_S = (0, 1, 4, 16, 64)


class _HardwareError(Exception):
    """The graphics card cannot go on; the processor may."""


class FrameReader:
    """One open file.

    Attributes:
        tick: Seconds of one tick of the stream's clock.
        late: By so much a frame's stamp may lie after the instant at which it is meant to appear, seconds:
            containers round (Matroska to milliseconds). One tick, a millisecond at most.

    Raises:
        MediaError: The file cannot be opened or has no picture.
    """

    def __init__(self, file: MediaFile, *, threads: int = 0, hardware: bool = False) -> None:
        """Open the file.

        Args:
            file: What to read; its first picture stream is taken.
            threads: Frames decoded at the same time; 0: as many as there are cores.
            hardware: Let the graphics card decode if it can.
        """
        if not file.pictures:
            raise MediaError(file.path, "it has no picture")
        self._file, self._stream, self._threads = file, file.pictures[0], threads
        self._hardware, self._leaving_out = hardware, False
        self._whole_from: int | None = None
        self._open()
        self.tick = self._av.time_base or 1 / self._stream.rate.fps
        self.late = min(self.tick, _LATE_S)

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
    def pixel(self) -> Fraction | None:
        """Width of a pixel by its height; None or 0: nothing is said, square."""
        return self._av.codec_context.sample_aspect_ratio

    def stamped(
        self, start: Fraction, token: CancelToken, whole_from: Fraction | None = None
    ) -> Iterator[tuple[Fraction, VideoFrame]]:
        """Yield (file time, frame) in order, from one that is not later than ``start`` on, if there is one.

        On the way there, frames that no other is made from may be left out, where the rate is steady: there
        it is sure that they are not on screen at ``whole_from``.

        Args:
            start: File time, seconds.
            token: Checked at every packet.
            whole_from: All frames are wanted that are on screen from this file time on; None: from ``start``.
        """
        limit = int((start + self._file.start + self.late) // self.tick)
        margin = max(_WHOLE_S, 2 / self._stream.rate.fps)
        first = min(start, start if whole_from is None else whole_from) - margin
        self._whole_from = None if self._stream.variable else int((first + self._file.start) / self.tick)
        for at, frame in self._from(limit, token):
            yield at * self.tick - self._file.start, frame

    def leave_out(self, unneeded: bool) -> None:
        """Decode only what other frames are made from (True), for decoders that are too slow, or all."""
        self._leaving_out = unneeded
        self._av.codec_context.skip_frame = "NONREF" if unneeded else "DEFAULT"

    def key_before(self, instant: Fraction) -> Fraction | None:
        """Return where a seek to an instant would land, file time, if the container has an index."""
        entries = self._av.index_entries
        if len(entries) < 2:
            return None
        # Indexes may go by when frames are decoded; the first frame tells how much later they are shown.
        later = max((self._av.start_time or 0) - entries[0].timestamp, 0)
        sought = int((instant + self._file.start + self.late) // self.tick)
        place = entries.search_timestamp(sought - later, backward=True)
        return None if place < 0 else (entries[place].timestamp + later) * self.tick - self._file.start

    def _from(self, limit: int, token: CancelToken) -> Iterator[tuple[int, VideoFrame]]:
        """Yield (ticks, frame) from one that is not later than ``limit`` on, if there is one."""
        for back in _BACK_S:
            target = limit - int(back / self.tick)
            if target <= int(self._stream.start / self.tick):
                break
            if self._seek(target):
                frames = self._frames(token)
                first = next(frames, None)
                if first is not None and first[0] <= limit:
                    return chain([first], frames)
        if not self._fresh:
            self.close()
            self._open()
        return self._frames(token)

    def _open(self) -> None:
        opening = open_accelerated if self._hardware else open_container
        self._container = opening(self._file.path)
        stream = next((s for s in self._container.streams if s.index == self._stream.index), None)
        if not isinstance(stream, VideoStream):
            self._container.close()
            raise MediaError(self._file.path, "its picture is no longer there")
        self._av = stream
        self._av.codec_context.thread_type = ThreadType.FRAME
        self._av.codec_context.thread_count = self._threads
        self._fresh = True

    def _hurry(self, stamp: int | None) -> None:
        """Leave out what is not needed until the packet about to be decoded is near what is sought."""
        if not self._leaving_out:
            hurried = self._whole_from is not None and (stamp is None or stamp < self._whole_from)
            self._av.codec_context.skip_frame = "NONREF" if hurried else "DEFAULT"
            if not hurried:
                self._whole_from = None

    def _seek(self, target: int) -> bool:
        self._fresh = False
        with suppress(FFmpegError, OSError):
            self._container.seek(target, stream=self._av, backward=True)
            return True
        return False

    def _frames(self, token: CancelToken) -> Iterator[tuple[int, VideoFrame]]:
        """Yield (ticks, frame) in order of presentation; where the graphics card gives up, in software."""
        latest: int | None = None
        try:
            for latest, frame in self._decoded(token):
                yield latest, frame
        except _HardwareError:
            self._hardware = False
            self.close()
            self._open()
            if latest is not None:
                self._seek(latest)
            for at, frame in self._decoded(token):
                if latest is None or at > latest:
                    yield at, frame

    def _decoded(self, token: CancelToken) -> Iterator[tuple[int, VideoFrame]]:
        """Yield (ticks, frame) in order of presentation; broken packets are skipped.

        Raises:
            _HardwareError: A packet cannot be decoded by the graphics card.
        """
        usual = max(round(1 / self._stream.rate.fps / self.tick), 1)
        expected = int(self._stream.start / self.tick)
        self._fresh = False
        packets = self._container.demux(self._av)
        self._hurry(None)
        while True:
            token.check()
            try:
                packet = next(packets, None)
            except (FFmpegError, OSError):
                return  # the file ends here, whatever its header promised
            if packet is None:
                return
            if self._whole_from is not None:
                self._hurry(packet.pts)
            try:
                frames = packet.decode()
            except FFmpegError as error:
                if self._hardware:
                    raise _HardwareError from error
                continue
            for frame in frames:
                stamp = frame.pts if frame.pts is not None else frame.dts
                at = expected if stamp is None else stamp
                expected = at + usual
                yield at, frame
