"""When things happen: impacts and syllables, irregular enough that no shift of time looks like another."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

_LEAST_PAUSE, _USUAL_PAUSE = 0.22, 0.5
_REST_CHANCE, _REST = 0.12, (0.9, 2.2)


@dataclass(frozen=True)
class Beats:
    """Impacts.

    Attributes:
        times: Seconds, ascending, (n,); the first lies before the scene begins, the last after it ends.
        force: 0 to 1, (n,).
    """

    times: Doubles
    force: Doubles

    def phase(self, at: Doubles) -> tuple[Doubles, Doubles, npt.NDArray[np.intp]]:
        """Return for each moment how far it is from one impact to the next, 0 to 1; the pause; its number."""
        last = np.clip(np.searchsorted(self.times, at, side="right") - 1, 0, len(self.times) - 2)
        pause = self.times[last + 1] - self.times[last]
        return np.clip((at - self.times[last]) / pause, 0.0, 1.0), pause, last

    def lift(self, at: Doubles, sharpness: float) -> Doubles:
        """Return 0 at each impact, up to 1 between: how far hand, hammer or ball is away (turns at once)."""
        phase, pause, _ = self.phase(at)
        height = np.minimum(1.0, pause / _USUAL_PAUSE)
        lifted: Doubles = height * (1.0 - np.abs(2.0 * phase - 1.0) ** (sharpness * np.maximum(1.0, pause)))
        return lifted

    def between(self, edges: Doubles) -> Doubles:
        """Return 1 for each stretch between two edges in which an impact falls, else 0."""
        counts = np.diff(np.searchsorted(self.times, edges))
        return np.asarray(counts > 0, np.float64)


def draw_beats(random: np.random.Generator, seconds: float, tempo: float) -> Beats:
    """Return impacts over a scene's length.

    Args:
        random: Draws everything.
        seconds: From 0 to here impacts fall.
        tempo: 1: usual, 2: twice as fast.
    """
    count = int(seconds * tempo / _LEAST_PAUSE) + 4
    pauses = np.maximum(_LEAST_PAUSE, _USUAL_PAUSE / tempo * np.exp(0.45 * random.standard_normal(count)))
    resting = random.random(count) < _REST_CHANCE
    pauses[resting] = random.uniform(*_REST, int(resting.sum()))
    times = -1.0 - random.random() + np.cumsum(pauses)
    keep = np.searchsorted(times, seconds + 0.5) + 2
    return Beats(times[:keep], random.uniform(0.6, 1.0, len(times[:keep])))


@dataclass(frozen=True)
class Syllables:
    """Speech as a mouth shows it.

    Attributes:
        starts, lengths: Seconds, (n,).
        wide: How far the mouth opens, 0 to 1, (n,).
        vowel: Number of the vowel, (n,).
    """

    starts: Doubles
    lengths: Doubles
    wide: Doubles
    vowel: npt.NDArray[np.int64]

    def opening(self, at: Doubles) -> Doubles:
        """Return how far the mouth is open at ascending moments, 0 to 1."""
        phase, number = self._phase(at)
        open_: Doubles = np.where(
            phase < 1.0, self.wide[number] * np.sin(np.pi * np.minimum(phase, 1.0)), 0.0
        )
        return open_

    def speaking(self, at: Doubles) -> npt.NDArray[np.int64]:
        """Return the vowel at each moment; between syllables that of the last one."""
        return self.vowel[self._phase(at)[1]]

    def _phase(self, at: Doubles) -> tuple[Doubles, npt.NDArray[np.intp]]:
        number = np.clip(np.searchsorted(self.starts, at, side="right") - 1, 0, len(self.starts) - 1)
        return np.maximum(at - self.starts[number], 0.0) / self.lengths[number], number


def draw_syllables(random: np.random.Generator, seconds: float, vowels: int) -> Syllables:
    """Return phrases of syllables with pauses between them over a scene's length."""
    count = int(seconds / 0.16) + 8
    lengths = random.uniform(0.14, 0.34, count)
    pauses = random.uniform(0.0, 0.05, count)
    phrase_ends = random.random(count) < 0.22
    pauses[phrase_ends] += random.uniform(0.25, 1.1, int(phrase_ends.sum()))
    starts = -1.0 + np.concatenate([[0.0], np.cumsum(lengths + pauses)[:-1]])
    return Syllables(starts, lengths, random.uniform(0.35, 1.0, count), random.integers(vowels, size=count))
