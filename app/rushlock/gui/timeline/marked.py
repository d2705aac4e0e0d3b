"""Which bars are outlined."""

from collections.abc import Iterable

import numpy as np

from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.paint import Marked


def marked_in(lanes: Lanes, keys: Iterable[str], current: str, master: str) -> Marked:
    """Return where chosen clips, the one in hand and the one that it is held against lie."""
    places: dict[int, list[int]] = {}
    for key in keys:
        if key in lanes.where:
            number, place = lanes.where[key]
            places.setdefault(number, []).append(place)
    found = {number: np.array(sorted(some), np.int64) for number, some in places.items()}
    return Marked(found, lanes.where.get(current), lanes.where.get(master))
