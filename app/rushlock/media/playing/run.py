"""A stretch of frames without holes, as far as it is decoded: which of them is on screen at an instant.

Frames that were decoded but not made into stills (they came too late to be shown) are kept as entries
without a still, so that it stays known that the still before them is not the one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rushlock.media.playing.easel import Still

_SLACK = 1.2  # frames by which stills may be further apart than asked for: stamps jitter


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A frame of a run.

    Attributes:
        begin: Clip time at which it appears, seconds.
        still: How it looks; None: left out.
        sure: Whether the next entry is truly the next frame of the file.
    """

    begin: float
    still: Still | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of an instant.

    Attributes:
        still: The frame on screen, or where that is not at hand the nearest one before; None: nothing.
        exact: Whether ``still`` is the frame on screen, or certainly nothing is.
        begin, end: When the frame on screen appears and goes, clip time in seconds; None: not known.
    """

    still: Still | None = None
    exact: bool = False
    begin: float | None = None
    end: float | None = None


class Run:
    """Entries in order.

    Attributes:
        late: Instants this near before a frame's stamp show it already, see ``FrameReader.late``.
        until: Clip time at which what follows the last entry begins; None: not known yet.
        ended: Whether no frame of the clip follows.
        from_start: Whether no frame of the clip precedes.
    """

    def __init__(self, frame_s: float) -> None:
        """Begin empty; ``frame_s`` is the usual length of a frame in seconds."""
        self.late = 0.0
        self._frame_s = frame_s
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._begins: list[float] = []
        self._entries: list[Entry] = []
        self.until: float | None = None
        self.ended = self.from_start = False

    @property
    def empty(self) -> bool:
        """Whether there are no entries."""
        return not self._entries

    @property
    def low(self) -> float:
        """Clip time from which it is known what is shown; the clip's first frame may stand a little late."""
        return self._begins[0] - (self._frame_s if self.from_start else 0.0)

    @property
    def first(self) -> float:
        """Where the first entry begins."""
        return self._begins[0]

    @property
    def high(self) -> float:
        """Where the last entry begins."""
        return self._begins[-1]

    def sight(self, instant: float) -> Sight:
        """Return what is on screen at an instant of clip time."""
        x = instant + self.late
        if self.empty:
            return Sight(exact=self.ended and self.from_start)
        if x < self.low:
            return Sight(exact=self.from_start)
        place = max(bisect_right(self._begins, x) - 1, 0)
        last = place == len(self._entries) - 1
        end = self.until if last else self._begins[place + 1]
        if last and end is not None and x >= end:
            return Sight(exact=True) if self.ended else Sight(self._last_still(place))
        entry = self._entries[place]
        exact = entry.still is not None and entry.sure and end is not None
        return Sight(self._last_still(place), exact, entry.begin, end)

    def covers(self, instant: float) -> bool:
        """Whether all frames round an instant were decoded."""
        x = instant + self.late
        if self.empty:
            return self.ended and self.from_start
        if x < self.low:
            return self.from_start
        return x < self.high or self.ended or (self.until is not None and x < self.until)

    def lacks(self, instant: float, spacing: float) -> bool:
        """Whether the frame on screen at an instant was left out, and no still is as near as is wanted.

        Args:
            instant: Clip time, seconds.
            spacing: How far stills may lie apart, seconds.
        """
        place = self._place(instant)
        if place is None or self._entries[place].still is not None:
            return False
        before = self._still_before(place)
        return before is None or self._begins[place] - self._begins[before] > spacing + _SLACK * self._frame_s

    def cut_gaps(self, instant: float, spacing: float) -> None:
        """Forget what lies beyond stretches left out before and after an instant; see ``lacks``."""
        place = self._place(instant) if self.covers(instant) else None
        middle = None if place is None else self._still_before(place)
        if middle is None:
            return
        last = self._joined(range(middle, len(self._entries)), spacing)
        if last is not None:
            self.until, self.ended = self._begins[last + 1], False
            del self._begins[last + 1 :], self._entries[last + 1 :]
        first = self._joined(range(middle, -1, -1), spacing)
        if first is not None:
            del self._begins[:first], self._entries[:first]
            self.from_start = False

    def _joined(self, numbers: range, spacing: float) -> int | None:
        """Return the last still on the way along some entries before a gap; None: there is no gap."""
        joined = numbers[0]
        for number in numbers[1:]:
            apart = abs(self._begins[number] - self._begins[joined])
            if self._entries[number].still is not None:
                if abs(number - joined) > 1 and apart > spacing + _SLACK * self._frame_s:
                    return joined
                joined = number
            elif apart > spacing + _SLACK * self._frame_s:
                return joined
        return None

    def _still_before(self, place: int) -> int | None:
        """Return the number of the last entry with a still up to one."""
        numbers = (number for number in range(place, -1, -1) if self._entries[number].still is not None)
        return next(numbers, None)

    def _place(self, instant: float) -> int | None:
        """Return the number of the entry on screen at an instant, None where that is not known."""
        x = instant + self.late
        if self.empty or x < self.low or (self.until is not None and x >= self.until):
            return None
        return max(bisect_right(self._begins, x) - 1, 0)

    def ahead_of(self, instant: float) -> int:
        """Return the number of stills that appear after an instant."""
        after = bisect_right(self._begins, instant + self.late)
        return sum(entry.still is not None for entry in self._entries[after:])

    def behind_of(self, instant: float) -> int:
        """Return the number of stills that appeared before the one at an instant."""
        before = max(bisect_right(self._begins, instant + self.late) - 1, 0)
        return sum(entry.still is not None for entry in self._entries[:before])

    def append(self, entry: Entry, *, skipped: bool = False) -> None:
        """Add what follows; ``skipped``: there may be frames between it and the last entry."""
        if skipped and self._entries:
            self._entries[-1] = replace(self._entries[-1], sure=False)
        self._begins.append(entry.begin)
        self._entries.append(entry)
        self.until = None

    def prepend(self, entries: Sequence[Entry]) -> None:
        """Add what precedes."""
        self._begins[:0] = [entry.begin for entry in entries]
        self._entries[:0] = entries

    def end(self, hold_s: float) -> None:
        """Note that nothing follows; the last frame stays for a while."""
        self.ended = True
        self.until = None if self.empty else self.high + hold_s

    def drop_before(self, instant: float, most: int) -> None:
        """Forget what lies longest before an instant until no more than ``most`` stills are left."""
        spare = self.stills - most
        last = bisect_left(self._begins, instant)
        count = 0
        while count < last and spare > 0:
            spare -= self._entries[count].still is not None
            count += 1
        if count:
            del self._begins[:count], self._entries[:count]
            self.from_start = False

    def drop_after(self, instant: float, most: int) -> None:
        """Forget what lies furthest after an instant until no more than ``most`` stills are left."""
        spare = self.stills - most
        while spare > 0 and self._entries and self._begins[-1] > instant:
            spare -= self._entries[-1].still is not None
            self.until = self._begins.pop()
            self._entries.pop()
            self.ended = False

    @property
    def stills(self) -> int:
        """How many entries have a still."""
        return sum(entry.still is not None for entry in self._entries)

    def _last_still(self, place: int) -> Still | None:
        number = self._still_before(place)
        return None if number is None else self._entries[number].still
