"""What a window network is fed: segments of picture and of sound, cut from a clip on a grid of its own.

Segment ``n`` begins at clip time ``origin + n * hop`` and lies wholly inside the recording: nothing is padded
at a clip's ends, where padding would look alike in every clip.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeVar

import numpy as np

from rushlock.base.progress import CancelToken
from rushlock.features.channels import DEAD_RMS
from rushlock.features.waveform import Waveform
from rushlock.media.clip import Clip
from rushlock.media.framing import Middle, Picture
from rushlock.media.pictures import pictures
from rushlock.media.sound import Floats
from rushlock.nets.protocol import Pictures, SegmentLayout

Side = Literal["pictures", "sound"]

_EDGE_S = Fraction(1, 1000)
_MICROSECONDS = 10**6

S = TypeVar("S")
Fed = Iterator[tuple[int, S | None]]
"""(number of the segment, what it holds), in order; None where the recording shows or sounds nothing."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the segments of a clip begin.

    Attributes:
        layout: How the network cuts time.
        origin: Clip time of segment 0, 0 <= origin < hop.
    """

    layout: SegmentLayout
    origin: Fraction = Fraction(0)

    @classmethod
    def through(cls, layout: SegmentLayout, instant: float) -> "Grid":
        """Return the grid on which a segment begins at a clip time, to the microsecond."""
        exact = Fraction(round(instant * _MICROSECONDS), _MICROSECONDS)
        return cls(layout, exact % Fraction(layout.hop_frames, layout.frame_rate))

    @property
    def hop(self) -> Fraction:
        """Seconds from one segment's start to the next."""
        return Fraction(self.layout.hop_frames, self.layout.frame_rate)

    @property
    def segment(self) -> Fraction:
        """Seconds of one segment."""
        return Fraction(self.layout.frames, self.layout.frame_rate)

    def start(self, number: int) -> Fraction:
        """Return the clip time at which a segment begins."""
        return self.origin + number * self.hop

    def inside(self, start: Fraction, end: Fraction) -> range:
        """Return the numbers of the segments that lie wholly between two clip times."""
        first = max(ceil((start - self.origin) / self.hop), 0)
        last = floor((end - self.segment - self.origin) / self.hop)
        return range(first, max(last + 1, first))

    def recorded(self, clip: Clip, side: Side) -> range:
        """Return the numbers of all segments of a clip."""
        begin, end = recorded_span(clip, side)
        # A picture stays on screen for its frame's time, and so much may be missing at either end.
        slack = Fraction(1, self.layout.frame_rate) if side == "pictures" else _EDGE_S
        return self.inside(begin - slack, end + slack)


def recorded_span(clip: Clip, side: Side) -> tuple[Fraction, Fraction]:
    """Return from when to when a clip has pictures or sound, in clip time; (0, 0) where it has none."""
    edges = []
    for at, file in zip(clip.chapter_starts(), clip.files, strict=True):
        streams = file.pictures[:1] if side == "pictures" else file.sounds
        for stream in streams:
            begin = at + stream.start - file.start
            edges += [begin, begin + stream.duration]
    return (min(edges), max(edges)) if edges else (Fraction(0), Fraction(0))


def picture_segments(clip: Clip, grid: Grid, numbers: range, token: CancelToken) -> Fed[Pictures]:
    """Yield segments of picture, uint8 (frames, picture, picture, 3), RGB.

    Raises:
        MediaError: Nothing can be read.
    """
    layout = grid.layout
    framing = Middle(layout.shorter_side, layout.picture)
    rate = Fraction(layout.frame_rate)
    count = (len(numbers) - 1) * layout.hop_frames + layout.frames
    latest: deque[tuple[int, Picture]] = deque(maxlen=layout.frames)
    waiting = iter(numbers)
    number = next(waiting, None)
    for at, picture in pictures(clip, framing, grid.start(numbers.start), rate, count, token):
        latest.append((at, picture))
        while number is not None:
            first = (number - numbers.start) * layout.hop_frames
            if at < first + layout.frames - 1:
                break
            whole = len(latest) == layout.frames and latest[0][0] == first
            yield number, np.stack([shown for _, shown in latest]) if whole else None
            number = next(waiting, None)
    while number is not None:
        yield number, None
        number = next(waiting, None)


def sound_segments(clip: Clip, grid: Grid, numbers: range, token: CancelToken) -> Fed[Floats]:
    """Yield segments of sound, float32 (samples,), mono, full scale 1; None where it is silent.

    Digital silence is alike in every clip and tells nothing.

    Raises:
        MediaError: The sound cannot be opened.
    """
    layout = grid.layout
    with Waveform(clip, layout.sample_rate) as waveform:
        for some in _runs(numbers):
            token.check()
            first = round(grid.start(some.start) * layout.sample_rate)
            end = round(grid.start(some.stop - 1) * layout.sample_rate) + layout.samples
            samples = waveform.read(first, end - first)
            for number in some:
                at = round(grid.start(number) * layout.sample_rate) - first
                segment = samples[at : at + layout.samples]
                loud = float(np.sqrt(np.mean(np.square(segment)))) > DEAD_RMS
                yield number, segment.copy() if loud else None


_AT_ONCE = 32


def _runs(numbers: range) -> Iterator[range]:
    """Yield a range in pieces: one seek each."""
    for first in range(numbers.start, numbers.stop, _AT_ONCE):
        yield range(first, min(first + _AT_ONCE, numbers.stop))
