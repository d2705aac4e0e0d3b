"""A picture stream's nominal rate, and whether its frames truly keep to it, from time stamps alone.

Headers state averages and guesses: a phone that dropped four frames says 28.79, one whose clock is a little
fast 29.98. The nominal rate is the standard that the header or the usual frame distance means; the stream
is *constant* when every time stamp looked at lies on that rate's grid, within one tick of the container's
clock (containers round) or a millisecond. Anything else is variable: then only time stamps may be trusted,
never index / fps.

Time stamps come from the index where the container has one (QuickTime, MP4; read with the header, whole
file), else from the first packets, without decoding. Containers that count frames instead of timing them
(MXF, AVI) are constant by construction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise
from statistics import median

from av import VideoStream
from av.container import InputContainer

from rushlock.base.rate import STANDARD_RATES, FrameRate

_SISTERS = Fraction(1, 1000)  # a value between a whole rate and its NTSC sister is this near to both
_SHORTEST_JITTER = Fraction(1, 1000)
_INDEX_SAMPLES = 500
_HEAD_PACKETS = 120
_HEAD_BYTES = 8 << 20
_REORDERED = 16  # frames that may still come out of order at the end of a window

_INDEXED = "mov"
_TIMED = ("matroska", "mpegts", "mpeg", "flv", "ogg", "asf")


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """Time stamps of some frames.

    Attributes:
        stamps: (frame number, ticks), in order; numbers may leap where only some frames were looked at.
        tick: Seconds of one tick.
    """

    stamps: tuple[tuple[int, int], ...]
    tick: Fraction

    @property
    def first(self) -> Fraction | None:
        """Time of the first frame in seconds."""
        return self.stamps[0][1] * self.tick if self.stamps else None


def frame_times(container: InputContainer, stream: VideoStream) -> FrameTimes:
    """Return time stamps of a picture stream: from its index, else from its first packets."""
    tick = stream.time_base or Fraction(1, 90_000)
    name = container.format.name
    if name.startswith(_INDEXED) and len(stream.index_entries) > 1:
        return FrameTimes(_from_index(stream), tick)
    if name.startswith((_INDEXED, *_TIMED)):
        return FrameTimes(_from_head(container, stream), tick)
    return FrameTimes((), tick)


def nominal_rate(average: Fraction | None, guessed: Fraction | None, times: FrameTimes) -> FrameRate | None:
    """Return the rate that a stream is meant to have; None if nothing tells.

    Args:
        average: Frames by duration, as the header has it.
        guessed: The rate on whose grid FFmpeg found the first time stamps.
        times: Time stamps seen.
    """
    usual = _usual_rate(times)
    for value in (average, usual, guessed):
        standard = _standard_near(value, guessed)
        if standard is not None and _plausible(standard.fps, usual, average):
            return standard
    value = average or usual or guessed
    return FrameRate.nearest(value) if value else None


def keeps_to(rate: FrameRate, times: FrameTimes, *, fields: bool = False) -> bool:
    """Whether all time stamps lie on a rate's grid; ``fields``: or on that of its fields."""
    if _on_grid(rate.fps, times):
        return True
    return fields and _on_grid(rate.fps * 2, times)


def _on_grid(fps: Fraction, times: FrameTimes) -> bool:
    if len(times.stamps) < 2:
        return True
    first_number, first = times.stamps[0]
    common = (
        times.tick.denominator * fps.numerator
    )  # whole numbers over this: thousands of fractions are slow
    a_tick, a_frame = int(times.tick * common), int(common / fps)
    slack = int(max(times.tick, _SHORTEST_JITTER) * common)
    return all(
        abs((ticks - first) * a_tick - (number - first_number) * a_frame) <= slack
        for number, ticks in times.stamps
    )


def _standard_near(value: Fraction | None, guessed: Fraction | None) -> FrameRate | None:
    """Return the standard that a value means; between a whole rate and its sister FFmpeg's guess decides."""
    if not value:
        return None
    near = [standard for standard in STANDARD_RATES if abs(standard.fps / value - 1) <= _SISTERS]
    if len(near) < 2 or any(FrameRate.nearest(value) == standard for standard in near):
        return FrameRate.nearest(value) if FrameRate.nearest(value) in near else None
    return next((standard for standard in near if standard.fps == guessed), near[0])


def _plausible(fps: Fraction, usual: Fraction | None, average: Fraction | None) -> bool:
    """Whether a rate fits the frames' usual distance (fields: half of it), or failing that the average."""
    seen = usual or average
    return seen is None or any(abs(seen / (fps * times) - 1) < Fraction(1, 20) for times in (1, 2))


def _usual_rate(times: FrameTimes) -> Fraction | None:
    """Return frames per second by the usual distance of neighbours; leaps and pauses do not count."""
    steps = [b - a for (i, a), (j, b) in pairwise(times.stamps) if j == i + 1 and b > a]
    if not steps:
        return None
    middle = median(steps)
    usual = [step for step in steps if abs(step - middle) <= 1]
    return Fraction(len(usual), sum(usual)) / times.tick if len(usual) * 2 > len(steps) else None


def _from_index(stream: VideoStream) -> tuple[tuple[int, int], ...]:
    """Return an index's first entries and some spread over it: a dropped frame shifts all that follow."""
    entries = stream.index_entries
    count, spread = len(entries), _INDEX_SAMPLES
    numbers: Iterable[int] = range(count)
    if count > 2 * spread:
        numbers = chain(range(spread), (spread + (count - spread) * i // spread for i in range(spread)))
    seen = ((number, entries[number]) for number in numbers)
    return tuple((number, entry.timestamp) for number, entry in seen if not entry.is_discard)


def _from_head(container: InputContainer, stream: VideoStream) -> tuple[tuple[int, int], ...]:
    stamps: list[int] = []
    bytes_read = 0
    for packet in container.demux(stream):
        if packet.size == 0:  # the end: every frame was seen
            return tuple(enumerate(sorted(stamps)))
        if packet.pts is None:
            return ()
        stamps.append(packet.pts)
        bytes_read += packet.size
        if len(stamps) >= _HEAD_PACKETS or bytes_read >= _HEAD_BYTES:
            break
    return tuple(enumerate(sorted(stamps)[: max(len(stamps) - _REORDERED, 2)]))
