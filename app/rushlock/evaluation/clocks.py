"""A recorder's clock: at which true times its samples are taken, and the sound there.

Uses ``base.clock.Clock`` with its sign: ``t_true = start + rate * t_clip``. Sound between the samples of the
48 kHz grid is read with a windowed sinc of 24 taps in 1024 phases: timing is right to 10 ns, flat to 20 kHz.
"""

import numpy as np
from numpy.typing import NDArray

from rushlock.base.clock import PPM, Clock, Piece
from rushlock.evaluation.scene.blocks import SAMPLE_RATE, Sound

TAPS = 24
"""Grid samples that one output sample is read from."""

_PHASES = 1024
_AT_ONCE = 16384


def clip_clock(start: float, ppm: float, steps: tuple[tuple[float, float], ...] = ()) -> Clock:
    """Return the true clock of a clip.

    Args:
        start: True time of the clip's first sample in seconds.
        ppm: Drift; positive: the clip's seconds are longer than true ones.
        steps: (clip time, jump) in seconds: from there on the true clock is ``jump`` further on (dropped
            samples).
    """
    rate = 1.0 + ppm * PPM
    pieces, at = [Piece(0.0, start, rate)], start
    for since, jump in steps:
        at += jump
        pieces.append(Piece(since, at, rate))
    return Clock(tuple(pieces))


def true_times(clock: Clock, clip_times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the true time of each clip time, in seconds."""
    since = np.array([piece.since for piece in clock.pieces])
    which = np.maximum(np.searchsorted(since, clip_times, side="right") - 1, 0)
    starts = np.array([piece.start for piece in clock.pieces])
    rates = np.array([piece.rate for piece in clock.pieces])
    return np.asarray(starts[which] + rates[which] * clip_times)


def _sinc_table() -> NDArray[np.float32]:
    fractions = np.arange(_PHASES + 1)[:, None] / _PHASES
    away = np.arange(TAPS)[None, :] - (TAPS // 2 - 1) - fractions
    window = np.i0(7.0 * np.sqrt(np.maximum(0.0, 1 - (away / (TAPS // 2)) ** 2))) / np.i0(7.0)
    table = np.sinc(away) * window
    return np.asarray(table / table.sum(axis=1, keepdims=True), np.float32)


_TABLE = _sinc_table()


def read_between(grid: Sound, positions: NDArray[np.float64]) -> Sound:
    """Return the sound at fractional positions of a grid.

    Args:
        grid: Samples.
        positions: In samples of ``grid``; each at least TAPS / 2 inside it.
    """
    windows = np.lib.stride_tricks.sliding_window_view(grid, TAPS)
    out = np.empty(len(positions), np.float32)
    for begin in range(0, len(positions), _AT_ONCE):
        part = positions[begin : begin + _AT_ONCE]
        whole = np.floor(part).astype(np.int64)
        phases = np.rint((part - whole) * _PHASES).astype(np.int64)
        rows = windows[whole - (TAPS // 2 - 1)]
        out[begin : begin + len(part)] = np.einsum("ij,ij->i", rows, _TABLE[phases])
    return out


class ClockReader:
    """Takes grid sound as it comes and gives the samples that a recorder's clock takes from it."""

    def __init__(self, clock: Clock, sample_rate: int, total: int) -> None:
        self._clock, self._sample_rate, self._total = clock, sample_rate, total
        self._taken = 0
        self._grid = np.zeros(0, np.float32)
        self._grid_first = 0

    @property
    def done(self) -> bool:
        """Whether all samples have been taken."""
        return self._taken >= self._total

    @property
    def seconds_taken(self) -> float:
        """Clip time up to which samples have been taken."""
        return self._taken / self._sample_rate

    def take(self, first: int, grid: Sound) -> Sound:
        """Return the samples that can be taken now.

        Args:
            first: Grid index of ``grid[0]``; each call goes on where the last one ended.
            grid: Further sound on the grid.
        """
        if not len(self._grid):
            self._grid_first = first
        self._grid = np.concatenate([self._grid, grid])
        end = self._grid_first + len(self._grid) - TAPS
        positions = self._positions(end)
        sound = read_between(self._grid, positions - self._grid_first)
        self._taken += len(sound)
        self._forget(end)
        return sound

    def _positions(self, end: int) -> NDArray[np.float64]:
        """Return the grid positions of the samples from the next one on that lie before ``end``."""
        number = min(self._total - self._taken, 2 * (len(self._grid) + SAMPLE_RATE))
        clip_times = (self._taken + np.arange(max(number, 0))) / self._sample_rate
        positions = true_times(self._clock, clip_times) * SAMPLE_RATE
        beyond = np.flatnonzero(positions >= end)
        return positions[: beyond[0]] if len(beyond) else positions

    def _forget(self, end: int) -> None:
        """Keep half a second behind: a step may go back a little."""
        keep_from = max(end - SAMPLE_RATE // 2, self._grid_first)
        self._grid = self._grid[keep_from - self._grid_first :]
        self._grid_first = keep_from
