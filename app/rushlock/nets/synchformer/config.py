"""The sizes of a Synchformer: the published one, and reduced ones of the same make."""

from dataclasses import dataclass

from rushlock.base.errors import UsageError
from rushlock.nets.protocol import SegmentLayout
from rushlock.nets.sizes import Sizes, even_offsets

MEL_HOP = 160
"""Samples from one column of the spectrogram to the next."""


@dataclass(frozen=True, slots=True)
class SynchformerConfig(Sizes):
    """Everything that decides the shape of the network. Values are checked when made.

    Attributes:
        dims: Width of every token.
        picture_depth: Blocks of the picture extractor.
        sound_depth: Blocks of the sound extractor.
        judge_depth: Blocks of the transformer that judges windows.
        heads: Attention heads of both extractors and their aggregations.
        judge_heads: Attention heads of the judging transformer.
        growth: Width of the feed-forward layers against ``dims``.
        picture: Side of the picture in pixels.
        shorter_side: Shorter side that pictures are scaled to before their middle is cut out.
        frames: Pictures of a segment.
        patch: Side of a picture's patch in pixels.
        tube: Pictures that one token spans.
        mels: Bands of the spectrogram.
        sound_patch: Bands, and columns, of a patch of the spectrogram.
        sound_stride: Bands, and columns, from one patch to the next; less than the patch, they overlap.
        window: Segments of a window.
        hop_frames: Pictures from one segment's start to the next.
        frame_rate: Pictures per second.
        sample_rate: Samples per second.
        offset_limit: The head knows offsets of plus and minus this many seconds at most.
        offset_classes: How many offsets it tells apart, evenly spaced; 0: no such head.
        belonging: Whether there is a head that says if picture and sound belong together.
        dropout: Of the judging transformer, while training.
    """

    dims: int = 768
    picture_depth: int = 12
    sound_depth: int = 12
    judge_depth: int = 3
    heads: int = 12
    judge_heads: int = 8
    growth: int = 4
    picture: int = 224
    shorter_side: int = 256
    frames: int = 16
    patch: int = 16
    tube: int = 2
    mels: int = 128
    sound_patch: int = 16
    sound_stride: int = 10
    window: int = 14
    hop_frames: int = 8
    frame_rate: int = 25
    sample_rate: int = 16000
    offset_limit: float = 2.0
    offset_classes: int = 21
    belonging: bool = False
    dropout: float = 0.1

    def __post_init__(self) -> None:
        fits = {
            "heads must divide dims": self.dims % self.heads == 0,
            "judge_heads must divide dims": self.dims % self.judge_heads == 0,
            "patch must divide picture": self.picture % self.patch == 0,
            "tube must divide frames": self.frames % self.tube == 0,
            "a segment must be whole samples": self.frames * self.sample_rate % self.frame_rate == 0,
            "offset_classes must be none or at least two": self.offset_classes != 1,
            "picture must not exceed shorter_side": self.picture <= self.shorter_side,
        }
        for rule, kept in fits.items():
            if not kept:
                raise UsageError(f"Synchformer of these sizes cannot be: {rule}")

    @property
    def steps(self) -> int:
        """Tokens of a segment of picture, one for each tube."""
        return self.frames // self.tube

    @property
    def places(self) -> int:
        """Patches of one picture."""
        return (self.picture // self.patch) ** 2

    @property
    def samples(self) -> int:
        """Samples of a segment."""
        return self.frames * self.sample_rate // self.frame_rate

    @property
    def columns(self) -> int:
        """Columns of a segment's spectrogram: a centred one, and the published nets' column of padding."""
        return self.samples // MEL_HOP + 2

    @property
    def bands(self) -> int:
        """Patches of one column of the spectrogram."""
        return (self.mels - self.sound_patch) // self.sound_stride + 1

    @property
    def beats(self) -> int:
        """Tokens of a segment of sound: patches along its time."""
        return (self.columns - self.sound_patch) // self.sound_stride + 1

    @property
    def positions(self) -> int:
        """Tokens of a window: picture, sound and the two that open them."""
        return 2 + self.window * (self.steps + self.beats)

    @property
    def judges(self) -> bool:
        """Whether there is a head at all; published segment-level weights have none."""
        return self.offset_classes > 0 or self.belonging

    @property
    def offsets(self) -> tuple[float, ...]:
        """Offsets that the head tells apart, ascending, in seconds."""
        if not self.offset_classes:
            return ()
        return even_offsets(self.offset_classes, self.offset_limit)

    def layout(self, bias: float = 0.0) -> SegmentLayout:
        """Return how the network cuts time; ``bias`` as in ``SegmentLayout``."""
        return SegmentLayout(
            frame_rate=self.frame_rate,
            sample_rate=self.sample_rate,
            frames=self.frames,
            samples=self.samples,
            hop_frames=self.hop_frames,
            picture=self.picture,
            shorter_side=self.shorter_side,
            window=self.window,
            classes=self.offsets,
            bias=bias,
        )


PUBLISHED = SynchformerConfig()
"""The offset models published by the authors."""
