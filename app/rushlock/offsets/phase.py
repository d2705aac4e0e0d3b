"""Generalised cross-correlation with phase transform (Knapp and Carter 1976) of two excerpts.

Bins are weighted by the inverse of a power of their size, so that all frequencies both recordings hold vote
alike.
Polarity does not matter: microphones are wired either way.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.features.excerpt import Excerpt

LAG_RATE = 16000
"""Lags per second of a curve."""

_EXPONENT = 0.9
_LOW_HZ = 70.0
_QUIET_RMS = 1e-5
_LOCAL = 2.0  # speech alone makes the noise near lag 0 up to twice that of the whole curve

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PhaseCurve:
    """Agreement of two excerpts by lag.

    Attributes:
        z: float32 (2 * reach + 1,), size of the correlation in units of its own noise; index ``reach`` is
            lag 0.
        delta: Master time minus node time in seconds that lag 0 stands for.
        node_time: Node clip time at the middle of the excerpt.
    """

    z: Floats
    delta: float
    node_time: float

    @property
    def reach(self) -> int:
        """Lags on either side of 0."""
        return self.z.size // 2

    def delta_at(self, index: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
        """Return master minus node time at positions of ``z``."""
        return self.delta + (np.asarray(index, np.float64) - self.reach) / LAG_RATE

    def index_of(self, delta: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
        """Return the position in ``z`` of a master minus node time."""
        return (np.asarray(delta, np.float64) - self.delta) * LAG_RATE + self.reach


def phase_curve(master: Excerpt, node: Excerpt, reach_s: float) -> PhaseCurve | None:
    """Return the curve for lags within ``reach_s`` of where the excerpts lie; None where either is silent.

    A positive lag means that the same sound lies later in the master's excerpt than in the node's.
    """
    if min(master.rms, node.rms) < _QUIET_RMS:
        return None
    cross = master.spectrum * node.spectrum.conj()
    size = np.abs(cross)
    floor = float(size.mean()) * 1e-4
    if floor <= 0.0:
        return None
    cross /= (size + floor) ** _EXPONENT
    cross[: round(2 * master.seconds * _LOW_HZ)] = 0.0
    length = round(2 * master.seconds * LAG_RATE)
    whole = np.abs(np.fft.irfft(cross, length)).astype(np.float32)
    reach = min(round(reach_s * LAG_RATE), length // 2 - 1)
    near = np.concatenate([whole[-reach:], whole[: reach + 1]])
    # Excerpts that sound for a moment only correlate near lag 0 alone: their noise is what is seen there.
    local = float(np.median(near)) / 0.6745
    spread = max(float(np.sqrt(np.mean(np.square(whole)))), local / _LOCAL) + 1e-20
    middle = node.start + node.seconds / 2
    return PhaseCurve((near / spread).astype(np.float32), master.start - node.start, middle)
