"""How papers on silent cameras count: pairs cut to equal length, error in frames, mean with its margin."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class FrameError:
    """Absolute errors in frames over pairs.

    Attributes:
        mean: Over all pairs.
        margin: Half the width of the mean's 95 % confidence interval, by Student's t with the population
            standard deviation, as VideoSync computes it (a little narrow for few pairs); 0 for one pair.
        median: Over all pairs.
        pairs: How many.
    """

    mean: float
    margin: float
    median: float
    pairs: int


def frame_error(errors: Sequence[float]) -> FrameError:
    """Return the figures of a table's cell.

    Raises:
        ValueError: There are no errors.
    """
    found = np.abs(np.asarray(errors, np.float64))
    if not found.size:
        raise ValueError("no pairs were measured")
    return FrameError(float(found.mean()), _margin(found), float(np.median(found)), int(found.size))


def _margin(found: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> float:
    if found.size < 2:
        return 0.0
    from scipy.stats import t

    return float(t.ppf((1 + _CONFIDENCE) / 2, found.size - 1) * found.std() / sqrt(found.size))


def equal_stretches(master: int, node: int, lag: int) -> tuple[slice, slice]:
    """Return which frames of two whole recordings make a pair of equal length with a planted lag.

    Both recordings begin at the same moment. Cutting the beginning of one makes the lag; if the ends stayed,
    the difference in length would tell it. So both are cut to what is left of the shorter one.

    Args:
        master: Frames of the master.
        node: Frames of the node.
        lag: Frames by which the node shall start later; negative, the master.
    """
    begin_master, begin_node = max(-lag, 0), max(lag, 0)
    length = max(min(master - begin_master, node - begin_node), 0)
    return slice(begin_master, begin_master + length), slice(begin_node, begin_node + length)
