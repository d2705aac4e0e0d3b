"""Exact frame rates: fractions, standard rates and how people write them.

A rate is a fraction, never a double: 23.976 is 24000/1001. What containers and people write is
rounded, so ``nearest`` and ``parse`` snap to the standards. The closest two standards are a whole rate
and its NTSC sister, 1 part in 1001 apart; a value within a quarter of that gap belongs to the standard
beyond doubt ("23.98", the coarsest habit, is 166 ppm off), one in the middle half of the gap could be
either and is kept as it is.

Drop-frame labels exist for 30000/1001 (SMPTE ST 12-1) and its multiples by two and four (ST 12-3).
"""

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rushlock.base.errors import UsageError

_NTSC = Fraction(1000, 1001)
_WHOLE = (24, 25, 30, 48, 50, 60, 100, 120)
_WITH_NTSC_SISTER = (24, 30, 48, 60, 120)
_SNAP = (1 - _NTSC) / 4
_LARGEST_DENOMINATOR = 1_001_000  # a double holds a rate below 1000 to better than one part in this
_WRITTEN = re.compile(r"(?P<rate>\d+(?:\.\d+)?(?:/\d+)?)\s*(?:fps|p|i)?\s*(?P<count>DF|NDF)?", re.IGNORECASE)


class RateError(UsageError):
    """Not a frame rate, or one that cannot be counted as asked."""


@dataclass(frozen=True, slots=True, order=True)
class FrameRate:
    """Frames per second as an exact fraction.

    Raises:
        RateError: The fraction is not positive.
    """

    fps: Fraction

    def __post_init__(self) -> None:
        if self.fps <= 0:
            raise RateError(f"{self.fps} frames per second is no frame rate")

    @classmethod
    def nearest(cls, value: Fraction | float) -> "FrameRate":
        """Return the standard rate that a measured or rounded value means, or the value itself.

        Args:
            value: Frames per second. A double is read as the simplest fraction within its precision.

        Raises:
            RateError: The value is not a positive number.
        """
        if isinstance(value, float) and not math.isfinite(value):
            raise RateError(f"{value} frames per second is no frame rate")
        exact = Fraction(value)
        closest = min(STANDARD_RATES, key=lambda standard: abs(standard.fps - exact))
        if abs(exact / closest.fps - 1) <= _SNAP:
            return closest
        return cls(exact if isinstance(value, Fraction) else exact.limit_denominator(_LARGEST_DENOMINATOR))

    @classmethod
    def parse(cls, text: str) -> "FrameRate":
        """Return the rate that "23.976", "29.97DF", "25 fps" or "30000/1001" says.

        Raises:
            RateError: The text is no rate, or asks for drop-frame where there is none.
        """
        return parse_rate(text)[0]

    @property
    def timebase(self) -> int:
        """Frames that a timecode counts to a second: 30 for 29.97."""
        return math.ceil(self.fps)

    @property
    def ntsc(self) -> bool:
        """Whether the rate is a whole number times 1000/1001."""
        return self.fps.denominator != 1 and (self.fps / _NTSC).denominator == 1

    @property
    def allows_drop(self) -> bool:
        """Whether drop-frame labels exist: 29.97, 59.94 and 119.88."""
        return self.fps in (30 * _NTSC, 60 * _NTSC, 120 * _NTSC)

    @property
    def frame_seconds(self) -> Fraction:
        """Length of one frame in seconds."""
        return 1 / self.fps

    def frame_at(self, seconds: Fraction | float, rounding: Literal["nearest", "floor"] = "nearest") -> int:
        """Return the frame that begins nearest to a time (halves upwards), or the one on screen ("floor")."""
        position = Fraction(seconds) * self.fps
        return math.floor(position + Fraction(1, 2)) if rounding == "nearest" else math.floor(position)

    def seconds_of(self, frames: int) -> Fraction:
        """Return the exact time at which a frame begins."""
        return frames / self.fps

    def __str__(self) -> str:
        if self.fps.denominator == 1:
            return str(self.fps.numerator)
        short = f"{float(self.fps):.3f}".rstrip("0").rstrip(".")
        return short if self.ntsc else f"{self.fps.numerator}/{self.fps.denominator}"


STANDARD_RATES: tuple[FrameRate, ...] = tuple(
    sorted(
        [FrameRate(Fraction(whole)) for whole in _WHOLE]
        + [FrameRate(whole * _NTSC) for whole in _WITH_NTSC_SISTER]
    )
)


def parse_rate(text: str) -> tuple[FrameRate, bool]:
    """Return the rate and whether drop-frame was asked for: "29.97DF" -> (30000/1001, True).

    Raises:
        RateError: The text is no rate, or asks for drop-frame where there is none.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise RateError(f'"{text}" is not a frame rate; write for example 25, 23.976, 29.97DF or 30000/1001')
    try:
        number, _, below = match["rate"].partition("/")
        rate = FrameRate.nearest(Fraction(number) / Fraction(below or 1))
    except ZeroDivisionError:
        raise RateError(f'"{text}" is not a frame rate: it divides by zero') from None
    drop = (match["count"] or "").upper() == "DF"
    if drop and not rate.allows_drop:
        raise RateError(f"{rate} fps has no drop-frame timecode; only 29.97, 59.94 and 119.88 have")
    return rate, drop
