"""Transforms, running means and medians, lean: SciPy's would take a quarter second to import.

Every worker process, and the program itself, would spend that before it hears anything.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def spectra(rows: Floats, length: int) -> npt.NDArray[np.complex64]:
    """Return the transforms of rows padded to ``length``, divided by it: (rows, length // 2 + 1).

    Divided, because NumPy then stays in single precision; it goes over to double, three times as slow, to
    leave the sums as they are.
    """
    return np.fft.rfft(rows, length, norm="forward").astype(np.complex64, copy=False)


def fast_length(least: int) -> int:
    """Return the first length from ``least`` on with no prime factor above 5: those transform quickly."""
    length = least
    while not _is_smooth(length):
        length += 1
    return length


def _is_smooth(length: int) -> bool:
    for prime in (2, 3, 5):
        while length % prime == 0:
            length //= prime
    return length == 1


def running_mean(values: Floats, width: int) -> Floats:
    """Return means over ``width`` neighbours; beyond the ends the last values go on."""
    padded = np.pad(values, (width // 2 + 1, (width - 1) // 2), mode="edge")
    sums = np.cumsum(padded, dtype=np.float64)
    means: Floats = ((sums[width:] - sums[:-width]) / width).astype(np.float32)
    return means


def widened(marks: npt.NDArray[np.bool_], reach: int) -> npt.NDArray[np.bool_]:
    """Return which places lie within ``reach`` of a mark."""
    sums = np.cumsum(np.pad(marks, (reach + 1, reach)), dtype=np.int64)
    near: npt.NDArray[np.bool_] = sums[2 * reach + 1 :] > sums[: -2 * reach - 1]
    return near


def upper_median(values: Floats) -> float:
    """Return the upper median of at least one value: one partition, where ``np.median`` makes several."""
    middle = values.size // 2
    return float(np.partition(values, middle)[middle])
