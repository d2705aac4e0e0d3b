"""Steady sounds: air, traffic, rooms full of people, mains hum."""

import numpy as np
from scipy import signal

from rushlock.evaluation.scene.blocks import SAMPLE_RATE, BlockSource, Sound, generator, to_rms

_SHAPE_TAPS = 4096


def shaping_filter(slope: float, low: float, high: float) -> Sound:
    """Return a linear-phase filter that turns white noise of RMS 1 into a coloured one of RMS 1.

    Args:
        slope: Power falls by this exponent of frequency: 0 white, 1 pink, 2 brown.
        low: Lower edge of the band in Hz.
        high: Upper edge of the band in Hz.
    """
    frequencies = np.fft.rfftfreq(_SHAPE_TAPS, 1 / SAMPLE_RATE)
    level = np.maximum(frequencies, low) ** (-slope / 2)
    level *= (
        1 / np.sqrt(1 + (low / np.maximum(frequencies, 1.0)) ** 8) / np.sqrt(1 + (frequencies / high) ** 8)
    )
    taps = np.roll(np.fft.irfft(level), _SHAPE_TAPS // 2) * np.hanning(_SHAPE_TAPS)
    return np.asarray(taps / np.sqrt(np.sum(taps**2)), np.float32)


class Noise(BlockSource):
    """Steady coloured noise: air conditioning (brown), a stream or leaves (pink), hiss (white)."""

    tail = _SHAPE_TAPS

    def __init__(self, seed: int, slope: float = 1.0, low: float = 40.0, high: float = 16000.0) -> None:
        super().__init__(seed)
        self._taps = shaping_filter(slope, low, high)

    def render(self, random: np.random.Generator, index: int) -> Sound:
        """Return one block with the filter's tail."""
        white = random.standard_normal(self.block, np.float32)
        return np.asarray(signal.oaconvolve(white, self._taps), np.float32)


class Traffic(Noise):
    """Brown noise with vehicles that pass, each a slow swell of tyre noise."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, slope=1.7, low=30.0, high=6000.0)

    def render(self, random: np.random.Generator, index: int) -> Sound:
        """Return one block with the filter's tail."""
        sound = super().render(random, index)
        time = np.arange(len(sound)) / SAMPLE_RATE
        swell = np.full(len(sound), 0.6)
        for _ in range(random.poisson(0.8)):
            middle, width = random.uniform(1.5, 6.5), random.uniform(0.5, 1.2)
            swell += random.uniform(0.5, 2.0) * np.exp(-(((time - middle) / width) ** 2))
        return np.asarray(sound * swell, np.float32)


class Crowd(Noise):
    """A room full of people talking: speech-shaped noise with the flutter of many syllables."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, slope=1.2, low=150.0, high=5000.0)

    def render(self, random: np.random.Generator, index: int) -> Sound:
        """Return one block with the filter's tail."""
        sound = super().render(random, index)
        knots = np.concatenate([[1.0], random.lognormal(0, 0.45, 60), [1.0, 1.0]])
        flutter = np.interp(np.linspace(0, len(knots) - 1, len(sound)), np.arange(len(knots)), knots)
        return to_rms(sound * flutter)


class Hum:
    """Mains hum in a room: lamps, amplifiers."""

    def __init__(self, seed: int, mains: float = 50.0) -> None:
        self._seed, self._mains = seed, mains

    def sound(self, first: int, count: int) -> Sound:
        """Return ``count`` samples from grid sample ``first`` on."""
        return hum_wave(self._seed, self._mains, first, count, SAMPLE_RATE)


def hum_wave(seed: int, mains: float, first: int, count: int, sample_rate: int) -> Sound:
    """Return mains hum of RMS 1 with its harmonics; the grid's frequency is off a little, as it is."""
    random = generator(seed, "hum")
    frequency = mains * (1 + random.normal(0, 2e-4))
    levels = random.uniform(0.2, 1.0, 6) / np.arange(1, 7)
    phases = np.exp(1j * random.uniform(0, 2 * np.pi, 6))
    turn = (first + np.arange(count)) * (2 * np.pi * frequency / sample_rate)
    fundamental = np.exp(1j * turn)
    harmonic, total = np.ones(count, complex), np.zeros(count)
    for level, phase in zip(levels, phases, strict=True):
        harmonic *= fundamental
        total += level * (harmonic * phase).imag
    return np.asarray(total / np.sqrt(np.sum(levels**2) / 2), np.float32)
