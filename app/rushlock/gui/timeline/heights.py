"""How tall each lane is: small, with its waveform, or with pictures as well. Numbers only, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from rushlock.gui.timeline.lanes import Lane


class Height(Enum):
    """What a lane has room for; the value is its height in pixels."""

    SMALL = 24
    WAVE = 58
    FILM = 96


_ORDER = tuple(Height)
_MOST_TALL = 6  # lanes that show their sound before anybody asked: at a hundred cameras it would be noise


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Lanes of some heights one below the other.

    Attributes:
        kinds: What each lane has room for.
        tops: Where each begins, pixels from the first one's top; one more entry for the end.
    """

    kinds: tuple[Height, ...]
    tops: NDArray[np.int64]

    @property
    def total(self) -> int:
        """Pixels from the first lane's top to the last one's end."""
        return int(self.tops[-1])

    def lane_at(self, y: float) -> int | None:
        """Return the lane at a distance from the first one's top, pixels."""
        number = int(np.searchsorted(self.tops, y, side="right")) - 1
        return number if 0 <= number < len(self.kinds) else None

    def between(self, low: float, high: float) -> range:
        """Return the lanes that show between two distances from the first one's top."""
        first = max(int(np.searchsorted(self.tops, low, side="right")) - 1, 0)
        last = int(np.searchsorted(self.tops, high, side="left"))
        return range(first, min(last, len(self.kinds)))


class Heights:
    """What the user wants: one height for every lane, others for single cameras.

    Attributes:
        stack: How the lanes lie by that.
    """

    def __init__(self) -> None:
        self._every: Height | None = None  # None: by how many lanes there are
        self._given: dict[str, Height] = {}
        self._titles: list[str] = []
        self.stack = Stack((), np.zeros(1, np.int64))

    def lay(self, lanes: Sequence[Lane]) -> None:
        """Take over other lanes."""
        self._titles = [lane.title for lane in lanes]
        self._measure()

    def give(self, number: int, height: Height) -> None:
        """Make one camera's lane as tall; lanes of unplaced clips are of one height."""
        self._given[self._titles[number]] = height
        self._measure()

    def give_all(self, height: Height) -> None:
        """Make every lane as tall."""
        self._every = height
        self._given.clear()
        self._measure()

    def step(self, by: int) -> None:
        """Make every lane one kind taller than the tallest is (negative: shorter)."""
        tallest = max(self.stack.kinds, key=_ORDER.index, default=self._usual)
        self.give_all(_ORDER[min(max(_ORDER.index(tallest) + by, 0), len(_ORDER) - 1)])

    @property
    def every(self) -> Height | None:
        """What the user gave to every lane; None where nobody said."""
        return self._every

    @property
    def _usual(self) -> Height:
        if self._every is not None:
            return self._every
        return Height.WAVE if sum(bool(title) for title in self._titles) <= _MOST_TALL else Height.SMALL

    def _of(self, title: str) -> Height:
        if title in self._given:
            return self._given[title]
        return self._usual if title or self._every is not None else Height.SMALL

    def _measure(self) -> None:
        kinds = tuple(self._of(title) for title in self._titles)
        tops = np.concatenate([[0], np.cumsum([kind.value for kind in kinds])]).astype(np.int64)
        self.stack = Stack(kinds, tops)


def nearest_height(pixels: float) -> Height:
    """Return the kind of lane whose height comes nearest."""
    return min(Height, key=lambda height: abs(height.value - pixels))
