"""How xmeml counts: whole timebases with an NTSC flag, labels with a display format."""

from dataclasses import dataclass

from rushlock.base.rate import STANDARD_RATES, FrameRate
from rushlock.base.timecode import Timecode
from rushlock.export.markup import Element, element
from rushlock.timeline.source import Source

TRUE, FALSE = "TRUE", "FALSE"


def is_countable(rate: FrameRate) -> bool:
    """Return whether the format can say a rate."""
    return rate.fps.denominator == 1 or rate.ntsc


def countable(rate: FrameRate) -> FrameRate:
    """Return a rate that the format can say: itself, or the nearest standard for a phone's average."""
    if is_countable(rate):
        return rate
    return min(STANDARD_RATES, key=lambda standard: abs(standard.fps - rate.fps))


def rate_element(rate: FrameRate) -> Element:
    """Return ``rate``."""
    return element("rate", element("timebase", rate.timebase), element("ntsc", TRUE if rate.ntsc else FALSE))


def timecode_element(timecode: Timecode, reel: str | None = None) -> Element:
    """Return ``timecode``, with a reel where one is given."""
    return element(
        "timecode",
        rate_element(timecode.rate),
        element("string", str(timecode.wrapped())),
        element("frame", timecode.wrapped().frames),
        element("displayformat", "DF" if timecode.drop else "NDF"),
        element("reel", element("name", reel)) if reel is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What one file counts in xmeml.

    Attributes:
        rate: Frames per second that the file's times are written at.
        length: Frames of the file.
        start: Timecode of its first frame.
    """

    rate: FrameRate
    length: int
    start: Timecode

    @classmethod
    def of(cls, source: Source, sequence_rate: FrameRate, drop: bool = False) -> "Counted":
        """Return how a file is counted in a sequence; sound alone drops labels where the sequence does."""
        if source.picture and is_countable(source.rate):
            return cls(source.rate, source.length, source.timecode)
        rate = countable(source.rate) if source.picture else sequence_rate
        start = rate.frame_at(source.rate.seconds_of(source.start))
        return cls(rate, frames_of(source, rate), Timecode(start, rate, drop and not source.picture))


def frames_of(source: Source, rate: FrameRate) -> int:
    """Return how many whole frames of a rate a file lasts, at least 1."""
    return max(1, rate.frame_at(source.rate.seconds_of(source.length), "floor"))
