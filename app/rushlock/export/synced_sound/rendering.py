"""A clip's sound onto the shoot's clock, block by block, straight to a file."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from typing import BinaryIO

import numpy as np

from rushlock.export.synced_sound.broadcast_wave import write_samples
from rushlock.export.synced_sound.fractional import Interpolator, Samples, interpolator
from rushlock.export.synced_sound.stretches import Stretch
from rushlock.export.synced_sound.tape import Window
from rushlock.media.clip import Clip

_SILENCE = 1 << 15


class Voice:
    """One sound stream of a clip, read at the pace of the shoot's clock."""

    def __init__(self, clip: Clip, stream: int, sample_rate: int) -> None:
        self._window = Window(clip, stream)
        self.channels = self._window.channels
        self._own_rate, self._rate = clip.files[0].sounds[stream].sample_rate, sample_rate
        self._filters = interpolator(min(1.0, sample_rate / self._own_rate))

    def __enter__(self) -> "Voice":
        return self

    def __exit__(self, *_reason: object) -> None:
        self._window.close()

    @property
    def block(self) -> int:
        """How many samples may be asked for at a time: drift of 10 % and more fits."""
        room = self._filters.longest - 2 * self._filters.reach - 2
        return int(room * 0.9 * min(1.0, self._rate / self._own_rate))

    def play(self, stretch: Stretch, first: int, count: int) -> Samples:
        """Return float64 (channels, count) of a stretch from a sample of the shoot's clock on."""
        position = stretch.clip_time(first, self._rate) * self._own_rate
        step = stretch.pace * Fraction(self._own_rate, self._rate)
        if step == 1:
            return self._window.read(round(position), count)  # not a bit is changed
        reach = self._filters.reach
        begin = int(position) - reach - 1
        positions = float(position - begin) + float(step) * np.arange(count, dtype=np.float64)
        samples = self._window.read(begin, int(positions[-1]) + reach + 2)
        return _each(self._filters, samples, positions)


def _each(filters: Interpolator, samples: Samples, positions: Samples) -> Samples:
    return np.stack([filters.at(channel, positions) for channel in samples])


def render(clip: Clip, found: Sequence[Stretch], sample_rate: int, file: BinaryIO) -> Iterator[int]:
    """Write all of a clip's channels from its first stretch to its last; yield how many samples are done.

    Raises:
        MediaError: A file of the clip cannot be read.
        OSError: The samples cannot be written.
    """
    with ExitStack() as stack:
        streams = range(len(clip.files[0].sounds))
        voices = [stack.enter_context(Voice(clip, stream, sample_rate)) for stream in streams]
        channels, block = sum(v.channels for v in voices), min(v.block for v in voices)
        at = begin = found[0].first
        for stretch in found:
            for count in _counts(stretch.first - at, _SILENCE):
                write_samples(file, np.zeros((channels, count)))
            at = stretch.first
            for count in _counts(stretch.after - stretch.first, block):
                write_samples(file, np.concatenate([v.play(stretch, at, count) for v in voices]))
                at += count
                yield at - begin


def _counts(total: int, most: int) -> Iterator[int]:
    while total > 0:
        yield min(total, most)
        total -= most
