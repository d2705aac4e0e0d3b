"""Sound of a clip by range, as one channel at 48 kHz, whatever the files hold.

Of a stream with more than two channels the first two are heard: recorders put their mix there.
"""

from contextlib import suppress
from itertools import pairwise
from math import gcd

import numpy as np

from rushlock.base.errors import MediaError
from rushlock.media.clip import Clip, MediaFile
from rushlock.media.sound import Floats, SoundReader

RATE = 48_000

_EDGE_S = 0.01  # read beyond both ends, so that filters ring outside of what is heard
_HEARD_CHANNELS = 2


class Listener:
    """Reads one clip's sound; for one thread. Files stay open until ``close``."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip
        self._readers: dict[MediaFile, SoundReader | None] = {}

    def close(self) -> None:
        """Close all files."""
        for reader in self._readers.values():
            if reader is not None:
                reader.close()
        self._readers.clear()

    def read(self, start: float, seconds: float) -> Floats:
        """Return float32 (n,) at 48 kHz from a clip time on; silence where there is nothing to be heard."""
        heard = np.zeros(round(seconds * RATE), np.float32)
        starts = (*self._clip.chapter_starts(), self._clip.duration)
        for file, (begin, end) in zip(self._clip.files, pairwise(map(float, starts)), strict=True):
            first, last = max(start, begin), min(start + seconds, end)
            if first < last:
                at = round((first - start) * RATE)
                part = self._from_file(file, first - begin, last - first)[: len(heard) - at]
                heard[at : at + len(part)] = part
        return heard

    def _from_file(self, file: MediaFile, start: float, seconds: float) -> Floats:
        reader = self._reader(file)
        if reader is None:
            return np.zeros(0, np.float32)
        channels = min(reader.stream.channels, _HEARD_CHANNELS)
        rows = (tuple((channel, 1 / channels) for channel in range(channels)),)
        rate = reader.stream.sample_rate
        edge = 0.0 if rate == RATE else round(_EDGE_S * rate) / rate
        samples: Floats = reader.read(start - edge, seconds + 2 * edge, rows)[0]
        return samples if rate == RATE else _resampled(samples, rate, edge, seconds)

    def _reader(self, file: MediaFile) -> SoundReader | None:
        if file not in self._readers:
            self._readers[file] = None
            stream = next((stream for stream in file.sounds if stream.duration > 0), None)
            if stream is not None:
                with suppress(MediaError):  # missing: the picture's deck says so
                    self._readers[file] = SoundReader(file, stream)
        return self._readers[file]


def _resampled(samples: Floats, rate: int, edge: float, seconds: float) -> Floats:
    """Return samples at 48 kHz without the edges."""
    from scipy.signal import resample_poly

    common = gcd(RATE, rate)
    full: Floats = np.asarray(resample_poly(samples, RATE // common, rate // common), np.float32)
    first = round(edge * RATE)
    return full[first : first + round(seconds * RATE)]
