"""What to read for each stretch of a clip: its files, or light copies of parts of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from av import VideoFrame

from rushlock.base.progress import CancelToken
from rushlock.media.clip import Clip, MediaFile
from rushlock.media.frame_reader import FrameReader

_BEYOND_S = 1  # recorders round lengths down: frames that begin a little after the end still count


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of clip time and the file that shows it.

    Attributes:
        file: What to read.
        origin: Clip time of the file's time 0, seconds.
        begin, end: The stretch, clip time in seconds.
        light: Whether the file is a light copy.
    """

    file: MediaFile
    origin: Fraction
    begin: Fraction
    end: Fraction
    light: bool = False


@dataclass(frozen=True, slots=True)
class Footage:
    """All spans of a clip in order, without gaps."""

    clip: Clip
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, clip: Clip) -> "Footage":
        """Return a clip's own files."""
        starts = clip.chapter_starts()
        ends = (*starts[1:], clip.duration + _BEYOND_S)
        parts = zip(clip.files, starts, ends, strict=True)
        return cls(clip, tuple(Span(file, begin, begin, end) for file, begin, end in parts))

    def with_light(self, copy: Span) -> "Footage":
        """Return this footage with a light copy in place of what it covers."""
        return replace(self, spans=tuple(part for span in self.spans for part in _laid_over(span, copy)))

    def number_at(self, instant: Fraction) -> int:
        """Return the number of the span that shows an instant, the nearest one outside."""
        inside = (number for number, span in enumerate(self.spans) if instant < span.end)
        return next(inside, len(self.spans) - 1)


def _laid_over(span: Span, copy: Span) -> Iterator[Span]:
    if copy.end <= span.begin or span.end <= copy.begin:
        yield span
        return
    if span.begin < copy.begin:
        yield replace(span, end=copy.begin)
    if span.begin <= copy.begin < span.end:
        yield copy
    if copy.end < span.end:
        yield replace(span, begin=copy.end)


@dataclass(frozen=True, slots=True, eq=False)
class Stamped:
    """A decoded frame.

    Attributes:
        begin: Clip time at which it appears, seconds.
        frame: As FFmpeg gives it.
        span: Where it comes from.
        pixel: Width of its pixels by their height; None or 0: not said.
    """

    begin: Fraction
    frame: VideoFrame
    span: Span
    pixel: Fraction | None


class FrameSource:
    """Reads footage from any instant on; for one thread at a time.

    Attributes:
        late: See ``FrameReader.late``; of the file read last.
        failed: What could not be opened, if anything.
    """

    def __init__(self, footage: Footage, threads: int = 1, *, hardware: bool = False) -> None:
        """Set up; files are opened when needed.

        Args:
            footage: What to read.
            threads: Frames decoded at the same time.
            hardware: Let the graphics card decode if it can.
        """
        self.late = Fraction(0)
        self.failed: Span | None = None
        self._footage, self._threads, self._hardware = footage, threads, hardware
        self._open: tuple[Span, FrameReader] | None = None
        self._leaving_out = False

    def close(self) -> None:
        """Close what is open."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def frames(
        self, start: Fraction, token: CancelToken, whole_from: Fraction | None = None
    ) -> Iterator[Stamped]:
        """Yield frames in order, from one that begins by ``start`` on, if there is one.

        Args:
            start: Clip time, seconds.
            token: Checked at every packet.
            whole_from: See ``FrameReader.stamped``.

        Raises:
            MediaError: A file cannot be opened or has no picture.
        """
        latest: Fraction | None = None
        for span in self._footage.spans[self._footage.number_at(start) :]:
            reader = self._reader(span)
            since = None if whole_from is None else whole_from - span.origin
            for at, frame in reader.stamped(max(start, span.begin) - span.origin, token, since):
                begin = span.origin + at
                if begin >= span.end:
                    break
                if latest is None or begin > latest:
                    latest = begin
                    yield Stamped(begin, frame, span, reader.pixel)

    def leave_out(self, unneeded: bool) -> None:
        """Leave out frames that no other frame is made from, or decode all."""
        if unneeded != self._leaving_out:
            self._leaving_out = unneeded
            if self._open is not None:
                self._open[1].leave_out(unneeded)

    def key_before(self, instant: Fraction) -> Fraction | None:
        """Return the clip time at which seeking to an instant would land; None where no index tells."""
        span = self._footage.spans[self._footage.number_at(instant)]
        if self._open is None or self._open[0] != span:
            return span.begin
        key = self._open[1].key_before(instant - span.origin)
        return None if key is None else max(span.origin + key, span.begin)

    def _reader(self, span: Span) -> FrameReader:
        if self._open is not None and self._open[0] == span:
            return self._open[1]
        self.close()
        self.failed = span
        reader = FrameReader(span.file, threads=self._threads, hardware=self._hardware)
        self.failed = None
        reader.leave_out(self._leaving_out)
        self._open, self.late = (span, reader), reader.late
        return reader
