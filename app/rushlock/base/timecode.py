"""Timecode: a frame count with a rate and a drop-frame flag (SMPTE ST 12-1; above 60 frames ST 12-3).

The frame count is the truth and the label only a way to write it. Drop-frame counting leaves out
*labels*, never frames: at 29.97 the first two of every minute but each tenth, four at 59.94, eight at
119.88.

Two clocks can be read from one timecode. ``seconds`` is the exact running time of its frames since the
label 00:00:00:00, the clock that sample counts (BWF ``bext``) share; ``label_seconds`` is what the label
shows. At 25 they agree; at 23.976 the label 10:00:00:00 comes 36036 seconds after midnight's.

Decisions:
    * A day holds the labels 00:00:00:00 to 23:59:59:xx. Counts beyond it are kept and written beyond it
      ("24:00:00:03", "-00:00:01:00"); ``wrapped`` is the only thing that ever folds them back.
    * Drop-frame is also accepted on exactly 30, 60 and 120 fps: phones do write it, and the label's frame
      is well defined there too. ``FrameRate.allows_drop`` says where it keeps time of day.
    * ``TimecodeError`` is both a ``UsageError`` (typed by a user) and a ``ValueError`` (read from a file).
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from rushlock.base.errors import UsageError
from rushlock.base.rate import FrameRate

_LABEL = re.compile(r"(\d{1,2})([:.;,])(\d{2})([:.;,])(\d{2})([:.;,])(\d{2,3})")
_DROP_MARKS = ";,"
_HOURS_A_DAY = 24


class TimecodeError(UsageError, ValueError):
    """A label that does not exist at its rate."""


@dataclass(frozen=True, slots=True)
class Timecode:
    """A label on a frame: frames since 00:00:00:00 at a rate, drop-frame or not.

    Raises:
        TimecodeError: Drop-frame at a rate that has no such counting.
    """

    frames: int
    rate: FrameRate
    drop: bool = False

    def __post_init__(self) -> None:
        if self.drop and self.rate.timebase % 30:
            raise TimecodeError(f"there is no drop-frame timecode at {self.rate} fps")

    @classmethod
    def parse(cls, text: str, rate: FrameRate, drop: bool | None = None) -> "Timecode":
        """Return the timecode of a label such as "10:00:00:00" or "10:00:00;02".

        Args:
            text: The label; the last separator ";" or "," says drop-frame, ":" or "." non-drop.
            rate: What the frames are counted at.
            drop: Overrules the separator, for sources that keep the flag elsewhere.

        Raises:
            TimecodeError: No such label at this rate, one that drop-frame leaves out included.
        """
        match = _LABEL.fullmatch(text.strip())
        if match is None:
            raise TimecodeError(
                f'"{text}" is not a timecode; write it as 10:00:00:00, or 10:00:00;00 for drop-frame'
            )
        hours, minutes, seconds, frame = (int(match[i]) for i in (1, 3, 5, 7))
        dropping = match[6] in _DROP_MARKS if drop is None else drop
        if hours >= _HOURS_A_DAY or minutes >= 60 or seconds >= 60 or frame >= rate.timebase:
            raise TimecodeError(f'there is no timecode "{text}" at {rate} fps')
        nominal = ((hours * 60 + minutes) * 60 + seconds) * rate.timebase + frame
        if not dropping:
            return cls(nominal, rate)
        found = cls(nominal - _left_out(hours * 60 + minutes, rate), rate, drop=True)
        if minutes % 10 and seconds == 0 and frame < _dropped_a_minute(rate):
            raise TimecodeError(f'drop-frame timecode leaves "{text}" out')
        return found

    @property
    def frames_per_day(self) -> int:
        """How many frames the labels of one day name."""
        minutes = _HOURS_A_DAY * 60
        return minutes * 60 * self.rate.timebase - (_left_out(minutes, self.rate) if self.drop else 0)

    @property
    def days(self) -> int:
        """Whole days that the count lies beyond the first; negative before it."""
        return self.frames // self.frames_per_day

    @property
    def seconds(self) -> Fraction:
        """Exact running time of the frames since 00:00:00:00."""
        return self.rate.seconds_of(self.frames)

    @property
    def label_seconds(self) -> Fraction:
        """What the label shows, as seconds after midnight, its frames as parts of the nominal rate."""
        return Fraction(self._nominal(), self.rate.timebase)

    def wrapped(self) -> "Timecode":
        """Return the same label within the first day."""
        return replace(self, frames=self.frames % self.frames_per_day)

    def at_rate(self, rate: FrameRate, *, drop: bool = False) -> "Timecode":
        """Return the frame of another rate that begins nearest in running time."""
        return Timecode(rate.frame_at(self.seconds), rate, drop)

    def __add__(self, frames: int) -> "Timecode":
        return replace(self, frames=self.frames + frames)

    def __sub__(self, frames: int) -> "Timecode":
        return replace(self, frames=self.frames - frames)

    def __str__(self) -> str:
        sign = "-" if self.frames < 0 else ""
        nominal, frame = divmod(abs(self._nominal()), self.rate.timebase)
        minutes, seconds = divmod(nominal, 60)
        hours, minutes = divmod(minutes, 60)
        digits = max(2, len(str(self.rate.timebase - 1)))
        mark = ";" if self.drop else ":"
        return f"{sign}{hours:02}:{minutes:02}:{seconds:02}{mark}{frame:0{digits}}"

    def _nominal(self) -> int:
        """Return the count with the left-out labels counted in, odd in the sign."""
        if not self.drop:
            return self.frames
        count = abs(self.frames)
        dropped = _dropped_a_minute(self.rate)
        a_minute = 60 * self.rate.timebase - dropped
        tens, rest = divmod(count, 10 * a_minute + dropped)
        minutes_in = max(
            0, (rest - dropped) // a_minute
        )  # the first minute of ten is longer: it drops nothing
        nominal = count + dropped * (9 * tens + minutes_in)
        return -nominal if self.frames < 0 else nominal


def _dropped_a_minute(rate: FrameRate) -> int:
    """Return how many labels drop-frame leaves out in a minute."""
    return rate.timebase // 15


def _left_out(minutes: int, rate: FrameRate) -> int:
    """Return how many labels drop-frame leaves out before a minute of the day."""
    return _dropped_a_minute(rate) * (minutes - minutes // 10)
