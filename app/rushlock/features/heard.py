"""What is heard of a clip: a track of band onsets on a 100 Hz grid.

One decode per file. The chosen channels (see ``channels``) are mixed, brought to about 16 kHz by averaging
neighbours (what folds down is far below what is compared, and lies under the same bands in every clip), and
cut into windows of some 21 ms every 10 ms. Power in 16 bands from 100 Hz to 7.2 kHz, on a logarithmic scale
above the band's
own floor, less its mean over the half second around: what remains is how each band *changes*, which rooms,
gains, distance and microphones leave alone. Values are clipped so that no single bang outweighs the rest.

Frame ``k`` is centred at clip time ``ORIGIN_S + k * HOP_S``. The first 0.3 s and the edges of digital
silence are
zero: encoders leave the same false onset there in every file, and lag 0 would win by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rushlock.features.channels import Mix, fold_down
from rushlock.features.transform import fast_length, running_mean, spectra, upper_median, widened
from rushlock.media.clip import Clip, MediaFile
from rushlock.media.sound import Floats, SoundReader

HOP_S = 0.01
ORIGIN_S = 0.02
BANDS = 16
VERSION = "heard-5"
"""Part of the cache key: change it with anything that changes the numbers."""

_LOWEST_HZ, _HIGHEST_HZ = 100.0, 7200.0
_WINDOW_S = 0.0213
_BLOCK_S = 20.0
_AT_ONCE = 256  # windows: what is made of them stays in the processor's cache
_MEAN_FRAMES = 51
_LIMIT = 3.0
_HEAD_S = 0.3
_EDGE_FRAMES = 6
_SILENCE = 1e-12  # power per band: below any converter's noise, above rounding


@dataclass(frozen=True, slots=True)
class HeardTrack:
    """Onsets of one clip.

    Attributes:
        onsets: float16 (frames, BANDS), about unit variance where there is sound, 0 where there is none.
        level: float16 (frames,), loudness in dB full scale of the mix.
        mix: How the sound was mixed; needed to hear the same again in detail.
        missing: Seconds of sound that the container promised and that did not decode.
    """

    onsets: npt.NDArray[np.float16]
    level: npt.NDArray[np.float16]
    mix: Mix
    missing: float = 0.0

    @property
    def duration(self) -> float:
        """Length of the track in seconds."""
        return len(self.level) * HOP_S

    @property
    def sounding(self) -> float:
        """Seconds that are not digital silence."""
        return float(np.count_nonzero(self.level > -90.0)) * HOP_S

    @property
    def swing_db(self) -> float:
        """Difference between loud (95 %) and quiet (5 %) tenths of a second; steady noise has 2 to 3 dB."""
        if self.sounding < 1.0:
            return 0.0
        level = self.level.astype(np.float32)
        smooth = running_mean(level[level > -90.0], 10)
        return float(np.subtract(*np.percentile(smooth, [95, 5])))


def hear(clip: Clip, mix: Mix) -> Iterator[HeardTrack | float]:
    """Decode a clip's sound once and return its track.

    Yields:
        Seconds heard so far, after every block; the track last.
    """
    frames = max(round(float(clip.duration) / HOP_S) - 1, 0)
    power = np.zeros((frames, BANDS), np.float32)
    heard = 0.0
    for start, file in zip(clip.chapter_starts(), clip.files, strict=True):
        for position in mix.streams:
            if position >= len(file.sounds):
                continue
            for seconds in _add_power(power, file, position, mix, float(start)):
                heard += seconds
                yield heard
    streams = max(len(mix.streams), 1)
    promised = sum(float(f.sounds[p].duration) for f in clip.files for p in mix.streams if p < len(f.sounds))
    yield HeardTrack(
        onsets=_onsets(power),
        level=(10 * np.log10(power.sum(axis=1) + 1e-10)).astype(np.float16),
        mix=mix,
        missing=max(promised - heard, 0.0) / streams,
    )


def hear_mono(mono: Floats, sample_rate: int) -> HeardTrack:
    """Return the track of sound at hand, (samples,), which begins at clip time 0."""
    power = np.zeros((max(round(mono.size / sample_rate / HOP_S) - 1, 0), BANDS), np.float32)
    first, bands, _ = BandBank(sample_rate).power(mono, 0.0)
    keep = min(len(power) - first, len(bands))
    power[first : first + keep] = bands[:keep]
    level = (10 * np.log10(power.sum(axis=1) + 1e-10)).astype(np.float16)
    return HeardTrack(_onsets(power), level, Mix(()))


def _add_power(power: Floats, file: MediaFile, position: int, mix: Mix, chapter: float) -> Iterator[float]:
    """Add one stream's band power to the clip's grid; yield the seconds of each block."""
    stream = file.sounds[position]
    bank = BandBank(stream.sample_rate)
    tail, tail_at = np.zeros(0, np.float32), 0
    with SoundReader(file, stream) as reader:
        for first, rows in reader.blocks(_BLOCK_S, mix.rows(position)):
            mono = rows[0]
            seconds = mono.size / stream.sample_rate
            if tail.size and first == tail_at + tail.size:
                mono, first = np.concatenate([tail, mono]), tail_at
            k0, bands, used = bank.power(mono, first / stream.sample_rate + chapter)
            keep = slice(max(k0, 0), min(k0 + bands.shape[0], power.shape[0]))
            if keep.stop > keep.start:
                power[keep] += bands[keep.start - k0 : keep.stop - k0]
            tail, tail_at = mono[used:].copy(), first + used
            yield seconds


class BandBank:
    """Short-time power in bands for one sample rate."""

    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate
        self.fold = max(round(sample_rate / 16000), 1)
        self.rate = sample_rate / self.fold
        self.size = fast_length(round(_WINDOW_S * self.rate))
        self.window = np.hanning(self.size).astype(np.float32)
        self.filters = self._filters()

    def _filters(self) -> Floats:
        """Return triangular filters equally spaced on O'Shaughnessy's mel scale.

        Shape (2 * (size // 2 + 1), BANDS): a row for the real and one for the imaginary part of each bin.
        """
        mel = 2595 * np.log10(1 + np.array([_LOWEST_HZ, _HIGHEST_HZ]) / 700)
        edges = 700 * (10 ** (np.linspace(mel[0], mel[1], BANDS + 2) / 2595) - 1)
        hz = np.arange(self.size // 2 + 1) * self.rate / self.size
        rise = (hz[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
        fall = (edges[2:] - hz[:, None]) / (edges[2:] - edges[1:-1])
        filters = np.clip(np.minimum(rise, fall), 0, None)
        filters[:, edges[2:] > self.rate / 2] = 0.0  # a band the recording cannot hold
        scale = float(np.sum(np.square(self.window))) / (2 * self.size)  # spectra are divided by the size
        return np.repeat(filters / scale, 2, axis=0).astype(np.float32)

    def power(self, mono: Floats, start: float) -> tuple[int, Floats, int]:
        """Return (index of the first frame, float32 (frames, BANDS), samples no later frame needs).

        ``start`` is the clip time of the first sample.
        """
        folded = fold_down(mono, self.fold)
        half = self.size / 2
        first = int(np.ceil((start + half / self.rate - ORIGIN_S) / HOP_S - 1e-9))
        step = HOP_S * self.rate
        left = (ORIGIN_S + first * HOP_S - start) * self.rate - half  # of the first window, in folded samples
        count = max(int((folded.size - self.size - left) / step) + 1, 0) if folded.size >= self.size else 0
        rows = np.empty((count, BANDS), np.float32)
        for k in range(0, count, _AT_ONCE):
            rows[k : k + _AT_ONCE] = self._bands(folded, left + k * step, min(_AT_ONCE, count - k))
        used = max(int(left + step * count - 1), 0) * self.fold if count else 0
        return first, rows, min(used, mono.size)

    def _bands(self, folded: Floats, left: float, count: int) -> Floats:
        """Return band power of some windows, the first of which begins at sample ``left``."""
        step = HOP_S * self.rate
        windows = np.lib.stride_tricks.sliding_window_view(folded, self.size)
        if step.is_integer():  # a slice needs no copy
            begin = max(round(left), 0)
            frames = windows[begin : begin + int(step) * (count - 1) + 1 : int(step)] * self.window
        else:
            frames = windows[np.round(left + step * np.arange(count)).astype(np.int64).clip(0)] * self.window
        spectrum = spectra(frames, self.size).view(np.float32)
        np.square(spectrum, out=spectrum)
        bands: Floats = spectrum @ self.filters
        return bands


def _onsets(power: Floats) -> npt.NDArray[np.float16]:
    """Return band onsets, float16 (frames, BANDS), of band power."""
    sounding = power.sum(axis=1) > _SILENCE
    if np.count_nonzero(sounding) < 20:
        return np.zeros(power.shape, np.float16)
    silent = widened(~sounding, _EDGE_FRAMES)
    silent[: round(_HEAD_S / HOP_S)] = True
    change = np.zeros(power.shape, np.float32)
    for band in range(BANDS):
        column = power[:, band]
        floor = 0.03 * upper_median(column[sounding]) + 1e-14
        if float(column.max()) > 10 * _SILENCE / BANDS:
            logs = np.log(column + floor)
            change[:, band] = logs - running_mean(logs, _MEAN_FRAMES)
    change[silent] = 0.0
    return _scaled(change, ~silent)


def _scaled(change: Floats, heard: npt.NDArray[np.bool_]) -> npt.NDArray[np.float16]:
    """Return changes in units of their own spread where something changes, clipped.

    A line-up tone before the programme, or long pauses, must not make the little that changes look enormous.
    """
    power = running_mean(np.mean(np.square(change), axis=1), _MEAN_FRAMES)
    lively = heard & (power > 0.1 * float(power[heard].mean())) if heard.any() else heard
    if not lively.any():
        return np.zeros(change.shape, np.float16)
    spread = np.sqrt(np.mean(np.square(change[lively]), axis=0))
    spread[spread < 1e-6] = np.inf
    onsets: npt.NDArray[np.float16] = np.clip(change / spread, -_LIMIT, _LIMIT).astype(np.float16)
    return onsets
