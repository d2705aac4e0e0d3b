"""The sizes of a SparseSync: the published one, and reduced ones of the same make."""

from dataclasses import dataclass

from rushlock.base.errors import UsageError
from rushlock.nets.protocol import SegmentLayout
from rushlock.nets.sizes import Sizes, even_offsets

FFT = 512
"""Samples of one column of the spectrogram."""

FFT_HOP = 128
"""Samples from one column to the next."""

_WIDTH = 512
_HALVINGS = 5
_THINNINGS = (1, 2, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class SparseSyncConfig(Sizes):
    """Everything that decides the shape of the network. Values are checked when made.

    Attributes:
        thinning: By how much all widths are divided, channels of the extractors included: 1, 2, 4, 8 or 16.
        picture: Side of the picture in pixels.
        shorter_side: Shorter side that pictures are scaled to before their middle is cut out.
        frames: Pictures of a window.
        frame_rate: Pictures per second.
        sample_rate: Samples per second.
        hop_frames: Pictures from one place where a window may begin to the next. A choice of ours: 0.08 s,
            in five steps of which the classes' 0.2 s are met at every 0.04 s.
        selectors: Tokens that are gathered of either side.
        selector_depth: Blocks of each selector.
        judge_depth: Blocks of the transformer that compares.
        judge_heads: Attention heads everywhere.
        growth: Width of the feed-forward layers against ``dims``.
        offset_limit: The head knows offsets of plus and minus this many seconds at most.
        offset_classes: How many offsets it tells apart, evenly spaced.
        dropout: Of all transformers, while training.
    """

    thinning: int = 1
    picture: int = 224
    shorter_side: int = 256
    frames: int = 125
    frame_rate: int = 25
    sample_rate: int = 16000
    hop_frames: int = 2
    selectors: int = 16
    selector_depth: int = 3
    judge_depth: int = 3
    judge_heads: int = 8
    growth: int = 4
    offset_limit: float = 2.0
    offset_classes: int = 21
    dropout: float = 0.1

    def __post_init__(self) -> None:
        fits = {
            "thinning must be 1, 2, 4, 8 or 16": self.thinning in _THINNINGS,
            "judge_heads must divide dims": self.thinning in _THINNINGS and self.dims % self.judge_heads == 0,
            "a window must be whole samples": self.frames * self.sample_rate % self.frame_rate == 0,
            "a window must be long enough to be halved": self.frames >= 9 and self.samples > FFT,
            "picture must not exceed shorter_side": self.picture <= self.shorter_side,
            "offset_classes must be at least two": self.offset_classes > 1,
        }
        for rule, kept in fits.items():
            if not kept:
                raise UsageError(f"a network like SparseSync of these sizes cannot be: {rule}")

    @property
    def dims(self) -> int:
        """Width of every token."""
        return _WIDTH // self.thinning

    @property
    def samples(self) -> int:
        """Samples of a window."""
        return self.frames * self.sample_rate // self.frame_rate

    @property
    def columns(self) -> int:
        """Columns of a window's spectrogram."""
        return self.samples // FFT_HOP + 1

    @property
    def steps(self) -> int:
        """Cells of the picture extractor's map along time."""
        return _halved(self.frames, 2) // 2

    @property
    def cells(self) -> int:
        """Cells of the picture extractor's map along either side of the picture."""
        return _halved(self.picture, _HALVINGS - 1) // 2

    @property
    def bands(self) -> int:
        """Cells of the sound extractor's map along frequency."""
        return _halved(FFT // 2 + 1, _HALVINGS)

    @property
    def beats(self) -> int:
        """Cells of the sound extractor's map along time."""
        return _halved(self.columns, _HALVINGS)

    @property
    def offsets(self) -> tuple[float, ...]:
        """Offsets that the head tells apart, ascending, in seconds."""
        return even_offsets(self.offset_classes, self.offset_limit)

    def layout(self, bias: float = 0.0) -> SegmentLayout:
        """Return how the network cuts time: a window is one segment. ``bias`` as in ``SegmentLayout``."""
        return SegmentLayout(
            frame_rate=self.frame_rate,
            sample_rate=self.sample_rate,
            frames=self.frames,
            samples=self.samples,
            hop_frames=self.hop_frames,
            picture=self.picture,
            shorter_side=self.shorter_side,
            window=1,
            classes=self.offsets,
            bias=bias,
        )


def _halved(length: int, times: int) -> int:
    """Return a length after convolutions and pools of stride 2 that look one cell over either edge."""
    for _ in range(times):
        length = (length + 1) // 2
    return length


PUBLISHED = SparseSyncConfig()
"""The published models of 21 classes."""
