"""Where clips lay for the decisions made so far: why undoing brings neighbours back in the same instant."""

from collections import OrderedDict

from rushlock.gui.stages import Wishes
from rushlock.placements.sync_map import SyncMap

_MOST = 200  # maps share the placements that are the same, so each costs little more than a list of clips


class Places:
    """Settled placements by what was wished for, the latest ones. Good for one run's grounds."""

    def __init__(self) -> None:
        self._by_wishes: OrderedDict[Wishes, SyncMap] = OrderedDict()

    def remember(self, wishes: Wishes, found: SyncMap) -> None:
        """Keep placements that heed some wishes."""
        self._by_wishes[wishes] = found
        self._by_wishes.move_to_end(wishes)
        while len(self._by_wishes) > _MOST:
            self._by_wishes.popitem(last=False)

    def recall(self, wishes: Wishes) -> SyncMap | None:
        """Return the placements for some wishes, None where they were not settled yet."""
        return self._by_wishes.get(wishes)
