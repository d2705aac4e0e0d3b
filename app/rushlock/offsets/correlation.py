"""Candidate offsets of all pairs of heard tracks: whitened multi-band cross-correlation.

Tracks are cut into blocks. Each block is padded to twice its length, transformed once per band and whitened;
for each distance between blocks of two clips the products are summed over bands and blocks and transformed
back once. That is the exact linear correlation of whole clips, in memory bounded by the blocks held. Blocks
are as long as the usual clip: short clips are not padded to the longest, nor long ones crumbled.

Whitening divides each band's modulation spectrum by a power of its own smoothed size (generalised
cross-correlation, Knapp and Carter 1976, with the exponent between plain correlation, 0, and phase
transform, 1): slow loudness and beat are common to many places, quick changes tell one place from another.

The curve is divided by its own expected spread at each lag (the root of the correlation of both clips'
energies), so
that short overlaps at the ends are not louder than they should be, and then by the spread really seen: a
height is a z-score of that pair.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rushlock.features.heard import BANDS, HOP_S
from rushlock.features.transform import upper_median
from rushlock.offsets.estimate import Candidate

if TYPE_CHECKING:
    pass

BLOCK_LEAST, BLOCK_MOST = 1 << 10, 1 << 16
WHITENING = 0.7
MIN_OVERLAP_S = 1.5
LEAST_SOUND_S = 0.8
"""Seconds that must sound in both clips at a lag for it to count."""

LEAST_LAGS = 50
LEAST_SPREAD = 0.8
"""In units of what independent bands would give: measured 0.9 (5 %) to 1.8 (95 %) on pairs of strangers."""

KEEP = 8
APART_S = 0.08
"""Peaks closer than this are one peak."""

_BEST = 2  # peaks left out when chance is measured: the place, and a second where sound repeats
_SMOOTH_BINS = 257
_HELD_BYTES = 320 << 20

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LagCurve:
    """Evidence by lag for one pair.

    Attributes:
        z: float32 (lags,), z-scores; lags with too little overlap hold 0.
        first: Lag in frames of ``z[0]``: node's frame 0 at master's frame ``first``.
        frames: Frames of master and node.
    """

    z: Floats
    first: int
    frames: tuple[int, int]

    def overlap_s(self, lag: int) -> float:
        """Return seconds of common time at a lag."""
        master, node = self.frames
        return max(min(master, lag + node) - max(0, lag), 0) * HOP_S

    def peaks(self, keep: int = KEEP, least: float = 3.0) -> list[Candidate]:
        """Return the highest separate peaks, best first, refined between grid points by a parabola."""
        z, apart = self.z.copy(), round(APART_S / HOP_S)
        found: list[Candidate] = []
        while len(found) < keep and z.size:
            top = int(np.argmax(z))
            if z[top] < least:
                break
            lag = self.first + top
            found.append(Candidate((lag + self._vertex(top)) * HOP_S, float(z[top]), self.overlap_s(lag)))
            z[max(top - apart, 0) : top + apart + 1] = 0.0
        # The pair's own chance peaks are a better measure than any theory of them.
        chance = [c.score for c in found[_BEST:]] + [least] * (keep - max(len(found), _BEST))
        usual = float(np.mean(chance)) if chance else least
        return [replace(c, chance=usual) for c in found]

    def _vertex(self, top: int) -> float:
        if not 0 < top < self.z.size - 1:
            return 0.0
        left, mid, right = (float(v) for v in self.z[top - 1 : top + 2])
        bend = left - 2 * mid + right
        return 0.0 if bend >= -1e-9 else float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5))


class Correlator:
    """Correlates pairs of tracks; holds the spectra of blocks used lately.

    ``tracks`` are onset arrays (frames, BANDS). ``device`` is a torch device name.
    """

    def __init__(self, tracks: Sequence[npt.NDArray[np.float16]], device: str = "cpu") -> None:
        import torch

        # Each step is a fraction of a millisecond: threads waiting for each other cost more than they bring.
        torch.set_num_threads(1)
        self._torch = torch
        self._tracks = tracks
        self._device = torch.device(device)
        usual = int(np.median([t.shape[0] for t in tracks])) if tracks else 1
        self.block = min(max(1 << (usual - 1).bit_length(), BLOCK_LEAST), BLOCK_MOST)
        self._spectra: OrderedDict[int, tuple[torch.Tensor, torch.Tensor]] = OrderedDict()
        self._held = 0

    def curve(self, master: int, node: int) -> LagCurve:
        """Return the lag curve of a pair of tracks, by their positions."""
        torch, size = self._torch, self.block
        (a, a_energy), (b, b_energy) = self._spectrum(master), self._spectrum(node)
        frames = (self._tracks[master].shape[0], self._tracks[node].shape[0])
        lags = torch.zeros(2, (a.shape[0] + b.shape[0]) * size, device=self._device)
        # Node block j under master block i: lag (i - j) * size plus what the inverse transform says.
        for distance in range(-(b.shape[0] - 1), a.shape[0]):
            low, high = max(distance, 0), min(a.shape[0], b.shape[0] + distance)
            pick_a, pick_b = slice(low, high), slice(low - distance, high - distance)
            cross = _products(a[pick_a].flatten(0, 1), b[pick_b].flatten(0, 1))
            energy = _products(a_energy[pick_a], b_energy[pick_b])
            both = torch.fft.irfft(torch.stack([cross, energy]), 2 * size)
            centre = (distance + b.shape[0]) * size
            lags[:, centre : centre + size] += both[:, :size]
            lags[:, centre - size : centre] += both[:, size:]
        return self._normalised(lags.cpu().numpy(), b.shape[0] * size, frames)

    def _spectrum(self, index: int) -> Any:  # noqa: ANN401 - torch is not imported at module level
        """Return complex (blocks, BANDS, size + 1) and energy (blocks, size + 1) of a track."""
        held = self._spectra.get(index)
        if held is not None:
            self._spectra.move_to_end(index)
            return held
        torch, size = self._torch, self.block
        track = self._tracks[index]
        blocks = max(-(-track.shape[0] // size), 1)
        bands = torch.zeros(BANDS, blocks * size, device=self._device)
        bands[:, : track.shape[0]] = torch.from_numpy(track).to(self._device).T
        x = bands.reshape(BANDS, blocks, size).transpose(0, 1)
        spectrum = torch.fft.rfft(x, 2 * size)
        pooled = _smoothed(_mean_size(spectrum), _SMOOTH_BINS)
        scale = pooled / pooled.mean(dim=2, keepdim=True).clamp_min(1e-9)
        spectrum *= scale.clamp_min(1e-3) ** -WHITENING
        energy = torch.fft.rfft(torch.sum(x * x, dim=1), 2 * size)
        made = (spectrum, energy)
        self._held += spectrum.numel() * 8 + energy.numel() * 8
        self._spectra[index] = made
        while self._held > _HELD_BYTES and len(self._spectra) > 2:
            _, (old, old_energy) = self._spectra.popitem(last=False)
            self._held -= old.numel() * 8 + old_energy.numel() * 8
        return made

    def _normalised(self, lags: Floats, zero: int, frames: tuple[int, int]) -> LagCurve:
        least = round(MIN_OVERLAP_S / HOP_S)
        if min(frames) < least:  # too short to tell anything from chance
            return LagCurve(np.zeros(0, np.float32), 0, frames)
        first, last = -(frames[1] - least), frames[0] - least
        cross = lags[0, zero + first : zero + last + 1]
        energy = lags[1, zero + first : zero + last + 1]
        expected = np.sqrt(np.maximum(energy, 0.0) / BANDS + 1e-6)
        # Lags at which hardly anything sounds in both clips say nothing, and must not set the scale either.
        told = expected > max(0.02 * float(expected.max(initial=0.0)), np.sqrt(LEAST_SOUND_S / HOP_S * BANDS))
        z = np.where(told, cross / expected, 0.0)
        if np.count_nonzero(told) < LEAST_LAGS:
            return LagCurve(np.zeros(z.size, np.float32), first, frames)
        inside = z[told]
        spread = 1.4826 * upper_median(np.abs(inside - np.float32(upper_median(inside))))
        return LagCurve((z / max(spread, LEAST_SPREAD)).astype(np.float32), first, frames)


def _products(a: Any, b: Any) -> Any:  # noqa: ANN401 - torch is not imported at module level
    """Return the sum of ``a * conj(b)`` over rows, (bins,), row by row, which stays in the cache."""
    import torch

    total = torch.zeros_like(a[0])
    for row_a, row_b in zip(a, torch.conj_physical(b), strict=True):
        total.addcmul_(row_a, row_b)
    return total


def _mean_size(spectrum: Any) -> Any:  # noqa: ANN401 - torch is not imported at module level
    """Return the root mean square size over the first axis, which is kept."""
    import torch

    real, imaginary = torch.view_as_real(spectrum).unbind(-1)
    return (real * real).addcmul_(imaginary, imaginary).mean(dim=0, keepdim=True).sqrt_()


def _smoothed(size: Any, width: int) -> Any:  # noqa: ANN401 - torch is not imported at module level
    """Return means over ``width`` bins of the last axis, fewer at its ends, at a cost free of the width."""
    import torch

    count, half = size.shape[-1], width // 2
    sums = torch.nn.functional.pad(torch.cumsum(size, dim=-1), (half + 1, half))
    sums[..., count + half + 1 :] = sums[..., count + half, None]
    at = torch.arange(count, device=size.device)
    bins = (at + half + 1).clamp(max=count) - (at - half).clamp(min=0)
    return (sums[..., 2 * half + 1 :] - sums[..., :count]) / bins
