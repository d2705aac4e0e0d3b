"""Where clips lay for the decisions made so far: why undoing brings neighbours back in the same instant."""

from collections import OrderedDict

from rushlock.gui.stages import Wishes
from rushlock.placements.sync_map import SyncMap

_MOST = 200  # maps share the placements that are the same, so each costs little more than a list of clips


class Places:
    """Placements by what was wished for, the latest ones. Good for one run's grounds.

    Decisions may follow each other faster than clips settle; what was shown meanwhile is remembered as well,
    so that undoing shows that again until it is settled.
    """

    def __init__(self) -> None:
        self._by_wishes: OrderedDict[Wishes, tuple[SyncMap, bool]] = OrderedDict()

    def remember(self, wishes: Wishes, found: SyncMap, settled: bool) -> None:
        """Keep the placements that were shown for some wishes, and whether they heed them."""
        if not settled and wishes in self._by_wishes:
            return
        self._by_wishes[wishes] = found, settled
        self._by_wishes.move_to_end(wishes)
        while len(self._by_wishes) > _MOST:
            self._by_wishes.popitem(last=False)

    def recall(self, wishes: Wishes, now: SyncMap) -> tuple[SyncMap, bool]:
        """Return the placements for some wishes, else those of ``now``, and whether they heed them."""
        return self._by_wishes.get(wishes, (now, False))
