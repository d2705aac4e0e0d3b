"""What arrives at many microphones, block by block: the sum of all sources through all ways.

Overlap-save in the frequency domain (Oppenheim and Schafer): the spectrum of a source's block is computed
once for all microphones; each microphone costs a multiplication per source and one inverse transform.
"""

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from rushlock.evaluation.plan import EventPlan
from rushlock.evaluation.rooms import RESPONSE_LENGTH, Point, distance, impulse_response, travel_time
from rushlock.evaluation.scene.blocks import SAMPLE_RATE, Sound, seed_for
from rushlock.evaluation.scene.catalogue import source

BLOCK = 1 << 16
"""Grid samples that arrive at once."""

_SIZE = 2 * BLOCK
_GUARD = 1024  # the band filter has no delay, so it rings before the sound: room for that
_DOMINANT = 0.25
assert RESPONSE_LENGTH + _GUARD <= BLOCK

Spectrum = NDArray[np.complex64]


class Air:
    """The air of one event."""

    def __init__(self, event: EventPlan, seed: int) -> None:
        self.event, self._seed = event, seed
        self._sources = [source(plan) for plan in event.sources]
        self._gains = [10 ** (plan.level_db / 20) for plan in event.sources]
        self._block = -1
        self._spectra: list[Spectrum | None] = []
        self._energies: list[float] = []

    def at_block(self, index: int) -> None:
        """Go to a block; what was there before is forgotten."""
        if index == self._block:
            return
        self._block = index
        sounds = [s.sound((index - 1) * BLOCK + _GUARD, _SIZE) for s in self._sources]
        self._energies = [
            gain**2 * float(np.sum(x[BLOCK:] ** 2)) for x, gain in zip(sounds, self._gains, strict=True)
        ]
        self._spectra = [
            np.asarray(fft.rfft(x * np.float32(gain)), np.complex64) if x.any() else None
            for x, gain in zip(sounds, self._gains, strict=True)
        ]

    def energies(self) -> list[float]:
        """Return each source's energy at one metre in this block."""
        return self._energies

    def arrived(self, ways: "Ways") -> Sound:
        """Return what arrives in this block at a microphone."""
        total = np.zeros(BLOCK + 1, np.complex64)
        for spectrum, way in zip(self._spectra, ways.spectra, strict=True):
            if spectrum is not None:
                total += spectrum * way
        return np.asarray(fft.irfft(total, _SIZE)[BLOCK:], np.float32)


class Ways:
    """The ways from all sources of an event to one microphone, with the microphone's band."""

    def __init__(self, event: EventPlan, microphone: Point, band: tuple[float, float], seed: int) -> None:
        self.spectra: list[Spectrum] = []
        self.signal_power = 0.0
        shape = band_shape(*band)
        for number, plan in enumerate(event.sources):
            response = impulse_response(event.room, plan.position, microphone, seed_for(seed, number))
            padded = np.zeros(_SIZE, np.float32)
            padded[_GUARD : _GUARD + len(response)] = response
            self.spectra.append(np.asarray(fft.rfft(padded) * shape, np.complex64))
            if not plan.ambient:
                self.signal_power += 10 ** (plan.level_db / 10) * float(np.sum(response**2, dtype=np.float64))
        self.signal_power = max(self.signal_power, 1e-12)


class WayCache:
    """Keeps the ways that were asked for last."""

    def __init__(self, kept: int = 24) -> None:
        self._kept: OrderedDict[tuple[object, ...], Ways] = OrderedDict()
        self._most = kept

    def ways(self, event: EventPlan, microphone: Point, band: tuple[float, float], seed: int) -> Ways:
        """Return the ways to a microphone."""
        key = (event.name, microphone, band, seed)
        if key not in self._kept:
            self._kept[key] = Ways(event, microphone, band, seed)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def band_shape(low: float, high: float) -> NDArray[np.float32]:
    """Return the magnitude of a microphone's band, without delay, on the transform's frequencies."""
    frequencies = fft.rfftfreq(_SIZE, 1 / SAMPLE_RATE)
    below = 1 / np.sqrt(1 + (low / np.maximum(frequencies, 0.1)) ** 4)
    above = 1 / np.sqrt(1 + (frequencies / high) ** 24)
    return np.asarray(below * above, np.float32)


def mean_travel(event: EventPlan, microphone: Point, energies: list[float]) -> float:
    """Return the mean travel time in seconds from the sources that are loudest at a microphone.

    Args:
        event: Its sources.
        microphone: Where it stands.
        energies: Of each source at one metre, while the microphone listened.
    """
    wanted = [
        (plan, energy) for plan, energy in zip(event.sources, energies, strict=True) if not plan.ambient
    ]
    times = [travel_time(plan.position, microphone) for plan, _ in wanted]
    if not times:
        return 0.0
    heard = [energy / distance(plan.position, microphone) ** 2 for plan, energy in wanted]
    loud = [weight if weight >= _DOMINANT * max(heard) else 0.0 for weight in heard]
    return float(np.average(times, weights=loud if sum(loud) else None))
