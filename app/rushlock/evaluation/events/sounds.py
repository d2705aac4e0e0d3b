"""What impacts and mouths sound like, close by: mono at the rate asked for, level about 1 at the loudest."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import signal

from rushlock.evaluation.events.schedule import Beats, Doubles, Syllables

Sound = npt.NDArray[np.float32]

_RING = 0.25
_KINDS = {
    # modes between Hz, their decay in seconds, part of noise, the noise's decay
    "clap": ((900.0, 2600.0), (0.004, 0.012), 0.85, (0.004, 0.012)),
    "ball": ((90.0, 420.0), (0.02, 0.06), 0.35, (0.002, 0.006)),
    "hammer": ((400.0, 4200.0), (0.015, 0.09), 0.3, (0.001, 0.004)),
    "step": ((60.0, 300.0), (0.015, 0.04), 0.6, (0.008, 0.025)),
}
_FORMANTS = (
    (730.0, 1090.0, 2440.0),
    (270.0, 2290.0, 3010.0),
    (300.0, 870.0, 2240.0),
    (530.0, 1840.0, 2480.0),
)
VOWELS = len(_FORMANTS)
"""How many vowels a voice knows; formants by Peterson and Barney (1952): "father", "heed", "who'd", "head"."""


@dataclass(frozen=True)
class Strike:
    """The sound of one kind of impact; the same seed sounds alike each time, not quite the same."""

    kind: str
    seed: int

    def sound(self, beats: Beats, seconds: float, rate: int) -> Sound:
        """Return the impacts from 0 to ``seconds``."""
        random = np.random.default_rng(self.seed)
        variants = [self._one(random, rate) for _ in range(3)]
        out = np.zeros(round(seconds * rate), np.float32)
        for number, (time, force) in enumerate(zip(beats.times, beats.force, strict=True)):
            piece, at = variants[number % 3] * np.float32(force), round(float(time) * rate)
            begin, end = max(at, 0), min(at + len(piece), len(out))
            if begin < end:
                out[begin:end] += piece[begin - at : end - at]
        return out

    def _one(self, random: np.random.Generator, rate: int) -> Sound:
        (low, high), decays, noisy, bursts = _KINDS[self.kind]
        at = np.arange(int(_RING * rate)) / rate
        modes = np.zeros_like(at)
        for _ in range(5):
            pitch = low * (high / low) ** random.random()
            modes += (
                random.uniform(0.3, 1.0)
                * np.sin(2 * np.pi * pitch * at)
                * np.exp(-at / random.uniform(*decays))
            )
        noise = random.standard_normal(len(at)) * np.exp(-at / random.uniform(*bursts))
        mixed = (1 - noisy) * modes / 2 + noisy * noise / 2
        return np.asarray(mixed / np.abs(mixed).max(), np.float32)


@dataclass(frozen=True)
class Voice:
    """A voice: pitch in Hz, size of the throat against the usual one, breath between the syllables."""

    pitch: float
    size: float
    seed: int

    def sound(self, syllables: Syllables, seconds: float, rate: int) -> Sound:
        """Return what a mouth that moves like this says from 0 to ``seconds``: loud where it is open."""
        random = np.random.default_rng(self.seed)
        at = np.arange(round(seconds * rate)) / rate
        coarse = np.arange(0.0, seconds + 0.02, 0.01)
        melody = self.pitch * (1 + 0.12 * np.sin(coarse * random.uniform(1, 3) + 0.6 * np.sin(coarse * 5.1)))
        turns = np.cumsum(np.interp(at, coarse, melody)) / rate
        source = 2 * (turns % 1.0) - 1 + 0.08 * random.standard_normal(len(at))
        open_ = np.interp(at, coarse, syllables.opening(coarse))
        spoken = np.zeros(len(at))
        vowels = syllables.speaking(coarse)
        for vowel in range(VOWELS):
            part = np.interp(at, coarse, vowels == vowel)
            spoken += part * signal.sosfilt(self._throat(vowel, rate), source)
        loud = spoken * open_**1.2
        hiss = 0.15 * signal.lfilter([1, -0.95], [1], random.standard_normal(len(at)))
        starts = np.interp(at, coarse, self._consonants(syllables, coarse))
        return np.asarray(loud / (np.abs(loud).max() + 1e-9) + hiss * starts, np.float32)

    def _throat(self, vowel: int, rate: int) -> Doubles:
        sections = []
        for formant in _FORMANTS[vowel]:
            turn = 2 * np.pi * min(formant / self.size, 0.45 * rate) / rate
            radius = np.exp(-np.pi * 110.0 / rate)
            poles = [1.0, -2 * radius * np.cos(turn), radius**2]
            sections.append([sum(poles), 0.0, 0.0, *poles])
        return np.array(sections)

    @staticmethod
    def _consonants(syllables: Syllables, at: Doubles) -> Doubles:
        number = np.clip(np.searchsorted(syllables.starts, at, side="right") - 1, 0, None)
        since = at - syllables.starts[number]
        heard: Doubles = np.where((since >= 0) & (number % 3 == 0), np.exp(-np.maximum(since, 0) / 0.02), 0.0)
        return heard


def draw_voice(random: np.random.Generator) -> Voice:
    """Return a voice."""
    return Voice(
        float(random.uniform(95, 250)), float(random.uniform(0.82, 1.1)), int(random.integers(1 << 31))
    )


def draw_strike(random: np.random.Generator, kind: str) -> Strike:
    """Return the sound of an impact."""
    return Strike(kind, int(random.integers(1 << 31)))
