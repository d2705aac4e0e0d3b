"""Speech-like voices: glottal pulses through moving formants, hissed consonants, syllables, pauses, turns.

The source-filter model of speech (Fant 1960; glottal pulse after Rosenberg 1971; vowel formants after
Peterson and Barney 1952) at 24 kHz, doubled to the 48 kHz grid. No words, but the same onsets, pitch,
harmonics, silences and spectral motion that a correlator meets in talk.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from rushlock.evaluation.scene.blocks import SAMPLE_RATE, BlockSource, Sound, add_at, generator, to_rms

_VOICE_RATE = SAMPLE_RATE // 2
_VOWELS = np.array(
    [
        (270, 2290, 3010),
        (390, 1990, 2550),
        (530, 1840, 2480),
        (660, 1720, 2410),
        (730, 1090, 2440),
        (570, 840, 2410),
        (440, 1020, 2240),
        (300, 870, 2240),
        (640, 1190, 2390),
        (490, 1350, 1690),
    ],
    dtype=float,
)
_BANDWIDTHS = np.array([70.0, 100.0, 140.0, 250.0])
_HISS = signal.butter(2, [2500, 9000], "bandpass", fs=_VOICE_RATE, output="sos")
_STEPS_PER_SYLLABLE = 3

Samples = NDArray[np.float64]


class Conversation:
    """Who speaks when: talkers take turns, a pause between, sometimes over each other."""

    def __init__(self, seed: int, talkers: int, block_seconds: float, busy: float = 0.85) -> None:
        self._seed, self._talkers, self._seconds, self._busy = seed, talkers, block_seconds, busy

    def turns(self, talker: int, index: int) -> list[tuple[float, float]]:
        """Return (begin, end) in seconds within block ``index`` of what one talker says."""
        random = generator(self._seed, index + (1 << 20))
        at, mine = float(random.uniform(0.0, 0.6)), []
        while at < self._seconds - 0.6:
            end = min(at + random.uniform(0.7, 3.8), self._seconds)
            who = int(random.integers(self._talkers))
            if who == talker and random.random() < self._busy:
                mine.append((at, float(end)))
            at = float(end + random.uniform(-0.15, 0.7))
        return mine


@dataclass(frozen=True)
class _Syllables:
    """Plan of one utterance: edges in seconds (one more than syllables), loudness, pitch, formants, hiss."""

    edges: Samples
    loudness: Samples
    pitch: Samples
    formants: Samples
    hiss: Samples


class Talker(BlockSource):
    """One person's voice in a conversation."""

    def __init__(self, seed: int, conversation: Conversation, talker: int) -> None:
        super().__init__(seed)
        person = generator(seed, "person")
        self._conversation, self._talker = conversation, talker
        self._pitch = float(person.uniform(85, 230))
        self._tract = 0.94 + 0.24 * (self._pitch - 85) / 145
        self._tempo = float(person.uniform(3.8, 5.6))

    def render(self, random: np.random.Generator, index: int) -> Sound:
        """Return one block with this talker's turns."""
        out = np.zeros(self.block, np.float32)
        for begin, end in self._conversation.turns(self._talker, index):
            add_at(out, self._utterance(random, end - begin), round(begin * SAMPLE_RATE))
        return out

    def _utterance(self, random: np.random.Generator, seconds: float) -> Sound:
        plan = self._syllables(random, seconds)
        count = int(seconds * _VOICE_RATE)
        time = np.arange(count) / _VOICE_RATE
        middles = (plan.edges[:-1] + plan.edges[1:]) / 2
        pitch = np.interp(time, middles, plan.pitch)
        voiced = _glottis(np.cumsum(pitch) / _VOICE_RATE) * _envelope(time, plan.edges, plan.loudness, 0.03)
        sound = _formants(voiced, plan, count)
        breath = signal.sosfilt(_HISS, random.standard_normal(count))
        sound = to_rms(sound) + 0.5 * breath * _envelope(time, plan.edges, plan.hiss, 0.01, share=0.3)
        return to_rms(signal.resample_poly(sound, 2, 1))

    def _syllables(self, random: np.random.Generator, seconds: float) -> _Syllables:
        number = max(2, round(seconds * self._tempo))
        lengths = random.uniform(0.6, 1.5, number)
        edges = np.concatenate([[0.0], np.cumsum(lengths) / lengths.sum() * seconds])
        loudness = random.uniform(0.4, 1.0, number) * (random.random(number) > 0.12)
        melody = np.exp(random.normal(0, 0.09, number)) * np.linspace(1.12, 0.9, number)
        vowels = _VOWELS[random.integers(len(_VOWELS), size=number)] * self._tract
        fourth = np.full((number, 1), 3500.0 * self._tract)
        hiss = random.uniform(0.1, 1.0, number) * (random.random(number) < 0.6)
        return _Syllables(edges, loudness, self._pitch * melody, np.hstack([vowels, fourth]), hiss)


def _glottis(phase: Samples) -> Samples:
    """Return the derivative of Rosenberg's glottal flow at a phase in periods."""
    turn = phase % 1.0
    opening = np.where(turn < 0.4, np.sin(np.pi * turn / 0.4), 0.0)
    closing = np.where((turn >= 0.4) & (turn < 0.56), -2.5 * np.sin(np.pi * (turn - 0.4) / 0.32), 0.0)
    return np.asarray(opening * 0.5 + closing)


def _envelope(time: Samples, edges: Samples, levels: Samples, ramp: float, share: float = 1.0) -> Samples:
    """Return each syllable's level over its first ``share``, with linear ramps in seconds."""
    lengths = np.diff(edges) * share
    begins, ends = edges[:-1], edges[:-1] + lengths
    steps = np.minimum(ramp, lengths / 3)
    knots = np.stack([begins, begins + steps, ends - steps, ends - 1e-6], axis=1).ravel()
    heights = np.stack([0 * levels, levels, levels * 0.8, 0 * levels], axis=1).ravel()
    return np.interp(time, knots, heights)


def _formants(voiced: Samples, plan: _Syllables, count: int) -> Samples:
    """Pass a voice through four resonators that glide from syllable to syllable."""
    targets = np.repeat(plan.formants, _STEPS_PER_SYLLABLE, axis=0)
    glided = np.vstack([targets[:1], (targets[:-1] + targets[1:]) / 2])
    edges = np.interp(
        np.arange(len(glided) + 1) / _STEPS_PER_SYLLABLE, np.arange(len(plan.edges)), plan.edges * _VOICE_RATE
    ).astype(int)
    out = np.empty(count)
    memory = np.zeros((glided.shape[1], 2))
    edges[-1] = count
    for begin, end, frequencies in zip(edges[:-1], edges[1:], glided, strict=True):
        if end > begin:
            out[begin:end], memory = signal.sosfilt(_resonators(frequencies), voiced[begin:end], zi=memory)
    return out


def _resonators(frequencies: Samples) -> Samples:
    """Return second-order sections of a cascade of resonators with unit gain at 0 Hz."""
    radius = np.exp(-np.pi * _BANDWIDTHS / _VOICE_RATE)
    middle = -2 * radius * np.cos(2 * np.pi * frequencies / _VOICE_RATE)
    sections = np.zeros((len(frequencies), 6))
    sections[:, 0] = 1 + middle + radius**2
    sections[:, 3], sections[:, 4], sections[:, 5] = 1.0, middle, radius**2
    return sections
