"""Which rate a timeline runs at when the user leaves it to us: the commonest picture rate, by duration."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache

from rushlock.base.rate import STANDARD_RATES, FrameRate, parse_rate
from rushlock.base.timecode import Timecode
from rushlock.media.clip import Clip

AUTO = "auto"
_WITHOUT_PICTURES = FrameRate(Fraction(25))


def chosen_rate(wanted: str, clips: Sequence[Clip]) -> tuple[FrameRate, bool]:
    """Return the timeline's rate and whether it counts drop-frame.

    Args:
        wanted: "auto" or a rate as people write it ("29.97DF").
        clips: What goes on the timeline.

    Raises:
        RateError: ``wanted`` is no rate.
    """
    if wanted.strip().lower() != AUTO:
        return parse_rate(wanted)
    rate = commonest_rate(clips)
    return rate, rate.allows_drop and _mostly_drop(clip.timecode for clip in clips if clip.rate == rate)


def commonest_rate(clips: Sequence[Clip]) -> FrameRate:
    """Return the standard rate of most seconds of picture; without pictures, of recorders' timecode."""
    pictured = [(clip.rate, clip.duration) for clip in clips if clip.rate is not None]
    counted = [(clip.timecode.rate, clip.duration) for clip in clips if clip.timecode is not None]
    seconds: defaultdict[FrameRate, Fraction] = defaultdict(Fraction)
    for rate, duration in pictured or counted:
        seconds[_standard(rate)] += duration
    return max(seconds, key=lambda rate: (seconds[rate], rate), default=_WITHOUT_PICTURES)


@cache
def _standard(rate: FrameRate) -> FrameRate:
    """Return the standard nearest to a rate: an average such as 29.87 makes no timeline."""
    return min(STANDARD_RATES, key=lambda standard: abs(standard.fps - rate.fps))


def _mostly_drop(timecodes: Iterable[Timecode | None]) -> bool:
    votes = Counter(timecode.drop for timecode in timecodes if timecode is not None)
    return votes[True] > votes[False]
