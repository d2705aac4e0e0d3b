"""A microphone in a room: distance, reverberation, frequency response, gain, noise, what else sounds."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from rushlock.evaluation.events.sounds import Sound

SPEED_OF_SOUND = 343.0


@dataclass(frozen=True)
class Ear:
    """A microphone.

    Attributes:
        away: Metres from the scene.
        reverberation: Seconds to fall by 60 dB.
        band: Hz.
        level_db: Of the loudest, full scale 0.
        snr_db: Scene's RMS over that of the noise.
        hum_db: Mains hum against the noise; None: none.
        clicks: Sounds of other things that nobody sees, a second.
        seed: Of the room's echoes, the noise and the clicks.
    """

    away: float
    reverberation: float
    band: tuple[float, float]
    level_db: float
    snr_db: float
    hum_db: float | None
    clicks: float
    seed: int

    @property
    def travel(self) -> float:
        """Seconds that the sound takes."""
        return self.away / SPEED_OF_SOUND

    def hear(self, dry: Sound, rate: int) -> Sound:
        """Return what this microphone records of a scene's sound, same length, mono, within -1 to 1."""
        random = np.random.default_rng(self.seed)
        heard = signal.oaconvolve(dry, self._echoes(random, rate))[: len(dry)]
        power = float(np.sqrt(np.mean(np.square(heard))))
        heard = heard + self._clicks(random, len(dry), rate, float(np.abs(heard).max()))
        heard = heard + power * 10 ** (-self.snr_db / 20) * self._noise(random, len(dry), rate)
        gain = 10 ** (self.level_db / 20) / (np.abs(heard).max() + 1e-9)
        return np.asarray(np.clip(heard * gain, -1, 1), np.float32)

    def _echoes(self, random: np.random.Generator, rate: int) -> Sound:
        at = np.arange(round((self.travel + self.reverberation + 0.02) * rate)) / rate - self.travel
        tail = random.standard_normal(len(at)) * np.exp(-6.9 * np.maximum(at, 0) / self.reverberation)
        tail[at < 0.003] = 0.0
        tail *= 0.5 * (self.away / 4.0) / (np.sqrt(np.sum(tail**2)) + 1e-9)
        tail[round(self.travel * rate)] += 1.0
        low, high = self.band
        shape = signal.butter(2, (low, min(high, 0.45 * rate)), "bandpass", fs=rate, output="sos")
        return np.asarray(signal.sosfilt(shape, tail), np.float32)

    def _noise(self, random: np.random.Generator, count: int, rate: int) -> Sound:
        white = random.standard_normal(count + 64)
        noise = signal.lfilter([1.0], [1.0, -random.uniform(0.0, 0.97)], white)[64:]
        noise /= noise.std()
        if self.hum_db is not None:
            turn = 2 * np.pi * 50.0 * np.arange(count) / rate
            noise = noise + 10 ** (self.hum_db / 20) * (np.sin(turn) + 0.5 * np.sin(3 * turn + 1))
        return np.asarray(noise, np.float32)

    def _clicks(self, random: np.random.Generator, count: int, rate: int, loudest: float) -> Sound:
        out = np.zeros(count, np.float32)
        length = int(0.03 * rate)
        fall = np.exp(-np.arange(length) / (0.006 * rate))
        for at in random.integers(0, max(count - length, 1), random.poisson(self.clicks * count / rate)):
            piece = random.uniform(0.05, 0.35) * loudest * random.standard_normal(length) * fall
            out[at : at + length] += piece[: count - at].astype(np.float32)
        return out


def draw_ear(random: np.random.Generator, farthest: float = 9.0) -> Ear:
    """Return a microphone somewhere in a room."""
    narrow = random.random() < 0.2
    return Ear(
        away=float(random.uniform(0.5, farthest)),
        reverberation=float(random.uniform(0.08, 0.7)),
        band=(float(random.uniform(40, 200)), float(random.uniform(3200, 4500) if narrow else 7000)),
        level_db=float(random.uniform(-26, -1)),
        snr_db=float(random.uniform(3, 35)),
        hum_db=float(random.uniform(-20, 0)) if random.random() < 0.25 else None,
        clicks=float(random.uniform(0.1, 0.7)) if random.random() < 0.3 else 0.0,
        seed=int(random.integers(1 << 31)),
    )
