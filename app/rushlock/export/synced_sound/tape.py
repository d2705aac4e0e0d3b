"""A clip's sound as one tape: its chapters joined, read forwards in bounded memory.

Samples are numbered on the clip's own clock from its first instant on; a chapter begins at the sample nearest
to its place. What a file does not hold is silence.
"""

from collections.abc import Generator
from contextlib import ExitStack, closing

import numpy as np
import numpy.typing as npt

from rushlock.base.errors import MediaError
from rushlock.media.clip import Clip
from rushlock.media.sound import Floats, SoundReader

_BLOCK_S = 1.0

Numbered = Generator[tuple[int, Floats], None, None]


def tape(clip: Clip, stream: int) -> Numbered:
    """Yield (number of the first sample, float32 (channels, n)) of one of a clip's sound streams.

    Raises:
        MediaError: A chapter cannot be read or has no such sound.
    """
    first = clip.files[0].sounds[stream]
    shape = (first.sample_rate, first.channels)
    for file, begins in zip(clip.files, clip.chapter_starts(), strict=True):
        sounds = file.sounds
        if len(sounds) <= stream or (sounds[stream].sample_rate, sounds[stream].channels) != shape:
            raise MediaError(file.path, "its sound is laid out otherwise than in the clip's first file")
        base = round(begins * first.sample_rate)
        after = round((begins + file.duration) * first.sample_rate)
        with SoundReader(file, sounds[stream]) as reader:
            for number, block in reader.blocks(_BLOCK_S):
                yield base + number, block[:, : max(0, after - base - number)]


class Window:
    """A look at a tape that only moves forwards; give it back with ``close`` or ``with``."""

    def __init__(self, clip: Clip, stream: int) -> None:
        self.channels = clip.files[0].sounds[stream].channels
        self._stack = ExitStack()
        self._blocks = self._stack.enter_context(closing(tape(clip, stream)))
        self._held: list[tuple[int, Floats]] = []
        self._end = 0
        self._over = False

    def __enter__(self) -> "Window":
        return self

    def __exit__(self, *_reason: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file that is open."""
        self._stack.close()

    def read(self, first: int, count: int) -> npt.NDArray[np.float64]:
        """Return float64 (channels, count) from a sample on; never again from an earlier one.

        Raises:
            MediaError: The file cannot be read.
        """
        self._fill(first + count)
        self._held = [(at, block) for at, block in self._held if at + block.shape[1] > first]
        out = np.zeros((self.channels, count))
        for at, block in self._held:
            left, right = max(at, first), min(at + block.shape[1], first + count)
            if left < right:
                out[:, left - first : right - first] = block[:, left - at : right - at]
        return out

    def _fill(self, until: int) -> None:
        while not self._over and self._end < until:
            found = next(self._blocks, None)
            if found is None:
                self._over = True
                return
            at, block = found
            self._held.append((at, block.copy()))  # the reader writes the next block over it
            self._end = at + block.shape[1]
