"""Colours of a heatmap: dark blue over green to yellow, even in lightness, told apart by any eye."""

import numpy as np
import numpy.typing as npt

from rushlock.similarity.vectors import Floats

_STOPS = np.array(
    [
        *((68, 1, 84), (70, 50, 127), (54, 92, 141), (39, 127, 142)),
        *((31, 161, 135), (74, 194, 109), (159, 218, 58), (253, 231, 37)),
    ],
    np.float64,
)
"""Evenly spaced along the scale known as viridis (Smith and van der Walt, 2015, CC0)."""

_ABSENT = (120, 120, 120)


def coloured(cells: Floats, low: float, high: float) -> npt.NDArray[np.uint8]:
    """Return uint8 (rows, columns, 3) of a heatmap's cells; NaN is grey.

    Args:
        cells: float (rows, columns).
        low: Where the scale begins.
        high: Where it ends.
    """
    place = np.clip((cells - low) / (high - low), 0.0, 1.0)
    scale = np.nan_to_num(place) * 255
    table = np.stack(
        [np.interp(np.arange(256), np.linspace(0, 255, len(_STOPS)), channel) for channel in _STOPS.T], axis=1
    )
    out = np.rint(table)[np.rint(scale).astype(np.int64)].astype(np.uint8)
    out[np.isnan(cells)] = _ABSENT
    return np.asarray(out)
