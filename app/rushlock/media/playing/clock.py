"""A clock of our own: a position that runs by the monotonic clock at any speed, and may be led by sound."""

import time
from collections.abc import Callable

_SLACK_S = 0.004  # what a device's own report jitters by
_LEAP_S = 0.25
_PULL = 0.1  # part of the difference that is made up at each report: no picture jumps


class RunningClock:
    """Where one is, in seconds, and how fast that moves.

    Attributes:
        speed: Seconds a second; 0 stands, negative runs backwards.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.speed = 0.0
        self._now = now
        self._at, self._since = 0.0, now()

    @property
    def at(self) -> float:
        """Where it is now."""
        return self._at + self.speed * (self._now() - self._since)

    def go(self, at: float) -> None:
        """Be somewhere else, running on."""
        self._at, self._since = at, self._now()

    def run(self, speed: float) -> None:
        """Run on from here at another speed."""
        self.go(self.at)
        self.speed = speed

    def follow(self, heard: float) -> None:
        """Come nearer to what is heard now: at once where it is far off, else gently."""
        apart = heard - self.at
        if abs(apart) > _LEAP_S:
            self.go(heard)
        elif abs(apart) > _SLACK_S:
            self.go(self.at + _PULL * apart)
