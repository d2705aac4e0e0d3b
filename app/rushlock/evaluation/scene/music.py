"""Music that repeats: songs of sections of bars, played again sample for sample, as playback does.

A bar is a whole number of samples, drums and chords repeat every four bars, sections come back: a correlator
finds many places that fit equally well, and only what differs (melody, structure, people) tells them apart.
"""

from functools import cached_property, lru_cache

import numpy as np

from rushlock.evaluation.scene.blocks import SAMPLE_RATE, Sound, add_at, generator, to_rms
from rushlock.evaluation.scene.impacts import Timbre, strike

_MINOR = (0, 2, 3, 5, 7, 8, 10)
_BARS = 4
_KICK = Timbre(0, 2, 45, 70, 0.09, 0.004, 0.3)
_SNARE = Timbre(0, 3, 170, 400, 0.04, 0.06, 1.5)
_HAT = Timbre(0, 2, 7000, 12000, 0.01, 0.02, 2.0)


class Song:
    """One song: sections A, B, C of four bars each, in an order with many repeats."""

    def __init__(self, seed: int, seconds: float = 180.0) -> None:
        random = generator(seed, "song")
        self._seed = seed
        self._beat = int(SAMPLE_RATE * 60 / random.uniform(84, 140))
        self._root = int(random.integers(40, 52))
        self._chords = tuple(int(c) for c in random.permutation([0, 3, 4, 5, 2])[:4])
        self._wanted = seconds

    @property
    def bar(self) -> int:
        """Samples in a bar."""
        return 4 * self._beat

    @cached_property
    def samples(self) -> Sound:
        """The whole song, RMS 1."""
        order = "AABBAABBCABB"
        phrase = _BARS * self.bar
        number = max(1, round(self._wanted * SAMPLE_RATE / phrase))
        sections = {name: self._section(name) for name in sorted(set(order))}
        return to_rms(np.concatenate([sections[order[i % len(order)]] for i in range(number)]))

    def _section(self, name: str) -> Sound:
        out = np.zeros(_BARS * self.bar, np.float32)
        self._drums(out, generator(self._seed, "drums", name), busy=name != "C")
        random = generator(self._seed, "tune", name)
        for bar, chord in enumerate(self._chords):
            at = bar * self.bar
            self._chord(out, chord, at)
            self._bass(out, chord, at, name)
            self._melody(out, random, at)
        return out

    def _drums(self, out: Sound, random: np.random.Generator, busy: bool) -> None:
        kick, snare, hat = (strike(random, timbre) for timbre in (_KICK, _SNARE, _HAT))
        kicks = random.random(8) < 0.3
        kicks[0] = kicks[4] = True
        for eighth in range(8 * _BARS):
            at = eighth * self._beat // 2
            add_at(out, hat, at, 0.5 if busy else 0.2)
            if kicks[eighth % 8]:
                add_at(out, kick, at, 2.5)
            if eighth % 4 == 2 and busy:
                add_at(out, snare, at, 1.5)

    def _chord(self, out: Sound, degree: int, at: int) -> None:
        for step in (0, 2, 4):
            add_at(out, note(self._pitch(degree + step) + 12, self.bar, 5, 1.5), at, 0.25)

    def _bass(self, out: Sound, degree: int, at: int, name: str) -> None:
        every = self._beat if name == "C" else self._beat // 2
        for begin in range(0, self.bar - every // 2, every):
            add_at(out, note(self._pitch(degree) - 12, every, 4, 0.3), at + begin, 0.6)

    def _melody(self, out: Sound, random: np.random.Generator, at: int) -> None:
        begin = 0
        while begin < self.bar - self._beat // 2:
            length = self._beat // 2 * int(random.integers(1, 4))
            if random.random() < 0.8:
                pitch = self._pitch(int(random.integers(0, 9))) + 24
                add_at(out, note(pitch, length, 7, 0.4), at + begin, 0.5)
            begin += length

    def _pitch(self, degree: int) -> int:
        return self._root + 12 * (degree // 7) + _MINOR[degree % 7]


@lru_cache(maxsize=256)
def note(pitch: int, length: int, harmonics: int, decay: float) -> Sound:
    """Return one plucked note: MIDI pitch, samples, number of harmonics, decay in seconds."""
    time = np.arange(length) / SAMPLE_RATE
    turn = 2 * np.pi * 440.0 * 2 ** ((pitch - 69) / 12) * time
    wave = np.sin(turn)
    for number in range(2, harmonics + 1):
        wave = wave + np.sin(number * turn) / number**1.2 * np.exp(-time * number)
    edges = np.minimum(1.0, np.minimum(time / 0.004, time[::-1] / 0.02))
    return np.asarray(wave * np.exp(-time / decay) * edges, np.float32)


@lru_cache(maxsize=12)
def song(seed: int, seconds: float) -> Song:
    """Return a song; asked again, the same one, so that its samples are kept once."""
    return Song(seed, seconds)


class Setlist:
    """Songs at given times, some again; one can be cut short."""

    def __init__(self, played: tuple[tuple[float, Song], ...]) -> None:
        self._played = tuple((round(begin * SAMPLE_RATE), song) for begin, song in played)

    def sound(self, first: int, count: int) -> Sound:
        """Return ``count`` samples from grid sample ``first`` on."""
        out = np.zeros(count, np.float32)
        for begin, song in self._played:
            add_at(out, song.samples, begin - first)
        return out


class Loop:
    """A song over and over: playback in a bar."""

    def __init__(self, song: Song) -> None:
        self._song = song

    def sound(self, first: int, count: int) -> Sound:
        """Return ``count`` samples from grid sample ``first`` on."""
        return np.take(self._song.samples, np.arange(first, first + count), mode="wrap")
