"""Half-open ranges of exact time: what begins where another ends shares nothing with it."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class TimeRange:
    """The times from ``start`` up to, but without, ``end``; both in exact seconds of one clock.

    Raises:
        ValueError: The range ends before it starts.
    """

    start: Fraction
    end: Fraction

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a range cannot end at {self.end} before it starts at {self.start}")

    @property
    def duration(self) -> Fraction:
        """Length in seconds."""
        return self.end - self.start

    def intersection(self, other: "TimeRange") -> "TimeRange | None":
        """Return the times in both ranges, None where there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return TimeRange(start, end) if start < end else None
