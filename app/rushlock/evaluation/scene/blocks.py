"""How sources are asked for sound, and the base of those that are made block by block."""

import zlib
from abc import ABC, abstractmethod
from collections import OrderedDict
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48000
"""Samples per second of the true clock's grid, on which all sources sound."""

Sound = NDArray[np.float32]
_NEGATIVE_BLOCKS = 1 << 20
_KEPT_BLOCKS = 4


class Source(Protocol):
    """Something that sounds. Nominal level while active: RMS 1."""

    def sound(self, first: int, count: int) -> Sound:
        """Return ``count`` samples from grid sample ``first`` (may be negative) of the true clock on."""
        ...


def generator(*key: int | str) -> np.random.Generator:
    """Return a random stream that depends on the key alone, the same on every platform."""
    numbers = [zlib.crc32(part.encode()) if isinstance(part, str) else part for part in key]
    return np.random.default_rng(np.random.SeedSequence(numbers))


def seed_for(*key: int | str) -> int:
    """Return a seed that depends on the key alone."""
    return int(generator(*key).integers(1 << 31))


def to_rms(sound: NDArray[np.floating], level: float = 1.0) -> Sound:
    """Scale a sound to a root mean square; silence stays silence."""
    rms = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) if sound.size else 0.0
    return (sound * np.float32(level / rms)).astype(np.float32) if rms > 0 else sound.astype(np.float32)


class BlockSource(ABC):
    """A source made in blocks that depend on their number alone; what rings on over an end is added."""

    block = 8 * SAMPLE_RATE
    tail = 0

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._kept: OrderedDict[int, Sound] = OrderedDict()

    @abstractmethod
    def render(self, random: np.random.Generator, index: int) -> Sound:
        """Return block ``index``: ``block`` samples, with up to ``tail`` more that ring on."""

    def sound(self, first: int, count: int) -> Sound:
        """Return ``count`` samples from grid sample ``first`` on."""
        out = np.zeros(count, np.float32)
        lowest = (first - self.tail) // self.block
        for index in range(lowest, (first + count - 1) // self.block + 1):
            add_at(out, self._block(index), index * self.block - first)
        return out

    def _block(self, index: int) -> Sound:
        if index not in self._kept:
            self._kept[index] = self.render(generator(self.seed, index + _NEGATIVE_BLOCKS), index)
            while len(self._kept) > _KEPT_BLOCKS:
                self._kept.popitem(last=False)
        return self._kept[index]


def add_at(out: Sound, piece: Sound, at: int, gain: float = 1.0) -> None:
    """Add a piece into a sound at a sample index; what sticks out at either end is cut."""
    begin, end = max(at, 0), min(at + len(piece), len(out))
    if begin < end:
        out[begin:end] += np.float32(gain) * piece[begin - at : end - at]


class Gated:
    """A source heard only during some spans of the event, with soft edges: applause after a song."""

    def __init__(self, source: Source, spans: tuple[tuple[float, float], ...], fade: float = 0.3) -> None:
        self._source = source
        self._spans = spans
        self._fade = fade

    def sound(self, first: int, count: int) -> Sound:
        """Return ``count`` samples from grid sample ``first`` on."""
        begin, end = first / SAMPLE_RATE, (first + count) / SAMPLE_RATE
        near = [span for span in self._spans if span[0] - self._fade < end and span[1] + self._fade > begin]
        if not near:
            return np.zeros(count, np.float32)
        time = begin + np.arange(count) / SAMPLE_RATE
        gate = np.zeros(count)
        for low, high in near:
            rise = np.minimum(time - low + self._fade, high + self._fade - time) / self._fade
            gate = np.maximum(gate, np.clip(rise, 0.0, 1.0))
        return (self._source.sound(first, count) * gate).astype(np.float32)
