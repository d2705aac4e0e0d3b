"""Linear timecode as sound: 80 biphase-mark bits a frame (SMPTE ST 12-1)."""

import numpy as np
from numpy.typing import NDArray

from rushlock.base.timecode import Timecode
from rushlock.evaluation.scene.blocks import Sound

_SYNC_WORD = 0b0011111111111101
_BITS = 80
_LEVEL = 0.3
# (label field, first bit, number of bits) of the units and tens of frames, seconds, minutes, hours.
_FIELDS = ((3, 0, 4), (3, 8, 2), (2, 16, 4), (2, 24, 3), (1, 32, 4), (1, 40, 3), (0, 48, 4), (0, 56, 2))


class LinearTimecode:
    """The sound of timecode running from a start label, on a recorder's own sample clock."""

    def __init__(self, start: Timecode, sample_rate: int) -> None:
        self._start = start
        self._samples_per_bit = sample_rate / float(start.rate.fps) / _BITS

    def sound(self, first: int, count: int) -> Sound:
        """Return ``count`` samples from sample ``first`` of the clip on."""
        half_bits = (first + np.arange(count)) / (self._samples_per_bit / 2)
        frame = int(half_bits[0]) // (2 * _BITS) if count else 0
        last = int(half_bits[-1]) // (2 * _BITS) if count else 0
        bits = np.concatenate([_frame_bits(self._start + number) for number in range(frame, last + 1)])
        levels = _biphase(bits)
        return (_LEVEL * levels[half_bits.astype(np.int64) - frame * 2 * _BITS]).astype(np.float32)


def _frame_bits(timecode: Timecode) -> NDArray[np.int8]:
    fields = [int(part) for part in str(timecode.wrapped()).replace(";", ":").split(":")]
    bits = np.zeros(_BITS, np.int8)
    for field, first, width in _FIELDS:
        digit = fields[field] % 10 if width == 4 else fields[field] // 10
        bits[first : first + width] = [(digit >> n) & 1 for n in range(width)]
    bits[10] = timecode.drop
    bits[64:] = [(_SYNC_WORD >> (15 - n)) & 1 for n in range(16)]
    # Polarity correction: an even number of zeros, so that every frame starts on the same level.
    bits[59 if timecode.rate.timebase == 25 else 27] = bits.sum() % 2
    return bits


def _biphase(bits: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return +-1 for each half bit: the level turns at every bit's start, and in the middle of a one."""
    turns = np.stack([np.ones_like(bits), bits], axis=1).ravel()
    return np.asarray(1.0 - 2.0 * (np.cumsum(turns) % 2))
