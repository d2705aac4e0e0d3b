"""Short sounds: claps, knocks, dishes, footsteps, and the many claps of applause."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from rushlock.evaluation.scene.blocks import SAMPLE_RATE, BlockSource, Sound, add_at

_LENGTH = int(0.5 * SAMPLE_RATE)
_TIME = np.arange(_LENGTH) / SAMPLE_RATE


@dataclass(frozen=True)
class Timbre:
    """What an impact sounds like.

    Attributes:
        rate: Impacts per second on average.
        modes: How many ringing modes.
        lowest: Lower end of the modes' range in Hz.
        highest: Upper end of the modes' range in Hz.
        ring: Decay of the modes in seconds.
        burst: Decay of the noise at the hit in seconds.
        burst_level: The noise against the modes.
    """

    rate: float
    modes: int
    lowest: float
    highest: float
    ring: float
    burst: float
    burst_level: float


TIMBRES = {
    "claps": Timbre(0.35, 3, 700, 2500, 0.006, 0.012, 3.0),
    "knocks": Timbre(0.5, 5, 120, 900, 0.03, 0.004, 1.0),
    "dishes": Timbre(1.2, 7, 1500, 9000, 0.09, 0.003, 0.6),
    "footsteps": Timbre(1.8, 3, 60, 300, 0.03, 0.01, 0.3),
}


class Impacts(BlockSource):
    """Hits of one kind at random times; no two alike. Footsteps come in a stride."""

    tail = _LENGTH

    def __init__(self, seed: int, kind: str) -> None:
        super().__init__(seed)
        self._timbre, self._stride = TIMBRES[kind], kind == "footsteps"

    def render(self, random: np.random.Generator, index: int) -> Sound:
        """Return one block with what rings on."""
        out = np.zeros(self.block + self.tail, np.float32)
        for moment in self._moments(random):
            add_at(
                out, strike(random, self._timbre), int(moment * SAMPLE_RATE), 6.0 * random.uniform(0.3, 1.0)
            )
        return out

    def _moments(self, random: np.random.Generator) -> list[float]:
        seconds = self.block / SAMPLE_RATE
        if self._stride:
            steps = np.arange(0.1, random.uniform(1.0, seconds), 1 / self._timbre.rate)
            return [float(t) for t in steps + random.normal(0, 0.025, len(steps)) + 0.08]
        return [float(t) for t in random.uniform(0, seconds, random.poisson(self._timbre.rate * seconds))]


def strike(random: np.random.Generator, timbre: Timbre) -> Sound:
    """Return one hit with a peak of about 1."""
    frequencies = np.exp(random.uniform(np.log(timbre.lowest), np.log(timbre.highest), timbre.modes))
    levels, rings = (
        random.uniform(0.3, 1.0, timbre.modes),
        timbre.ring * random.uniform(0.5, 1.5, timbre.modes),
    )
    length = min(_LENGTH, int(SAMPLE_RATE * 8 * max(timbre.ring * 1.5, timbre.burst)))
    time = _TIME[:length]
    ringing = np.sin(2 * np.pi * np.outer(frequencies, time)) * np.exp(-time / rings[:, None])
    burst = random.standard_normal(length) * np.exp(-time / timbre.burst) * timbre.burst_level
    hit = levels @ ringing + burst
    return np.asarray(hit / (levels.sum() + timbre.burst_level), np.float32)


class Applause(BlockSource):
    """Hundreds of hands: a shower of claps of a few kinds, swelling and ebbing."""

    tail = 4800

    def __init__(self, seed: int, claps_per_second: float = 150.0) -> None:
        super().__init__(seed)
        self._rate = claps_per_second

    def render(self, random: np.random.Generator, index: int) -> Sound:
        """Return one block with what rings on."""
        out = np.zeros(self.block + self.tail, np.float32)
        for _ in range(4):
            hand = strike(random, TIMBRES["claps"])[: self.tail]
            drops = np.zeros(self.block, np.float32)
            number = random.poisson(self._rate * self.block / SAMPLE_RATE / 4)
            drops[random.integers(self.block, size=number)] = random.uniform(0.2, 1.0, number)
            add_at(out, np.asarray(signal.oaconvolve(drops, hand), np.float32), 0, 4.0)
        return out
