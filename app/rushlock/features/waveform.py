"""A clip's sound at one sample rate, mixed to mono, by sample number on the clip's own clock.

Sample ``n`` is the sound at clip time ``n / rate`` exactly: a symmetric filter (polyphase, Kaiser window)
shifts nothing, and what is read begins where both rates have a sample, so that neighbouring reads agree. The
channels are mixed as everywhere else (``channels``): dead ones and timecode are left out.
"""

from math import gcd
from types import TracebackType
from typing import Self

import numpy as np

from rushlock.base.errors import MediaError
from rushlock.features.channels import Mix, choose_mix
from rushlock.media.clip import Clip
from rushlock.media.sound import Floats, SoundReader

_REACH = 12
"""Samples of the slower rate that the filter looks to either side; scipy's own reaches over 10."""


class Waveform:
    """Reads a clip's sound at a rate; keeps its files open.

    Raises:
        MediaError: The first file's sound cannot be opened.
    """

    def __init__(self, clip: Clip, rate: int, mix: Mix | None = None) -> None:
        """Open the clip.

        Args:
            clip: Whose sound.
            rate: Samples a second.
            mix: How to mix the channels; listened for if not given.
        """
        if not clip.has_sound:
            raise MediaError(clip.path, "it has no sound")
        self._clip, self.rate = clip, rate
        self._mix = mix or choose_mix(next(file for file in clip.files if file.sounds))
        self._readers: dict[tuple[int, int], SoundReader | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all files."""
        for reader in self._readers.values():
            if reader is not None:
                reader.close()
        self._readers.clear()

    def read(self, first: int, count: int) -> Floats:
        """Return float32 (count,), full scale 1, from sample ``first`` on; zeros where there is no sound."""
        out = np.zeros(count, np.float32)
        for number, (chapter, file) in enumerate(
            zip(self._clip.chapter_starts(), self._clip.files, strict=True)
        ):
            begin, end = float(chapter) * self.rate, float(chapter + file.duration) * self.rate
            if begin >= first + count or end <= first:
                continue
            for position in self._mix.streams:
                out += self._stream(number, position, float(chapter), first, count)
        return out

    def _stream(self, number: int, position: int, chapter: float, first: int, count: int) -> Floats:
        """Return what one stream of one file contributes."""
        reader = self._reader(number, position)
        if reader is None:
            return np.zeros(count, np.float32)
        own = reader.stream.sample_rate
        common = gcd(own, self.rate)
        up, down = self.rate // common, own // common
        # Every ``up`` samples of ours and every ``down`` of the file's, one falls on the other.
        reach = -(-_REACH * max(up, down) // (up * down)) + 1
        begin = first // up - reach
        length = -(-(first + count) // up) + reach - begin
        rows = self._mix.rows(position)
        raw = reader.read(begin / common - chapter, length / common, rows)[0]
        even = raw if up == down else _resampled(raw, up, down)
        skipped = first - begin * up
        return np.asarray(even[skipped : skipped + count], np.float32)

    def _reader(self, number: int, position: int) -> SoundReader | None:
        """Return the open stream of a file, None where it lacks it or cannot be opened any more."""
        key = number, position
        if key not in self._readers:
            file = self._clip.files[number]
            try:
                stream = file.sounds[position]
                self._readers[key] = SoundReader(file, stream)
            except (IndexError, MediaError):
                self._readers[key] = None
        return self._readers[key]


def _resampled(samples: Floats, up: int, down: int) -> Floats:
    """Return sound at ``up / down`` times its rate."""
    from scipy.signal import resample_poly  # loads for half a second, which runs without networks never need

    return np.asarray(resample_poly(samples, up, down), np.float32)
