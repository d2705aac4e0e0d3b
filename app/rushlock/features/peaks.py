"""How a clip's sound looks: lowest and highest sample of every hundredth of a second, and of longer steps.

A picture of an hour's sound must not cost an hour's samples. The *peaks* of a clip are pairs of int8 on the
clip's own clock; level 0 holds ``RATE`` pairs a second, each further level a ``FACTOR``-th of them, so that
any stretch is drawn at any width from at most ``FACTOR`` + 1 pairs a column. The channels are mixed as
everywhere else (``channels``): timecode on a track is not what a person wants to see.

Values are scaled to the clip's own loudness: the microphone of a camera across the room would else be a
line. Decoding holds a block of sound at a time and the pairs, 0.7 MB for an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.cache.keys import digest
from rushlock.cache.store import Cache
from rushlock.features.channels import Mix, choose_mix
from rushlock.media.clip import Clip, MediaFile
from rushlock.media.sound import Floats, SoundReader

RATE = 100
"""Pairs a second at level 0."""

FACTOR = 4
"""Pairs of a level that make one of the next."""

VERSION = "peaks-1"
"""Part of the cache key: change it with anything that changes the numbers."""

_LEAST = 64  # a level this short needs no coarser one
_BLOCK_S = 5.0
_LOUD_SHARE = 0.98  # of the seconds that sound; louder ones are cut, so that one bang flattens nothing
_DEAD = 1e-4  # amplitude below which there is nothing to look at

Pairs = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class PeakTrack:
    """Peaks of one clip.

    Attributes:
        levels: int8 (n, 2) each: lowest and highest value; level 0 has ``RATE`` pairs a second.
        full: Amplitude (full scale 1) that 127 stands for.
    """

    levels: tuple[Pairs, ...]
    full: float

    @property
    def duration(self) -> float:
        """Seconds that the peaks cover."""
        return len(self.levels[0]) / RATE

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return sum(level.nbytes for level in self.levels)

    def columns(self, start: float, end: float, count: int) -> Pairs:
        """Return int8 (count, 2): lowest and highest value in ``count`` equal parts of a stretch.

        Args:
            start: Clip time at which the stretch begins, seconds; beyond the clip's ends all is zero.
            end: Where it ends.
            count: Columns, one at least.
        """
        step = (end - start) / count
        number = 0
        while number + 1 < len(self.levels) and FACTOR ** (number + 1) <= step * RATE:
            number += 1
        level, rate = self.levels[number], RATE / FACTOR**number
        edges = np.floor(np.linspace(start, end, count + 1) * rate + 1e-6).astype(np.int64)
        first = np.clip(edges[:-1], 0, len(level))
        last = np.clip(np.maximum(edges[1:], edges[:-1] + 1), 0, len(level))
        out = np.zeros((count, 2), np.int8)
        inside = np.flatnonzero(last > first)
        if inside.size:
            low, high = first[inside[0]], last[inside[-1]]
            part, at = level[low:high], first[inside] - low
            out[inside, 0] = np.minimum.reduceat(part[:, 0], at)
            out[inside, 1] = np.maximum.reduceat(part[:, 1], at)
        return out


def held_peaks(cache: Cache, clip: Clip) -> PeakTrack | None:
    """Return a clip's peaks from the cache, None where they were not made yet."""
    arrays = cache.arrays(_key(clip))
    if arrays is None:
        return None
    levels = tuple(arrays[name] for name in sorted(arrays) if name != "full")
    return PeakTrack(levels, float(arrays["full"]))


def peaks_of(clip: Clip, cache: Cache, token: CancelToken) -> Stage[PeakTrack]:
    """Decode a clip's sound once, keep its peaks in the cache and return them.

    Raises:
        MediaError: The clip has no sound, or it cannot be opened.
    """
    sounding = next((file for file in clip.files if file.sounds), None)
    if sounding is None:
        raise MediaError(clip.path, "it has no sound")
    with SoundReader(sounding, sounding.sounds[0]):  # else a file that is gone would pass for a silent one
        mix = choose_mix(sounding)
    low = np.zeros(max(round(float(clip.duration) * RATE), 1), np.float32)
    high = np.zeros_like(low)
    minutes = float(clip.duration) / 60
    for start, file in zip(clip.chapter_starts(), clip.files, strict=True):
        for heard in _lay_file(low, high, file, float(start), mix):
            token.check()
            yield Progress("Drawing sound", heard / 60, minutes, clip.name, "min of sound")
    track = _scaled(low, high)
    levels = {f"level{number:02}": level for number, level in enumerate(track.levels)}
    cache.store_arrays(_key(clip), {"full": np.array(track.full), **levels})
    return track


def _key(clip: Clip) -> str:
    return digest(VERSION, clip.key)


def _lay_file(low: Floats, high: Floats, file: MediaFile, chapter: float, mix: Mix) -> Iterator[float]:
    """Widen the pairs by a file's streams, laid over each other; yield the clip time after each block."""
    for position in mix.streams:
        if position >= len(file.sounds):
            continue
        stream = file.sounds[position]
        with SoundReader(file, stream) as reader:
            for first, rows in reader.blocks(_BLOCK_S, mix.rows(position)):
                _widen(low, high, rows[0], chapter + first / stream.sample_rate, stream.sample_rate)
                yield chapter + (first + rows.shape[1]) / stream.sample_rate


def _widen(low: Floats, high: Floats, mono: Floats, start: float, rate: int) -> None:
    """Widen the pairs from clip time ``start`` on by some samples."""
    first = max(int(np.floor(start * RATE + 1e-6)), 0)
    last = min(int(np.ceil((start + mono.size / rate) * RATE)), len(low))
    at = np.ceil((np.arange(first, last) / RATE - start) * rate - 1e-6).astype(np.int64)
    at = at[at < mono.size].clip(0)
    if not at.size:
        return
    there = slice(first, first + at.size)
    end = min(mono.size, int((len(low) / RATE - start) * rate) + 1)
    np.minimum(low[there], np.minimum.reduceat(mono[:end], at), out=low[there])
    np.maximum(high[there], np.maximum.reduceat(mono[:end], at), out=high[there])


def _scaled(low: Floats, high: Floats) -> PeakTrack:
    """Return pairs at all levels, scaled to the clip's own loudness."""
    full = _loudness(np.maximum(high, -low))
    base = np.stack([low, high], axis=1) * np.float32(127 / full)
    levels = [np.rint(base).clip(-127, 127).astype(np.int8)]
    while len(levels[-1]) > _LEAST:
        fine = levels[-1]
        at = np.arange(0, len(fine), FACTOR)
        pairs = [np.minimum.reduceat(fine[:, 0], at), np.maximum.reduceat(fine[:, 1], at)]
        levels.append(np.stack(pairs, axis=1))
    return PeakTrack(tuple(levels), full)


def _loudness(amplitude: Floats) -> float:
    """Return the amplitude that few seconds reach; 1 where there is nothing but silence."""
    seconds = np.maximum.reduceat(amplitude, np.arange(0, len(amplitude), RATE))
    sounding = seconds[seconds > _DEAD]
    return float(np.quantile(sounding, _LOUD_SHARE)) if sounding.size else 1.0
