"""How fast a stage goes and how long it still takes; for whoever shows progress."""

from collections import deque


class Pace:
    """Work per second over the last moments.

    The window forgets: after a burst of cached clips the speed of the real work shows within half a minute.
    """

    def __init__(self, memory: float = 30.0) -> None:
        self._memory = memory
        self._seen: deque[tuple[float, float]] = deque()

    def note(self, when: float, done: float) -> None:
        """Remember how much was done at a time (seconds of any steady clock)."""
        self._seen.append((when, done))
        while len(self._seen) > 2 and self._seen[1][0] < when - self._memory:
            self._seen.popleft()

    @property
    def per_second(self) -> float | None:
        """Work per second; None while it cannot be told."""
        if len(self._seen) < 2:
            return None
        (first, before), (last, after) = self._seen[0], self._seen[-1]
        if last <= first or after <= before:
            return None
        return (after - before) / (last - first)

    def seconds_left(self, done: float, total: float) -> float | None:
        """Return how long the rest takes at this pace; None while it cannot be told."""
        speed = self.per_second
        return None if speed is None or total <= 0 else max(total - done, 0.0) / speed
