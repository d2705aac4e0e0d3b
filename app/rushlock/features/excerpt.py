"""Short excerpts of a clip's sound, decoded on demand by seeking and kept as spectra.

A window of ``seconds`` is padded to twice its length and transformed at the file's own sample rate. Bins
are then ``1 / (2 * seconds)`` Hz apart whatever that rate is, so that spectra of any two recordings
multiply bin by bin without resampling. Only bins up to ``TOP_HZ`` are kept.
"""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.base.errors import MediaError
from rushlock.features.channels import Mix, fold_down
from rushlock.features.transform import spectra
from rushlock.media.clip import Clip
from rushlock.media.sound import Floats, SoundReader

TOP_HZ = 7000.0
FOLD_TO = 22050
"""Rates from twice this on are halved by averaging neighbours before the transform: far above ``TOP_HZ``."""

_OPEN_FILES = 24
_HELD_BYTES = 96 << 20


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One window of one clip.

    Attributes:
        start: Clip time of its first sample in seconds: the whole sample nearest to what was asked for.
        seconds: Its length without padding.
        spectrum: complex64 (round(2 * seconds * TOP_HZ) + 1,), zero above what the recording can hold.
        rms: Root mean square of the samples, full scale 1.
    """

    start: float
    seconds: float
    spectrum: npt.NDArray[np.complex64]
    rms: float


class Excerpts:
    """Reads excerpts of many clips; keeps files open and the latest spectra in bounded memory."""

    def __init__(self) -> None:
        self._readers: OrderedDict[tuple[str, int, int], SoundReader] = OrderedDict()
        self._held: OrderedDict[tuple[str, int, float], Excerpt] = OrderedDict()
        self._bytes = 0

    def close(self) -> None:
        """Close all files."""
        for reader in self._readers.values():
            reader.close()
        self._readers.clear()
        self._held.clear()
        self._bytes = 0

    def read(self, clip: Clip, mix: Mix, start: float, seconds: float) -> Excerpt:
        """Return the window of a clip that begins at clip time ``start``, with silence beyond its ends."""
        key = (clip.key, round(start * 1e5), seconds)
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
            return held
        made = self._make(clip, mix, start, seconds)
        self._held[key] = made
        self._bytes += made.spectrum.nbytes
        while self._bytes > _HELD_BYTES:
            _, old = self._held.popitem(last=False)
            self._bytes -= old.spectrum.nbytes
        return made

    def _make(self, clip: Clip, mix: Mix, start: float, seconds: float) -> Excerpt:
        at = start
        samples: Floats | None = None
        rate = 0
        for position in mix.streams:
            got = self._stream(clip, mix, position, start, seconds)
            if got is None:
                continue
            at, mono, own_rate = got
            # Streams of one file share a rate in practice; one that does not cannot be summed with them.
            if samples is None:
                samples, rate = mono, own_rate
            elif own_rate == rate:
                samples = samples + mono
        bins = round(2 * seconds * TOP_HZ) + 1
        spectrum = np.zeros(bins, np.complex64)
        if samples is None or not samples.size:
            return Excerpt(at, seconds, spectrum, 0.0)
        fold = 2 if rate % 2 == 0 and rate >= 2 * FOLD_TO else 1
        padded = round(2 * seconds * rate / fold)
        whole = spectra(fold_down(samples, fold), padded)
        at += (fold - 1) / 2 / rate  # the mean of neighbours lies between them
        np.multiply(whole[:bins], np.float32(padded), out=spectrum[: whole.size])
        return Excerpt(at, seconds, spectrum, float(np.sqrt(np.mean(np.square(samples)))))

    def _stream(
        self, clip: Clip, mix: Mix, position: int, start: float, seconds: float
    ) -> tuple[float, Floats, int] | None:
        """Return (clip time of the first sample, mono mix, sample rate), reading across chapters."""
        out: Floats | None = None
        rate, first = 0, 0
        for number, (chapter, file) in enumerate(zip(clip.chapter_starts(), clip.files, strict=True)):
            if position >= len(file.sounds):
                continue
            stream = file.sounds[position]
            if out is None:
                rate, first = stream.sample_rate, round(start * stream.sample_rate)
                out = np.zeros(round(seconds * rate), np.float32)
            inside = first / rate - float(chapter)
            if stream.sample_rate != rate or inside + seconds <= 0 or inside >= float(file.duration):
                continue
            reader = self._reader(clip, number, position)
            if reader is not None:
                out += reader.read(inside, seconds, mix.rows(position))[0]
        return None if out is None else (first / rate, out, rate)

    def _reader(self, clip: Clip, number: int, position: int) -> SoundReader | None:
        key = (clip.key, number, position)
        reader = self._readers.get(key)
        if reader is None:
            file = clip.files[number]
            try:
                reader = SoundReader(file, file.sounds[position])
            except MediaError:
                return None  # gone since it was heard: the pair is judged by what is left
            self._readers[key] = reader
            while len(self._readers) > _OPEN_FILES:
                self._readers.popitem(last=False)[1].close()
        self._readers.move_to_end(key)
        return reader
